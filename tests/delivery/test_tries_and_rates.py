"""What is tried again and when, and how fast: rates, pauses, one person's own pace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.delivery.limits import Limits
from bot.store.deliveries import Pace
from tests.support.fake_channel import FakeChannel, Will
from tests.support.queue import Queue, drain


async def test_what_was_surely_not_sent_is_tried_again_later_and_later(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", *[Will.DOWN] * 4)
    worker = queue.worker(slack)
    waits = []
    for _ in range(4):
        assert await worker.drain_once() == 1
        waits.append((queue.row(row).due_at - queue.clock.now()).total_seconds())
        assert await worker.drain_once() == 0
        queue.clock.forward(seconds=waits[-1])
    for wait, longest in zip(waits, Limits().backoff, strict=True):
        assert longest / 2 <= wait <= longest
    assert await worker.drain_once() == 1
    assert (queue.row(row).state, slack.tries) == ("sent", 5)


async def test_five_tries_are_enough(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", *[Will.DOWN] * 9)
    await drain(queue.worker(slack), queue.clock, 700)
    assert slack.tries == 5
    assert (queue.row(row).state, queue.row(row).reason) == ("failed", "connection refused")


async def test_too_many_requests_pause_the_whole_channel_and_count_against_nobody(queue: Queue) -> None:
    people = queue.people(3)
    slack, teams = FakeChannel(), FakeChannel("teams")
    queue.account(people[2], "teams", "T3", seen_at=queue.clock.now())
    slack.retry_after = 60
    slack.will("U1", Will.TOO_MANY)
    worker = queue.worker(slack, teams)
    first = queue.tell(people[0])
    await worker.drain_once()
    queue.tell(people[1])
    queue.tell(people[2])
    queue.clock.forward(seconds=30)
    await worker.drain_once()
    assert slack.accepted == []
    assert teams.got("T3") == ["Hello"]
    assert (queue.row(first).state, queue.row(first).attempts) == ("due", 0)
    queue.clock.forward(seconds=30)
    await worker.drain_once()
    assert sorted(p.user_id for p in slack.accepted) == ["U1", "U2"]


async def test_too_many_requests_lower_the_rate_once_a_burst_and_quiet_raises_it(queue: Queue) -> None:
    people = queue.people(40)
    slack = FakeChannel(rate=20.0)
    slack.latency = 0.1  # so that both are under way at once
    slack.will("U1", Will.TOO_MANY)
    slack.will("U2", Will.TOO_MANY)
    worker = queue.worker(slack)
    queue.broadcast(people)
    await worker.drain_once()

    def rate() -> float | None:
        return queue.do(lambda s: s.get_one(Pace, "slack").rate)

    assert rate() is None, "once in a minute is chance"
    slack.will("U1", Will.TOO_MANY)
    slack.will("U2", Will.TOO_MANY)
    queue.clock.forward(seconds=10)
    await worker.drain_once()
    assert rate() == pytest.approx(18.0)
    queue.clock.forward(seconds=61)
    await worker.drain_once()
    assert rate() == pytest.approx(18.9)
    for _ in range(3):
        queue.tell(people[0], f"again {queue.clock.now()}")
        queue.clock.forward(seconds=61)
        await worker.drain_once()
    assert rate() is None


async def test_one_message_a_second_to_one_person_in_order(queue: Queue) -> None:
    one, other = queue.people(2)
    for n in range(3):
        queue.tell(one, f"message {n}")
    queue.tell(other)
    worker = queue.worker(slack := FakeChannel())
    await worker.drain_once()
    assert slack.got("U1") == ["message 0"]
    assert slack.got("U2") == ["Hello"]
    assert await worker.drain_once() == 0
    for _ in range(2):
        queue.clock.forward(seconds=1)
        await worker.drain_once()
    assert slack.got("U1") == ["message 0", "message 1", "message 2"]


async def test_ten_notices_a_minute_to_one_person_and_replies_beside_them(queue: Queue) -> None:
    (person,) = queue.people(1)
    for n in range(12):
        queue.tell(person, f"message {n}")
    worker = queue.worker(slack := FakeChannel())
    for _ in range(20):
        await worker.drain_once()
        queue.clock.forward(seconds=1)
    assert len(slack.accepted) == 10
    queue.tell(person, "an answer", kind="reply", due_in=-60)
    await worker.drain_once()
    assert slack.got("U1")[-1] == "an answer"
    queue.clock.forward(seconds=60)
    await drain(worker, queue.clock, 1)
    assert len(slack.accepted) == 13


async def test_a_notice_does_not_queue_behind_a_broadcast(queue: Queue) -> None:
    people = queue.people(60)
    slack = FakeChannel(rate=10.0)
    worker = queue.worker(slack)
    queue.broadcast(people)
    await worker.drain_once()
    queue.tell(people[-1], "Your concern was answered")
    queue.clock.forward(seconds=0.5)
    await worker.drain_once()
    assert slack.got("U60") == ["Your concern was answered"]


async def test_a_channel_keeps_to_its_rate(queue: Queue) -> None:
    queue.broadcast(queue.people(40))
    slack = FakeChannel(rate=5.0)
    worker = queue.worker(slack)
    counts = []
    while len(slack.accepted) < 40:
        await worker.drain_once()
        queue.clock.forward(seconds=0.25)
        counts.append(len(slack.accepted))
    assert len(counts) / 4 < 40 / 5 + 1.5  # seconds: no slower than allowed, but for the headroom
    for n in range(len(counts) - 4):
        assert counts[n + 4] - counts[n] <= 6  # a second's worth, and the slot under way


async def test_ninety_members_are_told_within_two_minutes_on_each_platform(queue: Queue) -> None:
    people = queue.people(90)
    for n, person in enumerate(people):
        queue.account(person, "teams", f"T{n}", seen_at=queue.clock.now() if n % 2 else None)
    queue.broadcast(people)
    slack, teams = FakeChannel(rate=1.0), FakeChannel("teams", rate=30.0)
    worker = queue.worker(slack, teams)
    start = queue.clock.now()
    while len(slack.accepted) + len(teams.accepted) < 90:
        await worker.drain_once()
        queue.clock.forward(seconds=1)
    assert len(slack.accepted) == 45
    assert queue.clock.now() - start <= timedelta(minutes=2)
