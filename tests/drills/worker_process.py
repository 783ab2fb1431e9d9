"""A worker in a process of its own, which kills itself outright at a chosen step.

    python -m tests.drills.worker_process JSON

The JSON holds `url`, `sink`, `rate`, `knows`, `limits`, and `die_at` with `die_after` (its how-manyeth time).
It ends by itself when nothing is left to send, and prints its memory after a third of the time and at the end.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import uvloop
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.channels.base import Outcome, Parcel, Result
from bot.clock import SystemClock
from bot.delivery.exchange import Exchange, Turn
from bot.delivery.limits import Limits
from bot.delivery.outcomes import Done
from bot.delivery.worker import Worker
from bot.log import set_up_logging
from bot.rules.states import DeliveryState
from bot.store.deliveries import Delivery
from bot.store.session import Database
from tests.drills.http_channel import HttpChannel

STEPS = ("sending", "claimed", "recording", "claiming", "recorded", "asking")


class Death:
    """Strikes at one step, after it has been passed so many times."""

    def __init__(self, at: str, after: int) -> None:
        self.at = at
        self.left = after

    def pass_by(self, step: str) -> None:
        if step == self.at:
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


class MortalExchange(Exchange):
    """Dies with rows claimed, or with results written, but nothing committed."""

    death: Death

    def turn(self, s: Session, done: Sequence[Done], rooms: Mapping[str, int], asking: int) -> Turn:
        turn = super().turn(s, done, rooms, asking)
        s.flush()
        if turn.to_send:
            self.death.pass_by("claiming")
        if any(d.outcome is Outcome.SENT for d in done):
            self.death.pass_by("recording")
        return turn


class MortalWorker(Worker):
    """Dies just after a claim, or just after a record, was committed."""

    death: Death

    def _send_off(self, turn: Turn) -> None:
        self.death.pass_by("recorded")
        if turn.to_send:
            self.death.pass_by("claimed")
        super()._send_off(turn)


class MortalChannel(HttpChannel):
    """Dies when the platform has taken a message, or has said whether it has, and before anybody knows."""

    death: Death

    async def send(self, parcel: Parcel) -> Result:
        result = await super().send(parcel)
        self.death.pass_by("sending")
        return result

    async def look_up(self, parcel: Parcel) -> Result | None:
        answer = await super().look_up(parcel)
        self.death.pass_by("asking")
        return answer


def memory() -> int:
    """This process's memory now, in kB."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize() // 1024


async def work(given: dict[str, Any]) -> None:
    set_up_logging("text")
    death = Death(given.get("die_at", ""), given.get("die_after", 1))
    db, limits = Database(given["url"]), Limits(**given["limits"])
    channel = MortalChannel(given["sink"], given["rate"], knows=given["knows"])
    worker = MortalWorker(db, {channel.name: channel}, SystemClock(), limits=limits)
    worker._exchange = MortalExchange(worker.name, {channel.name: channel}, SystemClock(), limits)
    channel.death = worker.death = worker._exchange.death = death
    run, sizes = asyncio.create_task(worker.run()), [memory()]
    while await _at_work(db):
        sizes.append(memory())
        await asyncio.sleep(0.2)
    worker.stop()
    await run
    await channel.close()
    used = {"third_kb": sizes[len(sizes) // 3], "end_kb": memory(), "cpu": sum(os.times()[:2])}
    print(json.dumps(used), flush=True)


async def _at_work(db: Database) -> bool:
    """Whether anything is left to send, as far as is known: the database may be away."""
    try:
        return await db.run(_left)
    except DBAPIError:
        return True


def _left(s: Session) -> bool:
    unsettled = (DeliveryState.DUE, DeliveryState.SENDING)
    return s.scalars(select(Delivery.id).where(Delivery.state.in_(unsettled)).limit(1)).first() is not None


if __name__ == "__main__":
    uvloop.run(work(json.loads(sys.argv[1])))
