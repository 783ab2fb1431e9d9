"""Four weeks of a council, with its own schedules, worker and ticker: who hears what, when, and only once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from bot.clock import from_london, london
from bot.delivery.quiet import ROUTINE
from bot.store.deliveries import Delivery
from bot.store.people import Person, everyone
from tests.delivery.desk import Desk
from tests.support.house import AMARA, OLU, Talk

GRAHAM = "graham.pennock@westshire.example"
JEAN = "jean.attwater@westshire.example"
STEP = timedelta(hours=3)
AWAY = (from_london(date(2026, 12, 14), time(7)), from_london(date(2026, 12, 16), time(12)))
"""When nobody was at work: a restart that took two days."""
END = from_london(date(2026, 12, 22), time(0))


async def live(desks: list[Desk], until: datetime) -> None:
    """Let time pass, with each desk ticking and sending beside the others, but for the days away."""
    clock = desks[0].talk.clock
    at = clock.at
    while (at := at + STEP) < until:
        clock.at = at  # sending took a few seconds
        if AWAY[0] <= at < AWAY[1] or at.hour < 6:
            continue
        await asyncio.gather(*(d.ticker.tick() for d in desks))
        while sum(await asyncio.gather(*(d.worker.drain_once() for d in desks))):
            clock.forward(seconds=6)


def received(talk: Talk, email: str, *kinds: str) -> list[str]:
    """When somebody got messages of some kinds, in London."""

    def read(s):  # type: ignore[no-untyped-def]
        query = select(Delivery.sent_at).join(Person, Person.id == Delivery.person_id)
        query = query.where(Person.email == email, Delivery.kind.in_(kinds), Delivery.state == "sent")
        return [f"{london(at):%a %d %b %H}" for at in s.scalars(query.order_by(Delivery.sent_at))]

    return talk.house.db.run_sync(read)


async def test_four_weeks(talk: Talk, database: str) -> None:
    desks = [Desk(talk)]
    if database == "postgresql":
        desks.append(desks[0].beside())
    await talk.ask(AMARA, "rsvp yes M-9")
    await talk.say(GRAHAM, "reminders pause until 2026-12-20")
    await live(desks, from_london(date(2026, 11, 30), time(16)))
    await talk.say(OLU, "meeting publish M-9")
    await live(desks, END)

    members = talk.house.db.run_sync(lambda s: [p.email for p in everyone(s, date(2026, 12, 1), "member")])
    duties = {m: received(talk, m, "duty") for m in members}
    assert duties.pop(GRAHAM) == ["Mon 21 Dec 09"], "a pause moves a reminder, and does not use it up"
    assert Counter(map(tuple, duties.values())) == {("Mon 30 Nov 09", "Mon 21 Dec 09"): len(members) - 1}
    assert received(talk, JEAN, "nudge") == ["Tue 24 Nov 09", "Thu 03 Dec 09", "Mon 07 Dec 09"]
    assert received(talk, AMARA, "nudge") == [], "who has answered is not asked"
    assert received(talk, AMARA, "meeting") == ["Mon 07 Dec 09"]
    assert received(talk, OLU, "notice_deadline")[:2] == ["Thu 26 Nov 09", "Mon 30 Nov 09"]
    assert received(talk, OLU, "digest") == [
        "Mon 30 Nov 09",
        "Mon 07 Dec 09",
        "Wed 16 Dec 12",
        "Mon 21 Dec 09",
    ]

    def routine(s):  # type: ignore[no-untyped-def]
        return [
            london(at) for at in s.scalars(select(Delivery.sent_at).where(Delivery.kind.in_(ROUTINE))) if at
        ]

    sent = talk.house.db.run_sync(routine)
    assert sent
    assert {at.weekday() for at in sent} <= set(range(5))
    assert all(time(8) <= at.time() < time(20) for at in sent)
    tokens = Counter(desks[0].slack.tokens())
    assert set(tokens.values()) == {1}, "nobody twice, however many were at work"
    assert talk.house.db.run_sync(
        lambda s: {d.state for d in s.scalars(select(Delivery).where(Delivery.due_at <= END))}
    ) == {"sent"}
