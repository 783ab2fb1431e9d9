"""Whom a text speaks of: somebody in care, somebody who has left it, somebody never in it."""

from __future__ import annotations

import pytest

from bot.language.features import features
from bot.language.status import statuses
from bot.language.text import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a lass in care wants a new bike", {"in-care"}), ("who helps looked-after children get glasses", {"in-care"}),
        ("she was in care until she was nine", {"left-care"}), ("he grew up in our homes", {"left-care"}),
        ("Care-experienced and out of work", {"left-care"}), ("left the children's home last spring", {"left-care"}),
        ("he's never been in care", {"not-in-care"}), ("she isn't in care, lives with her dad", {"not-in-care"}),
        ("an ordinary family in my ward", {"not-in-care"}), ("nowt to do with social services", {"not-in-care"}),
        ("children in care and care leavers", {"in-care", "left-care"}), ("who cares about the park", set()),
        ("not in our care", {"not-in-care"}), ("no longer in care", {"left-care"}), ("not happy in care", {"in-care"}),
        ("has been in care since 2019", {"in-care"}), ("she came in homeless", set()), ("careful with that", set()), ("", set()),
    ],
)  # fmt: skip
def test_what_denies_or_ends_care_is_told_from_care(text: str, found: set[str]) -> None:
    assert statuses(words(text)) == {f"status:{each}" for each in found}


def test_an_age_and_a_status_are_seen_together() -> None:
    seen, _ = features("she's nineteen and was in care")
    assert {"age:18-25", "status:left-care", "age:18-25 status:left-care"} <= seen
