"""How fast a channel may send: evenly spaced slots, slowed when the platform complains, then recovering.

The rate limit is the generic cell rate algorithm: one moment, `next_at`, from which slots are free. It is
kept in the channel's Pace, so that all workers together keep to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

SLOWER = 0.9
FASTER = 1.05
RECOVERY = timedelta(minutes=1)
SLOWEST = 0.1


class Pace(Protocol):
    """What is kept of a channel's pace (bot.store.deliveries.Pace)."""

    rate: float | None
    next_at: datetime
    blocked_until: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Spacing:
    """How slots are laid: `rate` messages a second, of which `headroom` is used, `ahead` seconds at most."""

    rate: float
    headroom: float
    ahead: float

    @property
    def gap(self) -> float:
        """Seconds from one slot to the next."""
        return 1 / (self.rate * self.headroom)

    def free(self, next_at: datetime, now: datetime) -> int:
        """How many slots may be reserved now: none until half of what lies ahead is free, so claims group."""
        lead = (self._start(next_at, now) - now).total_seconds()
        if lead > self.ahead / 2:
            return 0
        return max(1, int((self.ahead - lead) / self.gap))

    def slots(self, next_at: datetime, now: datetime, count: int) -> list[datetime]:
        """The next `count` slots. The first may be a little past, where a claim came late."""
        start = self._start(next_at, now)
        return [start + timedelta(seconds=self.gap * n) for n in range(count)]

    def after(self, slot: datetime) -> datetime:
        """The slot that follows one."""
        return slot + timedelta(seconds=self.gap)

    def _start(self, next_at: datetime, now: datetime) -> datetime:
        """What two busy seconds left unused is made up for; what an idle time left is not."""
        late = timedelta(seconds=4 * self.ahead)
        return next_at if next_at >= now - late else now


def current_rate(pace: Pace, configured: float | None) -> float | None:
    """Messages a second: what was learnt, never above what is configured; None for no limit."""
    if configured is None:
        return None
    return configured if pace.rate is None else min(pace.rate, configured)


def pause(pace: Pace, seconds: float, now: datetime) -> None:
    """Hold the whole channel back, because the platform asked for it."""
    until = now + timedelta(seconds=seconds)
    pace.blocked_until = max(pace.blocked_until, until)
    pace.next_at = max(pace.next_at, pace.blocked_until)


def slow_down(pace: Pace, configured: float | None, claimed: Sequence[datetime], now: datetime) -> bool:
    """Lower the rate after "too many requests", once a burst; whether it was lowered.

    Messages claimed before the last change belong to the burst that caused it. The first burst in a minute
    lowers nothing: on a busy machine it is chance, and the pause that was asked for is enough.
    """
    rate = current_rate(pace, configured)
    if rate is None or configured is None or all(at < pace.changed_at for at in claimed):
        return False
    by_chance = pace.rate is None and now - pace.changed_at > RECOVERY
    pace.changed_at = now
    if not by_chance:
        pace.rate = max(rate * SLOWER, configured * SLOWEST)
    return not by_chance


def recover(pace: Pace, configured: float | None, now: datetime) -> None:
    """Raise a lowered rate a little for each quiet minute, until it is as configured again."""
    if pace.rate is None or configured is None or now - pace.changed_at < RECOVERY:
        return
    faster = pace.rate * FASTER
    pace.rate = None if faster >= configured else faster
    pace.changed_at = now
