"""A text with its words of time in one spelling, so that the phrase rules need know only one."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from bot.language.dates_spellings import COMPOUND, DATED, WEEKDAYS, spellings

_FAR = 1 << 60

# Words that are also an English word or a name: a day only in the company of a day's neighbours.
_SHY = {"sat": "saturday", "sun": "sunday", "wed": "wednesday"}
_BEFORE_A_DAY = frozenset(
    (
        "on",
        "this",
        "next",
        "last",
        "since",
        "by",
        "until",
        "til",
        "till",
        "from",
        "for",
        "every",
        "or",
        "and",
        "coming",
    )
)
_AFTER_A_DAY = re.compile(
    r"\s*(?:[0-9]|am\b|pm\b|at\b|morning|afternoon|evening|night|week|wk|or\b|[-/,&]|next\b|$)", re.I
)
# "One" is a number in "one week" and "at one", and none in "no one" and "the March one".
_BEFORE_ONE = frozenset(("at", "past", "to", "half", "by", "between", "from", "until", "till"))
_AFTER_ONE = re.compile(
    r" (?:more |working |clear )?(?:hour|hr|minute|day|week|wk|fortnight|month|year|oclock|o'clock|am|pm|"
    r"p\.m)",
    re.I,
)

_APOSTROPHES = "’‘`´"
_HYPHENS = "–—−‑‐"
_SPACES = "\u00a0\u2009\u202f\u200b\t#*_"  # marks of bold and italics among them
_PLAIN = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_SPACES, " ")
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {"½": "~"}
)
_WORD = re.compile(rf"{COMPOUND}|w/end\b|[a-z0-9]*[a-z][a-z0-9]*(?:'[a-z]+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Plain:
    """A text in one spelling, and the way back to the text as typed."""

    text: str
    typed: str
    edits: tuple[tuple[int, int, int, int], ...]

    def typed_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the text as typed."""
        return self._back(start, at_end=False), self._back(end, at_end=True)

    def _back(self, place: int, *, at_end: bool) -> int:
        index = bisect_right(self.edits, (place, _FAR, 0, 0)) - 1
        if index < 0:
            return place
        start, end, typed_start, typed_end = self.edits[index]
        if place >= end:
            return typed_end + place - end
        if place == start:
            return typed_start
        return typed_end if at_end else typed_start


def plain(typed: str) -> Plain:
    """`typed` in lower case and one spelling."""
    source = typed.translate(_PLAIN)
    pieces: list[str] = []
    edits: list[tuple[int, int, int, int]] = []
    done = length = 0
    before = ""
    for match in _WORD.finditer(source):
        word = match.group().lower()
        known = _spelling(word, before, source, match.end())
        before = word
        if known is None:
            continue
        gap = _lower(source[done : match.start()])
        length += len(gap)
        pieces += (gap, known)
        edits.append((length, length + len(known), match.start(), match.end()))
        length += len(known)
        done = match.end()
    pieces.append(_lower(source[done:]))
    return Plain("".join(pieces), typed, tuple(edits))


def _lower(text: str) -> str:
    """Lower case without a change of length: some capitals become two letters and would shift every place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _spelling(word: str, before: str, source: str, end: int) -> str | None:
    if word == "one" and not (before in _BEFORE_ONE or _AFTER_ONE.match(source, end)):
        return None
    if word in _SHY:
        return _SHY[word] if _beside_a_day(before, source, end) else None
    known = spellings().get(word)
    if known is None and word.endswith("'s"):
        stem = word[:-2]
        known = spellings().get(stem) or (stem if stem in DATED else None)
    return known


def _beside_a_day(before: str, source: str, end: int) -> bool:
    if before in _BEFORE_A_DAY or spellings().get(before, before) in WEEKDAYS:
        return True
    return before in ("", "to") and bool(_AFTER_A_DAY.match(source, end))
