"""Messages to many: a draft, a look, a yes, then one delivery a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import BadInput, NotFound, Refused
from bot.rules.states import BroadcastState, DeliveryState, ForbiddenMoveError, move_broadcast
from bot.services.audiences import Audience, audience, without_chat
from bot.services.council import needs_second_approver
from bot.store.deliveries import (
    Broadcast,
    Delivery,
    broadcast_by_id,
    cancel_unsent,
    counts,
    enqueue_broadcast,
    in_state,
    reasons,
    recent_broadcasts,
)
from bot.store.duties import Acknowledgement, acknowledgements
from bot.store.people import Person, everyone
from bot.store.work import Work

LONGEST = 3000
_STATE = BroadcastState


@dataclass(frozen=True)
class Preview:
    """A broadcast before it goes: who gets it, whom chat cannot reach, and whether a second yes is needed."""

    broadcast: Broadcast
    audience: Audience
    without_chat: list[Person]
    needs_second: bool

    @property
    def count(self) -> int:
        return len(self.audience.people)

    @property
    def needs_typing(self) -> bool:
        """Whether the number of people must be typed: always for all members."""
        return self.audience.is_everybody


@dataclass(frozen=True)
class Report:
    """What became of a broadcast."""

    broadcast: Broadcast
    counts: dict[str, int]
    why_failed: dict[str, int]
    unknown: Sequence[Delivery]
    readers: int
    not_read: list[Person]

    @property
    def total(self) -> int:
        return sum(n for state, n in self.counts.items() if state != DeliveryState.CANCELLED)


def draft(work: Work, title: str, text: str, audience_key: str, send_at: datetime | None = None) -> Broadcast:
    """Write a draft. Nothing leaves until somebody says so."""
    if not text.strip() or len(text) > LONGEST:
        raise BadInput("broadcasts.bad_text", limit=LONGEST)
    found = audience(work, audience_key)
    broadcast = Broadcast(
        kind="broadcast",
        title=title.strip() or _title(text),
        text=text.strip(),
        audience=found.key,
        state=_STATE.DRAFT,
        created_by_id=work.me.id,
        created_at=work.now,
        send_at=_future(work, send_at),
        message={},
    )
    work.session.add(broadcast)
    work.session.flush()
    work.audit("broadcast.drafted", broadcast.ref, audience=found.key)
    return broadcast


def change(
    work: Work,
    broadcast: Broadcast,
    *,
    text: str = "",
    audience_key: str = "",
    send_at: datetime | None = None,
) -> Broadcast:
    """Change a draft; what is empty stays as it is."""
    if broadcast.state != _STATE.DRAFT:
        raise Refused("broadcasts.not_a_draft", broadcast=broadcast)
    broadcast.text = text.strip()[:LONGEST] or broadcast.text
    broadcast.title = _title(text) if text.strip() else broadcast.title
    broadcast.audience = audience(work, audience_key).key if audience_key else broadcast.audience
    broadcast.send_at = _future(work, send_at) or broadcast.send_at
    work.audit("broadcast.changed", broadcast.ref)
    return broadcast


def preview(work: Work, broadcast: Broadcast) -> Preview:
    """The draft as it would go out now."""
    found = audience(work, broadcast.audience)
    second = found.is_everybody and needs_second_approver(work)
    return Preview(broadcast, found, without_chat(found.people), second)


def send(work: Work, broadcast: Broadcast, typed_count: int | None = None) -> Preview:
    """Send a draft, or schedule it, or ask for the second yes; the broadcast's state says which.

    To all members only with the number of people typed, so that nobody does it by a slip.
    """
    seen = preview(work, broadcast)
    if not seen.count:
        raise Refused("broadcasts.nobody", broadcast=broadcast)
    if seen.needs_typing and typed_count != seen.count:
        raise Refused("broadcasts.type_the_count", broadcast=broadcast, count=seen.count)
    if seen.needs_second:
        _move(broadcast, _STATE.AWAITING_APPROVAL)
        _ask_second(work, seen)
        return seen
    _release(work, broadcast, seen)
    return seen


def approve(work: Work, broadcast: Broadcast) -> Preview:
    """The second officer's yes."""
    if broadcast.state != _STATE.AWAITING_APPROVAL:
        raise Refused("broadcasts.not_waiting", broadcast=broadcast)
    if broadcast.created_by_id == work.me.id:
        raise Refused("broadcasts.not_yourself", broadcast=broadcast)
    broadcast.approved_by_id = work.me.id
    seen = preview(work, broadcast)
    _release(work, broadcast, seen)
    return seen


def cancel(work: Work, broadcast: Broadcast) -> dict[str, int]:
    """Stop everything that has not left; how the deliveries stand afterwards."""
    if broadcast.state in (_STATE.SENT, _STATE.CANCELLED):
        raise Refused("broadcasts.too_late", broadcast=broadcast, counts=counts(work.session, broadcast))
    _move(broadcast, _STATE.CANCELLED)
    cancel_unsent(work.session, broadcast, work.now)
    work.audit("broadcast.cancelled", broadcast.ref)
    work.session.flush()
    return counts(work.session, broadcast)


def correct(work: Work, broadcast: Broadcast, text: str) -> Broadcast:
    """A draft to the same audience that puts a sent message right."""
    if broadcast.state not in (_STATE.SENDING, _STATE.SENT):
        raise Refused("broadcasts.not_sent", broadcast=broadcast)
    made = draft(work, broadcast.title, text, broadcast.audience)
    made.kind, made.subject = "correction", broadcast.ref
    return made


def report(work: Work, broadcast: Broadcast) -> Report:
    """What became of it: states, reasons, and who has said that they read it."""
    read = {a.person_id for a in acknowledgements(work.session, _subject(broadcast))}
    got = [d.person for d in in_state(work.session, broadcast, DeliveryState.SENT)]
    return Report(
        broadcast=broadcast,
        counts=counts(work.session, broadcast),
        why_failed=reasons(work.session, broadcast),
        unknown=in_state(work.session, broadcast, DeliveryState.UNKNOWN),
        readers=len(read),
        not_read=[p for p in got if p.id not in read],
    )


def mark_read(work: Work, broadcast: Broadcast) -> None:
    """ "I have read this", once."""
    key = (work.me.id, _subject(broadcast))
    if work.session.get(Acknowledgement, key) is None:
        work.session.add(Acknowledgement(person_id=key[0], subject=key[1], at=work.now))


def get(work: Work, number: int) -> Broadcast:
    """The broadcast with that number, or NotFound."""
    found = broadcast_by_id(work.session, number)
    if found is None:
        raise NotFound("broadcasts.no_such", number=number)
    return found


def recent(work: Work) -> Sequence[Broadcast]:
    """The latest broadcasts, newest first."""
    return recent_broadcasts(work.session)


def _release(work: Work, broadcast: Broadcast, seen: Preview) -> None:
    """Write one delivery a person, now or for the time that was set."""
    due = max(broadcast.send_at or work.now, work.now)
    later = due > work.now
    _move(broadcast, _STATE.SCHEDULED if later else _STATE.SENDING)
    if work.render is None:
        raise ValueError("words cannot be rendered in this unit of work")
    values = {"broadcast": broadcast, "correction": broadcast.kind == "correction"}
    broadcast.message = work.render("broadcasts.message", values, "", "")
    broadcast.started_at = None if later else work.now
    people = [p.id for p in seen.audience.people]
    enqueue_broadcast(
        work.session,
        broadcast,
        people,
        broadcast.send_at if later and broadcast.send_at else work.now,
        work.now,
    )
    work.audit("broadcast.released", broadcast.ref, people=len(people))


def _ask_second(work: Work, seen: Preview) -> None:
    others = [o for o in everyone(work.session, work.today, "officer") if o.id != work.me.id]
    if not others:
        raise Refused("broadcasts.nobody_to_approve", broadcast=seen.broadcast)
    values = {"broadcast": seen.broadcast, "count": seen.count, "by": work.me.name}
    for officer in others:
        work.tell(officer, "approval", f"approve:{seen.broadcast.ref}", "broadcasts.please_approve", values)


def _move(broadcast: Broadcast, to: BroadcastState) -> None:
    try:
        broadcast.state = move_broadcast(BroadcastState(broadcast.state), to)
    except ForbiddenMoveError:
        raise Refused("broadcasts.cannot", broadcast=broadcast) from None


def _future(work: Work, send_at: datetime | None) -> datetime | None:
    if send_at is not None and send_at <= work.now:
        raise BadInput("broadcasts.past_time", at=send_at)
    return send_at


def _title(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 60 else first[:57].rsplit(" ", 1)[0] + "…"


def _subject(broadcast: Broadcast) -> str:
    return f"broadcast:{broadcast.id}"
