"""The worker, one pass at a time: what is sent, what is tried again, what is given up."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.limits import Limits
from bot.rules.states import BroadcastState, DeliveryState
from bot.store.broadcasts import cancel_unsent, send_again
from bot.store.deliveries import Broadcast, Delivery, Pace
from bot.store.inbox import last_card
from bot.store.people import Account, Person
from bot.wording.parts import Card
from tests.support.fake_channel import FakeChannel, Will
from tests.support.queue import Queue, drain


async def test_a_notice_is_sent_and_recorded(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person, "Hello")
    slack = FakeChannel()
    assert await queue.worker(slack).drain_once() == 1
    sent = queue.row(row)
    assert slack.got("U1") == ["Hello"]
    assert (sent.state, sent.channel, sent.attempts) == ("sent", "slack", 1)
    assert sent.remote_ref == f"ref-{sent.token}"
    assert sent.sent_at == queue.clock.now()
    assert queue.do(lambda s: s.query(Account).one().conversation) == "D-U1"


async def test_what_is_not_due_waits(queue: Queue) -> None:
    (person,) = queue.people(1)
    queue.tell(person, due_in=60)
    worker = queue.worker(slack := FakeChannel())
    assert await worker.drain_once() == 0
    queue.clock.forward(seconds=60)
    assert await worker.drain_once() == 1
    assert slack.got("U1") == ["Hello"]


async def test_a_broadcast_is_stored_once_and_sent_to_each_and_ends(queue: Queue) -> None:
    people = queue.people(30)
    broadcast = queue.broadcast(people, "Panel moved")
    slack = FakeChannel()
    await drain(queue.worker(slack))
    assert sorted(p.user_id for p in slack.accepted) == sorted(f"U{n}" for n in range(1, 31))
    assert {p.message.title for p in slack.accepted} == {"Panel moved"}
    assert all(row.message == {} for row in queue.rows())
    done = queue.do(lambda s: s.get_one(Broadcast, broadcast))
    assert (done.state, done.ended_at) == (BroadcastState.SENT, queue.clock.now())


async def test_a_scheduled_broadcast_begins_when_its_time_comes(queue: Queue) -> None:
    broadcast = queue.broadcast(queue.people(1), due_in=60)

    def schedule(s):  # type: ignore[no-untyped-def]
        found = s.get_one(Broadcast, broadcast)
        found.state = BroadcastState.SCHEDULED
        found.send_at = queue.clock.now() + timedelta(seconds=60)

    queue.do(schedule)
    worker = queue.worker()
    await worker.drain_once()
    assert queue.do(lambda s: s.get_one(Broadcast, broadcast).state) == BroadcastState.SCHEDULED
    queue.clock.forward(seconds=60)
    await worker.drain_once()
    begun = queue.do(lambda s: s.get_one(Broadcast, broadcast))
    assert begun.started_at == queue.clock.now()
    assert begun.state == BroadcastState.SENT


async def test_the_card_in_front_of_the_person_is_remembered(queue: Queue) -> None:
    (person,) = queue.people(1)
    queue.tell(person, card=Card("rsvp_request", "CPP/1"), says=["attend CPP/1", "apologies CPP/1"])
    await queue.worker().drain_once()
    card = queue.do(lambda s: last_card(s, person, queue.clock.now()))
    assert card is not None
    assert (card.kind, card.subject) == ("rsvp_request", "CPP/1")
    assert card.says == ["attend CPP/1", "apologies CPP/1"]


async def test_a_notice_goes_where_the_person_was_last_seen(queue: Queue) -> None:
    (person,) = queue.people(1)
    now = queue.clock.now()
    queue.account(person, "teams", "T1", seen_at=now - timedelta(days=1))
    queue.account(person, "web", "W1", seen_at=now - timedelta(days=2))
    queue.tell(person)
    slack, teams, web = FakeChannel(), FakeChannel("teams"), FakeChannel("web")
    await queue.worker(slack, teams, web).drain_once()
    assert [len(c.accepted) for c in (slack, teams, web)] == [0, 1, 0]


async def test_an_account_that_came_to_mean_somebody_else_is_not_used(queue: Queue) -> None:
    one, other = queue.people(2)
    queue.account(one, "teams", "T1")
    slack, teams = FakeChannel(rate=1.0), FakeChannel("teams")
    slack.will("U1", Will.DOWN)
    row = queue.tell(one, "for one only")
    worker = queue.worker(slack, teams)
    await worker.drain_once()
    assert queue.row(row).channel == "slack"
    queue.do(lambda s: setattr(s.query(Account).filter_by(user_id="U1").one(), "person_id", other))
    queue.clock.forward(seconds=5)
    await worker.drain_once()
    assert (slack.accepted, queue.row(row).channel) == ([], "")
    await worker.drain_once()
    assert teams.got("T1") == ["for one only"]


async def test_only_channels_that_are_set_up_are_chosen(queue: Queue) -> None:
    (person,) = queue.people(1)
    queue.account(person, "teams", "T1", seen_at=queue.clock.now())
    queue.tell(person)
    await queue.worker(slack := FakeChannel()).drain_once()
    assert slack.got("U1") == ["Hello"]


async def test_a_blocked_account_is_noted_and_the_next_one_is_used(queue: Queue) -> None:
    (person,) = queue.people(1)
    queue.account(person, "teams", "T1", seen_at=queue.clock.now())
    row = queue.tell(person)
    slack, teams = FakeChannel(), FakeChannel("teams")
    teams.will("T1", Will.BLOCKED)
    worker = queue.worker(slack, teams)
    await worker.drain_once()
    queue.clock.forward(seconds=1)
    await worker.drain_once()
    assert slack.got("U1") == ["Hello"]
    assert queue.row(row).state == "sent"
    noted = queue.do(lambda s: {a.channel: a.unreachable for a in s.query(Account)})
    assert noted == {"slack": "", "teams": "blocked the bot"}


async def test_e_mail_reaches_those_whom_chat_does_not(queue: Queue) -> None:
    (alone,) = queue.people(1, channel="")
    row = queue.tell(alone, card=Card("rsvp_request"), says=["attend"])
    email = FakeChannel("email")
    await queue.worker(FakeChannel(), email).drain_once()
    assert email.got("p1@westshire.example") == ["Hello"]
    assert queue.row(row).channel == "email"
    assert queue.do(lambda s: last_card(s, alone, queue.clock.now())) is None


async def test_nobody_to_send_to(queue: Queue) -> None:
    (alone,) = queue.people(1, channel="")
    row = queue.tell(alone)
    await queue.worker().drain_once()
    assert (queue.row(row).state, queue.row(row).reason) == ("failed", "nobody to send to")


async def test_the_last_way_being_closed_is_said_with_its_reason(queue: Queue) -> None:
    (person,) = queue.people(1)
    row = queue.tell(person)
    slack = FakeChannel()
    slack.will("U1", Will.BLOCKED)
    worker = queue.worker(slack)
    await drain(worker, queue.clock, 1)
    await worker.drain_once()
    assert (queue.row(row).state, queue.row(row).reason) == ("failed", "blocked the bot")


async def test_nothing_is_sent_to_somebody_who_has_left(queue: Queue) -> None:
    (person,) = queue.people(1)

    def leave(s):  # type: ignore[no-untyped-def]
        s.get_one(Person, person).until = queue.clock.now().date() - timedelta(days=1)

    queue.do(leave)
    row = queue.tell(person)
    await queue.worker(slack := FakeChannel()).drain_once()
    assert slack.accepted == []
    assert (queue.row(row).state, queue.row(row).reason) == ("failed", "no longer has access")


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
