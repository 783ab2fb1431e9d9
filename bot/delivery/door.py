"""Where messages leave: each at its slot, in order, and in no second more than the platform allows."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

Sleep = Callable[[float], Awaitable[None]]
CLOSEST = 0.8
"""How close two messages may follow each other, as a share of the even distance."""


class Door:
    """One channel's way out of this process. What a busy moment held up is made up for, never in a burst.

    A second is counted a little long, by the headroom, because messages do not travel at the same speed.
    """

    def __init__(self, rate: float, headroom: float, sleep: Sleep = asyncio.sleep) -> None:
        most = max(1, int(rate))
        self._sleep = sleep
        self._span = most / (rate * headroom)
        self._gap = CLOSEST / rate
        self._left: deque[float] = deque(maxlen=most)
        self._queue = asyncio.Lock()
        self.closed = False

    async def leave(self, at: float) -> None:
        """Return at a moment of the monotonic clock, or as soon as one may leave; at once when closed."""
        async with self._queue:
            if not self.closed:
                await self._sleep(max(0.0, max(at, self._earliest()) - monotonic()))
            self._left.append(monotonic())

    def _earliest(self) -> float:
        if not self._left:
            return 0.0
        full = len(self._left) == self._left.maxlen
        return max(self._left[-1] + self._gap, self._left[0] + self._span if full else 0.0)
