"""How fast deliveries go: the share of an allowed rate that is reached, and the rate without a limit.

    python -m tests.drills.rate_drill sqlite|postgresql [PACED] [UNPACED]

The unpaced rate stands beside that of the bare HTTP client, posting the same messages to the same sink.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

import aiohttp

from tests.drills import ground

RATE = 50.0
IN_FLIGHT = 50


def paced(kind: str, recipients: int, headroom: float | None = None) -> None:
    """A broadcast at 50 a second, to a platform that refuses the fifty-first in any second."""
    limits = {} if headroom is None else {"headroom": headroom}
    with ground.database(kind) as url, ground.sink() as sink:
        ground.fill(url, recipients)
        sink.reset(rate=RATE, latency=0.005)
        used = _finish(ground.start_worker(url, sink.base, rate=RATE, limits=limits))
        stats = sink.stats()
    reached = (stats["accepted"] - 1) / (stats["last"] - stats["first"])
    print(
        f"{kind}, {recipients} at {RATE:.0f}/s: {reached:.2f}/s, {100 * reached / RATE:.1f} % of the rate,"
        f" fastest second {stats['fastest_second']}, refused {stats['answers'].get('429', 0)},"
        f" doubled {stats['doubled']}, memory {used['before_kb'] // 1024} to {used['after_kb'] // 1024} MB,"
        f" {1000 * used['cpu'] / recipients:.2f} ms of processor each",
        flush=True,
    )


def unpaced(kind: str, recipients: int) -> None:
    """A broadcast without a limit, then the bare client."""
    with ground.database(kind) as url, ground.sink() as sink:
        ground.fill(url, recipients)
        sink.reset(latency=0.005)
        used = _finish(ground.start_worker(url, sink.base))
        stats = sink.stats()
        ours = stats["accepted"] / (stats["last"] - stats["first"])
        bare = asyncio.run(_bare(sink.base, recipients))
    print(
        f"{kind}, {recipients} without a limit: {ours:.0f}/s; the bare client {bare:.0f}/s;"
        f" doubled {stats['doubled']}, memory {used['before_kb'] // 1024} to {used['after_kb'] // 1024} MB,"
        f" {1000 * used['cpu'] / recipients:.2f} ms of processor each",
        flush=True,
    )


async def _bare(base: str, count: int) -> float:
    """Messages a second of the HTTP client alone."""
    tokens = iter(range(count))
    connector = aiohttp.TCPConnector(limit=100)

    async def post(session: aiohttp.ClientSession) -> None:
        for n in tokens:
            body = {"token": f"bare{n}", "to": f"U{n}", "text": "The panel meets on Tuesday"}
            async with session.post(f"{base}/send", json=body) as answer:
                await answer.read()

    async with aiohttp.ClientSession(connector=connector) as session:
        start = time.monotonic()
        await asyncio.gather(*(post(session) for _ in range(IN_FLIGHT)))
        return count / (time.monotonic() - start)


def _finish(worker: ground.Worker) -> dict[str, float]:
    out, errors = worker.communicate(timeout=600)
    if worker.returncode:
        raise RuntimeError(errors)
    used: dict[str, float] = json.loads(out)
    return used


def main(kind: str, first: int = 2000, second: int = 10000) -> None:
    """Both measurements on one kind of database, printed."""
    paced(kind, first)
    unpaced(kind, second)


if __name__ == "__main__":
    main(sys.argv[1], *(int(count) for count in sys.argv[2:]))
