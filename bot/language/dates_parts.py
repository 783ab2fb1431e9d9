"""The pieces that a phrase about time is made of, before they are put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from bot.language.dates_setting import Setting

DayPart = Literal["morning", "afternoon", "evening", "night"]


@dataclass(frozen=True)
class Days:
    """A day, or the days it may be.

    `live`: a day whose time has already passed may be left out. `weekday`: named by its weekday alone.
    """

    options: tuple[date, ...]
    live: bool = False
    part: DayPart | None = None
    weekday: bool = False


@dataclass(frozen=True)
class Spans:
    """First and last day, both included; several where the words allow several."""

    options: tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class Clock:
    """A time of day as typed. `fixed`: am, pm or the 24-hour clock was given, so the hour is certain."""

    hour: int
    minute: int = 0
    fixed: bool = False
    weak: bool = False
    zone: Literal["gmt", "bst", ""] = ""


@dataclass(frozen=True)
class Hours:
    """From one time of day to another."""

    start: Clock
    end: Clock
    weak: bool = False


@dataclass(frozen=True)
class Timed:
    """A day with its time or hours."""

    days: Days
    clock: Clock | Hours


@dataclass(frozen=True)
class Moment:
    """A point in time that was counted, not named (aware)."""

    at: datetime


@dataclass(frozen=True)
class WallTime:
    """A day and a wall time that is already certain."""

    day: date
    at: time


@dataclass(frozen=True)
class TimedSpan:
    """From a day and time to another day and time."""

    start: Timed
    end: Timed


@dataclass(frozen=True)
class Recurring:
    """A rule of repetition, or the rules the words may mean. `loose`: said of a message ("weekly digest")."""

    options: tuple[str, ...]
    loose: bool = False


@dataclass(frozen=True)
class Shift:
    """Words that count from the day named next: "the Friday after". Without one they name no day."""

    move: Callable[[date], tuple[date, ...]]


@dataclass(frozen=True)
class SpanShift:
    """Words that make a span of the day named next: "week commencing", "the weekend of"."""

    spread: Callable[[date], tuple[tuple[date, date], ...]]


@dataclass(frozen=True)
class DayEnd:
    """Close of business: today, or the day it stands beside."""


@dataclass(frozen=True)
class Either:
    """Words that may be read as one piece or another."""

    options: tuple[Part, ...]


@dataclass(frozen=True)
class Never:
    """Words that name a day or a time that does not exist."""


@dataclass(frozen=True)
class Noise:
    """Figures or words that look like a date and are none."""


Part: TypeAlias = (
    Days | Spans | Clock | Hours | Timed | Moment | WallTime | TimedSpan | Recurring | Shift | SpanShift
    | DayEnd | Either | Never | Noise
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A piece, and where it stands in the plain text."""

    start: int
    end: int
    part: Part


Rule: TypeAlias = "tuple[str, Callable[[re.Match[str], Setting], Part | None]]"


def found_by(rules: Iterable[Rule], setting: Setting) -> Iterator[Found]:
    """Everything that `rules` find; a group `x` marks the words that count, if a cue precedes them."""
    for phrase, make in rules:
        pattern = _compiled(phrase)
        for match in pattern.finditer(setting.text):
            part = make(match, setting)
            if part is not None:
                group = "x" if "x" in pattern.groupindex else 0
                yield Found(match.start(group), match.end(group), part)


@cache
def _compiled(phrase: str) -> re.Pattern[str]:
    """A phrase ready to be looked for: when first needed, for there are many and each costs a millisecond."""
    return re.compile(phrase)


def days(*options: date | None, live: bool = False) -> Days | Never:
    """The days that exist among `options`; Never where none does."""
    real = tuple(dict.fromkeys(day for day in options if day is not None))
    return Days(real, live=live) if real else Never()
