"""Working days and clear days: worked examples, the court's own case, and properties over a century."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendar import WorkingCalendar, add_months, bank_holidays, is_weekend
from tests.rules.clear_day_examples import (
    EXAMPLES,
    EXCLUDING_CHRISTMAS_EVE,
    SHUT_OVER_CHRISTMAS,
    Example,
    day,
)

PLAIN = WorkingCalendar()
ONE_DAY = timedelta(days=1)

days = st.dates(date(1990, 1, 1), date(2100, 6, 30))
counts = st.integers(-60, 60)
calendars = st.sampled_from([PLAIN, EXCLUDING_CHRISTMAS_EVE, SHUT_OVER_CHRISTMAS])


def by_meeting(example: Example) -> str:
    return example.meeting.isoformat()


def test_all_twenty_examples_are_there() -> None:
    assert len(EXAMPLES) == 20
    assert all(len(example.counted) == 5 for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=by_meeting)
def test_the_last_publication_day_of_each_example(example: Example) -> None:
    assert PLAIN.last_publication_day(example.meeting) == example.latest
    assert EXCLUDING_CHRISTMAS_EVE.last_publication_day(example.meeting) == example.without_christmas_eve
    assert SHUT_OVER_CHRISTMAS.last_publication_day(example.meeting) == example.shut_over_christmas


@pytest.mark.parametrize("example", EXAMPLES, ids=by_meeting)
def test_exactly_the_listed_days_count(example: Example) -> None:
    span = (example.meeting - example.latest).days
    between = [example.latest + timedelta(days=n) for n in range(1, span)]
    assert tuple(one for one in between if PLAIN.is_working_day(one)) == example.counted
    assert PLAIN.clear_days_before(example.latest, example.meeting) == 5


@pytest.mark.parametrize("example", EXAMPLES, ids=by_meeting)
def test_the_common_mistakes_give_too_little_notice(example: Example) -> None:
    assert example.mistakes
    for mistaken in example.mistakes:
        assert PLAIN.last_publication_day(example.meeting) < mistaken
        given_days = PLAIN.clear_days_before(mistaken, example.meeting)
        assert given_days < 5 or not PLAIN.is_working_day(mistaken)


def test_the_elitestone_case() -> None:
    published, meeting = day("26 Apr 1990"), day("1 May 1990")
    assert PLAIN.clear_days_before(published, meeting) == 2
    assert PLAIN.last_publication_day(meeting, clear_days=3) == day("25 Apr 1990")


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2026, "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec"),
        (2027, "1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec"),
        (2022, "3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sep, 26 Dec, 27 Dec"),
        (1999, "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec, 31 Dec"),
    ],
)
def test_bank_holidays_on_weekdays(year: int, expected: str) -> None:
    on_weekdays = sorted(one for one in bank_holidays(year) if not is_weekend(one))
    assert on_weekdays == [day(f"{text} {year}") for text in expected.split(", ")]


@pytest.mark.parametrize("year", [1979, 2101, 9999])
def test_years_without_known_bank_holidays_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match=f"not for {year}"):
        bank_holidays(year)


def test_counting_past_the_last_known_year_is_refused() -> None:
    with pytest.raises(ValueError, match="2101"):
        PLAIN.add_working_days(date(2100, 12, 31), 1)


def test_a_closed_date_a_yearly_closure_and_an_opened_date() -> None:
    calendar = WorkingCalendar(
        closed_every_year=frozenset({(12, 24)}),
        closed_dates=frozenset({day("11 Nov 2026"), day("12 Nov 2026")}),
        open_dates=frozenset({day("12 Nov 2026"), day("24 Dec 2027"), day("4 May 2026")}),
    )
    assert not calendar.is_working_day(day("11 Nov 2026"))
    assert calendar.is_working_day(day("12 Nov 2026"))
    assert not calendar.is_working_day(day("24 Dec 2026"))
    assert calendar.is_working_day(day("24 Dec 2027"))
    assert calendar.is_working_day(day("4 May 2026"))
    assert not PLAIN.is_working_day(day("4 May 2026"))


def test_a_bank_holiday_at_a_weekend_is_a_closure_and_a_mere_weekend_is_not() -> None:
    assert PLAIN.is_closed(day("26 Dec 2026"))
    assert not PLAIN.is_closed(day("19 Dec 2026"))


def test_a_weekend_cannot_be_opened() -> None:
    with pytest.raises(ValueError, match="2026-11-21 is at a weekend"):
        WorkingCalendar(open_dates=frozenset({day("21 Nov 2026")}))


@pytest.mark.parametrize(("month", "number"), [(2, 30), (13, 1), (0, 1), (4, 31)])
def test_a_yearly_closure_on_no_real_day_is_refused(month: int, number: int) -> None:
    with pytest.raises(ValueError, match="is in no year"):
        WorkingCalendar(closed_every_year=frozenset({(month, number)}))


def test_the_leap_day_can_be_closed_every_year() -> None:
    calendar = WorkingCalendar(closed_every_year=frozenset({(2, 29)}))
    assert not calendar.is_working_day(date(2028, 2, 29))


def test_a_moment_is_refused_where_a_day_is_needed() -> None:
    with pytest.raises(TypeError, match="not of a moment"):
        PLAIN.is_working_day(datetime(2026, 12, 25, 9, tzinfo=UTC))


def test_negative_clear_days_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        PLAIN.last_publication_day(day("2 Dec 2026"), clear_days=-1)


def test_no_clear_days_still_means_the_working_day_before() -> None:
    assert PLAIN.last_publication_day(day("7 Dec 2026"), clear_days=0) == day("4 Dec 2026")


def test_working_days_count_from_the_next_working_day() -> None:
    assert PLAIN.add_working_days(day("20 Nov 2026"), 2) == day("24 Nov 2026")
    assert PLAIN.add_working_days(day("21 Nov 2026"), 2) == day("24 Nov 2026")
    assert PLAIN.add_working_days(day("24 Dec 2026"), 1) == day("29 Dec 2026")
    assert PLAIN.add_working_days(day("29 Dec 2026"), -1) == day("24 Dec 2026")
    assert PLAIN.add_working_days(day("21 Nov 2026"), 0) == day("21 Nov 2026")
    assert PLAIN.next_working_day(day("24 Dec 2026")) == day("29 Dec 2026")


def test_working_days_until_a_day_and_since_it() -> None:
    assert PLAIN.working_days_until(day("23 Dec 2026"), day("29 Dec 2026")) == 2
    assert PLAIN.working_days_until(day("29 Dec 2026"), day("29 Dec 2026")) == 0
    assert PLAIN.working_days_until(day("4 Jan 2027"), day("31 Dec 2026")) == -1
    assert PLAIN.working_days_until(day("28 Nov 2026"), day("27 Nov 2026")) == 0


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("31 Aug 2026", 6, "28 Feb 2027"),
        ("31 Aug 2027", 6, "29 Feb 2028"),
        ("29 Feb 2028", 12, "28 Feb 2029"),
        ("15 Jan 2027", -1, "15 Dec 2026"),
        ("31 Mar 2027", -13, "28 Feb 2026"),
        ("30 Jun 2026", 0, "30 Jun 2026"),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_one(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


@settings(deadline=None)
@given(calendars, days, counts.filter(bool))
def test_adding_lands_on_a_working_day_with_the_right_number_between(
    calendar: WorkingCalendar, start: date, count: int
) -> None:
    landed = calendar.add_working_days(start, count)
    assert calendar.is_working_day(landed)
    assert calendar.working_days_between(min(start, landed), max(start, landed)) == abs(count) - 1


@settings(deadline=None)
@given(calendars, days, st.integers(0, 60))
def test_going_there_and_back_again(calendar: WorkingCalendar, start: date, count: int) -> None:
    working = calendar.next_working_day(start)
    assert calendar.add_working_days(calendar.add_working_days(working, count), -count) == working
    assert calendar.working_days_until(start, calendar.add_working_days(start, count)) == count


@settings(deadline=None)
@given(calendars, days, st.integers(0, 30))
def test_the_last_publication_day_is_the_last_that_will_do(
    calendar: WorkingCalendar, meeting: date, clear_days: int
) -> None:
    latest = calendar.last_publication_day(meeting, clear_days)
    assert latest < meeting
    assert calendar.is_working_day(latest)
    assert calendar.clear_days_before(latest, meeting) >= clear_days
    following = calendar.next_working_day(latest)
    assert following >= meeting or calendar.clear_days_before(following, meeting) < clear_days


@settings(deadline=None)
@given(days, st.integers(0, 20))
def test_more_closures_never_allow_later_publication(meeting: date, clear_days: int) -> None:
    latest = [
        calendar.last_publication_day(meeting, clear_days)
        for calendar in (PLAIN, EXCLUDING_CHRISTMAS_EVE, SHUT_OVER_CHRISTMAS)
    ]
    assert latest == sorted(latest, reverse=True)


@settings(deadline=None)
@given(days, days)
def test_nothing_lies_between_a_day_and_an_earlier_one(one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    assert PLAIN.working_days_between(later, earlier) == 0
    # A gap of a year and a bit keeps the plain recount cheap.
    later = min(later, earlier + timedelta(days=400))
    recount = [earlier + n * ONE_DAY for n in range(1, (later - earlier).days)]
    expected = sum(not is_weekend(one) and one not in bank_holidays(one.year) for one in recount)
    assert PLAIN.working_days_between(earlier, later) == expected
