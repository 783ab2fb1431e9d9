"""Which of the pieces found does the sentence mean, and was anything said that they leave out?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.language.dates_grammar import MONTH, WD
from bot.language.dates_parts import Clock, Days, Either, Found, Hours, Recurring, Spans, Timed
from bot.language.dates_readings import Reading, readings
from bot.language.dates_setting import Setting

_PUT_ASIDE = re.compile(r"(?:\bnot|\binstead of|\brather than)(?: on)?(?: the)? $")
_AFTER = re.compile(r"(?<!day )(?<!week )(?<!month )\bafter (?:the )?$")
_OR = re.compile(r",? ?(?:or|and|/|&|,) ?(?:on )?(?:the )?")
_DAY_LEFT = re.compile(rf",? ?(?:and|or|to|-|/|&|,)? ?(?:the |on |in )?(?:{WD}|{MONTH})\b")
_FIGURE_LEFT = re.compile(r",? ?(?P<at>(?:at|@) ?)?[0-9]+(?= ?(?:$|[.,;!?)]))")
_YEAR_BEFORE = re.compile(r"\b(?:19|20)[0-9]{2}[, ]{1,2}$")
_EXCEPTION = re.compile(r",? (?:except|apart from|but not|other than|excluding|bar|unless)\b")
_MOVED_TO = re.compile(
    r"\b(?:moved|postponed|rearranged|rescheduled|changed|put back|brought forward|deferred|"
    r"pushed(?: back)?) "
    r"(?:to|for|until) (?:the )?$"
)
_SOON = 20


def relevant(pieces: list[Found], setting: Setting) -> list[Found]:
    """Without times of no day, days that were put aside, and stretches that a day makes needless."""
    kept = [piece for piece in pieces if not _stray(piece, pieces)]
    kept = _sharing_a_day(_sharing_a_time(kept, setting), setting)
    kept = [piece for piece in kept if not _put_aside(piece, setting)]
    kept = [piece for piece in kept if _MOVED_TO.search(setting.text[: piece.start][-40:])][-1:] or kept
    kept = [piece for piece in kept if not _is_loose(piece)] or kept
    return [piece for piece in kept if not _surrounds_another(piece, kept)]


def something_lost(pieces: Sequence[Found], setting: Setting) -> bool:
    """Whether another day, an exception, or a figure that may be an hour or a year stands beside them."""
    rules = [piece for piece in pieces if isinstance(piece.part, Recurring)]
    if any(_EXCEPTION.match(setting.text, piece.end) for piece in rules):
        return True
    first, last = pieces[0], pieces[-1]
    if _YEAR_BEFORE.search(setting.text[max(0, first.start - 6) : first.start]):
        return True
    if _DAY_LEFT.match(setting.text, last.end):
        return True
    left = _FIGURE_LEFT.match(setting.text, last.end)
    if left is None:
        return False
    return isinstance(last.part, Days) or (isinstance(last.part, Spans) and not left["at"])


def all_readings(pieces: Sequence[Found], setting: Setting) -> tuple[Reading, ...]:
    """Everything that the pieces may mean; empty where one of them means nothing real."""
    found: list[Reading] = []
    for piece in _with_loose_clock(pieces):
        these = readings(piece.part, setting)
        if not these:
            return ()
        found += these
    return tuple(dict.fromkeys(found))


def _stray(piece: Found, pieces: list[Found]) -> bool:
    """Figures like a time that stand neither beside a day nor soon after one."""
    if not isinstance(piece.part, Clock | Hours) or not piece.part.weak:
        return False
    near = any(isinstance(other.part, Days) and 0 < piece.start - other.end <= _SOON for other in pieces)
    return not (near and isinstance(piece.part, Clock) and not piece.part.fixed)


def _sharing_a_time(pieces: list[Found], setting: Setting) -> list[Found]:
    """Monday or Tuesday at 5: the time is that of both."""
    shared = list(pieces)
    for index in range(len(pieces) - 1, 0, -1):
        first, second = shared[index - 1], shared[index]
        gap = setting.text[first.end : second.start]
        if isinstance(first.part, Days) and isinstance(second.part, Timed) and _OR.fullmatch(gap):
            shared[index - 1] = Found(first.start, first.end, Timed(first.part, second.part.clock))
    return shared


def _sharing_a_day(pieces: list[Found], setting: Setting) -> list[Found]:
    """2.15pm or 3.45pm on the 22nd: the day is that of both."""
    shared = list(pieces)
    for index in range(len(pieces) - 1, 0, -1):
        first, second = shared[index - 1], shared[index]
        gap = setting.text[first.end : second.start]
        if isinstance(first.part, Clock) and isinstance(second.part, Timed) and _OR.fullmatch(gap):
            shared[index - 1] = Found(first.start, first.end, Timed(second.part.days, first.part))
    return shared


def _put_aside(piece: Found, setting: Setting) -> bool:
    """Not Tuesday, instead of the 14th; after the 8th, which is any day but that."""
    before = setting.text[max(0, piece.start - 24) : piece.start]
    if isinstance(piece.part, Days | Spans | Timed) and _AFTER.search(before):
        return True
    return bool(_PUT_ASIDE.search(before))


def _is_loose(piece: Found) -> bool:
    return isinstance(piece.part, Recurring) and piece.part.loose


def _surrounds_another(piece: Found, pieces: list[Found]) -> bool:
    """Whether a stretch only surrounds a day that is also said: next week, on Tuesday 16 June."""
    if not isinstance(piece.part, Spans):
        return False
    said = [day for other in pieces for day in _days_of(other)]
    return any(first <= day <= last for day in said for first, last in piece.part.options)


def _days_of(piece: Found) -> tuple[date, ...]:
    part = piece.part.days if isinstance(piece.part, Timed) else piece.part
    return part.options if isinstance(part, Days) else ()


def _with_loose_clock(pieces: Sequence[Found]) -> Sequence[Found]:
    """A day and, apart from it, a time: the day alone, or the day at that time."""
    if len(pieces) != 2:
        return pieces
    for one, other in (pieces, pieces[::-1]):
        if isinstance(one.part, Days) and isinstance(other.part, Clock | Hours):
            return [Found(one.start, one.end, Either((one.part, Timed(one.part, other.part))))]
    return pieces
