"""What leaves the house: broadcasts, and one delivery a person a message."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.rules.states import BroadcastState, DeliveryState
from bot.store.base import Base
from bot.store.duties import Acknowledgement
from bot.store.people import Person

NOTICE, BULK = 0, 1
"""Ranks of deliveries: what is meant for one person goes before what goes to many."""


def new_token() -> str:
    """An opaque name for one delivery, by which a platform can be asked whether it arrived.

    It is random rather than the row's number: a restored backup may give a number out twice.
    """
    return secrets.token_hex(12)


class Broadcast(Base):
    """A message to many. The exact words sent are kept in `message`."""

    __tablename__ = "broadcast"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    message: Mapped[dict[str, Any]] = mapped_column(default=dict)
    audience: Mapped[str]
    state: Mapped[str] = mapped_column(default=BroadcastState.DRAFT)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    send_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    created_by: Mapped[Person | None] = relationship(foreign_keys=[created_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])

    @property
    def ref(self) -> str:
        return f"B-{self.id}"


class Delivery(Base):
    """One person, one message. `once` makes a second copy impossible.

    A row is `sending` before any byte leaves: what is found so after a crash is settled, not repeated.
    An empty `message` stands for the broadcast's. `channel` and `account_id` are chosen when it is due.
    `claimed_at` is the instant reserved for the last try, `first_claimed_at` that for the first.
    A row in doubt is still `sending`: `in_doubt_since` says since when, `looks` how often the platform
    said "not here", and `lease_until` when it is asked next.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("person_id", "once", name="uq_delivery_once"),
        Index("ix_delivery_queue", "channel", "state", "rank", "due_at"),
        Index("ix_delivery_due", "state", "due_at"),
        Index("ix_delivery_lease", "state", "lease_until"),
        Index("ix_delivery_person", "person_id", "claimed_at"),
        Index("ix_delivery_broadcast", "broadcast_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(default=new_token)
    once: Mapped[str]
    kind: Mapped[str]
    rank: Mapped[int] = mapped_column(default=NOTICE)
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcast.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    message: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(default=DeliveryState.DUE)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(default="")
    lease_until: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    first_claimed_at: Mapped[datetime | None]
    in_doubt_since: Mapped[datetime | None]
    looks: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    remote_ref: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()
    broadcast: Mapped[Broadcast | None] = relationship()

    @property
    def content(self) -> dict[str, Any]:
        """The words as they are sent: the row's own, else the broadcast's."""
        return self.message or (self.broadcast.message if self.broadcast else {})


class Pace(Base):
    """How fast a channel may send, shared by every worker. A 429 moves `blocked_until`.

    `rate` is what has been learnt, in messages a second; None means as configured. `next_at` is the first
    instant not yet reserved. `changed_at` is when the rate was last lowered or raised.
    """

    __tablename__ = "pace"

    channel: Mapped[str] = mapped_column(primary_key=True)
    rate: Mapped[float | None]
    next_at: Mapped[datetime]
    blocked_until: Mapped[datetime]
    changed_at: Mapped[datetime]


class WorkerBeat(Base):
    """That a worker is alive, for health checks."""

    __tablename__ = "worker_beat"

    worker: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def counts(s: Session, broadcast: Broadcast) -> dict[str, int]:
    """How many deliveries of a broadcast are in each state."""
    rows = s.execute(
        select(Delivery.state, func.count())
        .where(Delivery.broadcast_id == broadcast.id)
        .group_by(Delivery.state)
    )
    return {state: count for state, count in rows}  # noqa: C416 - rows are not plain pairs


def sent_to(s: Session, person: Person, limit: int = 20) -> Sequence[Delivery]:
    """What was last sent to a person, newest first."""
    return s.scalars(
        select(Delivery)
        .where(Delivery.person_id == person.id, Delivery.state == DeliveryState.SENT)
        .order_by(Delivery.sent_at.desc(), Delivery.id.desc())
        .limit(limit)
    ).all()


def known_keys(s: Session, once: Collection[str]) -> set[tuple[int, str]]:
    """Which (person, key) pairs already have a delivery among those keys."""
    rows = s.execute(select(Delivery.person_id, Delivery.once).where(Delivery.once.in_(once)))
    return {(person, key) for person, key in rows}


def all_deliveries(s: Session) -> Sequence[Delivery]:
    """Every delivery, oldest first."""
    return s.scalars(select(Delivery).order_by(Delivery.id)).all()


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


_UNTOUCHED = {"channel": "", "attempts": 0, "worker": "", "looks": 0, "remote_ref": "", "reason": ""}


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


def send_again(s: Session, delivery_ids: Collection[int], now: datetime) -> int:
    """Send unknown deliveries once more, because an officer has decided to; how many."""
    found = s.execute(
        update(Delivery)
        .where(Delivery.id.in_(delivery_ids), Delivery.state == DeliveryState.UNKNOWN)
        .values(state=DeliveryState.DUE, due_at=now, attempts=0, in_doubt_since=None, looks=0, reason="")
        .returning(Delivery.id)
    )
    return len(found.all())


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


def readers(s: Session, broadcast: Broadcast) -> int:
    """How many of those it was sent to have said that they read it."""
    told = select(Delivery.person_id).where(Delivery.broadcast_id == broadcast.id)
    found = select(func.count()).where(
        Acknowledgement.subject == f"broadcast:{broadcast.id}", Acknowledgement.person_id.in_(told)
    )
    return s.scalar(found) or 0


def _size(s: Session, broadcast: Broadcast) -> int:
    return s.scalar(select(func.count()).where(Delivery.broadcast_id == broadcast.id)) or 0


def broadcast_by_id(s: Session, number: int) -> Broadcast | None:
    """The broadcast with that number ("B-3" is 3)."""
    return s.get(Broadcast, number)


def recent_broadcasts(s: Session, limit: int = 15) -> Sequence[Broadcast]:
    """The latest broadcasts, newest first."""
    return s.scalars(select(Broadcast).order_by(Broadcast.id.desc()).limit(limit)).all()


def waiting_for(s: Session, person: Person, limit: int = 20) -> Sequence[Delivery]:
    """What is on its way to a person, or due to leave later."""
    return s.scalars(
        select(Delivery)
        .where(
            Delivery.person_id == person.id, Delivery.state.in_([DeliveryState.DUE, DeliveryState.SENDING])
        )
        .order_by(Delivery.due_at)
        .limit(limit)
    ).all()


def failed_lately(s: Session, since: datetime) -> dict[str, int]:
    """How many deliveries failed since a moment, by reason."""
    rows = s.execute(
        select(Delivery.reason, func.count())
        .where(Delivery.state == DeliveryState.FAILED, Delivery.created_at >= since)
        .group_by(Delivery.reason)
    )
    return {reason or "no reason given": count for reason, count in rows}


def newest_delivery(s: Session) -> int:
    """The number of the newest delivery; 0 before the first."""
    return s.scalar(select(func.max(Delivery.id))) or 0


def arrived_for(s: Session, person_id: int, after: int, now: datetime) -> Sequence[Delivery]:
    """What is due to a person or has reached them, newer than a delivery's number; replies left out."""
    return s.scalars(
        select(Delivery)
        .where(
            Delivery.person_id == person_id,
            Delivery.id > after,
            Delivery.due_at <= now,
            Delivery.kind != "reply",
            Delivery.state != DeliveryState.CANCELLED,
        )
        .order_by(Delivery.id)
    ).all()
