"""Clearing up: what platforms will not send again, drafts that were never confirmed, workers long gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.rules.retention import RetentionPolicy
from bot.store.duties import forget_runs
from bot.store.inbox import purge_drafts, purge_events
from bot.store.work import Work
from bot.store.workers import forget_beats

HOURLY = "house:hourly"
NIGHTLY = "house:nightly"
NIGHTLY_RULE = "0 3 * * *"
_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)


def clear_up(work: Work) -> None:
    """Delete what has outlived its use. Safe to repeat."""
    cutoffs = RetentionPolicy().cutoffs(work.now)
    purge_events(work.session, cutoffs.inbox_events)
    purge_drafts(work.session, cutoffs.drafts)
    forget_beats(work.session, work.now - _A_DAY)
    forget_runs(work.session, (HOURLY, NIGHTLY), work.now - _A_WEEK)


def top_of_the_hour(now: datetime) -> datetime:
    """The full hour that was last struck, in UTC."""
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
