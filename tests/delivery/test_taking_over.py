"""Cancelling, and what happens when a worker dies or is late."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery.limits import Limits
from bot.rules.states import BroadcastState
from bot.store.broadcasts import cancel_unsent
from bot.store.deliveries import Broadcast, Delivery
from tests.support.fake_channel import FakeChannel, Will
from tests.support.queue import Queue, drain


async def test_cancelling_stops_all_that_has_not_begun(queue: Queue) -> None:
    broadcast = queue.broadcast(queue.people(20))
    slack = FakeChannel(rate=10.0)
    worker = queue.worker(slack)
    await worker.drain_once()
    begun = len(slack.accepted)
    stopped = queue.do(lambda s: cancel_unsent(s, s.get_one(Broadcast, broadcast), queue.clock.now()))
    assert (begun, stopped) == (4, 16)
    queue.clock.forward(minutes=1)
    assert await drain(worker) == 0
    assert sorted(queue.states()) == ["cancelled"] * 16 + ["sent"] * 4
    assert queue.do(lambda s: s.get_one(Broadcast, broadcast).state) == BroadcastState.CANCELLED


async def test_what_comes_back_after_the_cancelling_stays_here(queue: Queue) -> None:
    broadcast = queue.broadcast(queue.people(1))

    class Cancelled(FakeChannel):
        async def send(self, parcel):  # type: ignore[no-untyped-def]
            queue.do(lambda s: cancel_unsent(s, s.get_one(Broadcast, broadcast), queue.clock.now()))
            return await super().send(parcel)

    slack = Cancelled()
    slack.will("U1", Will.DOWN)
    worker = queue.worker(slack)
    await worker.drain_once()
    assert queue.states() == ["cancelled"]


async def test_another_worker_takes_over_when_the_lease_has_run_out(queue: Queue) -> None:
    if queue.db.is_sqlite:
        pytest.skip("on SQLite there is one worker, and its successor takes over at once: tested beside")
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    dead, other = queue.worker(slack, name="dead"), queue.worker(slack, name="other")
    await dead._begin()
    await queue.db.run(dead._exchange.turn, [], {"slack": 10}, 0)  # it claims, and is heard of no more
    assert queue.row(row).worker == dead.name
    queue.clock.forward(seconds=29)
    assert await other.drain_once() == 0
    queue.clock.forward(seconds=1)
    assert await other.drain_once() == 1
    queue.clock.forward(seconds=3)
    await drain(other)
    assert (queue.row(row).state, queue.row(row).worker, slack.got("U1")) == ("sent", other.name, ["Hello"])


async def test_a_new_start_on_sqlite_takes_over_at_once(queue: Queue) -> None:
    if not queue.db.is_sqlite:
        pytest.skip("on PostgreSQL others may be at work")
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    dead = queue.worker(slack)
    await dead._begin()
    await queue.db.run(dead._exchange.turn, [], {"slack": 10}, 0)
    restarted = queue.worker(slack)
    assert await restarted.drain_once() == 1
    assert slack.looks == [queue.row(row).token]
    queue.clock.forward(seconds=3)
    await drain(restarted)
    assert (queue.row(row).state, slack.got("U1")) == ("sent", ["Hello"])


async def test_a_worker_that_dies_over_and_over_does_not_use_up_the_tries(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    for _ in range(6):
        dead = queue.worker(slack)
        await dead._begin()
        await queue.db.run(dead._exchange.turn, [], {"slack": 10}, 0)
        assert queue.row(row).state == "sending"
        queue.clock.forward(seconds=31)
        settler = queue.worker(slack)
        for _ in range(2):
            await settler._begin()
            turn = await settler._turn()
            assert len(turn.to_ask) == 1
            await asyncio.gather(*settler._tasks())
            await settler._record()
            queue.clock.forward(seconds=3)
        assert (queue.row(row).state, queue.row(row).attempts) == ("due", 0)
    await drain(queue.worker(slack))
    assert (queue.row(row).state, slack.tries) == ("sent", 1)


async def test_a_late_writer_changes_nothing(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)

    class Slow(FakeChannel):
        async def send(self, parcel):  # type: ignore[no-untyped-def]
            result = await super().send(parcel)
            queue.do(lambda s: s.get_one(Delivery, row).__setattr__("worker", "somebody else"))
            return result

    await queue.worker(Slow()).drain_once()
    assert (queue.row(row).state, queue.row(row).worker) == ("sending", "somebody else")


async def test_a_lease_that_may_have_lapsed_sends_nothing(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel(rate=100.0)
    worker = queue.worker(slack, limits=Limits(lease=16.0, fence=5.49, ahead=0.5))

    async def long_sleep(_seconds: float) -> None:
        await asyncio.sleep(0.6)

    worker._lanes["slack"]._door._sleep = long_sleep  # type: ignore[union-attr]
    await worker.drain_once()
    assert slack.tries == 0
    assert (queue.row(row).state, queue.row(row).attempts) == ("due", 0)
