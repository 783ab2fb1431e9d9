"""Words put in the place of a message that was sent: one row for each copy of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.rules.states import DeliveryState
from bot.store.broadcasts import in_state
from bot.store.deliveries import BULK, Broadcast, Delivery, known_keys, new_token
from bot.store.outbox import EMAIL
from bot.store.people import Person

WITHDRAWAL, IN_PLACE = "withdrawal", "in_place"
REVISIONS = (WITHDRAWAL, IN_PLACE)
"""Kinds of broadcasts that carry words for the place of others."""
_HAD = (DeliveryState.SENT, DeliveryState.UNKNOWN)


def copies(s: Session, broadcast: Broadcast) -> Sequence[Delivery]:
    """The copies that people have, or may have."""
    return [d for state in _HAD for d in in_state(s, broadcast, state)]


def changeable(copy: Delivery) -> bool:
    """Whether the platform may be able to change the copy: it is known there by a name."""
    return bool(copy.state == DeliveryState.SENT and copy.remote_ref and copy.channel not in ("", EMAIL))


def put_in_place(
    s: Session, revision: Broadcast, found: Sequence[Delivery], due: datetime, now: datetime
) -> int:
    """One row a copy, once each however often it is asked; how many are new.

    A copy that can be changed is changed where it is. Whoever has another is sent the words as a message.
    """
    known = known_keys(s, {_once(revision, d) for d in found})
    rows = [_row(revision, d, due, now) for d in found if (d.person_id, _once(revision, d)) not in known]
    s.add_all(rows)
    s.flush()
    return len(rows)


def revision_of(s: Session, broadcast: Broadcast, *kinds: str) -> Broadcast | None:
    """What was last put in the place of a broadcast, of some kinds or of any."""
    query = select(Broadcast).where(
        Broadcast.subject == broadcast.ref, Broadcast.kind.in_(kinds or REVISIONS)
    )
    return s.scalars(query.order_by(Broadcast.id.desc()).limit(1)).first()


def carrier_of(s: Session, correction: Broadcast) -> Broadcast | None:
    """What puts a correction in the place of the words that it corrects."""
    query = select(Broadcast).where(Broadcast.kind == IN_PLACE, Broadcast.text == correction.ref)
    return s.scalars(query.limit(1)).first()


def had_by(s: Session, broadcast: Broadcast) -> Sequence[Person]:
    """Everybody whom a broadcast was meant for and still is, by name."""
    meant = select(Delivery.person_id).where(
        Delivery.broadcast_id == broadcast.id, Delivery.state != DeliveryState.CANCELLED
    )
    return s.scalars(select(Person).where(Person.id.in_(meant)).order_by(Person.name, Person.id)).all()


def _once(revision: Broadcast, copy: Delivery) -> str:
    return f"instead:{revision.id}:{copy.id}"


def _row(revision: Broadcast, copy: Delivery, due: datetime, now: datetime) -> Delivery:
    bound = {"channel": copy.channel, "account_id": copy.account_id, "replaces": copy.remote_ref}
    return Delivery(
        token=new_token(),
        once=_once(revision, copy),
        kind=revision.kind,
        rank=BULK,
        broadcast_id=revision.id,
        person_id=copy.person_id,
        message={},
        state=DeliveryState.DUE,
        due_at=due,
        created_at=now,
        **(bound if changeable(copy) else {}),
    )
