"""Typed words brought to one spelling, so that the phrase rules need know only one: tmrw, tomoz, 2moro → tomorrow."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"
)  # fmt: skip
_FIRSTS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip

_TEXTING = {
    "tomorrow": "tmrw tmr tmw tmro tmoro tomoz tomo tomos tommorow tommorrow tommorro tomorro tomorow 2moro "
    "2morro 2morow 2morrow 2mrw 2moz t'morrow morro",
    "today": "2day tday todays",
    "tonight": "2nite tonite 2night 2nyt tonght",
    "yesterday": "yest yday yesturday",
    "monday": "mon mondy", "tuesday": "tue tues teusday tuseday", "wednesday": "weds wensday wendsday wednsday wedensday",
    "thursday": "thu thur thurs thrs thersday thirsday", "friday": "fri firday", "saturday": "satdy saterday satarday",
    "january": "jan janurary janury", "february": "feb febuary feburary febraury", "march": "mar", "april": "apr aprl",
    "june": "jun", "july": "jul", "august": "aug", "september": "sep sept septemeber setember", "october": "oct",
    "november": "nov novemeber", "december": "dec decemeber",
    "week": "wk wks weeks week's weeks' wks'", "day": "days day's days'", "month": "mth mths mnth months month's mo",
    "year": "yr yrs years year's", "hour": "hr hrs hours hour's", "minute": "min mins minutes", "fortnight": "fortnite fortnights",
    "quarter": "qtr quater", "weekend": "w/end wkend wknd", "meeting": "mtg", "noon": "midday",
    "evening": "eve evng", "morning": "morn mornin", "afternoon": "aft arvo", "christmas": "xmas chrimbo",
    "until": "til till untill 'til", "last": "final", "working": "business wkg", "beginning": "begining",
    "oclock": "o'clock", "12": "dozen",
}  # fmt: skip

# Words that are also an English word or a name: a day only in the company of a day's neighbours.
_SHY = {"sat": "saturday", "sun": "sunday", "wed": "wednesday"}
_BEFORE_A_DAY = frozenset("on this next last since by until from for every or and coming til till".split())
_AFTER_A_DAY = re.compile(r"\s*(?:[0-9]|am\b|pm\b|at\b|morning|afternoon|evening|night|week|wk|or\b|[-/,&]|next\b|$)", re.I)

_BEFORE_ONE = frozenset("at past to half by between from until till".split())
_AFTER_ONE = re.compile(r" (?:more |working |clear )?(?:hour|week|day|month|year|minute|fortnight|wk|hr|oclock|o'clock|am|pm|p\.m)", re.I)

_PLAIN = str.maketrans(
    {
        "’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "\u00a0": " ",
        "\u2009": " ", "\u202f": " ", "\u200b": " ", "\t": " ", "#": " ", "*": " ", "_": " ", "½": "~",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    }
)  # fmt: skip
_COMPOUND = r"(?:twenty|thirty)[- ](?:" + "|".join(_ONES + _FIRSTS[:9]) + r")\b"
_WORD = re.compile(rf"{_COMPOUND}|w/end\b|[a-z0-9]*[a-z][a-z0-9]*(?:'[a-z]+)?", re.IGNORECASE)


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
        index = bisect_right(self.edits, (place, 1 << 60, 0, 0)) - 1
        if index < 0:
            return place
        start, end, typed_start, typed_end = self.edits[index]
        if place >= end:
            return typed_end + place - end
        if place == start:
            return typed_start
        return typed_end if at_end else typed_start


def plain(typed: str) -> Plain:
    """`typed` in lower case and one spelling; as long a text as it was, where no word changed."""
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
    """Lower case without a change of length (a few capitals become two letters, which would shift every place)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _spelling(word: str, before: str, source: str, end: int) -> str | None:
    words = _spellings()
    if word == "one" and not _counts(before, source, end):
        return None
    if word in _SHY:
        return _SHY[word] if _beside_a_day(before, source, end) else None
    known = words.get(word)
    if known is None and word.endswith("'s"):
        stem = word[:-2]
        known = words.get(stem) or (stem if stem in _dated() else None)
    return known


def _counts(before: str, source: str, end: int) -> bool:
    """Whether "one" is a number here, and not "the March one", "no one"."""
    return before in _BEFORE_ONE or bool(_AFTER_ONE.match(source, end))


def _beside_a_day(before: str, source: str, end: int) -> bool:
    if before in _BEFORE_A_DAY or _spellings().get(before, before) in WEEKDAYS:
        return True
    return before in ("", "to") and bool(_AFTER_A_DAY.match(source, end))


@lru_cache(maxsize=1)
def _dated() -> frozenset[str]:
    return frozenset((*WEEKDAYS, *MONTHS, "today", "tomorrow", "yesterday", "year", "christmas"))


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    words = {slip: name for name in _long_names() for slip in _slips(name)}
    for name, typed in _TEXTING.items():
        words.update((spelling, name) for spelling in typed.split())
    words.update(_numbers())
    return words


def _long_names() -> tuple[str, ...]:
    months = tuple(month for month in MONTHS if len(month) >= 6)
    return (*WEEKDAYS, *months, "tomorrow", "yesterday", "fortnight", "weekend", "midnight", "christmas")


def _slips(name: str) -> set[str]:
    """The commonest slips of the thumb: a letter left out, doubled, or two changed about."""
    left_out = {name[:at] + name[at + 1 :] for at in range(1, len(name))}
    doubled = {name[: at + 1] + name[at:] for at in range(len(name))}
    swapped = {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}
    return (left_out | doubled | swapped) - {name}


def _numbers() -> dict[str, str]:
    words = {word: str(number) for number, word in enumerate(_ONES + _TEENS, 1)}
    words |= {"twenty": "20", "thirty": "30", "forty": "40"}
    words |= {word: f"#{number}" for number, word in enumerate(_FIRSTS, 1)} | {"thirtieth": "#30"}
    for tens, name in ((20, "twenty"), (30, "thirty")):
        for number, (one, first) in enumerate(zip(_ONES, _FIRSTS[:9], strict=True), 1):
            for joint in "- ":
                words[f"{name}{joint}{one}"] = str(tens + number)
                words[f"{name}{joint}{first}"] = f"#{tens + number}"
    return words
