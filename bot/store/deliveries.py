"""What leaves the house: broadcasts, and one delivery a person a message."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.rules.states import BroadcastState, DeliveryState
from bot.store.base import Base
from bot.store.people import Person


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
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("person_id", "once", name="uq_delivery_once"),
        Index("ix_delivery_claim", "state", "due_at"),
        Index("ix_delivery_lease", "state", "lease_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str]
    kind: Mapped[str]
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcast.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    message: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(default=DeliveryState.DUE)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(default="")
    lease_until: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    remote_ref: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()
    broadcast: Mapped[Broadcast | None] = relationship()


class Pace(Base):
    """How fast a channel may send, shared by every worker. A 429 moves `blocked_until`."""

    __tablename__ = "pace"

    channel: Mapped[str] = mapped_column(primary_key=True)
    rate: Mapped[float | None]
    next_at: Mapped[datetime]
    blocked_until: Mapped[datetime]


class WorkerBeat(Base):
    """That a worker is alive, for health checks."""

    __tablename__ = "worker_beat"

    worker: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def counts(s: Session, broadcast: Broadcast) -> dict[str, int]:
    """How many deliveries of a broadcast are in each state."""
    rows = s.execute(
        select(Delivery.state, func.count()).where(Delivery.broadcast_id == broadcast.id).group_by(Delivery.state)
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
