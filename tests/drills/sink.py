"""A platform for drills, in a process of its own: it counts what it accepts, limits the rate and misbehaves.

    python -m tests.drills.sink PORT

POST /send takes {"token": ...}; GET /known/TOKEN says whether it was accepted; POST /reset takes the settings
below; GET /stats gives the counts.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
import zlib
from collections import Counter, deque
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import uvloop
from aiohttp import web


@dataclass
class Window:
    """What came in the last seconds."""

    seconds: float
    times: deque[float] = field(default_factory=deque)

    def within(self, now: float) -> int:
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return len(self.times)


@dataclass
class Sink:
    """What the platform has and does. Shares are of a thousand sends, chosen by the token and the try.

    `rate` is what it takes in a second: in any one second, and in any ten, only `burst` messages more.
    """

    rate: float = 0.0
    burst: float = 0.0
    latency: float = 0.0
    broken: int = 0
    cut: int = 0
    dropped: int = 0
    failed: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    looks: int = 0
    times: list[float] = field(default_factory=list)
    windows: tuple[Window, ...] = field(default_factory=lambda: (Window(1), Window(10)))

    def too_fast(self, now: float) -> bool:
        """Whether a message comes too early. A refused one does not count."""
        return bool(self.rate) and any(
            w.within(now) >= w.seconds * self.rate + self.burst for w in self.windows
        )

    def accept(self, token: str, now: float) -> None:
        for window in self.windows:
            window.times.append(now)
        self.times.append(now)
        self.accepted[token] += 1

    def mishap(self, token: str) -> str:
        """What goes wrong with this try, if anything."""
        self.tries[token] += 1
        lot = zlib.crc32(f"{token}:{self.tries[token]}".encode()) % 1000
        for name in ("broken", "cut", "dropped", "failed"):
            lot -= getattr(self, name)
            if lot < 0:
                return name
        return ""

    def stats(self) -> dict[str, Any]:
        return {
            "accepted": len(self.times),
            "unique": len(self.accepted),
            "doubled": len(self.times) - len(self.accepted),
            "answers": {str(k): v for k, v in self.answers.items()},
            "looks": self.looks,
            "first": self.times[0] if self.times else 0.0,
            "last": self.times[-1] if self.times else 0.0,
            "fastest_second": _fastest_second(self.times),
        }


def _fastest_second(times: list[float]) -> int:
    window: deque[float] = deque()
    most = 0
    for at in times:
        window.append(at)
        while window[0] <= at - 1:
            window.popleft()
        most = max(most, len(window))
    return most


class Site:
    """The routes."""

    def __init__(self) -> None:
        self.sink = Sink()

    async def send(self, request: web.Request) -> web.StreamResponse:
        sink, now = self.sink, time.time()
        token = (await request.json())["token"]
        if sink.too_fast(now):
            return self._answer(429, {"Retry-After": "1"})
        mishap = sink.mishap(token)
        if mishap in ("", "broken", "cut"):
            sink.accept(token, now)
        if mishap in ("cut", "dropped"):
            assert request.transport is not None
            request.transport.abort()
            return self._answer(499)
        if mishap:
            return self._answer(502)
        if sink.latency:
            await asyncio.sleep(sink.latency)
        return self._answer(200)

    async def known(self, request: web.Request) -> web.Response:
        self.sink.looks += 1
        return web.json_response({"known": self.sink.accepted[request.match_info["token"]] > 0})

    async def tokens(self, _request: web.Request) -> web.Response:
        return web.json_response(dict(self.sink.accepted))

    async def stats(self, _request: web.Request) -> web.Response:
        return web.json_response(self.sink.stats())

    async def reset(self, request: web.Request) -> web.Response:
        self.sink = Sink(**await request.json())
        return web.json_response({"reset": len(asdict(self.sink))})

    def _answer(self, status: int, headers: dict[str, str] | None = None) -> web.Response:
        self.sink.answers[status] += 1
        return web.json_response({}, status=status, headers=headers)


def app() -> web.Application:
    site = Site()
    made = web.Application()
    made.add_routes(
        [
            web.post("/send", site.send),
            web.get("/known/{token}", site.known),
            web.get("/tokens", site.tokens),
            web.get("/stats", site.stats),
            web.post("/reset", site.reset),
        ]
    )
    return made


def stand_apart() -> None:
    """Be served first, where that is allowed: a platform does not share the machine with the bot."""
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)


async def serve(port: int) -> None:
    runner = web.AppRunner(app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    stand_apart()
    uvloop.run(serve(int(sys.argv[1])))
