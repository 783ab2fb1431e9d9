"""Messages to many: a draft, a look, a yes, then one delivery a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.errors import BadInput, NotFound, Refused
from bot.rules.states import BroadcastState, ForbiddenMoveError, move_broadcast
from bot.services import revisions
from bot.services.audiences import Audience, audience, out_of_reach, without_chat
from bot.services.council import needs_second_approver
from bot.store.broadcasts import (
    broadcast_by_id,
    cancel_unsent,
    counts,
    enqueue_broadcast,
    free_keys,
    recent_broadcasts,
)
from bot.store.deliveries import Broadcast, send_copies
from bot.store.duties import those_who_chose
from bot.store.people import Person, everyone
from bot.store.revisions import had_by
from bot.store.work import Work
from bot.store.workers import known_channels

LONGEST = 3000
PLATFORMS = frozenset({"slack", "teams", "web"})
"""Where messages arrive, and may look different."""
_STATE = BroadcastState


@dataclass(frozen=True)
class Preview:
    """A broadcast before it goes: who gets it, and whether a second yes is needed.

    `without_chat`: those who get an e-mail instead. `out_of_reach`: those for whom there is no way at all.
    `later`: those who want quiet then, and get it when they are at work again.
    """

    broadcast: Broadcast
    audience: Audience
    without_chat: list[Person]
    out_of_reach: list[Person]
    later: list[Person]
    needs_second: bool

    @property
    def count(self) -> int:
        return len(self.audience.people)

    @property
    def needs_typing(self) -> bool:
        """Whether the number of people must be typed: always for all members."""
        return self.audience.is_everybody


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
    found = _audience(work, broadcast)
    second = found.is_everybody and needs_second_approver(work)
    mailed, lost = without_chat(work, found.people), out_of_reach(work, found.people)
    due = max(broadcast.send_at or work.now, work.now)
    welcome = _welcome(work, found, due)
    later = [p for p in found.people if welcome[p.id] > due]
    return Preview(broadcast, found, mailed, lost, later, second)


def _audience(work: Work, broadcast: Broadcast) -> Audience:
    """Who gets it. A correction goes to those who were meant to have what it corrects, whoever they are."""
    found = audience(work, broadcast.audience)
    wrong = revisions.corrected_by(work, broadcast)
    if wrong is None or wrong.audience != broadcast.audience:
        return found
    people = tuple(p for p in had_by(work.session, wrong) if p.active_on(work.today))
    return replace(found, people=people)


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
    free_keys(work.session, broadcast)
    revisions.stop_putting_right(work, broadcast)
    work.audit("broadcast.cancelled", broadcast.ref)
    work.session.flush()
    return counts(work.session, broadcast)


def correct(work: Work, broadcast: Broadcast, text: str) -> Broadcast:
    """A draft to the same people that puts a sent message right, in place too where that can be done."""
    if broadcast.kind not in revisions.KINDS:
        raise Refused("broadcasts.not_to_take_back", broadcast=broadcast)
    if broadcast.state not in (_STATE.SENDING, _STATE.SENT):
        raise Refused("broadcasts.not_sent", broadcast=broadcast)
    made = draft(work, broadcast.title, text, broadcast.audience)
    made.kind, made.subject = revisions.CORRECTION, broadcast.ref
    return made


def send_copy(work: Work, broadcast: Broadcast) -> list[str]:
    """Send whoever asks the message as it stands, on every platform they are on; the platforms' names."""
    message = _words(work, broadcast)
    open_ = known_channels(work.session) & PLATFORMS
    accounts = [a for a in work.me.accounts if a.channel in open_ and not a.unreachable]
    send_copies(work.session, work.me, accounts, f"copy:{broadcast.ref}", message, work.now)
    work.audit("broadcast.copied", broadcast.ref)
    return sorted({a.channel for a in accounts})


def _words(work: Work, broadcast: Broadcast) -> dict[str, Any]:
    if work.render is None:
        raise ValueError("words cannot be rendered in this unit of work")
    values = {"broadcast": broadcast, "correction": broadcast.kind == revisions.CORRECTION}
    return work.render("broadcasts.message", values, "", "")


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
    broadcast.message = _words(work, broadcast)
    broadcast.started_at = None if later else work.now
    people = [p.id for p in seen.audience.people]
    enqueue_broadcast(work.session, broadcast, people, _welcome(work, seen.audience, due), work.now)
    revisions.put_right(work, broadcast, due)
    work.audit("broadcast.released", broadcast.ref, people=len(people))


def _welcome(work: Work, found: Audience, due: datetime) -> dict[int, datetime]:
    """When each may have it. Only those who have chosen quiet are asked after."""
    welcome = work.welcome
    if welcome is None:
        return dict.fromkeys((p.id for p in found.people), due)
    chose = those_who_chose(work.session, [p.id for p in found.people])
    return {p.id: welcome(work, p, due, "broadcast") if p.id in chose else due for p in found.people}


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
