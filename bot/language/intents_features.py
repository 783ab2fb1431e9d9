"""Turns a message into the named features that the small models weigh.

Words and their neighbours, the pieces of each word (so that a misspelling still counts), and the cues of
`bot.language.intents_cues`. Ages, references, dates, times and amounts become one word each, so that what is
learnt about ``A-12`` holds for ``A-13``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.language.intents_cues import Cue, find_cues
from bot.language.intents_text import fold, tokens

JUST_NOW = 16
"""How many readings stay at hand in memory: one message is asked about by several readers."""
_ADULT = 18
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset(
    "january february march april june july august september october november december".split()
)
_AGE_BEFORE = frozenset(
    "is am aged age of only just boy girl child teenager daughter son person man woman leaver nearly barely "
    "nephew niece grandson granddaughter pupil student says turned hes shes about".split()
)
_AGE_AFTER = frozenset("year years yr yrs yo".split())
_NOT_AGES = frozenset(
    "minutes minute hours hour days day weeks week months month pm am o'clock oclock past people members".split()
)
_REFERENCE = re.compile(
    r"\b(?:(?:cpp|cpb|cpf|[a-z]{2,5})[- ]?\d{2}/\d{2}-\d{1,4}|(?:ref(?:erence)?|action|actions|act|ap|task|[am])"
    r"[ #.:/-]{0,2}(?:point |number |no\.? ?|item )?[am]?-?\d{1,4})\b"
)
_CONCERN = re.compile(r"\b(?:concern|issue|c)[ #.:/-]{0,2}(?:number |no\.? ?|ref )?(?:c-?)?\d{1,4}\b")
_COUNCILLOR = re.compile(r"\b(?:cllr|councillor|coun)s?\.? [a-z][a-z'-]+")
_TIME = re.compile(r"\b\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b|\b\d{1,2}:\d\d\b")
_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b")
_COMPACT_AGE = re.compile(r"(\d{1,2})(?:yo|yr|yrs|yrold)$")
_MEASURES = ("shortest", "short", "middling", "long", "longest")


@dataclass(frozen=True)
class Reading:
    """A message cut up once for every reader: its folded text, its words and its cues."""

    folded: str
    words: tuple[str, ...]
    cues: tuple[Cue, ...]

    def names(self) -> frozenset[str]:
        """The names of the cues found."""
        return frozenset(cue.name for cue in self.cues)


@lru_cache(maxsize=JUST_NOW)
def read(text: str) -> Reading:
    """Folds, cuts and marks the text; never raises on any string. The last few are at hand."""
    folded = fold(text)
    words = _with_ages(tokens(_with_marks(folded)))
    return Reading(folded, tuple(words), tuple(find_cues(words)))


def _with_marks(folded: str) -> str:
    marked = _REFERENCE.sub(" xaction ", folded)
    marked = _CONCERN.sub(" xconcern ", marked)
    marked = _COUNCILLOR.sub(" councillor xname ", marked)
    return _DATE.sub(" xdate ", _TIME.sub(" xtime ", marked))


def _with_ages(words: list[str]) -> list[str]:
    return [_standing_for(words, at) for at in range(len(words))]


def _standing_for(words: list[str], at: int) -> str:
    word = words[at]
    if word in _WEEKDAYS:
        return "xday"
    if word in _MONTHS:
        return "xmonth"
    years = _as_number(word)
    if years is None:
        return word
    if _is_age(words, at, compact=not word.isdigit() and word[0].isdigit()):
        return "xunderage" if years < _ADULT else "xgrownup"
    return "xnum" if word[0].isdigit() else word


def _as_number(word: str) -> int | None:
    if word.isdigit():
        return int(word) if len(word) <= 4 else 9999
    if word in _NUMBER_WORDS:
        return _NUMBER_WORDS.index(word)
    compact = _COMPACT_AGE.match(word)
    return int(compact[1]) if compact else 9999 if word[0].isdigit() else None


def _is_age(words: list[str], at: int, *, compact: bool) -> bool:
    years = _as_number(words[at])
    if years is None or not 0 < years < 26:
        return False
    after = words[at + 1] if at + 1 < len(words) else ""
    if compact or after in _AGE_AFTER:
        return compact or words[at + 2 : at + 3] == ["old"] or after == "yo"
    before = words[at - 1] if at else ""
    return before in _AGE_BEFORE and after not in _NOT_AGES


def features(reading: Reading) -> Iterator[str]:
    """The features of a message, each with its family's letter first; a name may come more than once."""
    words = [word for word in reading.words if word not in "?!"]
    yield from (f"w:{word}" for word in words)
    yield from (f"b:{left}_{right}" for left, right in _pairs(["^", *words, "$"]))
    yield from (
        f"t:{one}_{two}_{three}" for one, two, three in zip(words, words[1:], words[2:], strict=False)
    )
    yield from _pieces(words)
    names = sorted(reading.names())
    yield from (f"k:{name}" for name in names)
    yield from (f"p:{left}+{right}" for i, left in enumerate(names) for right in names[i + 1 :])
    yield from _shape(reading, words)


def _pairs(words: list[str]) -> Iterable[tuple[str, str]]:
    return itertools.pairwise(words)


def _pieces(words: list[str]) -> Iterator[str]:
    for word in words:
        edged = f"<{word}>"
        for length in (3, 4, 5):
            yield from (f"c:{edged[at : at + length]}" for at in range(len(edged) - length + 1))


def _shape(reading: Reading, words: list[str]) -> Iterator[str]:
    yield f"l:{_MEASURES[min(len(words) // 5, 4)]}"
    if "?" in reading.words:
        yield "q:?"
    if words:
        yield f"s:{words[0]}"
        yield f"s:{' '.join(words[:2])}"
        yield f"e:{words[-1]}"
