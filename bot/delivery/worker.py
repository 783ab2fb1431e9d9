"""The delivery worker: takes deliveries, sends them at the channel's pace, and records what came of them."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic

import structlog
from sqlalchemy.orm import Session

from bot.channels.base import Channel
from bot.clock import Clock
from bot.delivery.door import Sleep
from bot.delivery.exchange import Exchange, Turn
from bot.delivery.lane import Held, Lane
from bot.delivery.limits import Limits
from bot.delivery.metrics import Metrics
from bot.delivery.outcomes import Done, Step
from bot.store.claims import take_over_all
from bot.store.outbox import Taken, now_in
from bot.store.routes import forget_routes
from bot.store.session import Database
from bot.store.workers import advance_broadcasts, beat, know_channels
from bot.wording.codec import from_json
from bot.wording.parts import Message

log = structlog.get_logger()


class Worker:
    """One worker of this process. On PostgreSQL there may be many; on SQLite one, which a file lock sees to.

    A delivery is claimed in a committed transaction before any byte leaves. Whatever is then in doubt, after
    a crash or a broken connection, is asked after or shown as unknown; it is never blindly sent again.
    """

    def __init__(
        self,
        db: Database,
        channels: Mapping[str, Channel],
        clock: Clock,
        *,
        name: str = "worker",
        limits: Limits | None = None,
        metrics: Metrics | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.db = db
        self.clock = clock
        self.limits = limits or Limits()
        self.metrics = metrics or Metrics()
        # Never used again: a process that starts anew must not pass for the one that died.
        self.name = f"{name}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._channels = dict(channels)
        self._exchange = Exchange(self.name, self._channels, clock, self.limits)
        self._lanes = {n: Lane(c, self.limits, self._finish, clock, sleep) for n, c in self._channels.items()}
        self._done: list[Done] = []
        self._news = asyncio.Event()
        self._woken = asyncio.Event()
        self._stopping = False
        self._begun = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._next_chores = 0.0
        self._next_beat = 0.0

    # --- from outside

    async def run(self) -> None:
        """Work until `stop` is called or the task is cancelled; then finish and record what is under way."""
        work = asyncio.create_task(self._work())
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            self.stop()
            await work
            raise

    def stop(self) -> None:
        """Take nothing new. `run` returns once what is under way has ended, after ten seconds at most."""
        self._stopping = True
        for lane in self._lanes.values():
            lane.stop()
        self._woken.set()

    def wake(self) -> None:
        """Something may be due: look at once. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def drain_once(self) -> int:
        """One pass: take what may go now, send it, ask after what is in doubt, record; how many they were."""
        await self._begin()
        turn = await self._turn()
        await asyncio.gather(*self._tasks())
        await self._record()
        await self.db.run(self._chores)
        return len(turn.to_send) + len(turn.to_ask)

    # --- the loop

    async def _work(self) -> None:
        while not self._stopping:
            try:
                await self._begin()
                turn = await self._turn()
                await self._do_chores()
            except Exception as error:
                # The database is away. Results are kept; what is not recorded in time is settled by others.
                log.error("worker.turn_failed", error=type(error).__name__)
                await self._rest(self.limits.poll)
            else:
                await self._pause_after(turn)
        await self._drain()

    async def _begin(self) -> None:
        if not self._begun:
            self._loop = asyncio.get_running_loop()
            await self.db.run(self._settle_in)
            self._begun = True

    def _settle_in(self, s: Session) -> None:
        now = now_in(s, self.clock)
        know_channels(s, self._channels, now)
        forget_routes(s, self._channels)
        beat(s, self.name, now)
        if self.db.is_sqlite:
            take_over_all(s, now)

    async def _turn(self) -> Turn:
        """One transaction, and a task for each delivery that it brought."""
        self._news.clear()
        self._woken.clear()
        done, self._done = self._done, []
        rooms = {n: lane.room for n, lane in self._lanes.items() if lane.room > 0}
        asking = max(0, self.limits.lapsed_at_once - sum(lane.asking for lane in self._lanes.values()))
        try:
            turn = await self.db.run(self._exchange.turn, done, rooms, asking)
        except BaseException:
            self._done = done + self._done
            raise
        self._send_off(turn)
        return turn

    def _send_off(self, turn: Turn) -> None:
        read = _Reader()
        held = Held.since(turn.read_at, self.limits)
        for taken in turn.to_send:
            at = turn.read_at + (taken.claimed_at - turn.now).total_seconds()
            self._lanes[taken.channel].send(taken, read.message(taken), at, held)
        for taken in turn.to_ask:
            if taken.channel in self._lanes:
                self._lanes[taken.channel].ask(taken, read.message(taken))
            else:
                self._finish(Done(Step.ASKED, taken, None))  # its channel is no longer set up

    def _finish(self, done: Done) -> None:
        self._done.append(done)
        self.metrics.count(done)
        self._news.set()

    async def _pause_after(self, turn: Turn) -> None:
        """Wait to be woken, or for the next slot or poll. Results wait a moment, to share a transaction."""
        if turn.more and any(lane.room >= self.limits.in_flight for lane in self._lanes.values()):
            return
        if turn.more:
            await _wait(self._news, self.limits.poll)
            await asyncio.sleep(self.limits.gather_busy)
        else:
            await self._rest(self.limits.poll if turn.next_in is None else turn.next_in)

    async def _rest(self, longest: float) -> None:
        """Until woken; with results in hand for no longer than they should wait."""
        longest = min(longest, self.limits.poll)
        if self._done or self._tasks():
            longest = min(longest, self.limits.gather)
        await _wait(self._woken, longest)

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [t for lane in self._lanes.values() for t in lane.tasks]

    # --- ending

    async def _drain(self) -> None:
        """Let sends end, cut off those that do not, and record. A send that was cut off is in doubt."""
        tasks = self._tasks()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=self.limits.drain)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            await self._record()
        except Exception as error:
            log.error("worker.last_record_failed", error=type(error).__name__)

    async def _record(self) -> None:
        done, self._done = self._done, []
        await self.db.run(self._exchange.turn, done, {}, 0)

    # --- chores

    async def _do_chores(self) -> None:
        if monotonic() >= self._next_chores:
            self._next_chores = monotonic() + self.limits.chores
            await self.db.run(self._chores)

    def _chores(self, s: Session) -> None:
        now = now_in(s, self.clock)
        if monotonic() >= self._next_beat:
            self._next_beat = monotonic() + self.limits.beat
            beat(s, self.name, now)
        advance_broadcasts(s, now)


async def _wait(event: asyncio.Event, longest: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), longest)


class _Reader:
    """Reads stored words once for all the deliveries that share them."""

    def __init__(self) -> None:
        self._known: dict[int, Message] = {}

    def message(self, taken: Taken) -> Message:
        key = id(taken.content)
        if key not in self._known:
            self._known[key] = from_json(dict(taken.content)) if taken.content else Message(())
        return self._known[key]
