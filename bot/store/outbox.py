"""The delivery queue: which rows may go, who holds them, what came of them. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Table,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from bot.clock import Clock, SystemClock
from bot.rules.states import BroadcastState, DeliveryState
from bot.store.base import UtcDateTime
from bot.store.deliveries import BULK, NOTICE, Broadcast, Delivery
from bot.store.people import Account, Person

REPLY = "reply"
BETWEEN_TWO = timedelta(seconds=1)
"""The least time between two messages to one person: what Slack allows in one conversation."""
IN_A_MINUTE = 10
"""The most notices to one person in a minute, which Teams' store asks for. Replies do not count."""

ROWS = cast(Table, Delivery.__table__)
_MINUTE = timedelta(minutes=1)
_QUIETLY = {"synchronize_session": False}


@dataclass(frozen=True)
class Taken:
    """A delivery that a worker holds, with all that is needed to send it or to ask after it."""

    id: int
    token: str
    person_id: int
    broadcast_id: int | None
    channel: str
    account_id: int | None
    user_id: str
    tenant: str
    conversation: str
    service_url: str
    content: Mapping[str, Any]
    attempts: int
    looks: int
    claimed_at: datetime
    first_claimed_at: datetime
    in_doubt_since: datetime | None


@dataclass(frozen=True)
class Written:
    """What is written on a delivery when its worker lets go of it, or keeps it for a further look.

    A `due_at` of None leaves the row's own, so that what was held up goes first.
    """

    id: int
    broadcast_id: int | None
    state: DeliveryState
    attempts: int
    reason: str = ""
    due_at: datetime | None = None
    lease_until: datetime | None = None
    in_doubt_since: datetime | None = None
    looks: int = 0
    sent_at: datetime | None = None
    remote_ref: str = ""


def now_in(s: Session, clock: Clock) -> datetime:
    """The moment by which due times and leases are judged.

    Workers on several machines share PostgreSQL's clock, so that theirs need not agree. A clock that was
    set by hand is always obeyed.
    """
    if isinstance(clock, SystemClock) and s.get_bind().dialect.name == "postgresql":
        moment: datetime = s.execute(select(func.clock_timestamp(type_=UtcDateTime()))).scalar_one()
        return moment
    return clock.now()


def anything_to_do(s: Session, now: datetime) -> bool:
    """Whether a delivery is due, or one is held by nobody any longer."""
    due = exists().where(Delivery.state == DeliveryState.DUE, Delivery.due_at <= now)
    lapsed = exists().where(Delivery.state == DeliveryState.SENDING, Delivery.lease_until <= now)
    return bool(s.scalar(select(or_(due, lapsed))))


# --- taking


def claim(
    s: Session, channel: str, now: datetime, slots: Sequence[datetime], worker: str, lease: timedelta
) -> list[Taken]:
    """Take the deliveries that may go on a channel, at most one a slot. This is the record of the intent.

    No byte may leave before it has been committed.
    """
    ids = _one_each(due(s, channel, now, len(slots), _not_too_often(now)))
    if not ids:
        return []
    change(
        s,
        Delivery.id.in_(ids),
        {
            "state": DeliveryState.SENDING,
            "worker": worker,
            "lease_until": now + lease,
            "claimed_at": slots[0],
            "first_claimed_at": func.coalesce(Delivery.first_claimed_at, now),
            "attempts": Delivery.attempts + 1,
            "in_doubt_since": None,
            "looks": 0,
        },
    )
    _reserve(s, dict(zip(ids, slots, strict=False)))
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
    )
    query = select(*columns).join(Delivery.person).outerjoin(Account, Account.id == Delivery.account_id)
    found = [Taken(*row) for row in s.execute(query.where(Delivery.id.in_(ids)))]
    shared = _messages(s, {t.broadcast_id for t in found if not t.content and t.broadcast_id})
    place = {row: n for n, row in enumerate(ids)}
    full = [t if t.content else _with(t, shared.get(t.broadcast_id or 0, {})) for t in found]
    return sorted(full, key=lambda t: place[t.id])


def _messages(s: Session, broadcasts: Collection[int | None]) -> dict[int, Mapping[str, Any]]:
    if not broadcasts:
        return {}
    rows = s.execute(select(Broadcast.id, Broadcast.message).where(Broadcast.id.in_(broadcasts)))
    return {row: message for row, message in rows}  # noqa: C416 - rows are not plain pairs


def _with(taken: Taken, content: Mapping[str, Any]) -> Taken:
    given = {f.name: getattr(taken, f.name) for f in fields(taken)}
    return Taken(**{**given, "content": content})


# --- recording


def record(s: Session, worker: str, written: Iterable[Written]) -> None:
    """Write what came of deliveries that this worker still holds. One that it lost is left alone."""
    rows = list(written)
    cancelled = _cancelled(s, {w.broadcast_id for w in rows if w.state == DeliveryState.DUE} - {None})
    values = [_values(w, cancelled) for w in sorted(rows, key=lambda w: w.id)]
    if values:
        s.connection().execute(_write(worker), values)


def _cancelled(s: Session, broadcasts: Collection[int | None]) -> set[int]:
    """Which of the broadcasts were cancelled meanwhile. A cancellation under way is waited for."""
    if not broadcasts:
        return set()
    query = select(Broadcast.id, Broadcast.state).where(Broadcast.id.in_(broadcasts)).order_by(Broadcast.id)
    states = s.execute(query.with_for_update(read=True)).all()
    return {row for row, state in states if state == BroadcastState.CANCELLED}


def _values(w: Written, cancelled: Collection[int]) -> dict[str, Any]:
    dropped = w.state == DeliveryState.DUE and w.broadcast_id in cancelled
    return {
        "row": w.id,
        "to_state": DeliveryState.CANCELLED if dropped else w.state,
        "due": w.due_at,
        "tries": w.attempts,
        "why": w.reason,
        "lease": w.lease_until,
        "doubt": w.in_doubt_since,
        "looked": w.looks,
        "sent": w.sent_at,
        "ref": w.remote_ref,
    }


def _write(worker: str) -> Any:
    row = ROWS.c
    moment = UtcDateTime()
    return (
        ROWS.update()
        .where(row.id == bindparam("row"), row.worker == worker, row.state == DeliveryState.SENDING)
        .values(
            state=bindparam("to_state"),
            due_at=func.coalesce(bindparam("due", type_=moment), row.due_at),
            attempts=bindparam("tries"),
            reason=bindparam("why"),
            lease_until=bindparam("lease"),
            in_doubt_since=bindparam("doubt"),
            looks=bindparam("looked"),
            sent_at=bindparam("sent"),
            remote_ref=bindparam("ref"),
        )
    )


def change(s: Session, where: ColumnElement[bool], values: Mapping[str, Any]) -> None:
    """Change deliveries where they stand, without loading them."""
    s.execute(update(Delivery).where(where).values(**values), execution_options=_QUIETLY)
