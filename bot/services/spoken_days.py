"""Days and times that somebody typed, as the use cases of meetings need them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeGuard

from bot.clock import london
from bot.language.dates import read_when
from bot.store.work import Work

Span = tuple[date, date]
_TIME_ONLY = re.compile(
    r"\s*(?:at|to|until|till|for|by|before|after|from)?\s*"
    r"(?:\d{1,2}(?:[.:]\d{2})?\s*(?:am|pm)?|noon|midday)\s*",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_NAMED_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|/\d|\bmonth\b", re.IGNORECASE
)
_MONTH_ALONE = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Slot:
    """When something is to be: each part is None where the words did not say it."""

    day: date | None = None
    start: time | None = None
    end: time | None = None
    readings: tuple[date | datetime, ...] = ()
    """More than one: the words may mean any of them, so the person must be asked."""


def spans_named(work: Work, text: str) -> tuple[Span, ...]:
    """Each day, week or month that the words may mean, first and last day; nothing for a mere time of day.

    A month alone ("can't make February") is that month; "may" and "march" are words besides, so not those.
    """
    when = read_when(text, london(work.now))
    if when.kind == "none" and not when.span and (month := _MONTH_ALONE.search(text)):
        when = read_when(f"in {month[0]}", london(work.now))
    if _TIME_ONLY.fullmatch(when.span):
        return ()
    options: tuple[Any, ...] = when.value if when.kind == "ambiguous" else (when.value,)  # type: ignore[assignment]
    return tuple(span for o in options if (span := _span(o)) is not None)


def day_of_month(text: str) -> int | None:
    """The 14 of "the 14th", where no month is named beside it."""
    found = _ORDINAL.search(text)
    return int(found[1]) if found and not _NAMED_MONTH.search(text) else None


def slot_named(work: Work, text: str, near: date | None = None) -> Slot:
    """The day and time that the words name. A bare "21st" is of the month of `near`, or the one after."""
    when = read_when(text, london(work.now))
    if when.kind == "ambiguous":
        return Slot(readings=tuple(_moment(o) for o in when.value or () if _is_moment(o)))
    if when.kind == "range":
        return _slot_of_range(when.value)
    if when.kind not in ("date", "datetime"):
        return Slot()
    moment = _moment(str(when.value))
    at = moment.time() if isinstance(moment, datetime) else None
    if _TIME_ONLY.fullmatch(text):
        return Slot(start=at)
    return Slot(_nearby(text, near, work.today) or _day(moment), at)


def _nearby(text: str, near: date | None, today: date) -> date | None:
    number = day_of_month(text)
    if near is None or number is None:
        return None
    first = near.replace(day=1)
    for month in (first, (first + timedelta(days=32)).replace(day=1)):
        day = _real(month, number)
        if day is not None and day > today:
            return day
    return None


def _real(month: date, number: int) -> date | None:
    try:
        return month.replace(day=number)
    except ValueError:
        return None


def _slot_of_range(value: Any) -> Slot:
    start, end = _moment(value[0]), _moment(value[1])
    if not (isinstance(start, datetime) and isinstance(end, datetime) and start.date() == end.date()):
        return Slot()
    return Slot(start.date(), start.time(), end.time())


def _span(value: Any) -> Span | None:
    if isinstance(value, tuple):
        return _day(_moment(value[0])), _day(_moment(value[1]))
    return (_day(_moment(value)), _day(_moment(value))) if _is_moment(value) else None


def _is_moment(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and not value.startswith("FREQ=")


def _moment(value: str) -> date | datetime:
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
