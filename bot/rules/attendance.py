"""The six-month rule: a seat is lost without attendance for six months running (LGA 1972, section 85).

Apologies do not stop the clock; only the authority's approval of the reason, before the expiry, does.
"""

from __future__ import annotations

from datetime import date

from bot.rules.calendar import add_months

SIX_MONTHS = 6
WARNING_MONTHS = (3, 4, 5)


def six_month_expiry(last_attended: date) -> date:
    """The last day on which attending, or an approval, still saves the seat."""
    return add_months(last_attended, SIX_MONTHS)


def six_month_warnings(last_attended: date) -> tuple[date, date, date]:
    """The days three, four and five months after the last attendance, on which to warn member and officer."""
    first, second, third = (add_months(last_attended, months) for months in WARNING_MONTHS)
    return first, second, third


def saves_the_seat(last_attended: date, meeting: date) -> bool:
    """Whether attending a meeting on that day is still in time; the day after the expiry is too late."""
    return meeting <= six_month_expiry(last_attended)
