"""The delivery queue: what a worker holds, what it writes when it lets go. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from bot.clock import Clock, SystemClock
from bot.rules.states import BroadcastState, DeliveryState
from bot.store.base import UtcDateTime
from bot.store.deliveries import Broadcast, Delivery

EMAIL = "email"
ROWS = cast(Table, Delivery.__table__)
_QUIETLY = {"synchronize_session": False}


@dataclass(frozen=True)
class Taken:
    """A delivery that a worker holds, with all that is needed to send it or to ask after it.

    `replaces` is the platform's name for the message whose words these take the place of, if any.
    """

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
    replaces: str = ""


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
