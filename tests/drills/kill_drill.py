"""Kills the delivery worker outright at every step of a broadcast, and counts what people were sent.

    python -m tests.drills.kill_drill sqlite|postgresql RECIPIENTS KILLS

The platform misbehaves as well: of a thousand sends it takes in 20 and answers 502, takes in 10 and cuts the
line, cuts it 10 times before taking anything in, and answers 502 to 10 that it did not take.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass

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


def drill(kind: str, recipients: int, kills: int, *, knows: bool = True, rate: float = 200.0,
          grace: float = 3.0, say: bool = False) -> Toll:  # fmt: skip
    """A broadcast with kills and mishaps. `knows`: whether the platform can be asked what arrived."""
    limits = {**LEASE, "grace": grace, "sure_after": grace}
    with ground.database(kind) as url, ground.sink() as sink:
        ground.fill(url, recipients)
        sink.reset(latency=0.02, **MISHAPS)
        struck = []
        for n in range(kills):
            step = STEPS[n % len(STEPS)]
            after = 1 + (7 * n) % 5 if step != "sending" else max(1, recipients // (2 * kills))
            worker = ground.start_worker(
                url, sink.base, rate=rate, knows=knows, limits=limits, die_at=step, die_after=after
            )
            died = _wait(worker) == -signal.SIGKILL
            struck.append(step if died else f"{step} (never came)")
            if say:
                print(
                    f"  {struck[-1]:24} accepted {sink.stats()['accepted']:6}  {ground.states(url)}",
                    flush=True,
                )
        last = ground.start_worker(url, sink.base, rate=rate, knows=knows, limits=limits)
        if _wait(last) != 0:
            raise RuntimeError("the last worker did not finish")
        return _toll(url, sink, recipients, tuple(struck))


def _wait(worker: subprocess.Popen[str]) -> int:
    try:
        _, errors = worker.communicate(timeout=PATIENT)
    except subprocess.TimeoutExpired:
        worker.kill()
        _, errors = worker.communicate()
        raise RuntimeError(f"a worker did not end: {errors}") from None
    if worker.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(errors)
    return worker.returncode


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
    """Both drills on one database, printed; whether nothing was lost or doubled."""
    good = True
    for knows in (True, False):
        print(
            f"{kind}, {recipients} recipients, {kills} kills, the platform can{'' if knows else 'not'} be asked"
        )
        toll = drill(kind, recipients, kills, knows=knows, say=True)
        print(
            f"  lost {toll.lost}, doubled {toll.doubled}, unknown {toll.unknown} (of which {toll.unknown_arrived}"
            f" had arrived), look-ups {toll.looks}, {toll.states}"
        )
        good = good and not toll.lost and not toll.doubled and (not knows or not toll.unknown)
    return good


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])) else 1)
