"""Arithmetic with days: neighbours, nth weekdays, months, England's bank holidays and working days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_FAR = 3700
"""The longest count of days that is worked out; a longer one is no date for a diary."""


def real(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming(weekday: int, after: date) -> date:
    """The first such weekday later than `after` (Monday is 0)."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def latest(weekday: int, before: date) -> date:
    """The last such weekday earlier than `before`."""
    return before - timedelta(days=(before.weekday() - weekday - 1) % 7 + 1)


def monday(day: date) -> date:
    """The Monday of the week (Monday to Sunday) that holds `day`."""
    return day - timedelta(days=day.weekday())


def first_of_month(day: date, shift: int = 0) -> date:
    """The first day of the month `shift` months on from that of `day`."""
    months = day.year * 12 + day.month - 1 + shift
    return date(months // 12, months % 12 + 1, 1)


def last_of_month(day: date) -> date:
    """The last calendar day of the month that holds `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_on(day: date, months: int) -> tuple[date, ...]:
    """The same day so many months on; its two neighbours where that month is too short."""
    first = first_of_month(day, months)
    same = real(first.year, first.month, day.day)
    if same:
        return (same,)
    end = last_of_month(first)
    return (end, end + DAY)


def nth_weekday(first: date, number: int, weekday: int) -> date | None:
    """The nth such weekday of the month starting at `first` (-1 the last), or None where it has no nth."""
    last = last_of_month(first)
    day = latest(weekday, last + DAY) if number < 0 else coming(weekday, first - DAY) + (number - 1) * WEEK
    return day if first <= day <= last else None


def nth_working_day(first: date, last: date, number: int) -> date | None:
    """The nth working day between two days, both included (-1 the last)."""
    days = [day for day in _days(first, last) if is_working(day)]
    index = number if number < 0 else number - 1
    return days[index] if -len(days) <= index < len(days) else None


def working_days_on(day: date, count: int) -> date | None:
    """`count` working days after `day`, or before it where negative: the day itself never counts."""
    if abs(count) > _FAR:
        return None
    step = DAY if count > 0 else -DAY
    while count:
        day += step
        if is_working(day):
            count -= 1 if count > 0 else -1
    return day


def days_on(day: date, count: int) -> date | None:
    """`count` calendar days after `day`."""
    return day + timedelta(days=count) if abs(count) <= _FAR else None


def is_working(day: date) -> bool:
    """Neither a weekend nor a bank holiday in England (substitute days included)."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


@lru_cache(maxsize=32)
def bank_holidays(year: int) -> dict[date, str]:
    """England's bank holidays in that year with the holidays library's names, substitute days among them."""
    import holidays  # costs a tenth of a second: only sentences that need it pay

    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def easter_monday(year: int) -> date:
    """Easter Monday, from which the other moving days are counted."""
    return next(day for day, name in bank_holidays(year).items() if "Easter Monday" in name)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY
