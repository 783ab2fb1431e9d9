"""Crashes PostgreSQL in mid-broadcast, several times, and counts what people were sent.

    python -m tests.drills.restart_drill [RECIPIENTS] [CRASHES]

The server is stopped at once, without telling anybody, is away for two seconds, and recovers. Three workers
go on meanwhile: what they had sent and could not record they keep, or it is asked after.
"""

from __future__ import annotations

import sys
import time

from tests.drills import ground
from tests.drills.kill_drill import LEASE, PATIENT, Toll, toll_of
from tests.support.postgres import server

DURABLE = ("fsync=on", "synchronous_commit=on", "max_connections=200")
WORKERS = 3
AWAY = 2.0
GRACE = 3.0


def drill(recipients: int, crashes: int, rate: float = 100.0) -> Toll:
    """A broadcast by three workers on a server that crashes so often, evenly over the time it takes."""
    limits = {**LEASE, "grace": GRACE, "sure_after": GRACE}
    with server(DURABLE) as database, ground.sink() as sink:
        ground.fill(database.url, recipients)
        sink.reset(latency=0.02)
        team = [
            ground.start_worker(database.url, sink.base, rate=rate, limits=limits) for _ in range(WORKERS)
        ]
        for n in range(1, crashes + 1):
            _wait_until_accepted(sink, n * recipients // (crashes + 1))
            database.restart(AWAY)
        for worker in team:
            _, errors = worker.communicate(timeout=PATIENT)
            if worker.returncode:
                raise RuntimeError(errors)
        return toll_of(database.url, sink, recipients, ("database",) * crashes)


def _wait_until_accepted(sink: ground.SinkClient, count: int) -> None:
    end = time.monotonic() + PATIENT
    while sink.stats()["accepted"] < count:
        if time.monotonic() > end:
            raise RuntimeError("nothing is sent any more")
        time.sleep(0.05)


def main(recipients: int = 2000, crashes: int = 3) -> bool:
    """The drill, printed; whether nothing was lost, doubled or left unknown."""
    toll = drill(recipients, crashes)
    print(
        f"postgresql crashed {crashes} times during a broadcast to {recipients}, workers {WORKERS}:"
        f" lost {toll.lost}, doubled {toll.doubled}, unknown {toll.unknown}, look-ups {toll.looks}, {toll.states}",
        flush=True,
    )
    return not (toll.lost or toll.doubled or toll.unknown)


if __name__ == "__main__":
    sys.exit(0 if main(*(int(count) for count in sys.argv[1:])) else 1)
