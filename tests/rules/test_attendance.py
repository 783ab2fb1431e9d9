"""The six-month rule, by its worked examples and its properties."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.attendance import saves_the_seat, six_month_expiry, six_month_warnings


@pytest.mark.parametrize(
    ("last_attended", "warnings", "expiry"),
    [
        (
            date(2026, 9, 12),
            (date(2026, 12, 12), date(2027, 1, 12), date(2027, 2, 12)),
            date(2027, 3, 12),
        ),
        (
            date(2026, 8, 31),
            (date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)),
            date(2027, 2, 28),
        ),
        (
            date(2027, 8, 31),
            (date(2027, 11, 30), date(2027, 12, 31), date(2028, 1, 31)),
            date(2028, 2, 29),
        ),
    ],
)
def test_warnings_and_expiry(last_attended: date, warnings: tuple[date, ...], expiry: date) -> None:
    assert six_month_warnings(last_attended) == warnings
    assert six_month_expiry(last_attended) == expiry


def test_a_meeting_on_the_day_after_the_expiry_is_too_late() -> None:
    assert saves_the_seat(date(2026, 9, 12), date(2027, 3, 12))
    assert not saves_the_seat(date(2026, 9, 12), date(2027, 3, 13))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_warnings_come_in_order_before_the_expiry(last_attended: date) -> None:
    moments = [last_attended, *six_month_warnings(last_attended), six_month_expiry(last_attended)]
    assert moments == sorted(set(moments))
    assert 181 <= (moments[-1] - last_attended).days <= 184
