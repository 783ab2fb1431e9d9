"""Kills the delivery worker outright at every step of a broadcast, and counts what people were sent.

    python -m tests.drills.kill_drill sqlite|postgresql RECIPIENTS KILLS

The platform misbehaves as well: of a thousand sends it takes in 20 and answers 502, takes in 10 and cuts the
line, cuts it 10 times before taking anything in, and answers 502 to 10 that it did not take.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.rules.states import DeliveryState
from tests.drills import ground
from tests.drills.worker_process import STEPS

MISHAPS = {"broken": 20, "cut": 10, "dropped": 10, "failed": 10}
LEASE = {"lease": 8.0, "send_timeout": 2.0, "fence": 2.0}
PATIENT = 120.0


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


def drill(
    url: str,
    recipients: int,
    kills: int,
    *,
    knows: bool = True,
    beside: bool = False,
    rate: float = 200.0,
    grace: float = 3.0,
    say: Callable[[str], object] = lambda _line: None,
) -> Toll:
    """A broadcast on an empty database, with kills and mishaps.

    `knows`: whether the platform can be asked what arrived. `beside`: another worker is at work all the while.
    `rate`: messages a second, of all workers together.
    """
    given = {"rate": rate, "knows": knows, "limits": {**LEASE, "grace": grace, "sure_after": grace}}
    with ground.sink() as sink:
        ground.fill(url, recipients)
        sink.reset(latency=0.02, **MISHAPS)
        steady = ground.start_worker(url, sink.base, **given) if beside else None
        struck = []
        for n in range(kills):
            step = STEPS[n % len(STEPS)]
            after = max(1, recipients // (4 * kills)) if step == "sending" else 1 + (7 * n) % 5
            died = _wait(ground.start_worker(url, sink.base, die_at=step, die_after=after, **given))
            struck.append(step if died else f"{step} (not reached)")
            say(f"  {struck[-1]:24} accepted {sink.stats()['accepted']:6}  {ground.states(url)}")
        if _wait(steady or ground.start_worker(url, sink.base, **given)):
            raise RuntimeError("the last worker was killed by somebody else")
        return _toll(url, sink, recipients, tuple(struck))


def _wait(worker: ground.Worker) -> bool:
    """Wait for a worker's end; whether it was killed."""
    try:
        _, errors = worker.communicate(timeout=PATIENT)
    except subprocess.TimeoutExpired:
        worker.kill()
        raise RuntimeError(f"a worker did not end: {worker.communicate()[1]}") from None
    if worker.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(errors)
    return worker.returncode != 0


def _toll(url: str, sink: ground.SinkClient, recipients: int, struck: tuple[str, ...]) -> Toll:
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


def main(kind: str, recipients: int, kills: int) -> bool:
    """The drills that one kind of database allows, printed; whether nothing was lost or doubled."""
    runs = [{"knows": True, "rate": 200.0}, {"knows": False, "rate": 50.0}]
    if kind == "postgresql":
        runs.append({"knows": True, "rate": 40.0, "beside": True})
    return min([_run(kind, recipients, kills, **run) for run in runs])


def _run(kind: str, recipients: int, kills: int, **run: Any) -> bool:
    able = "can" if run["knows"] else "cannot"
    company = ", beside another worker" if run.get("beside") else ""
    print(f"{kind}, {recipients} recipients at {run['rate']:.0f}/s, {kills} kills{company};", flush=True)
    print(f"the platform {able} be asked what arrived", flush=True)
    with ground.database(kind) as url:
        toll = drill(url, recipients, kills, say=partial(print, flush=True), **run)
    print(
        f"  lost {toll.lost}, doubled {toll.doubled}, unknown {toll.unknown}"
        f" (of which {toll.unknown_arrived} had arrived), look-ups {toll.looks}, {toll.states}",
        flush=True,
    )
    return not toll.lost and not toll.doubled and (not run["knows"] or not toll.unknown)


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])) else 1)
