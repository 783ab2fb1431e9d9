"""Reads minutes and clock times out of a reply such as "20 min late" or "must go by 4".

House rule for an hour without am or pm: 1 to 6.59 is pm, 8 to 11.59 is am, 12 is noon, and 7 is not guessed.
"""

from __future__ import annotations

import re

_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_WORDS)})"
_MINUTES = re.compile(rf"\b({_NUMBER})(?: or so| odd)? ?-?(?:mins?|minutes?)\b", re.I)
_PHRASES = (
    (re.compile(r"\bquarter of an hour\b|\bquarter hour\b", re.I), 15),
    (re.compile(r"\bhalf an hour\b|\bhalf hour\b", re.I), 30),
    (re.compile(r"\b(?:an|one|1) hour late\b", re.I), 60),
)
_TWENTY_FOUR = re.compile(r"\b([01]\d|2[0-3])[:.]([0-5]\d)\b(?! ?[ap]\.?m)", re.I)
_HALVES = re.compile(
    rf"\b(?:half ?(?:past)?|(quarter) (past|to)|({_NUMBER}) (past|to)) ({_NUMBER})\b(?! ?(?:min|hour))", re.I
)
_TWELVE = re.compile(r"\b(\d{1,2})(?:[:.]([0-5]\d))? ?(a\.?m|p\.?m)\b", re.I)
_BARE = re.compile(
    rf"\b(?:at|by|until|till?|after|before|about|around|for|from) (?:about |around )?({_NUMBER})(?:[:.]([0-5]\d))?"
    r"(?!\d|st|nd|rd|th|/| ?(?:%|min|hour|day|week|wk|month|year|of\b|more\b|people|items?|January|February|March|"
    r"April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    r"|\b(\d{1,2})(?:[:.]([0-5]\d))? ?ish\b|\b(\d{1,2})[:.]([0-5]\d)\b(?![/.]\d)",
    re.I,
)


def minutes(text: str) -> int | None:
    """A number of minutes stated in the text, or None."""
    found = _MINUTES.search(text)
    if found:
        return _whole(found[1])
    return next((value for pattern, value in _PHRASES if pattern.search(text)), None)


def clock(text: str) -> str | None:
    """A time of day stated in the text, as ``HH:MM``; None where there is none or it would be a guess."""
    for reader in (_with_half_day, _by_halves, _by_bare_hour):
        found = reader(text)
        if found:
            return found
    return None


def _with_half_day(text: str) -> str | None:
    found = _TWELVE.search(text)
    if found and 1 <= int(found[1]) <= 12:
        hour = int(found[1]) % 12 + (12 if found[3].lower().startswith("p") else 0)
        return f"{hour:02d}:{int(found[2] or 0):02d}"
    plain = _TWENTY_FOUR.search(text)
    return f"{plain[1]}:{plain[2]}" if plain and (plain[1][0] == "0" or int(plain[1]) > 12) else None


def _by_halves(text: str) -> str | None:
    found = _HALVES.search(text)
    if not found:
        return None
    _, quarter_side, number, side, hour = found.groups()
    past = 15 if quarter_side else _whole(number) if number else 30
    towards = (quarter_side or side or "").lower() == "to"
    total = _whole(hour) * 60 + (-past if towards else past)
    return _settled(total // 60, total % 60)


def _by_bare_hour(text: str) -> str | None:
    for found in _BARE.finditer(text):
        hour = found[1] or found[3] or found[5]
        settled = _settled(_whole(hour), int(found[2] or found[4] or found[6] or 0))
        if settled:
            return settled
    return None


def _settled(hour: int, minute: int) -> str | None:
    if 1 <= hour < 7:
        return f"{hour + 12:02d}:{minute:02d}"
    return f"{hour:02d}:{minute:02d}" if 8 <= hour <= 12 or 13 <= hour < 24 else None


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS[text.lower()]
