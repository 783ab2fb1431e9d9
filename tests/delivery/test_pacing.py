"""Slots, slowing down and recovering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import Spacing, current_rate, pause, recover, slow_down

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@dataclass
class Pace:
    rate: float | None = None
    next_at: datetime = NOW
    blocked_until: datetime = NOW
    changed_at: datetime = NOW - timedelta(hours=1)


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


def test_slots_are_evenly_spaced_with_headroom() -> None:
    spacing = Spacing(rate=10.0, headroom=0.5, ahead=1.0)
    assert spacing.gap == pytest.approx(0.2)
    assert spacing.free(NOW, NOW) == 5
    assert spacing.slots(NOW, NOW, 3) == [NOW, NOW + seconds(0.2), NOW + seconds(0.4)]
    assert spacing.after(NOW) == NOW + seconds(0.2)


def test_nothing_is_free_until_half_of_what_lies_ahead_is() -> None:
    spacing = Spacing(rate=10.0, headroom=1.0, ahead=1.0)
    assert spacing.free(NOW + seconds(0.51), NOW) == 0
    assert spacing.free(NOW + seconds(0.5), NOW) == 5


def test_the_slowest_rate_still_has_a_slot() -> None:
    assert Spacing(rate=0.1, headroom=1.0, ahead=0.5).free(NOW, NOW) == 1


def test_lateness_is_made_up_for_and_idleness_is_not() -> None:
    spacing = Spacing(rate=10.0, headroom=1.0, ahead=1.0)
    assert spacing.slots(NOW - seconds(0.3), NOW, 1) == [NOW - seconds(0.3)]
    assert spacing.slots(NOW - seconds(60), NOW, 1) == [NOW]


@given(
    st.floats(0.2, 200),
    st.lists(st.tuples(st.floats(0, 2), st.integers(0, 200)), min_size=1, max_size=40),
)
def test_no_two_slots_are_ever_closer_than_the_gap(rate: float, turns: list[tuple[float, int]]) -> None:
    spacing = Spacing(rate, headroom=0.97, ahead=0.5)
    now, next_at = NOW, NOW
    slots: list[datetime] = []
    for wait, wanted in turns:
        now += seconds(wait)
        taken = spacing.slots(next_at, now, min(wanted, spacing.free(next_at, now)))
        if taken:
            next_at = spacing.after(taken[-1])
        assert all(slot <= now + seconds(max(0.5, spacing.gap)) for slot in taken)
        slots += taken
    for one, two in pairwise(slots):
        assert (two - one).total_seconds() >= spacing.gap - 0.00001


def test_a_pause_holds_slots_back_and_never_shortens_another() -> None:
    pace = Pace()
    pause(pace, 30, NOW)
    pause(pace, 5, NOW)
    assert pace.blocked_until == pace.next_at == NOW + seconds(30)


def test_one_burst_lowers_the_rate_once() -> None:
    pace = Pace(changed_at=NOW - seconds(30))
    assert slow_down(pace, 50.0, [NOW - seconds(1)], NOW)
    assert pace.rate == pytest.approx(45.0)
    assert not slow_down(pace, 50.0, [NOW - seconds(0.5)], NOW + seconds(1))
    assert slow_down(pace, 50.0, [NOW + seconds(2)], NOW + seconds(3))
    assert pace.rate == pytest.approx(40.5)


def test_the_first_burst_in_a_minute_is_chance() -> None:
    pace = Pace()
    assert not slow_down(pace, 50.0, [NOW], NOW)
    assert pace.rate is None
    assert slow_down(pace, 50.0, [NOW + seconds(30)], NOW + seconds(30))
    assert pace.rate == pytest.approx(45.0)


def test_the_rate_never_falls_below_a_tenth() -> None:
    pace = Pace()
    for n in range(100):
        slow_down(pace, 50.0, [NOW + seconds(n)], NOW + seconds(n))
    assert pace.rate == pytest.approx(5.0)


def test_a_channel_without_a_limit_learns_none() -> None:
    pace = Pace()
    assert not slow_down(pace, None, [NOW], NOW)
    recover(pace, None, NOW + seconds(90))
    assert pace.rate is None
    assert current_rate(pace, None) is None


def test_each_quiet_minute_raises_a_lowered_rate_until_it_is_as_configured() -> None:
    pace = Pace(rate=45.0, changed_at=NOW)
    recover(pace, 50.0, NOW + seconds(59))
    assert pace.rate == 45.0
    recover(pace, 50.0, NOW + seconds(60))
    assert pace.rate == pytest.approx(47.25)
    recover(pace, 50.0, NOW + seconds(120))
    recover(pace, 50.0, NOW + seconds(180))
    assert pace.rate is None
    assert current_rate(pace, 50.0) == 50.0


def test_a_configured_rate_that_was_lowered_wins_over_what_was_learnt() -> None:
    assert current_rate(Pace(rate=45.0), 30.0) == 30.0
