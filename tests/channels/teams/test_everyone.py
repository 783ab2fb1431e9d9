"""Two hundred members are told through the real worker: within Teams' limits, each once, come what may."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import pairwise

import pytest
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.channels.teams.app import Teams
from bot.channels.teams.members import BLOCKED, NOT_INSTALLED
from bot.channels.teams.sender import RATE
from bot.delivery.worker import Worker
from bot.rules.states import DeliveryState
from bot.store.deliveries import Delivery
from bot.store.people import Account, Person
from bot.store.session import make_engine
from bot.store.tables import Base
from tests.channels.teams.conftest import Desk, Roll
from tests.support.queue import Queue
from tests.support.teams import TENANT, FakeTeams, Fault, TeamsOptions, card_of, personal, words_of

MEMBERS, FEW = 200, 30
TURN = 0.25
"""Seconds that the clock is put forward after each pass of the worker."""
MOST_TURNS = 2_000
A_SECOND, IN_A_TENANT, IN_A_CONVERSATION = 1.0, 50, 7
"""Microsoft's limits: calls a second of one app in a tenant, and to one conversation."""
TOO_MANY = {"Retry-After": "2"}


def object_id(number: int) -> str:
    return f"aaaaaaaa-0000-4000-8000-{number:012}"


def conversation(number: int) -> str:
    return personal(object_id(number))


@pytest.fixture
def queue(database: str, new_database: Callable[[str], str]) -> Iterator[Queue]:
    """A database with tables and nobody in it."""
    url = new_database(database)
    engine = make_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
    made = Queue(url)
    yield made
    made.close()


@pytest.fixture
async def worker(queue: Queue, fake: FakeTeams) -> AsyncIterator[Worker]:
    """The worker of production, with Teams as its one channel and the clock set by hand."""
    fake.clock = lambda: queue.clock.now().timestamp()
    teams = Teams(TeamsOptions(fake.url), Desk().handle, Roll())
    async with teams.sending():
        yield queue.worker(teams.sender)
    teams.gate.close()


def tell_everyone(queue: Queue, count: int = MEMBERS) -> None:
    """Queue a notice for members known by object id, every second of whom has written before."""

    def add(s: Session) -> list[int]:
        people = []
        for n in range(count):
            account = Account(channel="teams", tenant=TENANT, user_id=object_id(n))
            account.conversation = conversation(n) if n % 2 else ""
            person = Person(email=f"m{n}@westshire.example", name=f"Member {n}", roles=["member"])
            person.accounts.append(account)
            people.append(person)
        s.add_all(people)
        s.flush()
        return [p.id for p in people]

    queue.broadcast(queue.do(add), "The notice")


async def send_all(queue: Queue, worker: Worker) -> None:
    """Let the worker work, and the clock go on, until nothing is left to do."""
    for _ in range(MOST_TURNS):
        await worker.drain_once()
        queue.clock.forward(seconds=TURN)  # type: ignore[attr-defined]
        if not queue.do(_unsettled):
            return
    raise AssertionError(f"not done: {Counter(queue.states())}")


def _unsettled(s: Session) -> bool:
    open_ = Delivery.state.in_([DeliveryState.DUE, DeliveryState.SENDING])
    return bool(s.scalar(select(exists().where(open_))))


def busiest(moments: list[float]) -> int:
    """The most that fell into any one second."""
    return max(sum(1 for m in moments if at <= m < at + A_SECOND) for at in moments)


def copies(fake: FakeTeams) -> dict[int, int]:
    """How often each member has the notice in front of them."""
    sent = {n: fake.sent(conversation(n)) for n in range(MEMBERS)}
    assert all("The notice" in words_of(card_of(m)) for found in sent.values() for m in found)
    return {n: len(found) for n, found in sent.items()}


def trouble() -> dict[int, list[Fault]]:
    """Whose messages meet with what. Even numbers never wrote, so that their chat is opened first."""

    def opening(n: int, status: int, **more: object) -> Fault:
        return Fault("/v3/conversations", status, of=object_id(n), **more)  # type: ignore[arg-type]

    def posting(n: int, status: int, **more: object) -> Fault:
        return Fault(f"{conversation(n)}/activities", status, **more)  # type: ignore[arg-type]

    blocked, absent = {"subCode": "MessageWritesBlocked"}, {"error": {"code": "ForbiddenOperationException"}}
    return {
        10: [opening(10, 429, headers=TOO_MANY)],
        20: [opening(20, 502), opening(20, 502)],
        30: [opening(30, 504)],
        41: [posting(41, 429, headers=TOO_MANY), posting(41, 429, headers=TOO_MANY)],
        51: [posting(51, 412)],
        61: [posting(61, 502, after=True)],
        71: [posting(71, 502)],
        80: [posting(80, 502, after=True)],
        91: [posting(91, 403, body=blocked)],
        100: [opening(100, 403, body=absent)],
    }


async def test_everybody_is_told_once_within_the_limits(
    queue: Queue, worker: Worker, fake: FakeTeams
) -> None:
    tell_everyone(queue)
    await send_all(queue, worker)
    assert Counter(queue.states()) == {DeliveryState.SENT: MEMBERS}
    assert set(copies(fake).values()) == {1}
    assert busiest([c.at for c in fake.calls]) <= IN_A_TENANT
    assert busiest([c.at for c in fake.called("POST", "/activities")]) <= RATE + RATE * TURN * 2
    everyones = [[c.at for c in fake.called("POST", conversation(n))] for n in range(MEMBERS)]
    assert max(map(busiest, everyones)) <= IN_A_CONVERSATION
    assert len(fake.called("POST", "/v3/conversations")) == MEMBERS + MEMBERS // 2
    assert all(c.token for c in fake.calls)


async def test_trouble_neither_loses_nor_repeats_a_message(
    queue: Queue, worker: Worker, fake: FakeTeams
) -> None:
    tell_everyone(queue)
    met = trouble()
    fake.faults += [f for faults in met.values() for f in faults]
    await send_all(queue, worker)
    assert not fake.faults, "every trouble was met"

    rows = dict(enumerate(queue.rows()))
    unknown = {n for n, r in rows.items() if r.state == DeliveryState.UNKNOWN}
    failed = {n: r.reason for n, r in rows.items() if r.state == DeliveryState.FAILED}
    assert unknown == {61, 71, 80}, "what may have arrived is shown as unknown, and never sent again"
    assert failed == {
        91: f"{BLOCKED} (403 MessageWritesBlocked)",
        100: f"{NOT_INSTALLED} (403 ForbiddenOperationException)",
    }
    not_there = {71, 91, 100}
    assert copies(fake) == {n: int(n not in not_there) for n in range(MEMBERS)}
    assert busiest([c.at for c in fake.calls]) <= IN_A_TENANT


async def test_everybody_waits_as_long_as_teams_asks(queue: Queue, worker: Worker, fake: FakeTeams) -> None:
    tell_everyone(queue, FEW)
    fake.faults.append(Fault("/activities", 429, {"Retry-After": "30"}))
    await send_all(queue, worker)
    moments = sorted(c.at for c in fake.calls)
    gaps = [later - at for at, later in pairwise(moments)]
    assert max(gaps) >= 30 - TURN
    assert sum(1 for gap in gaps if gap > A_SECOND) == 1, "one pause, for all"
    assert copies(fake) == {n: int(n < FEW) for n in range(MEMBERS)}


async def test_where_a_message_arrived_is_where_the_next_one_goes(
    queue: Queue, worker: Worker, fake: FakeTeams
) -> None:
    tell_everyone(queue, FEW)
    await send_all(queue, worker)
    opened = len([c for c in fake.calls if c.path == "/v3/conversations"])
    person = queue.rows()[0].person_id
    queue.tell(person, "The notice again")
    await send_all(queue, worker)
    assert len([c for c in fake.calls if c.path == "/v3/conversations"]) == opened == FEW // 2
    assert len(fake.sent(conversation(0))) == 2
