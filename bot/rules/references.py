"""The short references that people quote: `CPP-26/27-014` for an action, `M-12` for a meeting."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

_FIRST_MONTH = 5  # the municipal year turns at the annual council, which is held in May
_CENTURY = 100
_PAD = 3
_AROUND = " \t\r\n.,;:!?()'\"`"

_BODY = r"[A-Z][A-Z0-9]{1,9}"
_GAP = r"[\s/.:-]*"
_NUMBER = r"#?(?P<number>[0-9]{1,4})"
_YEAR = r"(?:20)?(?P<first>[0-9]{2})(?P<slash>[/-])(?:20)?(?P<second>[0-9]{2})"
_DASHES = re.compile("[‐-―−]")
_LEADING_WORDS = re.compile(r"^(?:(?:ACTION|REFERENCE|REF|NUMBER|NO)(?:[\s.:]+|(?=#)))+")
_BODY_REFERENCE = re.compile(_BODY)
_WITH_YEAR = re.compile(rf"(?:(?P<body>{_BODY}?){_GAP})?{_YEAR}(?P<gap>[\s/.:-]+){_NUMBER}")
_WITHOUT_YEAR = re.compile(rf"(?:(?P<body>[A-Z]{{2,10}}){_GAP})?{_NUMBER}")
_MEETING = re.compile(r"(?:M|MEETING|MTG)?[\s.:#-]*([0-9]{1,6})")


def municipal_year(day: date) -> str:
    """The municipal year a day falls in, such as `26/27`: from 1 May to 30 April."""
    first = day.year if day.month >= _FIRST_MONTH else day.year - 1
    return f"{first % _CENTURY:02}/{(first + 1) % _CENTURY:02}"


def action_reference(body_ref: str, day: date, number: int) -> str:
    """The reference of a body's `number`th action of the municipal year, such as `CPP-26/27-014`.

    Raises ValueError for a body reference that is not two to ten letters and digits, or a number under 1.
    """
    body = body_ref.strip().upper()
    if not _BODY_REFERENCE.fullmatch(body):
        raise ValueError(f"'{body_ref}' is no body reference: two to ten letters and digits, a letter first.")
    if number < 1:
        raise ValueError("Actions are numbered from 1.")
    return _written(body, municipal_year(day), number)


def parse_action_reference(
    text: str,
    default_body: str | None = None,
    today: date | None = None,
    known_bodies: Collection[str] | None = None,
) -> str | None:
    """The canonical reference that somebody typed in their own way, or None where it is none.

    A missing body is `default_body` and a missing year the one `today` falls in; without these a short form
    is not understood. With `known_bodies`, any other body is refused.
    """
    typed = _LEADING_WORDS.sub("", _DASHES.sub("-", text).strip(_AROUND).upper())
    if found := _WITH_YEAR.fullmatch(typed):
        year = _year_of(found)
    elif (found := _WITHOUT_YEAR.fullmatch(typed)) and today is not None:
        year = municipal_year(today)
    else:
        return None
    body, number = found["body"] or (default_body or "").upper(), int(found["number"])
    if not (body and year and number) or not _is_known(body, known_bodies):
        return None
    return _written(body, year, number)


def meeting_reference(number: int) -> str:
    """The reference of a meeting, such as `M-12`; ValueError below 1."""
    if number < 1:
        raise ValueError("Meetings are numbered from 1.")
    return f"M-{number}"


def parse_meeting_reference(text: str) -> int | None:
    """The number of the meeting meant by `M-12`, `m12`, `meeting 12` or `12`, or None where it is none."""
    found = _MEETING.fullmatch(_DASHES.sub("-", text).strip(_AROUND).upper())
    return (int(found[1]) or None) if found else None


def _year_of(found: re.Match[str]) -> str | None:
    first, second = int(found["first"]), int(found["second"])
    follows = second == (first + 1) % _CENTURY
    # Without a body, 11-12-13 and 11/12/13 are dates.
    dated = not found["body"] and (found["slash"] == "-" or "/" in found["gap"])
    return f"{first:02}/{second:02}" if follows and not dated else None


def _is_known(body: str, known_bodies: Collection[str] | None) -> bool:
    return known_bodies is None or body in {known.upper() for known in known_bodies}


def _written(body: str, year: str, number: int) -> str:
    return f"{body}-{year}-{number:0{_PAD}}"
