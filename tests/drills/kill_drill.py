"""Kills the delivery worker outright at every step of a broadcast, and counts what people were sent.

    python -m tests.drills.kill_drill sqlite|postgresql [RECIPIENTS] [TIMES]

On PostgreSQL three workers share each broadcast, and each is killed and replaced; SQLite has one. The platform
misbehaves as well: of a thousand sends it takes in 20 and answers 502, takes in 10 and cuts the line, cuts it
10 times before taking anything in, and answers 502 to 10 that it did not take.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.rules.states import DeliveryState
from tests.drills import ground
from tests.drills.worker_process import STEPS

MISHAPS = {"broken": 20, "cut": 10, "dropped": 10, "failed": 10}
LEASE = {"lease": 5.0, "send_timeout": 2.0, "fence": 2.0, "lapsed_at_once": 100, "looks_at_once": 20}
PATIENT = 120.0
FIGURES = ("lost", "doubled", "unknown", "unknown_arrived", "looks")
TEAM = {"sqlite": 1, "postgresql": 3}


@dataclass(frozen=True)
class Toll:
    """What the drill found. `lost`: neither accepted nor shown as unknown. `struck`: where a worker died."""

    recipients: int
    lost: int
    doubled: int
    unknown: int
    unknown_arrived: int
    looks: int
    struck: tuple[str, ...]
    states: dict[str, int]

    @property
    def kills(self) -> int:
        return sum(step in STEPS for step in self.struck)


def drill(
    url: str,
    recipients: int,
    kills: int,
    *,
    knows: bool = True,
    workers: int = 1,
    rate: float = 200.0,
    grace: float = 1.0,
) -> Toll:
    """A broadcast on an empty database, with kills and mishaps.

    `knows`: whether the platform can be asked what arrived. `workers`: how many are at work at once; each
    that dies is replaced. `rate`: messages a second, of all workers together.
    """
    given = {"rate": rate, "knows": knows, "limits": {**LEASE, "grace": grace, "sure_after": grace}}
    with ground.sink() as sink:
        ground.fill(url, recipients)
        sink.reset(latency=0.02, **MISHAPS)
        doomed = _doomed(recipients // workers, kills)
        struck = _strike(lambda **fate: ground.start_worker(url, sink.base, **fate, **given), doomed, workers)
        if _ended(ground.start_worker(url, sink.base, **given), PATIENT):
            raise RuntimeError("the last worker was killed by somebody else")
        return toll_of(url, sink, recipients, tuple(struck))


def _doomed(share: int, kills: int) -> Iterator[dict[str, Any]]:
    """Where each worker dies, and at which passing of that step: the first, when so few are left that
    one claim may take them all.
    """
    passings = min(5, max(1, share // 130))
    for n in range(kills):
        step = STEPS[n % len(STEPS)]
        yield {
            "die_at": step,
            "die_after": max(1, share // (4 * kills)) if step == "sending" else 1 + (7 * n) % passings,
        }


def _strike(start: Callable[..., ground.Worker], doomed: Iterator[dict[str, Any]], workers: int) -> list[str]:
    """Keep so many doomed workers at work until all have ended; where each died, in the order of their deaths."""
    team: dict[ground.Worker, str] = {}
    struck: list[str] = []
    while True:
        while len(team) < workers and (fate := next(doomed, None)):
            team[start(**fate)] = fate["die_at"]
        if not team:
            return struck
        for worker in [w for w in team if w.poll() is not None]:
            step = team.pop(worker)
            struck.append(step if _ended(worker, PATIENT) else f"{step} (not reached)")
        time.sleep(0.02)


def _ended(worker: ground.Worker, patience: float) -> bool:
    """Wait for a worker's end; whether it was killed."""
    try:
        _, errors = worker.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        worker.kill()
        raise RuntimeError(f"a worker did not end: {worker.communicate()[1]}") from None
    if worker.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(errors)
    return worker.returncode != 0


def toll_of(url: str, sink: ground.SinkClient, recipients: int, struck: tuple[str, ...]) -> Toll:
    """What the sink has and the database says, put together."""
    accepted = sink.accepted()
    unknown = ground.tokens_in(url, DeliveryState.UNKNOWN)
    arrived = len(unknown & set(accepted))
    return Toll(
        recipients=recipients,
        lost=recipients - len(accepted) - (len(unknown) - arrived),
        doubled=sum(accepted.values()) - len(accepted),
        unknown=len(unknown),
        unknown_arrived=arrived,
        looks=sink.stats()["looks"],
        struck=struck,
        states=ground.states(url),
    )


def main(kind: str, recipients: int = 2000, times: int = 10) -> bool:
    """So many broadcasts with a kill at each step, printed; whether nothing was lost or doubled.

    Then one broadcast for each ten on a platform that cannot be asked what arrived.
    """
    able = [_run(kind, recipients, n, knows=True, rate=400.0) for n in range(1, times + 1)]
    blind = [_run(kind, recipients, n, knows=False, rate=100.0) for n in range(1, max(1, times // 10) + 1)]
    _say(kind, "can be asked what arrived", able)
    _say(kind, "cannot be asked", blind)
    good = all(not (t.lost or t.doubled) and t.kills == len(STEPS) for t in [*able, *blind])
    return good and not any(t.unknown for t in able)


def _run(kind: str, recipients: int, number: int, *, knows: bool, rate: float) -> Toll:
    with ground.database(kind) as url:
        toll = drill(url, recipients, len(STEPS), workers=TEAM[kind], knows=knows, rate=rate)
    print(
        f"  {kind}, {number}: killed at {', '.join(toll.struck)}; lost {toll.lost}, doubled {toll.doubled},"
        f" unknown {toll.unknown}, {toll.states}",
        flush=True,
    )
    return toll


def _say(kind: str, able: str, tolls: list[Toll]) -> None:
    if not tolls:
        return
    total = {name: sum(getattr(t, name) for t in tolls) for name in FIGURES}
    print(
        f"{kind}, {len(tolls)} broadcasts to {tolls[0].recipients}, workers {TEAM[kind]}, kills"
        f" {sum(t.kills for t in tolls)}, the platform {able}: lost {total['lost']}, doubled {total['doubled']},"
        f" unknown {total['unknown']} (of which {total['unknown_arrived']} had arrived), look-ups {total['looks']}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1], *(int(count) for count in sys.argv[2:])) else 1)
