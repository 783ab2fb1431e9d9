"""Sends whose outcome is in doubt: asked after, shown, never blindly repeated."""

from __future__ import annotations

import pytest

from bot.delivery.limits import Limits
from bot.rules.states import DeliveryState
from bot.store.broadcasts import send_again
from tests.support.fake_channel import FakeChannel, Will
from tests.support.queue import Queue, drain


async def test_what_a_platform_takes_in_and_answers_badly_is_not_sent_twice(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", Will.BROKEN)
    worker = queue.worker(slack)
    await worker.drain_once()
    held = queue.row(row)
    assert (held.state, held.in_doubt_since) == ("sending", queue.clock.now())
    assert await worker.drain_once() == 0
    queue.clock.forward(seconds=3)
    assert await worker.drain_once() == 1
    settled = queue.row(row)
    assert (settled.state, settled.remote_ref) == ("sent", f"ref-{settled.token}")
    assert (slack.tries, len(slack.accepted), len(slack.looks)) == (1, 1, 1)


async def test_what_never_arrived_is_sent_again_after_two_looks(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", Will.DROP)
    worker = queue.worker(slack)
    await worker.drain_once()
    for looks in (1, 2):
        assert slack.tries == 1
        queue.clock.forward(seconds=3)
        await worker.drain_once()
        assert len(slack.looks) == looks
        assert await worker.drain_once() == (1 if looks == 2 else 0)
    assert queue.row(row).state == "sent"
    assert (slack.tries, len(slack.accepted)) == (2, 1)


async def test_not_here_is_believed_only_some_time_after_the_send(queue: Queue) -> None:
    (person,) = queue.people(1)
    queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", Will.DROP)
    worker = queue.worker(slack, limits=Limits(sure_after=30.0))
    for _ in range(29):
        await worker.drain_once()
        queue.clock.forward(seconds=1)
    assert (slack.tries, len(slack.looks)) == (1, 1)
    queue.clock.forward(seconds=1)
    await drain(worker)
    assert (slack.tries, len(slack.looks)) == (2, 2)


@pytest.mark.parametrize("what", [Will.BROKEN, Will.DROP, Will.CRASH])
async def test_where_the_platform_cannot_know_it_is_shown_and_not_repeated(queue: Queue, what: Will) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    teams = FakeChannel(knows=False)
    teams.will("U1", what)
    worker = queue.worker(teams)
    await drain(worker, queue.clock, 3)
    assert queue.row(row).state == DeliveryState.UNKNOWN
    queue.clock.forward(days=1)
    assert await drain(worker) == 0
    assert teams.tries == 1


async def test_an_officer_may_have_an_unknown_one_sent_again(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    teams = FakeChannel(knows=False)
    teams.will("U1", Will.DROP)
    worker = queue.worker(teams)
    await drain(worker, queue.clock, 3)
    assert queue.do(lambda s: send_again(s, [row], queue.clock.now())) == 1
    await drain(worker)
    assert (queue.row(row).state, teams.got("U1")) == ("sent", ["Hello"])


async def test_a_platform_that_does_not_answer_is_asked_again_and_nothing_is_concluded(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", Will.BROKEN)
    slack.answers = False
    worker = queue.worker(slack)
    await worker.drain_once()
    for _ in range(5):
        queue.clock.forward(seconds=60)
        await worker.drain_once()
        assert queue.row(row).state == "sending"
    slack.answers = True
    queue.clock.forward(seconds=60)
    await worker.drain_once()
    assert (queue.row(row).state, slack.tries) == ("sent", 1)


async def test_silence_is_given_up_after_a_while(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", Will.BROKEN)
    slack.answers = False
    worker = queue.worker(slack)
    for _ in range(12):
        await worker.drain_once()
        queue.clock.forward(seconds=60)
    assert queue.row(row).state == DeliveryState.UNKNOWN


async def test_a_send_that_hangs_is_in_doubt(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", Will.HANG)
    worker = queue.worker(slack, limits=Limits(send_timeout=0.05, sure_after=0.0))
    await worker.drain_once()
    assert queue.row(row).state == "sending"
    queue.clock.forward(seconds=3)
    await worker.drain_once()
    assert (queue.row(row).state, slack.tries) == ("sent", 1)
