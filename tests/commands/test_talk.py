"""Help, who am I, thanks: small things said often."""

from __future__ import annotations

import pytest

from tests.support.house import AMARA, DEE, OLU, Talk


async def test_who_i_am(westshire: Talk) -> None:
    said = await westshire.ask(AMARA, "whoami")
    assert "Amara Osei" in said
    assert "Corporate Parenting Panel" in said
    assert "Communities and Housing" in await westshire.ask(DEE, "who am i")


@pytest.mark.parametrize("text", ["thanks", "cheers", "thank you"])
async def test_thanks_are_answered(westshire: Talk, text: str) -> None:
    assert "welcome" in await westshire.ask(AMARA, text)


async def test_help_shows_examples_and_all_of_it_on_request(westshire: Talk) -> None:
    assert "bus passes" in await westshire.ask(AMARA, "help")
    everything = await westshire.ask(OLU, "help all")
    assert "contact words ENTRY: THE WORDS" in everything
    assert "rsvp undo" not in everything, "what only buttons say stays hidden"


async def test_nothing_is_done_when_told_so(westshire: Talk) -> None:
    assert "Nothing has been done" in await westshire.ask(AMARA, "nothing")
