"""Every block of the words about meetings is said, with everything in it and with next to nothing."""

from __future__ import annotations

import pytest

from bot.services.notice_standing import Standing
from bot.wording.plain import plain
from bot.wording.words import Words
from tests.commands.meeting_samples import COMMON, FULL, SAID, STANDINGS

WORDS = Words()
FAMILIES = ("meetings", "arranging", "agenda", "notices", "rsvp", "responses")
LEFT_OVER = ("None", "{{", "}}", "{%", "%}", "::", "\ue000", "Undefined", " .", " ,", "..", "()")


def blocks() -> list[str]:
    ours = [b for b in WORDS.blocks() if b.split(".")[0] in FAMILIES]
    return [b for b in ours if not b.split(".")[1].startswith("help_")]


def test_every_block_is_said_here() -> None:
    assert sorted(SAID) == sorted(blocks())


@pytest.mark.parametrize(("block", "number"), [(b, n) for b in SAID for n in range(len(SAID[b]))])
def test_a_block_is_whole(block: str, number: int) -> None:
    message = WORDS.say(block, {**COMMON, **SAID[block][number]})
    said = plain(message)
    assert said.strip()
    assert not [bad for bad in LEFT_OVER if bad in said], said
    assert len({b.label for b in message.buttons}) == len(message.buttons) or "which" in block, said
    assert all(b.says.strip() == b.says for b in message.buttons)


@pytest.mark.parametrize("standing", STANDINGS)
def test_how_a_notice_stands_is_one_clear_line(standing: Standing) -> None:
    said = plain(
        WORDS.say("notices.published", {**COMMON, "meeting": FULL, "standing": standing, "was_out": False})
    )
    assert ("lawful" in said) == (standing.by_law and not standing.state.startswith("published"))
    assert ("chair to certify" in said) == (standing.is_missed and standing.by_law)
