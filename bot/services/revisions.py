"""Taking back or putting right what was sent, in place where a platform can, and who saw it first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refused
from bot.rules.states import BroadcastState, DeliveryState
from bot.store.broadcasts import broadcast_by_id, cancel_unsent, counts, in_state
from bot.store.deliveries import Broadcast
from bot.store.duties import acknowledgements
from bot.store.people import Person
from bot.store.revisions import (
    IN_PLACE,
    WITHDRAWAL,
    carrier_of,
    changeable,
    copies,
    put_in_place,
    revision_of,
)
from bot.store.work import Work

KINDS = ("broadcast", "correction")
CORRECTION = "correction"
_WENT = (BroadcastState.SENDING, BroadcastState.SENT, BroadcastState.CANCELLED)


@dataclass(frozen=True)
class Reach:
    """Whom taking a message back reaches.

    `in_place`: copies that a platform may change. `leaving`: copies that are on their way this moment.
    """

    copies: int
    in_place: int
    leaving: int
    read: tuple[Person, ...]


@dataclass(frozen=True)
class Aftermath:
    """What was put in the place of a message. `left`: who still sees the old words, and why."""

    revision: Broadcast
    changed: int
    waiting: int
    told_instead: tuple[Person, ...]
    left: tuple[tuple[Person, str], ...]


def reach(work: Work, broadcast: Broadcast) -> Reach:
    """Whom taking it back would reach now. Refused where nothing went out, or it is not to be taken back."""
    if broadcast.kind not in KINDS:
        raise Refused("broadcasts.not_to_take_back", broadcast=broadcast)
    had = copies(work.session, broadcast)
    if broadcast.state not in _WENT or not (had or broadcast.state == BroadcastState.SENDING):
        raise Refused("broadcasts.not_sent", broadcast=broadcast)
    return Reach(
        copies=len(had),
        in_place=sum(changeable(d) for d in had),
        leaving=counts(work.session, broadcast).get(DeliveryState.SENDING, 0),
        read=tuple(a.person for a in acknowledgements(work.session, f"broadcast:{broadcast.id}")),
    )


def withdraw(work: Work, broadcast: Broadcast) -> Reach:
    """Stop what has not left, and put a line in the place of every copy that has.

    Whoever has a copy that cannot be changed is sent the line as a message. Safe to repeat: what was on its
    way the first time is taken back the second.
    """
    found = reach(work, broadcast)
    if broadcast.state == BroadcastState.SENDING:
        cancel_unsent(work.session, broadcast, work.now)
    revision = revision_of(work.session, broadcast, WITHDRAWAL) or _revision(work, broadcast, WITHDRAWAL)
    _carry(work, revision, broadcast, "broadcasts.withdrawn_message", broadcast)
    put_in_place(work.session, revision, copies(work.session, broadcast), work.now, work.now)
    work.audit("broadcast.withdrawn", broadcast.ref, copies=found.copies)
    return found


def put_right(work: Work, correction: Broadcast, due: datetime) -> None:
    """Put a correction, which everybody is sent besides, in the place of the words that were wrong."""
    broadcast = corrected_by(work, correction)
    if broadcast is None:
        return
    revision = _revision(work, broadcast, IN_PLACE)
    revision.text = correction.ref
    _carry(work, revision, broadcast, "broadcasts.corrected_message", correction)
    had = [d for d in copies(work.session, broadcast) if changeable(d)]
    put_in_place(work.session, revision, had, due, work.now)


def stop_putting_right(work: Work, correction: Broadcast) -> None:
    """A correction was cancelled: the words it was to replace stay, where they have not been replaced yet."""
    carrier = carrier_of(work.session, correction)
    if carrier is not None:
        cancel_unsent(work.session, carrier, work.now)


def corrected_by(work: Work, correction: Broadcast) -> Broadcast | None:
    """The broadcast that a correction puts right; None for what is no correction."""
    number = correction.subject.removeprefix("B-")
    is_one = correction.kind == CORRECTION and number.isdecimal()
    return broadcast_by_id(work.session, int(number)) if is_one else None


def aftermath(work: Work, broadcast: Broadcast) -> Aftermath | None:
    """What became of putting other words in its place, the last time; None where nobody did."""
    revision = revision_of(work.session, broadcast)
    if revision is None:
        return None
    by_state = {state: in_state(work.session, revision, state) for state in DeliveryState}
    sent = by_state[DeliveryState.SENT]
    lost = [*by_state[DeliveryState.FAILED], *by_state[DeliveryState.UNKNOWN]]
    return Aftermath(
        revision=revision,
        changed=sum(bool(d.replaces) for d in sent),
        waiting=len(by_state[DeliveryState.DUE]) + len(by_state[DeliveryState.SENDING]),
        told_instead=tuple(d.person for d in sent if not d.replaces),
        left=tuple((d.person, d.reason) for d in lost),
    )


def _carry(work: Work, revision: Broadcast, broadcast: Broadcast, block: str, instead: Broadcast) -> None:
    """Give the revision its words, and let it be sent."""
    if work.render is None:
        raise ValueError("words cannot be rendered in this unit of work")
    revision.message = work.render(block, {"broadcast": broadcast, "instead": instead}, "", "")
    revision.state, revision.started_at, revision.ended_at = BroadcastState.SENDING, work.now, None


def _revision(work: Work, broadcast: Broadcast, kind: str) -> Broadcast:
    made = Broadcast(
        kind=kind,
        subject=broadcast.ref,
        title=broadcast.title,
        audience=broadcast.audience,
        state=BroadcastState.SENDING,
        created_by_id=work.actor.id if work.actor else None,
        created_at=work.now,
        message={},
    )
    work.session.add(made)
    work.session.flush()
    return made
