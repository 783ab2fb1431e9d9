"""Where messages leave: each at its slot, in order, and in no second more than the platform allows."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

Sleep = Callable[[float], Awaitable[None]]
MARGIN = 1.01
"""A second is counted a little long, because messages do not travel at the same speed."""


class Door:
    """One channel's way out of this process. What a busy moment held up is made up for, but never in a burst."""

    def __init__(self, rate: float, sleep: Sleep = asyncio.sleep) -> None:
        self._sleep = sleep
        self._left: deque[float] = deque(maxlen=max(1, int(rate)))
        self._span = MARGIN * max(1, int(rate)) / rate
        self._queue = asyncio.Lock()
        self.closed = False

    async def leave(self, at: float) -> None:
        """Return at a moment of the monotonic clock, or as soon after it as one may leave; at once when closed."""
        async with self._queue:
            if not self.closed:
                await self._sleep(max(0.0, max(at, self._earliest()) - monotonic()))
            self._left.append(monotonic())

    def _earliest(self) -> float:
        return self._left[0] + self._span if len(self._left) == self._left.maxlen else 0.0
