"""How the notice of a meeting stands on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendar import WorkingCalendar
from bot.rules.notice import NoticeState, days_of_notice

CALENDAR = WorkingCalendar()
MEETING = date(2027, 1, 5)
DEADLINE = date(2026, 12, 23)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("today", "days_left", "given_days", "state", "in_time"),
    [
        (date(2026, 12, 16), 5, 10, NoticeState.OPEN, True),
        (date(2026, 12, 22), 1, 6, NoticeState.OPEN, True),
        (date(2026, 12, 23), 0, 5, NoticeState.DUE_TODAY, True),
        (date(2026, 12, 24), -1, 4, NoticeState.MISSED, False),
        (date(2026, 12, 26), -1, 4, NoticeState.MISSED, False),
        (date(2027, 1, 6), -7, 0, NoticeState.MISSED, False),
    ],
)
def test_before_publication(
    today: date, days_left: int, given_days: int, state: NoticeState, in_time: bool
) -> None:
    notice = days_of_notice(MEETING, today, CALENDAR)
    assert notice.deadline == DEADLINE
    assert (notice.days_left, notice.clear_days_given) == (days_left, given_days)
    assert (notice.state, notice.in_time) == (state, in_time)


@pytest.mark.parametrize(
    ("published", "given_days", "state"),
    [
        (date(2026, 12, 21), 7, NoticeState.PUBLISHED),
        (date(2026, 12, 23), 5, NoticeState.PUBLISHED),
        (date(2026, 12, 24), 4, NoticeState.PUBLISHED_LATE),
    ],
)
def test_after_publication(published: date, given_days: int, state: NoticeState) -> None:
    notice = days_of_notice(MEETING, date(2027, 1, 4), CALENDAR, published=published)
    assert (notice.clear_days_given, notice.state) == (given_days, state)
    assert notice.in_time is (state is NoticeState.PUBLISHED)


def test_a_weekend_publication_after_the_deadline_is_late_though_the_count_is_the_same() -> None:
    notice = days_of_notice(date(2026, 12, 7), date(2026, 11, 28), CALENDAR, published=date(2026, 11, 28))
    assert notice.deadline == date(2026, 11, 27)
    assert notice.clear_days_given == 5
    assert notice.state is NoticeState.PUBLISHED_LATE


def test_a_local_target_of_fewer_days() -> None:
    notice = days_of_notice(MEETING, date(2026, 12, 29), CALENDAR, clear_days=2)
    assert (notice.deadline, notice.days_left) == (date(2026, 12, 30), 1)


@settings(deadline=None)
@given(days, days, st.integers(0, 15))
def test_the_state_follows_the_deadline(meeting: date, today: date, clear_days: int) -> None:
    notice = days_of_notice(meeting, today, CALENDAR, clear_days)
    assert notice.in_time is (today <= notice.deadline)
    assert (notice.state is NoticeState.DUE_TODAY) is (today == notice.deadline)
    if notice.in_time:
        assert notice.clear_days_given >= clear_days
        assert notice.days_left >= 0
    else:
        assert notice.days_left <= 0
