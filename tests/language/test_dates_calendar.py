"""Days counted by England's calendar, against examples worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from bot.language import dates_calendar as calendar


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 12, 23), 3, date(2026, 12, 30)),  # Christmas on a Friday, the 28th in place of the 26th
        (date(2027, 3, 24), 2, date(2027, 3, 30)),  # over Easter
        (date(2026, 12, 30), 2, date(2027, 1, 4)),
        (date(2026, 6, 13), 1, date(2026, 6, 15)),  # from a Saturday
        (date(2026, 12, 2), -6, date(2026, 11, 24)),  # an agenda with five clear days
        (date(2027, 6, 1), -6, date(2027, 5, 21)),
        (date(2028, 1, 5), -6, date(2027, 12, 23)),
    ],
)
def test_working_days(start: date, count: int, end: date) -> None:
    assert calendar.working_days_on(start, count) == end


def test_a_month_that_is_too_short_offers_both_neighbours() -> None:
    assert calendar.months_on(date(2027, 1, 31), 1) == (date(2027, 2, 28), date(2027, 3, 1))
    assert calendar.months_on(date(2027, 1, 28), 1) == (date(2027, 2, 28),)


def test_nth_weekdays() -> None:
    july = date(2026, 7, 1)
    assert calendar.nth_weekday(july, 1, 2) == july
    assert calendar.nth_weekday(july, 5, 4) == date(2026, 7, 31)
    assert calendar.nth_weekday(july, 5, 0) is None
    assert calendar.nth_weekday(july, -1, 0) == date(2026, 7, 27)


def test_easter_moves() -> None:
    assert [calendar.easter_monday(year) for year in (2026, 2027, 2028)] == [
        date(2026, 4, 6),
        date(2027, 3, 29),
        date(2028, 4, 17),
    ]


def test_a_weekday_is_never_the_day_itself() -> None:
    wednesday = date(2026, 6, 10)
    assert calendar.coming(2, wednesday) == date(2026, 6, 17)
    assert calendar.latest(2, wednesday) == date(2026, 6, 3)
