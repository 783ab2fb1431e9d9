"""What in a message may tell who a child or a family is: found before it is stored, masked when shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.language import (
    identifiers_ages,
    identifiers_born,
    identifiers_contact,
    identifiers_numbers,
    identifiers_people,
)
from bot.language.identifiers_kinds import Allowed, Detector, Found, Identifier, Kind
from bot.language.identifiers_text import Message

__all__ = ["MASK", "Allowed", "Identifier", "Kind", "find_identifiers", "mask"]

MASK = "•••"
"""What stands in place of an identifier."""

# The surest first: what one detector has taken, a later one leaves alone.
_DETECTORS: tuple[Detector, ...] = (
    identifiers_numbers.find,
    identifiers_contact.find,
    identifiers_born.find,
    identifiers_people.find,
)
_NOBODY = Allowed()


def find_identifiers(
    text: str, *, allow: Allowed = _NOBODY, today: date | None = None
) -> tuple[Identifier, ...]:
    """Every identifier in `text`, in its order, none overlapping another.

    `allow` holds what the directory itself publishes; helplines are known. `today` (by default the system's)
    tells an old date, perhaps of birth, from a recent one.
    """
    message = Message(text)
    day = today or date.today()  # noqa: DTZ011 - a day either way changes nothing here
    taken: list[Found] = []
    for detector in _DETECTORS:
        _take(taken, detector(message, allow, day))
    names = [(start, end) for kind, start, end in taken if kind == "child_name_cue"]
    _take(taken, identifiers_ages.find(message, names))
    found = sorted(taken, key=lambda each: each[1])
    return tuple(Identifier(kind, text[start:end], start, end) for kind, start, end in found)


def mask(text: str, identifiers: Iterable[Identifier]) -> str:
    """`text` with each identifier replaced by MASK; the words around them stay."""
    for identifier in sorted(identifiers, key=lambda each: each.start, reverse=True):
        text = text[: identifier.start] + MASK + text[identifier.end :]
    return text


def _take(taken: list[Found], found: Iterable[Found]) -> None:
    for each in found:
        if not any(each[1] < end and start < each[2] for _, start, end in taken):
            taken.append(each)
