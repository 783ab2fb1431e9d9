"""Schedules in London wall time, over both clock changes, and what is done about missed times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.recurrence import (
    Frequency,
    MissedPolicy,
    Schedule,
    due_again,
    missed_fires,
    next_fire,
)

LONDON = ZoneInfo("Europe/London")
MONDAYS_AT_NINE = Schedule("0 9 * * MON")

instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.integers(0, 23).filter(lambda hour: hour != 1)
daily = st.builds(lambda hour, minute: Schedule(f"{minute} {hour} * * *"), hours, st.integers(0, 59))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("cron", "after", "expected"),
    [
        ("0 9 * * MON", "2026-11-21 12:00", "2026-11-23 09:00"),
        ("0 9 * * MON", "2026-11-23 09:00", "2026-11-30 09:00"),
        ("0 9 * * MON", "2026-11-23 08:59:59.900000", "2026-11-23 09:00"),
        ("30 0 * * *", "2026-10-24 12:00", "2026-10-25 00:30"),
        ("30 2 * * *", "2026-03-28 12:00", "2026-03-29 02:30"),
        ("0 9 * * *", "2026-10-24 09:00", "2026-10-25 09:00"),
        ("0 9 * * *", "2026-03-28 09:00", "2026-03-29 09:00"),
        ("0 10 LW * *", "2026-10-01 00:00", "2026-10-30 10:00"),
        ("0 10 * * TUE#1", "2026-11-21 00:00", "2026-12-01 10:00"),
        ("15 17 29 2 *", "2026-01-01 00:00", "2028-02-29 17:15"),
        ("*/15 8-18 * * *", "2026-11-21 18:45", "2026-11-22 08:00"),
    ],
)
def test_the_next_fire_in_wall_time(cron: str, after: str, expected: str) -> None:
    fire = next_fire(Schedule(cron), london(after))
    assert fire == london(expected)
    assert fire.tzinfo is UTC


def test_wall_time_stays_while_utc_moves() -> None:
    assert next_fire(Schedule("0 9 * * *"), utc("2026-03-28 12:00")) == utc("2026-03-29 08:00")
    assert next_fire(Schedule("0 9 * * *"), utc("2026-10-24 12:00")) == utc("2026-10-25 09:00")


@pytest.mark.parametrize(
    "after", ["2026-10-25 00:15", "2026-10-25 00:45", "2026-10-25 01:15", "2026-10-25 01:59"]
)
def test_from_within_the_hour_that_comes_twice(after: str) -> None:
    assert next_fire(Schedule("0 2 * * *"), utc(after)) == utc("2026-10-25 02:00")
    assert next_fire(Schedule("30 0 * * *"), utc(after)) == utc("2026-10-26 00:30")


@pytest.mark.parametrize(
    ("cron", "because"),
    [
        ("0 * * * *", "hour may not be a star"),
        ("0 */2 * * *", "hour may not be a star"),
        ("0 1 * * *", "01:00 to 01:59"),
        ("30 0-3 * * *", "01:00 to 01:59"),
        ("5 1,13 * * *", "01:00 to 01:59"),
        ("0 0/1 * * *", "01:00 to 01:59"),
        ("* 9 * * MON", "every minute"),
        ("*/1 9 * * MON", "every minute"),
        ("0-59 9 * * MON", "every minute"),
        ("0 9 1-7 * TUE", "mean either"),
        ("0 25 * * *", "mistake in the hour"),
        ("61 9 * * *", "mistake in the minute"),
        ("0 9 31 2 *", "mistake in the day-of-month"),
        ("0 9 * *", "five fields"),
        ("0 0 9 * * *", "five fields"),
        ("@daily", "five fields"),
        ("", "five fields"),
        ("every Monday at nine o'clock", "mistake in the"),
    ],
)
def test_what_is_no_schedule_is_refused_with_its_reason(cron: str, because: str) -> None:
    with pytest.raises(ValueError, match=because):
        Schedule(cron)


@settings(deadline=None)
@given(st.text(alphabet="0123456789*/,-#LWMONTUE ", max_size=24))
def test_any_text_either_is_a_schedule_or_says_why_not(text: str) -> None:
    try:
        schedule = Schedule(text)
    except ValueError as error:
        assert "cannot be used: " in str(error)  # noqa: PT017
    else:
        after = utc("2026-11-21 12:00")
        assert next_fire(schedule, after) > after


@settings(deadline=None)
@given(daily, instants)
def test_a_daily_schedule_comes_once_a_day_at_its_wall_time(schedule: Schedule, after: datetime) -> None:
    minute, hour = (int(field) for field in schedule.cron.split()[:2])
    first = next_fire(schedule, after)
    second = next_fire(schedule, first)
    assert after < first < second
    for fire in (first, second):
        wall = fire.astimezone(LONDON)
        assert (wall.hour, wall.minute, wall.second) == (hour, minute, 0)
    assert second.astimezone(LONDON).date() - first.astimezone(LONDON).date() == timedelta(days=1)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        next_fire(MONDAYS_AT_NINE, datetime(2026, 11, 21, 12))  # noqa: DTZ001


def test_an_instant_in_any_zone_will_do() -> None:
    assert next_fire(MONDAYS_AT_NINE, datetime(2026, 11, 21, 12, tzinfo=LONDON)) == utc("2026-11-23 09:00")


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (MissedPolicy.RUN_ALL, ["2026-10-26 09:00", "2026-11-02 09:00", "2026-11-09 09:00"]),
        (MissedPolicy.RUN_ONCE, ["2026-11-09 09:00"]),
        (MissedPolicy.SKIP, []),
    ],
)
def test_missed_fires_by_policy(policy: MissedPolicy, expected: list[str]) -> None:
    since, now = london("2026-10-19 09:00"), london("2026-11-11 11:11")
    assert missed_fires(MONDAYS_AT_NINE, since, now, policy) == tuple(london(one) for one in expected)


def test_a_time_due_this_very_second_counts_and_one_already_run_does_not() -> None:
    nine = london("2026-11-23 09:00")
    for policy in (MissedPolicy.RUN_ONCE, MissedPolicy.RUN_ALL):
        assert missed_fires(MONDAYS_AT_NINE, nine - timedelta(days=1), nine, policy) == (nine,)
        assert missed_fires(MONDAYS_AT_NINE, nine, nine + timedelta(days=6), policy) == ()


@settings(deadline=None)
@given(daily, instants, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_running_once_is_the_last_of_running_all(schedule: Schedule, since: datetime, gap: timedelta) -> None:
    everything = missed_fires(schedule, since, since + gap, MissedPolicy.RUN_ALL)
    assert missed_fires(schedule, since, since + gap, MissedPolicy.RUN_ONCE) == everything[-1:]
    assert all(since < fire <= since + gap for fire in everything)
    assert next_fire(schedule, everything[-1] if everything else since) > since + gap


def test_a_policy_may_be_given_as_its_word() -> None:
    since = london("2026-10-19 09:00")
    assert missed_fires(MONDAYS_AT_NINE, since, since + timedelta(days=30), "skip") == ()  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="sometimes"):
        missed_fires(MONDAYS_AT_NINE, since, since, "sometimes")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("frequency", "due_on"),
    [
        (Frequency.WEEKLY, "2026-10-26"),
        (Frequency.FORTNIGHTLY, "2026-11-02"),
        (Frequency.MONTHLY, "2026-11-11"),
        (Frequency.QUARTERLY, "2027-01-01"),
    ],
)
def test_due_again_counts_london_days_over_the_clock_change(frequency: Frequency, due_on: str) -> None:
    sent = london("2026-10-21 09:00:01")
    assert due_again(sent, frequency, london(f"{due_on} 00:00"))
    assert not due_again(sent, frequency, london(f"{due_on} 00:00") - timedelta(seconds=1))


@pytest.mark.parametrize("rule", ["0 9 * * MON#1", "0 9 * * MON"])
def test_looking_on_mondays_finds_each_month_once(rule: str) -> None:
    sent: list[datetime] = []
    moment = london("2026-11-01 00:00")
    while len(sent) < 24:
        moment = next_fire(Schedule(rule), moment)
        if due_again(sent[-1] if sent else None, Frequency.MONTHLY, moment):
            sent.append(moment)
    months = [(day.year, day.month) for day in sent]
    assert months == [
        (2026, 11),
        (2026, 12),
        *((2027, m) for m in range(1, 13)),
        *((2028, m) for m in range(1, 11)),
    ]


@pytest.mark.parametrize(("frequency", "weeks"), [(Frequency.WEEKLY, 1), (Frequency.FORTNIGHTLY, 2)])
def test_looking_every_monday_keeps_the_weeks_apart(frequency: Frequency, weeks: int) -> None:
    sent = [london("2026-10-19 09:00")]
    moment = sent[0]
    while len(sent) < 10:
        moment = next_fire(MONDAYS_AT_NINE, moment)
        if due_again(sent[-1], frequency, moment):
            sent.append(moment)
    days = [
        (later.astimezone(LONDON).date() - sooner.astimezone(LONDON).date()).days
        for sooner, later in pairwise(sent)
    ]
    assert days == [7 * weeks] * 9


@given(instants, st.sampled_from(list(Frequency)), st.integers(0, 400))
def test_what_is_due_stays_due(sent: datetime, frequency: Frequency, days: int) -> None:
    later = sent + timedelta(days=days)
    if due_again(sent, frequency, later):
        assert due_again(sent, frequency, later + timedelta(days=1))


def test_what_was_never_sent_is_due_unless_it_is_never() -> None:
    now = london("2026-11-21 09:00")
    assert due_again(None, Frequency.QUARTERLY, now)
    assert not due_again(None, Frequency.NEVER, now)
    assert not due_again(london("2001-01-01 09:00"), Frequency.NEVER, now)
