"""Broadcasts: putting one in the queue, stopping it, and how its deliveries stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.rules.states import BroadcastState, DeliveryState
from bot.store.deliveries import BULK, Broadcast, Delivery, new_token


def broadcast_by_id(s: Session, number: int) -> Broadcast | None:
    """The broadcast with that number ("B-3" is 3)."""
    return s.get(Broadcast, number)


def recent_broadcasts(s: Session, limit: int = 15) -> Sequence[Broadcast]:
    """The latest broadcasts, newest first; what takes the place of another stands in that one's report."""
    own = Broadcast.kind.not_in(["withdrawal", "in_place"])
    return s.scalars(select(Broadcast).where(own).order_by(Broadcast.id.desc()).limit(limit)).all()


def counts(s: Session, broadcast: Broadcast) -> dict[str, int]:
    """How many deliveries of a broadcast are in each state."""
    rows = s.execute(
        select(Delivery.state, func.count())
        .where(Delivery.broadcast_id == broadcast.id)
        .group_by(Delivery.state)
    )
    return {state: count for state, count in rows}  # noqa: C416 - rows are not plain pairs


def in_state(s: Session, broadcast: Broadcast, state: DeliveryState) -> Sequence[Delivery]:
    """The deliveries of a broadcast in one state, such as those that are unknown."""
    return s.scalars(
        select(Delivery)
        .where(Delivery.broadcast_id == broadcast.id, Delivery.state == state)
        .order_by(Delivery.id)
    ).all()


def reasons(s: Session, broadcast: Broadcast) -> dict[str, int]:
    """Why deliveries of a broadcast failed, and how many for each reason, the commonest first."""
    rows = s.execute(
        select(Delivery.reason, func.count())
        .where(Delivery.broadcast_id == broadcast.id, Delivery.state == DeliveryState.FAILED)
        .group_by(Delivery.reason)
        .order_by(func.count().desc(), Delivery.reason)
    )
    return {reason: count for reason, count in rows}  # noqa: C416 - rows are not plain pairs


def enqueue_broadcast(
    s: Session,
    broadcast: Broadcast,
    person_ids: Iterable[int],
    due_at: Mapping[int, datetime] | datetime,
    now: datetime | None = None,
) -> int:
    """One delivery a person for a broadcast, in the caller's transaction; how many are new.

    The words stay with the broadcast. `due_at` is one moment for all, or each person's own. Safe to repeat.
    """
    before = _size(s, broadcast)
    rows = [
        {
            "token": new_token(),
            "once": f"broadcast:{broadcast.id}",
            "kind": broadcast.kind,
            "rank": BULK,
            "broadcast_id": broadcast.id,
            "person_id": person,
            "message": {},
            "state": DeliveryState.DUE,
            "due_at": due_at[person] if isinstance(due_at, Mapping) else due_at,
            "created_at": now or broadcast.created_at,
            **_UNTOUCHED,
        }
        for person in person_ids
    ]
    if rows:
        dialect = postgresql if s.get_bind().dialect.name == "postgresql" else sqlite
        s.connection().execute(dialect.insert(Delivery.__table__).on_conflict_do_nothing(), rows)
    return _size(s, broadcast) - before


_UNTOUCHED = {
    "channel": "",
    "attempts": 0,
    "worker": "",
    "looks": 0,
    "remote_ref": "",
    "reason": "",
    "replaces": "",
}


def cancel_unsent(s: Session, broadcast: Broadcast, now: datetime) -> int:
    """Cancel a broadcast and each of its deliveries that has not begun to leave; how many were stopped.

    The broadcast's row comes first: a worker that hands a delivery back waits for it, and then sees it.
    """
    broadcast.state = BroadcastState.CANCELLED
    broadcast.ended_at = now
    s.flush()
    stopped = s.execute(
        update(Delivery)
        .where(Delivery.broadcast_id == broadcast.id, Delivery.state == DeliveryState.DUE)
        .values(state=DeliveryState.CANCELLED)
        .returning(Delivery.id)
    )
    return len(stopped.all())


def free_keys(s: Session, broadcast: Broadcast) -> None:
    """Let what was cancelled be sent anew, such as the notice of a meeting: its keys are given up."""
    stopped = (Delivery.broadcast_id == broadcast.id) & (Delivery.state == DeliveryState.CANCELLED)
    free = f"stopped:{broadcast.ref}:"
    s.execute(
        update(Delivery)
        .where(stopped, ~Delivery.once.startswith(free))
        .values(once=literal(free).concat(Delivery.once)),
        execution_options={"synchronize_session": False},
    )


def send_again(s: Session, delivery_ids: Collection[int], now: datetime) -> int:
    """Send unknown deliveries once more, because an officer has decided to; how many."""
    found = s.execute(
        update(Delivery)
        .where(Delivery.id.in_(delivery_ids), Delivery.state == DeliveryState.UNKNOWN)
        .values(state=DeliveryState.DUE, due_at=now, attempts=0, in_doubt_since=None, looks=0, reason="")
        .returning(Delivery.id)
    )
    return len(found.all())


def _size(s: Session, broadcast: Broadcast) -> int:
    return s.scalar(select(func.count()).where(Delivery.broadcast_id == broadcast.id)) or 0
