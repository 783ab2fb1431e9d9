"""Working days in England: which days count, and how to count them.

The statutory "clear days" of a notice are working days that exclude the day of issue and the day of the
meeting (R v Swansea ex parte Elitestone, 1993). Service levels are counted on the same calendar.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

FIRST_YEAR = 1980
LAST_YEAR = 2100
STATUTORY_CLEAR_DAYS = 5

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_LEAP_YEAR = 2000


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays of one year, substitute days included.

    Raises ValueError outside 1980 to 2100, where no reliable list exists: an empty list would count wrongly.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}.")
    from holidays import country_holidays  # slow to import, and only needed once a day is counted

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (or earlier), or that month's last day where it is shorter."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


@dataclass(frozen=True)
class WorkingCalendar:
    """A council's working days: Monday to Friday less England's bank holidays and the council's own closures.

    `closed_every_year` holds (month, day) pairs, such as (12, 24). `open_dates` wins over every closure and
    over a bank holiday (one that was moved by proclamation, say), but can never open a weekend.
    """

    closed_every_year: frozenset[tuple[int, int]] = frozenset()
    closed_dates: frozenset[date] = frozenset()
    open_dates: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse, with a ValueError, days that do not exist and weekends that are to be opened."""
        for month, day in self.closed_every_year:
            _check_month_day(month, day)
        for opened in self.open_dates:
            if is_weekend(opened):
                raise ValueError(f"{opened.isoformat()} is at a weekend, so it cannot become a working day.")

    def is_closed(self, day: date) -> bool:
        """Whether a bank holiday or a council closure falls on the day; a mere weekend is not a closure."""
        if day in self.open_dates:
            return False
        yearly = (day.month, day.day) in self.closed_every_year
        return yearly or day in self.closed_dates or day in bank_holidays(day.year)

    def is_working_day(self, day: date) -> bool:
        """Whether the day counts in a notice or a service level."""
        _check_is_day(day)
        return not is_weekend(day) and not self.is_closed(day)

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`; never `day` itself."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`, or before it where `count` is negative.

        `day` is day zero and is never counted, whether it is a working day or not. 0 gives it back.
        """
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie strictly between two days; 0 where `end` is not after `start`."""
        return sum(self.is_working_day(day) for day in _days_strictly_between(start, end))

    def working_days_until(self, today: date, target: date) -> int:
        """Working days after `today` up to and including `target`: 0 on the day, negative once it is past."""
        if target < today:
            return -self.working_days_until(target, today)
        return self.working_days_between(today, target + _ONE_DAY)

    def clear_days_before(self, published: date, meeting: date) -> int:
        """The clear days of notice that publication on one day gives of a meeting on another."""
        return self.working_days_between(published, meeting)

    def last_publication_day(self, meeting: date, clear_days: int = STATUTORY_CLEAR_DAYS) -> date:
        """The latest working day on which publication still gives `clear_days` clear days of the meeting.

        Publication must precede the meeting's day even where no clear day is asked for. Raises ValueError for
        a negative number.
        """
        if clear_days < 0:
            raise ValueError("The number of clear days cannot be negative.")
        return self.add_working_days(meeting, -(clear_days + 1))


def is_weekend(day: date) -> bool:
    """Whether the day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def _days_strictly_between(start: date, end: date) -> Iterator[date]:
    for offset in range(1, (end - start).days):
        yield start + timedelta(days=offset)


def _check_is_day(day: date) -> None:
    # A datetime is a date to the type checker, yet equals none: bank holidays would be missed in silence.
    if isinstance(day, datetime):
        raise TypeError("A working day is asked of a date, not of a moment: take the London date first.")


def _check_month_day(month: int, day: int) -> None:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError as error:
        raise ValueError(f"Day {day} of month {month} is in no year.") from error
