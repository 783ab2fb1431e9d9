"""How long things are kept, and the instants before which they may go."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.retention import Keep, RetentionCutoffs, RetentionPolicy

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
moments = st.datetimes(datetime(2015, 1, 1), datetime(2095, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
keeps = st.builds(Keep, months=st.integers(0, 100), days=st.integers(0, 100), hours=st.integers(1, 100))


def test_the_cutoffs_of_the_ordinary_policy() -> None:
    assert RetentionPolicy().cutoffs(NOW) == RetentionCutoffs(
        closed_actions=datetime(2020, 11, 21, 12, 30, tzinfo=UTC),
        concern_text=datetime(2025, 11, 21, 12, 30, tzinfo=UTC),
        response_detail=datetime(2024, 11, 21, 12, 30, tzinfo=UTC),
        safeguarding_events=datetime(2025, 11, 21, 12, 30, tzinfo=UTC),
        drafts=datetime(2026, 11, 20, 12, 30, tzinfo=UTC),
        questions=datetime(2026, 8, 23, 12, 30, tzinfo=UTC),
        deliveries=datetime(2026, 8, 23, 12, 30, tzinfo=UTC),
        inbox_events=datetime(2026, 11, 14, 12, 30, tzinfo=UTC),
    )


def test_policy_and_cutoffs_name_the_same_records() -> None:
    assert [one.name for one in fields(RetentionPolicy)] == [one.name for one in fields(RetentionCutoffs)]


@pytest.mark.parametrize("name", [one.name for one in fields(RetentionPolicy)])
def test_each_period_moves_its_own_cutoff_and_no_other(name: str) -> None:
    usual = asdict(RetentionPolicy().cutoffs(NOW))
    changed = asdict(replace(RetentionPolicy(), **{name: Keep(hours=1)}).cutoffs(NOW))
    assert {key for key in usual if usual[key] != changed[key]} == {name}
    assert changed[name] == NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "keep"),
    [
        ("6 years", Keep(months=72)),
        ("1 year", Keep(months=12)),
        ("18 months", Keep(months=18)),
        ("90 Days", Keep(days=90)),
        (" 24  hours ", Keep(hours=24)),
    ],
)
def test_how_a_period_is_written(text: str, keep: Keep) -> None:
    assert Keep.parse(text) == keep


@pytest.mark.parametrize(
    "text", ["", "6", "years", "six years", "-6 years", "6.5 years", "6 weeks", "for ever"]
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        Keep.parse(text)


def test_nothing_is_kept_for_no_time_at_all() -> None:
    with pytest.raises(ValueError, match="kept for some time"):
        Keep()
    with pytest.raises(ValueError, match="kept for some time"):
        Keep.parse("0 days")
    with pytest.raises(ValueError, match="kept for some time"):
        Keep(months=12, days=-1)


def test_a_leap_day_never_shortens_what_was_promised() -> None:
    assert Keep(months=72).before(datetime(2032, 2, 29, tzinfo=UTC)) == datetime(2026, 2, 28, tzinfo=UTC)


def test_a_cutoff_comes_back_in_utc_and_a_naive_instant_is_refused() -> None:
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert Keep(months=1).before(summer) == datetime(2026, 5, 30, 23, 30, tzinfo=UTC)
    assert Keep(months=1).before(summer).tzinfo is UTC
    with pytest.raises(ValueError, match="time zone"):
        RetentionPolicy().cutoffs(datetime(2026, 7, 1))  # noqa: DTZ001


@given(keeps, moments, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_cutoff_lies_in_the_past_and_only_moves_on(keep: Keep, now: datetime, later: timedelta) -> None:
    assert keep.before(now) < now
    assert keep.before(now) <= keep.before(now + later) or later < timedelta(days=4)
