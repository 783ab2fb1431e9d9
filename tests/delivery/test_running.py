"""The worker at work: started, woken, stopped, cut off, and beside another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.base import Outcome, Parcel, Result
from bot.clock import SystemClock
from bot.delivery.limits import Limits
from bot.delivery.worker import Worker
from bot.store.deliveries import Delivery, WorkerBeat
from bot.store.workers import standing
from tests.support.fake_channel import FakeChannel, Will
from tests.support.queue import Queue

QUICK = Limits(poll=0.05, gather=0.02, grace=0.2, sure_after=0.2, chores=0.1)


@pytest.fixture
def queue(database: str, ready_database: Callable[[str], str]) -> Iterator[Queue]:
    """A queue by the machine's own clock."""
    made = Queue(ready_database(database), SystemClock())
    yield made
    made.close()


def worker(queue: Queue, *channels: FakeChannel, limits: Limits = QUICK) -> Worker:
    return Worker(queue.db, {c.name: c for c in channels}, queue.clock, limits=limits)


@asynccontextmanager
async def running(*workers: Worker) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(w.run()) for w in workers]
    try:
        yield
    finally:
        for one in workers:
            one.stop()
        await asyncio.gather(*tasks)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.02)


async def test_it_sends_what_is_there_and_what_comes(queue: Queue) -> None:
    people = queue.people(3)
    slack = FakeChannel()
    queue.tell(people[0])
    one = worker(queue, slack, limits=Limits(poll=600.0))
    async with running(one):
        await until(lambda: len(slack.accepted) == 1)
        queue.tell(people[1])
        one.wake()
        await until(lambda: len(slack.accepted) == 2)
    assert sorted(queue.states()) == ["sent", "sent"]


async def test_it_may_be_woken_from_another_thread(queue: Queue) -> None:
    (person,) = queue.people(1)
    slack = FakeChannel()
    one = worker(queue, slack, limits=Limits(poll=600.0))
    async with running(one):
        await until(lambda: one._begun)
        await asyncio.to_thread(queue.tell, person)
        await asyncio.to_thread(one.wake)
        await until(lambda: len(slack.accepted) == 1)


async def test_a_doubt_settles_by_itself(queue: Queue) -> None:
    one, two = queue.people(2)
    slack = FakeChannel()
    slack.will("U1", Will.BROKEN)
    slack.will("U2", Will.DROP)
    queue.tell(one)
    queue.tell(two)
    async with running(worker(queue, slack)):
        await until(lambda: queue.states() == ["sent", "sent"])
    assert sorted(p.user_id for p in slack.accepted) == ["U1", "U2"]


class Slow(FakeChannel):
    """Takes its time over each message."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()

    async def send(self, parcel: Parcel) -> Result:
        self.begun.set()
        await self.go_on.wait()
        return await super().send(parcel)


async def test_stopping_lets_what_has_begun_end_and_records_it(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slow = Slow()
    one = worker(queue, slow)
    task = asyncio.create_task(one.run())
    await slow.begun.wait()
    one.stop()
    await asyncio.sleep(0.05)
    slow.go_on.set()
    await task
    assert queue.row(row).state == "sent"


async def test_cancelling_the_task_ends_it_as_cleanly(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slow = Slow()
    task = asyncio.create_task(worker(queue, slow).run())
    await slow.begun.wait()
    task.cancel()
    await asyncio.sleep(0.05)
    slow.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert queue.row(row).state == "sent"


async def test_what_does_not_end_in_time_is_left_in_doubt_and_what_has_not_begun_is_given_back(
    queue: Queue,
) -> None:
    people = queue.people(3)
    rows = [queue.tell(p) for p in people]
    slow = Slow()
    limits = Limits(drain=0.1, in_flight=1)
    one = worker(queue, slow, limits=limits)
    task = asyncio.create_task(one.run())
    await slow.begun.wait()
    one.stop()
    await task
    found = [queue.row(r) for r in rows]
    assert sorted(r.state for r in found) == ["due", "due", "sending"]
    assert [r.in_doubt_since is not None for r in found if r.state == "sending"] == [True]
    assert [r.attempts for r in found if r.state == "due"] == [0, 0]


async def test_a_channel_that_hangs_takes_no_room_from_another(queue: Queue) -> None:
    people = queue.people(6)
    for person in people[:3]:
        queue.account(person, "teams", f"T{person}", seen_at=queue.clock.now())
    for person in people:
        queue.tell(person)
    slow, slack = Slow(), FakeChannel()
    slow.name = "teams"
    async with running(worker(queue, slow, slack, limits=Limits(in_flight=1, poll=0.05, drain=0.1))):
        await until(lambda: len(slack.accepted) == 3)
        assert slow.accepted == []
        slow.go_on.set()
        await until(lambda: len(slow.accepted) == 3)


async def test_a_database_that_goes_away_and_comes_back_loses_and_repeats_nothing(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = queue.people(30)
    queue.broadcast(people)
    slack = FakeChannel(rate=200.0)
    one = worker(queue, slack)
    run, down = queue.db.run, False

    async def sometimes(*args, **kwargs):  # type: ignore[no-untyped-def]
        if down:
            raise OperationalError("SELECT", {}, Exception("gone"))
        return await run(*args, **kwargs)

    monkeypatch.setattr(queue.db, "run", sometimes)
    async with running(one):
        await until(lambda: len(slack.accepted) >= 5)
        down = True
        await asyncio.sleep(0.3)
        down = False
        await until(lambda: set(queue.states()) == {"sent"})
    assert len(slack.accepted) == len(set(slack.tokens())) == 30


async def test_two_workers_share_the_work_and_the_pace(
    database: str, ready_database: Callable[[str], str]
) -> None:
    if database == "sqlite":
        pytest.skip("on SQLite there is one worker")
    url = ready_database(database)
    here, there = Queue(url, SystemClock()), Queue(url, SystemClock())
    here.broadcast(here.people(120))
    slack = FakeChannel(rate=60.0)
    limits = Limits(poll=0.02, gather=0.02, ahead=0.1, chores=0.1)
    one, two = worker(here, slack, limits=limits), worker(there, slack, limits=limits)
    async with running(one, two):
        await until(lambda: set(here.states()) == {"sent"})
    assert len(slack.accepted) == len(set(slack.tokens())) == 120

    def claims(s):  # type: ignore[no-untyped-def]
        return sorted(s.query(Delivery.claimed_at, Delivery.worker).all())

    found = here.do(claims)
    assert {w for _, w in found} == {one.name, two.name}
    for (earlier, _), (later, _) in zip(found, found[60:], strict=False):
        assert later - earlier >= timedelta(seconds=0.5)  # no sixty-one within a second, less what was late
    here.close()
    there.close()


async def test_it_is_heard_of_and_keeps_its_figures(queue: Queue) -> None:
    (person,) = queue.people(1)
    queue.tell(person)
    queue.tell(person, "later", due_in=3600)
    slack = FakeChannel()
    one = worker(queue, slack)
    async with running(one):
        await until(lambda: queue.states() == ["sent", "due"])
    assert queue.do(lambda s: s.query(WorkerBeat).one().worker) == one.name
    now = queue.clock.now() + timedelta(hours=2)
    one.metrics.show(queue.do(lambda s: standing(s, now)), now)
    figure = one.metrics.registry.get_sample_value
    sent_off = {"channel": "slack", "step": "sent off", "outcome": Outcome.SENT.value}
    assert figure("cpbot_delivery_steps_total", sent_off) == 1.0
    assert figure("cpbot_delivery_waiting") == 1.0
    assert (figure("cpbot_delivery_oldest_due_seconds") or 0) >= 3600
    assert (figure("cpbot_delivery_worker_beat_seconds") or 0) >= 7200
