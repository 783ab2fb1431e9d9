"""When does a sentence mean? A day, a time, a stretch, a repetition, several readings, or nothing: never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.language import (
    dates_clock, dates_counted, dates_feasts, dates_named, dates_noise, dates_periods, dates_ranges, dates_recurring,
    dates_relative,
)  # fmt: skip
from bot.language.dates_fallback import last_resort
from bot.language.dates_join import chosen, joined
from bot.language.dates_parts import Clock, Days, Either, Found, Hours, Never, Recurring, Rule, Spans, Timed, found_by
from bot.language.dates_readings import LONDON, Reading, readings
from bot.language.dates_setting import Setting
from bot.language.dates_words import Plain, plain

Kind = Literal["date", "datetime", "range", "recurrence", "ambiguous", "none"]
Value: TypeAlias = "str | tuple[str, str] | tuple[Reading, ...] | None"

LONGEST = 2000
"""Characters that are read: an instruction stands at the head of a message, not at the foot of a forwarded chain."""
_MOST = 6
"""Readings that can still be offered to choose from."""

_RULES: tuple[Rule, ...] = (
    *dates_named.RULES, *dates_ranges.RULES, *dates_relative.RULES, *dates_counted.RULES, *dates_feasts.RULES,
    *dates_periods.RULES, *dates_clock.RULES, *dates_recurring.RULES, *dates_noise.SOFT,
)  # fmt: skip
_PUT_ASIDE = re.compile(r"(?:\bnot|\binstead of|\brather than)(?: on)?(?: the)? $")
_OR = re.compile(r",? ?(?:or|and|/|&|,) ?(?:on )?(?:the )?")
_SOON = 20
_AFTER = re.compile(r"(?<!day )(?<!week )(?<!month )\bafter (?:the )?$")
_FIGURE_LEFT = re.compile(r",? ?(?:(?:at|@) ?)?[0-9]+(?= ?(?:$|[.,;!?)]))")


@dataclass(frozen=True)
class When:
    """What a sentence says of time.

    `value` by `kind`: date `2026-06-16`; datetime `2026-06-16T18:30`, London wall time, with an offset only in the
    hour that happens twice; range `(first, last)`, both included; recurrence, a plain RRULE; ambiguous, the readings
    (each as for one of the other kinds); none, None. `span` is the words as typed, empty where none were found; with
    `none` it holds words that name no real day ("31 June").
    """

    kind: Kind
    value: Value
    span: str


NOTHING = When("none", None, "")


def read_when(text: str, now: datetime, *, future: bool = True) -> When:
    """The time that `text` speaks of, read at `now` (aware; any zone).

    Days without a year or month are the next such, or the last such beside words that look back (`met`, `sent`,
    `minutes from`); with `future=False` always the last. Two days said are ambiguous. Impossible days, and days more
    than three years off, are none.
    """
    source = plain(text[:LONGEST])
    setting = Setting(source.text, now.astimezone(LONDON), future)
    pieces = chosen(found_by(_RULES, setting), dates_noise.outside(setting))
    if not pieces:
        return last_resort_when(source, setting)
    return _decided(_relevant(joined(pieces, setting), setting), setting, source)


def last_resort_when(source: Plain, setting: Setting) -> When:
    """What a general parser reads where no phrase of ours did, if it passes our checks."""
    found = last_resort(setting)
    return NOTHING if found is None else _decided([found], setting, source)


def _relevant(pieces: list[Found], setting: Setting) -> list[Found]:
    """Without half-times that belong to no day, days that were put aside, and what a nearer word makes needless."""
    kept = _sharing_a_time([piece for piece in pieces if not _stray(piece, pieces)], setting)
    kept = [piece for piece in kept if not _set_aside(piece, setting)]
    precise = [piece for piece in kept if not _loose(piece)]
    kept = precise or kept
    return [piece for piece in kept if not _holds_another(piece, kept)]


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
        if isinstance(first.part, Days) and isinstance(second.part, Timed) and _OR.fullmatch(setting.text[first.end : second.start]):
            shared[index - 1] = Found(first.start, first.end, Timed(first.part, second.part.clock))
    return shared


def _loose(piece: Found) -> bool:
    return isinstance(piece.part, Recurring) and piece.part.loose


def _set_aside(piece: Found, setting: Setting) -> bool:
    before = setting.text[max(0, piece.start - 24) : piece.start]
    if isinstance(piece.part, Days | Spans | Timed) and _AFTER.search(before):
        return True
    return bool(_PUT_ASIDE.search(before))


def _holds_another(piece: Found, pieces: list[Found]) -> bool:
    """Whether a stretch only surrounds a day that is also said: "next week, on Tuesday 16 June"."""
    if not isinstance(piece.part, Spans):
        return False
    said = [day for other in pieces if isinstance(other.part, Days | Timed) for day in _days_of(other)]
    return any(first <= day <= last for day in said for first, last in piece.part.options)


def _days_of(piece: Found) -> tuple[object, ...]:
    part = piece.part.days if isinstance(piece.part, Timed) else piece.part
    return part.options if isinstance(part, Days) else ()


def _decided(pieces: list[Found], setting: Setting, source: Plain) -> When:
    if not pieces:
        return NOTHING
    start, end = source.typed_span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))
    span = source.typed[start:end]
    if any(isinstance(piece.part, Never) for piece in pieces) or _figure_lost(pieces, setting):
        return When("none", None, span)
    found = _all_readings(_loose_clock_offered(pieces), setting)
    return _when(found, span)


def _all_readings(pieces: list[Found], setting: Setting) -> tuple[Reading, ...]:
    found: list[Reading] = []
    for piece in pieces:
        these = readings(piece.part, setting)
        if not these:
            return ()
        found += these
    return tuple(dict.fromkeys(found))


def _loose_clock_offered(pieces: list[Found]) -> list[Found]:
    """A day and, apart from it, a time: the day alone, or the day at that time."""
    if len(pieces) != 2:
        return pieces
    for one, other in (pieces, pieces[::-1]):
        if isinstance(one.part, Days) and isinstance(other.part, Clock | Hours):
            return [Found(one.start, one.end, Either((one.part, Timed(one.part, other.part))))]
    return pieces


def _figure_lost(pieces: list[Found], setting: Setting) -> bool:
    """A figure straight after a day that was not understood may be its hour or its year."""
    last = pieces[-1]
    return isinstance(last.part, Days) and bool(_FIGURE_LEFT.match(setting.text, last.end))


def _when(found: tuple[Reading, ...], span: str) -> When:
    if not found or len(found) > _MOST:
        return When("none", None, span)
    if len(found) > 1:
        return When("ambiguous", tuple(sorted(found, key=_order)), span)
    return When(_kind(found[0]), found[0], span)


def _order(reading: Reading) -> tuple[str, ...]:
    return ("",) if isinstance(reading, str) and reading.startswith("FREQ=") else (reading if isinstance(reading, tuple) else (reading,))


def _kind(reading: Reading) -> Kind:
    if isinstance(reading, tuple):
        return "range"
    if reading.startswith("FREQ="):
        return "recurrence"
    return "datetime" if "T" in reading else "date"
