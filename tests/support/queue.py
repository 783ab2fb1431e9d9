"""A small database with people to send to, and workers that send."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.delivery.limits import Limits
from bot.delivery.worker import Worker
from bot.rules.states import BroadcastState
from bot.store.broadcasts import enqueue_broadcast
from bot.store.deliveries import Broadcast, Delivery
from bot.store.people import Account, Person
from bot.store.session import Database
from bot.wording.codec import to_json
from bot.wording.parts import Button, Buttons, Card, Heading, Message
from tests.support.fake_channel import FakeChannel
from tests.support.house import SetClock

R = TypeVar("R")


async def no_wait(_seconds: float) -> None:
    """In place of sleeping until a slot: the clock is set by hand."""
    await asyncio.sleep(0)


def words(text: str = "Hello", card: Card | None = None, *says: str) -> Message:
    parts = (Heading(text), Buttons(tuple(Button(s.title(), s) for s in says))) if says else (Heading(text),)
    return Message(parts, card)


class Queue:
    """A database with tables, with everybody in it reachable on one channel."""

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self.url = url
        self.db = Database(url)
        self.clock: Any = SetClock() if clock is None else clock  # most tests set it, a few run on real time

    def do(self, use_case: Callable[[Session], R]) -> R:
        return self.db.run_sync(use_case)

    def people(self, count: int, channel: str = "slack", first: int = 1) -> list[int]:
        """Adds people p1, p2, ... each with an account U1, U2, ... on a channel; their ids."""

        def add(s: Session) -> list[int]:
            found = [
                Person(email=f"p{n}@westshire.example", name=f"Person {n}", roles=["member"])
                for n in range(first, first + count)
            ]
            s.add_all(found)
            for n, person in enumerate(found, first):
                if channel:
                    person.accounts.append(Account(channel=channel, user_id=f"U{n}", tenant="T"))
            s.flush()
            return [p.id for p in found]

        return self.do(add)

    def account(self, person_id: int, channel: str, user_id: str, seen_at: datetime | None = None) -> None:
        self.do(
            lambda s: s.add(
                Account(person_id=person_id, channel=channel, user_id=user_id, tenant="T", seen_at=seen_at)
            )
        )

    def tell(
        self,
        person_id: int,
        text: str = "Hello",
        *,
        due_in: float = 0.0,
        kind: str = "notice",
        card: Card | None = None,
        says: Sequence[str] = (),
    ) -> int:
        """Queues a notice; its id."""

        def add(s: Session) -> int:
            row = Delivery(
                once=f"{kind}:{text}",
                kind=kind,
                person_id=person_id,
                message=to_json(words(text, card, *says)),
                due_at=self.clock.now() + timedelta(seconds=due_in),
                created_at=self.clock.now(),
            )
            s.add(row)
            s.flush()
            return row.id

        return self.do(add)

    def broadcast(self, people: Sequence[int], text: str = "News", due_in: float = 0.0) -> int:
        """Queues a broadcast that is being sent; its id."""

        def add(s: Session) -> int:
            now = self.clock.now()
            found = Broadcast(
                kind="broadcast",
                title=text,
                message=to_json(words(text, Card("broadcast", "B"), "read B")),
                audience="all_members",
                state=BroadcastState.SENDING,
                created_at=now,
            )
            s.add(found)
            s.flush()
            enqueue_broadcast(s, found, people, now + timedelta(seconds=due_in))
            return found.id

        return self.do(add)

    def worker(self, *channels: Any, limits: Limits | None = None, name: str = "w") -> Worker:
        by_name = {c.name: c for c in channels or (FakeChannel(),)}
        return Worker(
            self.db, by_name, self.clock, name=name, limits=limits or Limits(sure_after=0.0), sleep=no_wait
        )

    def row(self, delivery_id: int) -> Delivery:
        return self.do(lambda s: s.get_one(Delivery, delivery_id))

    def rows(self) -> list[Delivery]:
        return self.do(lambda s: list(s.scalars(select(Delivery).order_by(Delivery.id))))

    def states(self) -> list[str]:
        return [r.state for r in self.rows()]

    def close(self) -> None:
        self.db.close()


async def drain(worker: Worker, clock: SetClock | None = None, step: float = 0.0) -> int:
    """Passes of a worker until one finds nothing; how many deliveries they touched."""
    total = 0
    while count := await worker.drain_once():
        total += count
        if clock is not None:
            clock.forward(seconds=step)
    return total
