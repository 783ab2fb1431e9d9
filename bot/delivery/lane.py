"""Sends and asks on one channel: each at its slot, a few at once, never with a lease that may have lapsed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, time
from typing import Any

import structlog

from bot.channels.base import Channel, Outcome, Parcel, Result
from bot.clock import Clock
from bot.delivery.door import Door, Sleep
from bot.delivery.limits import Limits
from bot.delivery.outcomes import Done, Step
from bot.store.outbox import Taken
from bot.wording.parts import Message

log = structlog.get_logger()


@dataclass(frozen=True)
class Held:
    """How long a claim may be acted on, by the process's own clocks.

    Both are asked: one stands still while a machine sleeps, the other can be set.
    """

    mono: float
    wall: float
    good_for: float

    @classmethod
    def since(cls, read_at: float, limits: Limits) -> Held:
        """From the moment the claim's time was read, leaving room for a whole send and the fence."""
        good_for = limits.lease - limits.send_timeout - limits.fence
        return cls(read_at, time() - (monotonic() - read_at), good_for)

    @property
    def over(self) -> bool:
        """Whether somebody else may soon take the delivery for abandoned."""
        return max(monotonic() - self.mono, time() - self.wall) > self.good_for


class Lane:
    """One channel's sends in this process. What hangs here takes no room from other channels."""

    def __init__(
        self,
        channel: Channel,
        limits: Limits,
        finish: Callable[[Done], None],
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.channel = channel
        self.limits = limits
        self.clock = clock
        self._finish = finish
        self._sending: set[asyncio.Task[None]] = set()
        self._asking: set[asyncio.Task[None]] = set()
        self._door = None if channel.rate is None else Door(channel.rate, sleep)
        self._send_gate = asyncio.Semaphore(limits.in_flight)
        self._ask_gate = asyncio.Semaphore(limits.looks_at_once)
        self._paused_until: datetime | None = None
        self._stopping = False

    @property
    def room(self) -> int:
        """How many more deliveries may be taken for this channel."""
        return 2 * self.limits.in_flight - len(self._sending)

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        """What is under way."""
        return self._sending | self._asking

    @property
    def asking(self) -> int:
        return len(self._asking)

    def stop(self) -> None:
        """Let nothing leave any more. What has not left is handed back."""
        self._stopping = True
        if self._door is not None:
            self._door.closed = True

    def send(self, taken: Taken, message: Message, at: float, held: Held) -> None:
        """Send a delivery at a moment of the monotonic clock."""
        self._start(self._sending, self._send(taken, message, at, held))

    def ask(self, taken: Taken, message: Message) -> None:
        """Ask the platform whether a delivery arrived."""
        self._start(self._asking, self._ask(taken, message))

    def _start(self, group: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        group.add(task)
        task.add_done_callback(group.discard)

    async def _send(self, taken: Taken, message: Message, at: float, held: Held) -> None:
        with suppress(asyncio.CancelledError):
            if self._door is not None:
                await self._door.leave(at)
            async with self._send_gate:
                if not self._may_leave(held):
                    return self._finish(Done(Step.HANDED_BACK, taken, None))
                result = await self._sent(taken, message)
                return self._finish(Done(Step.SENT_OFF, taken, result, message))
        # Told to stop before a byte had left.
        return self._finish(Done(Step.HANDED_BACK, taken, None))

    def _may_leave(self, held: Held) -> bool:
        paused = self._paused_until is not None and self.clock.now() < self._paused_until
        return not (self._stopping or held.over or paused)

    async def _sent(self, taken: Taken, message: Message) -> Result:
        """What came of one send. Whatever goes wrong once it has begun is a doubt."""
        try:
            async with asyncio.timeout(self.limits.send_timeout):
                result = await self._handed_over(taken, message)
        except (Exception, asyncio.CancelledError) as error:
            log.warning("send.broke", channel=self.channel.name, error=type(error).__name__)
            return Result(Outcome.DOUBT, reason=type(error).__name__)
        if result.outcome is Outcome.PAUSED:
            wait = timedelta(seconds=result.retry_after or self.limits.pause)
            self._paused_until = self.clock.now() + wait
        return result

    async def _handed_over(self, taken: Taken, message: Message) -> Result:
        whole = parcel(taken, message)
        if taken.replaces:
            return await self.channel.update(whole, taken.replaces)
        return await self.channel.send(whole)

    async def _asked(self, taken: Taken, message: Message) -> Result | None:
        """New words in the place of old ones may be put there twice: there is nothing to look for."""
        if taken.replaces:
            return await self._handed_over(taken, message)
        return await self.channel.look_up(parcel(taken, message))

    async def _ask(self, taken: Taken, message: Message) -> None:
        """A platform that cannot be asked now is asked later; nothing is concluded from its silence."""
        answer: Result | None
        try:
            async with self._ask_gate, asyncio.timeout(self.limits.send_timeout):
                answer = await self._asked(taken, message)
        except (Exception, asyncio.CancelledError) as error:
            log.warning("look_up.broke", channel=self.channel.name, error=type(error).__name__)
            answer = Result(Outcome.DOUBT)
        self._finish(Done(Step.ASKED, taken, answer, message))


def parcel(taken: Taken, message: Message) -> Parcel:
    """A delivery as a channel wants it. `claimed_at` is that of the first try, from which to look back."""
    return Parcel(
        token=taken.token,
        user_id=taken.user_id,
        tenant=taken.tenant,
        conversation=taken.conversation,
        service_url=taken.service_url,
        message=message,
        claimed_at=taken.first_claimed_at,
    )
