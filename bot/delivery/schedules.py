"""What comes round by itself: each time taken by one process, its effect in the same transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.delivery.housekeeping import HOURLY, NIGHTLY, NIGHTLY_RULE, clear_up, top_of_the_hour
from bot.delivery.outgoing import DueFor, common_values, post
from bot.rules.recurrence import Schedule, missed_fires, next_fire
from bot.store.duties import ReminderSchedule, every_schedule, known_since, last_run, take_run
from bot.store.outbox import now_in
from bot.store.session import Database
from bot.store.work import Work
from bot.wording.words import Words

log = structlog.get_logger()
Effect = Callable[[Work, ReminderSchedule], None]
LONGEST_SLEEP = 30.0
AGAIN_AFTER = timedelta(minutes=1)
"""How long an effect that failed is left alone before its time is tried again."""


@dataclass(frozen=True)
class Round:
    """One thing that comes round: its latest time that nobody has taken, if there is one, and the next."""

    key: str
    due: datetime | None
    next: datetime
    do: Callable[[Work], object] | None
    """None: the time is taken and nothing is done, as for a schedule that is paused."""


class Ticker:
    """Runs schedules and housekeeping. Any number of processes may; each time is run by one of them.

    Times that passed while nobody was at work are made good once. A schedule that is new, has a new rule or
    was paused does not run the times before.
    """

    def __init__(
        self,
        db: Database,
        words: Words,
        effects: Mapping[str, Effect],
        clock: Clock,
        *,
        due_for: DueFor | None = None,
        nightly: Callable[[Work], object] | None = None,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self.db = db
        self.words = words
        self.effects = effects
        self.clock = clock
        self.due_for = due_for
        self.nightly = nightly
        self.wake = wake
        self._stop = asyncio.Event()
        self._left_alone: dict[str, datetime] = {}

    async def run(self) -> None:
        """Run what is due, then sleep until the next time, for half a minute at most; until `stop`."""
        while not self._stop.is_set():
            wait = LONGEST_SLEEP
            try:
                wait = await self.tick()
            except Exception as error:
                log.error("schedules.failed", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), min(LONGEST_SLEEP, max(1.0, wait)))

    def stop(self) -> None:
        """Take no further time. The effect that is under way is finished."""
        self._stop.set()

    async def tick(self) -> float:
        """Run everything that is due; how many seconds until the next time."""
        now, rounds = await self.db.run(self._rounds)
        for one in rounds:
            if one.due is not None and now >= self._left_alone.get(one.key, now):
                await self._run(one, one.due)
        return min((one.next - now).total_seconds() for one in rounds)

    async def _run(self, one: Round, fire_at: datetime) -> None:
        try:
            told = await self.db.run(self._take, one, fire_at)
        except Exception as error:
            # Rolled back, the taking too: the time is tried again, and nothing was done by halves.
            log.error("schedule.failed", key=one.key, error=type(error).__name__, exc_info=error)
            self._left_alone[one.key] = self.clock.now() + AGAIN_AFTER
            return
        self._left_alone.pop(one.key, None)
        if told is not None:
            log.info("schedule.ran", key=one.key, time=fire_at.isoformat(), told=told)
        if told:
            self.wake()

    def _take(self, s: Session, one: Round, fire_at: datetime) -> int | None:
        """Take a time and do what it is for, together or not at all; how many are told.

        None when somebody else has the time, or nothing is to be done.
        """
        work = Work(s, now_in(s, self.clock))
        if not take_run(s, one.key, fire_at, work.now) or one.do is None:
            return None
        one.do(work)
        return post(work, self.words, common_values(work), self.due_for)

    # --- what comes round

    def _rounds(self, s: Session) -> tuple[datetime, list[Round]]:
        now = now_in(s, self.clock)
        hour = top_of_the_hour(now)
        hourly = Round(HOURLY, _unless_taken(s, HOURLY, hour, now), hour + timedelta(hours=1), clear_up)
        nightly = self._cron(s, NIGHTLY, NIGHTLY_RULE, self.nightly, now)
        return now, [hourly, *nightly, *self._reminders(s, now)]

    def _reminders(self, s: Session, now: datetime) -> list[Round]:
        found: list[Round] = []
        for schedule in every_schedule(s):
            effect = self.effects.get(schedule.kind)
            if effect is None:
                log.error("schedule.no_effect", key=schedule.key, kind=schedule.kind)
                continue
            do = None if schedule.paused else _bound(effect, schedule.key)
            found += self._cron(s, schedule.key, schedule.rule, do, now)
        return found

    def _cron(
        self, s: Session, key: str, rule: str, do: Callable[[Work], object] | None, now: datetime
    ) -> Sequence[Round]:
        try:
            cron = Schedule(rule)
        except ValueError as error:
            log.error("schedule.unreadable", key=key, error=str(error))
            return []
        known = known_since(s, key, rule, now)
        due = missed_fires(cron, max(known, last_run(s, key) or known), now)
        return [Round(key, due[-1] if due else None, next_fire(cron, now), do)]


def _bound(effect: Effect, key: str) -> Callable[[Work], None]:
    """The effect on the schedule as it stands when its time is taken."""

    def do(work: Work) -> None:
        for schedule in every_schedule(work.session):
            if schedule.key == key:
                effect(work, schedule)

    return do


def _unless_taken(s: Session, key: str, hour: datetime, now: datetime) -> datetime | None:
    since = max(known_since(s, key, "hourly", now), last_run(s, key) or hour - timedelta(hours=1))
    return hour if hour > since else None
