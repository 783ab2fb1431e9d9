"""How fast deliveries go: the share of an allowed rate that is reached, and the rate without a limit.

    python -m tests.drills.rate_drill sqlite|postgresql [PACED] [UNPACED]

The unpaced rate stands beside that of the bare HTTP client, posting the same messages to the same sink.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping

import aiohttp

from tests.drills import ground

RATE = 50.0
BURST = 25
"""How many more than allowed the sink takes in any second, or in any ten. Whatever is faster is refused."""
IN_FLIGHT = 50
ENOUGH = 0.98
MOST_GROWTH_KB = 5 * 1024


def paced(kind: str, recipients: int, **limits: float) -> bool:
    """A broadcast at 50 a second, to a platform that refuses more; whether it was fast enough, and flat."""
    with ground.database(kind) as url, ground.sink() as sink:
        ground.fill(url, recipients)
        sink.reset(rate=RATE, burst=BURST, latency=0.005)
        used = _finish(ground.start_worker(url, sink.base, rate=RATE, limits=limits))
        stats = sink.stats()
    reached = (stats["accepted"] - 1) / (stats["last"] - stats["first"])
    print(
        f"{kind}, {recipients} at {RATE:.0f}/s: {reached:.2f}/s, {100 * reached / RATE:.1f} % of the rate,"
        f" fastest second {stats['fastest_second']}, refused {stats['answers'].get('429', 0)},"
        f" sent {stats['unique']}, doubled {stats['doubled']}, {_cost(used, recipients)}",
        flush=True,
    )
    return reached >= ENOUGH * RATE and _whole(stats, recipients) and _flat(used)


def unpaced(kind: str, recipients: int) -> bool:
    """A broadcast without a limit, then the bare client; whether everybody got it, and memory stayed flat."""
    with ground.database(kind) as url, ground.sink() as sink:
        ground.fill(url, recipients)
        sink.reset(latency=0.005)
        used = _finish(ground.start_worker(url, sink.base))
        stats = sink.stats()
        ours = stats["accepted"] / (stats["last"] - stats["first"])
        bare = asyncio.run(_bare(sink.base, recipients))
    print(
        f"{kind}, {recipients} without a limit: {ours:.0f}/s; the bare client {bare:.0f}/s;"
        f" sent {stats['unique']}, doubled {stats['doubled']}, {_cost(used, recipients)}",
        flush=True,
    )
    return _whole(stats, recipients) and _flat(used)


def _cost(used: Mapping[str, float], recipients: int) -> str:
    third, end = used["third_kb"] / 1024, used["end_kb"] / 1024
    cpu = 1000 * used["cpu"] / recipients
    return f"memory {third:.1f} MB after a third, {end:.1f} at the end, {cpu:.2f} ms of processor each"


def _whole(stats: Mapping[str, int], recipients: int) -> bool:
    return stats["unique"] == recipients and not stats["doubled"]


def _flat(used: Mapping[str, float]) -> bool:
    return used["end_kb"] - used["third_kb"] <= MOST_GROWTH_KB


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
    out, errors = worker.communicate(timeout=900)
    if worker.returncode:
        raise RuntimeError(errors)
    used: dict[str, float] = json.loads(out)
    return used


def main(kind: str, first: int = 10_000, second: int = 10_000) -> bool:
    """Both measurements on one kind of database, printed; whether both were well."""
    return min([paced(kind, first), unpaced(kind, second)])


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1], *(int(count) for count in sys.argv[2:])) else 1)
