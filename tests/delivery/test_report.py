"""What is told about sending."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.report import cancel_unsent, health, report, unreachable
from bot.rules.states import BroadcastState
from bot.store.broadcasts import enqueue_broadcast, in_state
from bot.store.deliveries import Broadcast
from bot.store.duties import Acknowledgement
from bot.store.people import Account, Person
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
        s.add(Acknowledgement(person_id=people[3], subject=f"broadcast:{broadcast}", at=queue.clock.now()))
        s.add(Acknowledgement(person_id=people[4], subject="broadcast:999", at=queue.clock.now()))
        s.flush()
        return report(s, found), [d.person_id for d in in_state(s, found, "unknown")]

    said, doubtful = queue.do(ask)
    assert (said.sent, said.failed, said.unknown, said.due, said.cancelled) == (4, 3, 1, 0, 0)
    assert said.why_failed == {"nobody to send to": 2, "blocked the bot": 1}
    assert (said.total, said.read) == (8, 1)
    assert doubtful == [people[1]]


async def test_cancelled_rows_are_in_no_count(queue: Queue) -> None:
    broadcast = queue.broadcast(queue.people(5), due_in=600)

    def cancel(s):  # type: ignore[no-untyped-def]
        found = s.get_one(Broadcast, broadcast)
        stopped = cancel_unsent(s, found, queue.clock.now())
        return stopped, report(s, found), found.state

    stopped, said, state = queue.do(cancel)
    assert (stopped, said.total, said.cancelled, state) == (5, 0, 5, BroadcastState.CANCELLED)
    queue.clock.forward(minutes=20)
    assert await queue.worker().drain_once() == 0
    assert queue.do(lambda s: health(s, queue.clock.now())).standing.oldest_due is None


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
        return queue.do(lambda s: health(s, queue.clock.now()))

    assert (ask().silent, ask().well) == (True, False)
    worker = queue.worker(slack := FakeChannel())
    await worker.drain_once()
    assert ask().well
    due = queue.clock.now()
    queue.tell(person)
    queue.clock.forward(seconds=30)
    assert ask().well
    assert (ask().standing.waiting, ask().standing.oldest_due) == (1, due)
    queue.clock.forward(minutes=15)
    assert (ask().late, ask().silent, ask().well) == (True, True, False)
    slack.will("U1", Will.TOO_MANY)
    slack.retry_after = 3600
    await worker.drain_once()
    assert (ask().late, [c for c, _ in ask().standing.paused]) == (False, ["slack"])


async def test_what_is_held_too_long_is_stuck(queue: Queue) -> None:
    (person,) = queue.people(1)
    queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", Will.BROKEN)
    worker = queue.worker(slack)
    await worker.drain_once()
    found = queue.do(lambda s: health(s, queue.clock.now()))
    assert (found.standing.in_doubt, found.stuck) == (1, False)
    queue.clock.forward(minutes=61)
    assert queue.do(lambda s: health(s, queue.clock.now())).stuck


def test_who_cannot_be_reached_is_known_before_a_message_is_sent(queue: Queue) -> None:
    fine, blocked, both, never = queue.people(3) + queue.people(1, channel="", first=4)
    queue.people(1, channel="", first=5)
    queue.account(both, "teams", "T3")
    today = queue.clock.now().date()

    def spoil(s):  # type: ignore[no-untyped-def]
        for account in s.query(Account).filter(Account.channel == "slack", Account.person_id != fine):
            account.unreachable = "blocked the bot"
        s.query(Person).filter(Person.name == "Person 5").one().until = today - timedelta(days=1)

    queue.do(spoil)

    def ask(channels=None):  # type: ignore[no-untyped-def]
        return queue.do(lambda s: [(u.person.id, u.reason) for u in unreachable(s, today, channels)])

    assert ask() == [(blocked, "blocked the bot"), (never, "")]
    assert ask(["slack"]) == [(blocked, "blocked the bot"), (both, "blocked the bot"), (never, "")]
