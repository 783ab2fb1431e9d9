"""Taking deliveries from the queue: those that may go now, and those whose holder is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.rules.states import DeliveryState
from bot.store.deliveries import BULK, NOTICE, Broadcast, Delivery
from bot.store.outbox import EMAIL, ROWS, Taken, change
from bot.store.people import Account, Person

REPLY = "reply"
BETWEEN_TWO = timedelta(seconds=1)
"""The least time between two messages to one person: what Slack allows in one conversation."""
IN_A_MINUTE = 10
"""The most notices to one person in a minute, which Teams' store asks for. Replies do not count."""

_MINUTE = timedelta(minutes=1)


def anything_to_do(s: Session, now: datetime) -> bool:
    """Whether a delivery is due, or one is held by nobody any longer."""
    due = exists().where(Delivery.state == DeliveryState.DUE, Delivery.due_at <= now)
    lapsed = exists().where(Delivery.state == DeliveryState.SENDING, Delivery.lease_until <= now)
    return bool(s.scalar(select(or_(due, lapsed))))


def claim(
    s: Session, channel: str, now: datetime, slots: Sequence[datetime], worker: str, lease: timedelta
) -> list[Taken]:
    """Take the deliveries that may go on a channel, at most one a slot. This is the record of the intent.

    No byte may leave before it has been committed.
    """
    ids = _one_each(due(s, channel, now, len(slots), _not_too_often(now)))
    ids = _without_strays(s, channel, ids)
    if not ids:
        return []
    change(
        s,
        Delivery.id.in_(ids),
        {
            "state": DeliveryState.SENDING,
            "worker": worker,
            "lease_until": now + lease,
            "claimed_at": max(slots[0], now),
            "first_claimed_at": func.coalesce(Delivery.first_claimed_at, now),
            "attempts": Delivery.attempts + 1,
            "in_doubt_since": None,
            "looks": 0,
        },
    )
    _reserve(s, {row: max(slot, now) for row, slot in zip(ids, slots, strict=False)})
    return _taken(s, ids)


def take_lapsed(s: Session, now: datetime, worker: str, lease: timedelta, limit: int) -> list[Taken]:
    """Take deliveries whose holder is gone, or that are in doubt and to be asked after now."""
    rows = (
        select(Delivery.id)
        .where(Delivery.state == DeliveryState.SENDING, Delivery.lease_until <= now)
        .order_by(Delivery.lease_until, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = s.scalars(rows).all()
    if not ids:
        return []
    taken = {
        "worker": worker,
        "lease_until": now + lease,
        "in_doubt_since": func.coalesce(Delivery.in_doubt_since, now),
        # A try that its worker did not live to tell of is not held against the message.
        "attempts": case((Delivery.in_doubt_since.is_(None), Delivery.attempts - 1), else_=Delivery.attempts),
    }
    change(s, Delivery.id.in_(ids), taken)
    return _taken(s, ids)


def take_over_all(s: Session, now: datetime) -> None:
    """Nobody else can be at work on this database: whatever is being sent was left by somebody who died."""
    change(s, Delivery.state == DeliveryState.SENDING, {"lease_until": now})


def due(
    s: Session, channel: str, now: datetime, limit: int, *also: ColumnElement[bool]
) -> list[tuple[int, int]]:
    """The next due rows of a channel and whom they are for, notices before broadcasts, oldest first.

    Each rank is one range of the index.
    """
    found: list[tuple[int, int]] = []
    for rank in (NOTICE, BULK):
        query = (
            select(Delivery.id, Delivery.person_id)
            .where(
                Delivery.channel == channel,
                Delivery.state == DeliveryState.DUE,
                Delivery.rank == rank,
                Delivery.due_at <= now,
                *also,
            )
            .order_by(Delivery.due_at, Delivery.id)
            .limit(limit - len(found))
            .with_for_update(skip_locked=True, of=Delivery)
        )
        if len(found) < limit:
            found += [(row, person) for row, person in s.execute(query)]
    return found


def _not_too_often(now: datetime) -> ColumnElement[bool]:
    """That the person got nothing this second, and not too much this minute."""
    other = aliased(Delivery)
    theirs = other.person_id == Delivery.person_id
    just_now = exists().where(theirs, other.claimed_at > now - BETWEEN_TWO)
    lately = select(func.count()).where(theirs, other.claimed_at > now - _MINUTE, other.kind != REPLY)
    few = lately.correlate(Delivery).scalar_subquery() < IN_A_MINUTE
    return ~just_now & ((Delivery.kind == REPLY) | few)


def _one_each(rows: Iterable[tuple[int, int]]) -> list[int]:
    """The first row of each person. Only one worker claims on a channel at a time, so none overtakes it."""
    first: dict[int, int] = {}
    for row, person in rows:
        first.setdefault(person, row)
    return list(first.values())


def _without_strays(s: Session, channel: str, ids: list[int]) -> list[int]:
    """Those whose account is still the person's own and reachable. The others are to be chosen for anew."""
    if not ids or channel == EMAIL:
        return ids
    good = s.scalars(
        select(Delivery.id)
        .join(Account, Account.id == Delivery.account_id)
        .where(Delivery.id.in_(ids), Account.person_id == Delivery.person_id, Account.unreachable == "")
    ).all()
    strays = set(ids) - set(good)
    if strays:
        change(s, Delivery.id.in_(strays), {"channel": "", "account_id": None})
    return [row for row in ids if row not in strays]


def _reserve(s: Session, slots: Mapping[int, datetime]) -> None:
    if len(set(slots.values())) > 1:
        change = ROWS.update().where(ROWS.c.id == bindparam("row")).values(claimed_at=bindparam("at"))
        s.connection().execute(change, [{"row": i, "at": at} for i, at in slots.items()])


def _taken(s: Session, ids: Sequence[int]) -> list[Taken]:
    columns = (
        Delivery.id,
        Delivery.token,
        Delivery.person_id,
        Delivery.broadcast_id,
        Delivery.channel,
        Delivery.account_id,
        func.coalesce(Account.user_id, Person.email),
        func.coalesce(Account.tenant, ""),
        func.coalesce(Account.conversation, ""),
        func.coalesce(Account.service_url, ""),
        Delivery.message,
        Delivery.attempts,
        Delivery.looks,
        Delivery.claimed_at,
        Delivery.first_claimed_at,
        Delivery.in_doubt_since,
        Delivery.replaces,
    )
    query = select(*columns).join(Delivery.person).outerjoin(Account, Account.id == Delivery.account_id)
    found = [Taken(*row) for row in s.execute(query.where(Delivery.id.in_(ids)))]
    shared = _messages(s, {t.broadcast_id for t in found if not t.content and t.broadcast_id})
    place = {row: n for n, row in enumerate(ids)}
    full = [t if t.content else replace(t, content=shared.get(t.broadcast_id or 0, {})) for t in found]
    return sorted(full, key=lambda t: place[t.id])


def _messages(s: Session, broadcasts: Collection[int | None]) -> dict[int, Mapping[str, Any]]:
    if not broadcasts:
        return {}
    rows = s.execute(select(Broadcast.id, Broadcast.message).where(Broadcast.id.in_(broadcasts)))
    return {row: message for row, message in rows}  # noqa: C416 - rows are not plain pairs
