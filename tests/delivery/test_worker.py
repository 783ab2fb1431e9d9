"""The worker, one pass at a time: what is sent, to whom and by which way."""

from __future__ import annotations

from datetime import timedelta

from bot.rules.states import BroadcastState
from bot.store.deliveries import Broadcast
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
