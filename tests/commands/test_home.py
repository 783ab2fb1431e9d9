"""Home: one look at what is mine, by role."""

from __future__ import annotations

from tests.support.house import AMARA, DEE, OLU, Talk


async def test_home_fits_the_person(westshire: Talk) -> None:
    member, officer, lead = [await westshire.ask(who, "home") for who in (AMARA, OLU, DEE)]
    assert "Corporate Parenting Panel" in member
    assert "How I remind you" in member
    assert "Waiting for you" in officer
    assert "Waiting for you" not in member
    assert "Your directorate's actions" in lead


async def test_a_message_can_be_taken_up_as_a_concern(westshire: Talk) -> None:
    said = await westshire.ask(AMARA, "track the respite rota is broken")
    assert "the respite rota is broken" in said
    assert "Nothing is logged until you say so" in said
