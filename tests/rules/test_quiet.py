"""Messages that wait: nights, weekends, bank holidays and pauses, over both clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendar import WorkingCalendar
from bot.rules.recurrence import Quiet

LONDON = ZoneInfo("Europe/London")
CALENDAR = WorkingCalendar(closed_every_year=frozenset({(12, 24)}))

NIGHTS = Quiet(start=time(21), end=time(8))
WEEKENDS = Quiet(no_weekends=True)
HOLIDAYS = Quiet(no_bank_holidays=True)
ALL = Quiet(no_weekends=True, no_bank_holidays=True, start=time(21), end=time(8))


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("quiet", "when", "expected"),
    [
        (Quiet(), "2026-11-22 03:00", "2026-11-22 03:00"),
        (NIGHTS, "2026-11-23 20:59:59", "2026-11-23 20:59:59"),
        (NIGHTS, "2026-11-23 21:00", "2026-11-24 09:00"),
        (NIGHTS, "2026-11-24 06:30", "2026-11-24 09:00"),
        (NIGHTS, "2026-11-24 08:00", "2026-11-24 08:00"),
        (WEEKENDS, "2026-11-21 12:00", "2026-11-23 09:00"),
        (WEEKENDS, "2026-11-20 23:30", "2026-11-20 23:30"),
        (HOLIDAYS, "2026-12-24 12:00", "2026-12-27 09:00"),
        (HOLIDAYS, "2026-12-28 12:00", "2026-12-29 09:00"),
        (ALL, "2026-12-23 22:00", "2026-12-29 09:00"),
        (ALL, "2027-03-25 21:30", "2027-03-30 09:00"),
        (Quiet(paused_until=date(2027, 1, 4)), "2026-11-21 12:00", "2027-01-04 09:00"),
        (Quiet(paused_until=date(2027, 1, 4)), "2027-01-04 06:00", "2027-01-04 06:00"),
        (Quiet(paused_until=date(2027, 1, 2), no_weekends=True), "2026-12-31 12:00", "2027-01-04 09:00"),
        (Quiet(start=time(12), end=time(14)), "2026-11-24 11:59", "2026-11-24 11:59"),
        (Quiet(start=time(12), end=time(14)), "2026-11-24 12:00", "2026-11-24 14:00"),
        (Quiet(start=time(12), end=time(14)), "2026-11-24 12:30", "2026-11-24 14:00"),
        (Quiet(start=time(21), end=time(10)), "2026-11-24 22:00", "2026-11-25 10:00"),
        (Quiet(start=time(21), end=time(23)), "2026-11-24 22:00", "2026-11-24 23:00"),
        (Quiet(start=time(8), end=time(20)), "2026-11-24 09:00", "2026-11-24 20:00"),
        (Quiet(start=time(8), end=time(0)), "2026-11-24 10:00", "2026-11-25 00:00"),
        (Quiet(no_weekends=True, resume_at=time(8, 30)), "2026-11-21 12:00", "2026-11-23 08:30"),
    ],
)
def test_where_a_message_is_moved(quiet: Quiet, when: str, expected: str) -> None:
    moved = quiet.next_allowed(london(when), CALENDAR)
    assert moved == london(expected)
    assert moved.tzinfo is UTC


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        # The night the clocks go forward, then the night they go back: nine o'clock by the wall both times.
        ("2026-03-28 22:00+00:00", "2026-03-29 08:00+00:00"),
        ("2026-03-29 06:59+00:00", "2026-03-29 08:00+00:00"),
        ("2026-03-29 07:00+00:00", "2026-03-29 07:00+00:00"),
        ("2026-10-24 20:30+00:00", "2026-10-25 09:00+00:00"),
        ("2026-10-25 00:30+00:00", "2026-10-25 09:00+00:00"),
        ("2026-10-25 01:30+00:00", "2026-10-25 09:00+00:00"),
        ("2026-10-25 07:59+00:00", "2026-10-25 09:00+00:00"),
        ("2026-10-25 08:00+00:00", "2026-10-25 08:00+00:00"),
    ],
)
def test_nights_on_which_the_clocks_change(when: str, expected: str) -> None:
    assert NIGHTS.next_allowed(datetime.fromisoformat(when), CALENDAR) == datetime.fromisoformat(expected)


def test_an_opened_bank_holiday_is_no_longer_quiet() -> None:
    opened = WorkingCalendar(open_dates=frozenset({date(2026, 12, 28)}))
    when = london("2026-12-28 12:00")
    assert HOLIDAYS.next_allowed(when, opened) == when
    assert HOLIDAYS.next_allowed(when, CALENDAR) > when


@pytest.mark.parametrize(
    "hours",
    [{"start": time(21)}, {"end": time(8)}, {"start": time(9), "end": time(9)}],
)
def test_half_given_and_endless_hours_are_refused(hours: dict[str, time]) -> None:
    with pytest.raises(ValueError, match="Quiet hours"):
        Quiet(**hours)  # type: ignore[arg-type]


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        NIGHTS.next_allowed(datetime(2026, 11, 21, 12), CALENDAR)  # noqa: DTZ001


times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
clock_changes = st.sampled_from(
    ["2026-03-29 01:00", "2026-10-25 01:00", "2027-03-28 01:00", "2027-10-31 01:00"]
)
near_a_change = st.builds(
    lambda change, gap: datetime.fromisoformat(change).replace(tzinfo=UTC) + gap,
    clock_changes,
    st.timedeltas(timedelta(days=-1), timedelta(days=1)),
)


@st.composite
def quiets(draw: st.DrawFn) -> Quiet:
    start, end = draw(st.tuples(times, times).filter(lambda pair: pair[0] != pair[1]))
    timed = draw(st.booleans())
    return Quiet(
        no_weekends=draw(st.booleans()),
        no_bank_holidays=draw(st.booleans()),
        start=start if timed else None,
        end=end if timed else None,
        paused_until=draw(st.none() | st.dates(date(2026, 1, 1), date(2029, 1, 31))),
        resume_at=draw(times),
    )


@settings(deadline=None, max_examples=300)
@given(quiets(), instants | near_a_change)
def test_a_message_is_moved_on_to_an_allowed_instant_and_never_lost(quiet: Quiet, when: datetime) -> None:
    moved = quiet.next_allowed(when, CALENDAR)
    assert moved >= when
    assert quiet.allows(moved, CALENDAR)
    assert quiet.next_allowed(moved, CALENDAR) == moved
    assert (moved == when) is quiet.allows(when, CALENDAR)
    # Christmas brings at most six quiet days in a row; a pause can begin the wait later.
    start = max(when.astimezone(LONDON).date(), quiet.paused_until or date.min)
    assert moved.astimezone(LONDON).date() - start <= timedelta(days=8)
