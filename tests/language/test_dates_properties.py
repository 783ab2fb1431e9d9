"""What holds of every date and every text, whatever they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.dates import When, read_when
from bot.language.dates_calendar import bank_holidays
from bot.language.dates_readings import LONDON

NOW = datetime(2026, 6, 10, 10, tzinfo=LONDON)
YEARS = st.dates(date(2023, 6, 1), date(2029, 6, 1))
MOMENTS = st.integers(1_735_689_600, 1_893_455_999).map(lambda at: datetime.fromtimestamp(at, LONDON))
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WORDS = """
on the 8th at 5 pm next Friday week 12/1 31 June every other Monday to until half six tonight 25:00 2026 in 3
working days before after Christmas Eve end of month w/c - , . ( ) not instead or and a 7 noon first last
"""
WORDS = st.sampled_from(_WORDS.split())


def _ordinal(day: int) -> str:
    suffix = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


def _forms(day: date) -> list[str]:
    month, weekday = MONTHS[day.month - 1], DAYS[day.weekday()]
    return [
        f"{day.day} {month} {day.year}",
        f"{weekday} {day.day} {month} {day.year}",
        f"{_ordinal(day.day)} of {month} {day.year}",
        f"{weekday[:3]} {_ordinal(day.day)} {month[:3]} {day.year}",
        f"{month} {_ordinal(day.day)}, {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%y}",
        day.isoformat(),
    ]


@given(YEARS, st.integers(0, 8))
@settings(max_examples=400, deadline=None)
def test_a_whole_date_is_read_back_however_it_is_written(day: date, form: int) -> None:
    assert read_when(_forms(day)[form], NOW).value == day.isoformat()


@given(YEARS, st.integers(0, 8), st.times(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_date_with_a_24_hour_time_is_read_back(day: date, form: int, at: time, day_first: bool) -> None:
    wall = f"{at:%H:%M}"
    typed = f"{_forms(day)[form]} at {wall}" if day_first else f"{wall} on {_forms(day)[form]}"
    when = read_when(typed, NOW)
    local = datetime.combine(day, at.replace(second=0, microsecond=0))
    if _ordinary(local):
        assert (when.kind, when.value) == ("datetime", local.isoformat(timespec="minutes"))
    else:
        assert when.kind == "ambiguous"


def _ordinary(local: datetime) -> bool:
    """Whether that wall time happens exactly once."""
    offsets = {local.replace(tzinfo=LONDON, fold=fold).utcoffset() for fold in (0, 1)}
    return len(offsets) == 1


@given(st.integers(1, 12), st.integers(1, 31), st.integers(2024, 2029))
@settings(deadline=None)
def test_a_day_that_does_not_exist_is_none(month: int, day: int, year: int) -> None:
    try:
        date(year, month, day)
    except ValueError:
        for typed in (
            f"{day}/{month}/{year}",
            f"{day} {MONTHS[month - 1]} {year}",
            f"{year}-{month:02}-{day:02}",
        ):
            assert read_when(typed, NOW).value is None


@given(st.integers(1, 28), st.integers(1, 12), MOMENTS)
@settings(deadline=None)
def test_a_day_and_month_is_the_next_such(day: int, month: int, now: datetime) -> None:
    found = read_when(f"{day} {MONTHS[month - 1]}", now).day
    assert found is not None
    assert (found.day, found.month) == (day, month)
    assert timedelta(0) <= found - now.date() < timedelta(days=366)


@given(MOMENTS, st.sampled_from(DAYS))
@settings(deadline=None)
def test_a_bare_weekday_is_within_the_week_to_come(now: datetime, weekday: str) -> None:
    when = read_when(weekday, now)
    if DAYS[now.weekday()] == weekday:
        assert when.kind == "ambiguous"
    else:
        assert when.day is not None
        assert DAYS[when.day.weekday()] == weekday
        assert 0 < (when.day - now.date()).days < 7


@given(MOMENTS, st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_working_days_never_end_on_a_weekend_or_bank_holiday(now: datetime, count: int) -> None:
    found = read_when(f"in {count} working days", now).day
    assert found is not None
    assert found.weekday() < 5
    assert found not in bank_holidays(found.year)
    between = (now.date() + timedelta(days=step) for step in range(1, (found - now.date()).days + 1))
    assert sum(day.weekday() < 5 and day not in bank_holidays(day.year) for day in between) == count


@given(MOMENTS, st.integers(1, 600))
@settings(deadline=None)
def test_hours_and_minutes_are_counted_in_real_time(now: datetime, minutes: int) -> None:
    moment = read_when(f"in {minutes} minutes", now).moment
    assert moment is not None
    passed = moment.astimezone(UTC) - now.astimezone(UTC)
    assert abs(passed - timedelta(minutes=minutes)) < timedelta(minutes=1)


@given(MOMENTS, st.lists(WORDS, max_size=8).map(" ".join))
@settings(max_examples=500, deadline=None)
def test_every_answer_is_real_near_and_quoted(now: datetime, text: str) -> None:
    _check(read_when(text, now), text, now)


@given(st.text(max_size=300))
@settings(max_examples=500, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    _check(read_when(text, NOW), text, NOW)


def _check(when: When, text: str, now: datetime) -> None:
    assert when.span in text
    assert (when.value is None) == (when.kind == "none")
    if when.kind == "ambiguous":
        assert isinstance(when.value, tuple)
        assert len(when.value) > 1
    for moment in _moments(when):
        assert abs(int(moment[:4]) - now.year) <= 3
        _check_exists(moment)


def _moments(when: When) -> list[str]:
    flat: list[str] = []
    for part in when.value if isinstance(when.value, tuple) else (when.value,):
        flat += part if isinstance(part, tuple) else (part,) if part else ()
    return [text for text in flat if not text.startswith("FREQ=")]


def _check_exists(moment: str) -> None:
    """A day of the calendar; a wall time that London's clocks show, with its offset only if shown twice."""
    if "T" not in moment:
        date.fromisoformat(moment)
        return
    parsed = datetime.fromisoformat(moment)
    local = parsed.replace(tzinfo=LONDON) if parsed.tzinfo is None else parsed.astimezone(LONDON)
    assert local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == local.replace(tzinfo=None)
    assert (parsed.tzinfo is None) == _ordinary(local.replace(tzinfo=None))


@pytest.mark.parametrize(
    "unit", ["on the 12th at 5 ", "1 ", "12/", "first Monday of ", "in 3 weeks ", "a", "-"]
)
def test_a_very_long_text_is_read_no_further_than_its_head(unit: str) -> None:
    text = (unit * 50_000)[:50_000]
    when = read_when(text, NOW)
    assert len(when.span) <= 2000
