"""What is told about sending."""

from __future__ import annotations

from datetime import timedelta

from bot.rules.states import BroadcastState, DeliveryState
from bot.store.broadcasts import cancel_unsent, counts, enqueue_broadcast, in_state, reasons
from bot.store.deliveries import Broadcast
from bot.store.workers import standing
from tests.support.fake_channel import FakeChannel, Will
from tests.support.queue import Queue, drain


async def test_a_broadcast_is_reported_person_by_person_and_with_reasons(queue: Queue) -> None:
    people = queue.people(6)
    alone = queue.people(2, channel="", first=7)
    broadcast = queue.broadcast([*people, *alone])
    queue.tell(people[0], "something else")
    slack = FakeChannel()
    slack.will("U1", Will.BLOCKED)
    slack.will("U2", Will.DROP)
    slack.knows = False
    worker = queue.worker(slack)
    await drain(worker, queue.clock, 3)

    def ask(s):  # type: ignore[no-untyped-def]
        found = s.get_one(Broadcast, broadcast)
        return counts(s, found), reasons(s, found), [d.person_id for d in in_state(s, found, "unknown")]

    said, why, doubtful = queue.do(ask)
    assert said == {DeliveryState.SENT: 4, DeliveryState.FAILED: 3, DeliveryState.UNKNOWN: 1}
    assert why == {"nobody to send to": 2, "blocked the bot": 1}
    assert doubtful == [people[1]]


async def test_cancelled_rows_are_in_no_count(queue: Queue) -> None:
    broadcast = queue.broadcast(queue.people(5), due_in=600)

    def cancel(s):  # type: ignore[no-untyped-def]
        found = s.get_one(Broadcast, broadcast)
        stopped = cancel_unsent(s, found, queue.clock.now())
        return stopped, counts(s, found), found.state

    stopped, said, state = queue.do(cancel)
    assert (stopped, said, state) == (5, {DeliveryState.CANCELLED: 5}, BroadcastState.CANCELLED)
    queue.clock.forward(minutes=20)
    assert await queue.worker().drain_once() == 0
    assert queue.do(lambda s: standing(s, queue.clock.now())).oldest_due is None


def test_a_broadcast_is_queued_once_for_each_however_often_it_is_asked(queue: Queue) -> None:
    people = queue.people(3)
    broadcast = queue.broadcast(people[:2])
    now = queue.clock.now()
    due = {p: now + timedelta(minutes=n) for n, p in enumerate(people)}

    def again(s):  # type: ignore[no-untyped-def]
        found = s.get_one(Broadcast, broadcast)
        return [enqueue_broadcast(s, found, people, due, now) for _ in range(2)]

    assert queue.do(again) == [1, 0]
    assert [(r.person_id, r.due_at) for r in queue.rows()][2:] == [(people[2], due[people[2]])]
    assert len({r.token for r in queue.rows()}) == 3


async def test_all_goes_out_or_it_is_said_what_does_not(queue: Queue) -> None:
    (person,) = queue.people(1)

    def ask():  # type: ignore[no-untyped-def]
        return queue.do(lambda s: standing(s, queue.clock.now()))

    assert (ask().silent, ask().well) == (True, False)
    worker = queue.worker(slack := FakeChannel())
    await worker.drain_once()
    assert ask().well
    due = queue.clock.now()
    queue.tell(person)
    queue.clock.forward(seconds=30)
    assert ask().well
    assert (ask().waiting, ask().oldest_due) == (1, due)
    queue.clock.forward(minutes=15)
    assert (ask().late, ask().silent, ask().well) == (True, True, False)
    slack.will("U1", Will.TOO_MANY)
    slack.retry_after = 3600
    await worker.drain_once()
    assert (ask().late, [c for c, _ in ask().paused]) == (False, ["slack"])


async def test_what_is_held_too_long_is_stuck(queue: Queue) -> None:
    (person,) = queue.people(1)
    queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", Will.BROKEN)
    worker = queue.worker(slack)
    await worker.drain_once()
    found = queue.do(lambda s: standing(s, queue.clock.now()))
    assert (found.in_doubt, found.stuck) == (1, 0)
    queue.clock.forward(minutes=61)
    assert queue.do(lambda s: standing(s, queue.clock.now())).stuck
