"""Where messages leave: each at its slot, in order, and in no second more than the platform allows."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

Sleep = Callable[[float], Awaitable[None]]
CLOSEST = 0.8
"""How close two messages may follow each other, as a share of the even distance."""
WOKEN_LATE = 0.1
"""Seconds by which a message may leave late, on a busy machine, without holding up those that follow."""


class Door:
    """One channel's way out of this process. What a busy moment held up is made up for, never in a burst.

    What counts is when each was to leave: were it when each was woken, those that follow would leave ever
    later.
    """

    def __init__(self, rate: float, sleep: Sleep = asyncio.sleep) -> None:
        most = max(1, int(rate))
        self._sleep = sleep
        self._span = most / rate
        self._gap = CLOSEST / rate
        self._left: deque[float] = deque(maxlen=most)
        self._queue = asyncio.Lock()
        self.closed = False

    async def leave(self, at: float) -> None:
        """Return at a moment of the monotonic clock, or as soon as one may leave; at once when closed."""
        async with self._queue:
            leaving = max(at, self._earliest())
            if not self.closed:
                await self._sleep(max(0.0, leaving - monotonic()))
            self._left.append(max(leaving, monotonic() - WOKEN_LATE))

    def _earliest(self) -> float:
        if not self._left:
            return 0.0
        full = len(self._left) == self._left.maxlen
        return max(self._left[-1] + self._gap, self._left[0] + self._span if full else 0.0)
