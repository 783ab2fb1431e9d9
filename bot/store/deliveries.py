"""What leaves the house: broadcasts, and one delivery a person a message."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.rules.states import BroadcastState, DeliveryState
from bot.store.base import Base
from bot.store.people import Account, Person

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
    said "not here", and `lease_until` when it is asked next. `replaces` is the platform's name for an earlier
    message whose words these take the place of; empty for a message of its own.
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
    replaces: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()
    broadcast: Mapped[Broadcast | None] = relationship()

    @property
    def content(self) -> dict[str, Any]:
        """The words as they are sent: the row's own, else the broadcast's."""
        return self.message or (self.broadcast.message if self.broadcast else {})


class Pace(Base):
    """How fast a channel may send, shared by every worker. A 429 moves `blocked_until`.

    `rate` is what has been learnt, in messages a second; None means as configured. `next_at` is the first
    instant not yet reserved. `changed_at` is when the rate was last lowered or raised, or might have been.
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


def send_copies(
    s: Session,
    person: Person,
    accounts: Sequence[Account],
    once: str,
    message: dict[str, Any],
    now: datetime,
) -> None:
    """A message to a person on each of some accounts; wherever they can be reached where there is none."""
    for account in accounts or (None,):
        bound = {} if account is None else {"channel": account.channel, "account_id": account.id}
        key = f"{once}:{account.id if account else ''}:{now.isoformat()}"
        s.add(
            Delivery(
                once=key,
                kind="copy",
                person_id=person.id,
                message=message,
                due_at=now,
                created_at=now,
                **bound,
            )
        )


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


def unknown_lately(s: Session, since: datetime) -> int:
    """Of how many deliveries since a moment it will not be known whether they arrived."""
    doubtful = Delivery.state == DeliveryState.UNKNOWN
    return s.scalar(select(func.count()).where(doubtful, Delivery.created_at >= since)) or 0


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


def people_waiting_for(s: Session, kind: str, since: datetime) -> set[int]:
    """Those for whom a message of that kind, due after `since`, is still to leave."""
    waits = (Delivery.kind == kind) & (Delivery.state == DeliveryState.DUE) & (Delivery.due_at > since)
    return set(s.scalars(select(Delivery.person_id).where(waits)))
