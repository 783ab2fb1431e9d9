"""Where a delivery goes: chosen when it is due, forgotten when the way is closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.clock import london_day
from bot.rules.states import DeliveryState
from bot.store.deliveries import Delivery
from bot.store.outbox import change, due_ids
from bot.store.people import Account, Person

EMAIL = "email"
NOBODY = "nobody to send to"
LEFT = "no longer has access"

_QUIETLY = {"synchronize_session": False}


def route(s: Session, now: datetime, channels: Collection[str], limit: int) -> None:
    """Choose channel and account of what has come due: where the person was last seen, else e-mail.

    Those for whom there is no way at all, or who have left, fail with the reason.
    """
    ids = due_ids(s, "", now, limit)
    if not ids:
        return
    chat = [c for c in channels if c != EMAIL]
    otherwise = EMAIL if EMAIL in channels else ""
    values = {
        "account_id": _last_seen(Account.id, chat),
        "channel": func.coalesce(_last_seen(Account.channel, chat), otherwise),
    }
    change(s, Delivery.id.in_(ids), values)
    gone = select(Person.id).where(or_(Person.erased_at.is_not(None), Person.until < london_day(now)))
    change(s, Delivery.id.in_(ids) & Delivery.person_id.in_(gone), _failed(LEFT))
    nobody = case((Delivery.reason == "", NOBODY), else_=Delivery.reason)
    still_due = Delivery.id.in_(ids) & (Delivery.channel == "") & (Delivery.state == DeliveryState.DUE)
    change(s, still_due, _failed(nobody))


def forget_routes(s: Session, channels: Collection[str]) -> None:
    """Let deliveries chosen for a channel that is no longer set up be chosen anew."""
    change(
        s,
        (Delivery.state == DeliveryState.DUE) & Delivery.channel.not_in([*channels, ""]),
        {"channel": "", "account_id": None},
    )


def mark_unreachable(s: Session, reasons: Mapping[int, str]) -> None:
    """Note why accounts cannot be reached; what was chosen for them is chosen anew."""
    for account, reason in sorted(reasons.items()):
        note = update(Account).where(Account.id == account).values(unreachable=reason)
        s.execute(note, execution_options=_QUIETLY)
    if reasons:
        waiting = Delivery.account_id.in_(reasons) & (Delivery.state == DeliveryState.DUE)
        change(s, waiting, {"channel": "", "account_id": None})


def learn_conversations(s: Session, found: Mapping[int, str]) -> None:
    """Keep where a message to an account arrived, so that the next goes there at once."""
    for account, conversation in sorted(found.items()):
        s.execute(
            update(Account)
            .where(Account.id == account, Account.conversation != conversation)
            .values(conversation=conversation),
            execution_options=_QUIETLY,
        )


def _last_seen(wanted: InstrumentedAttribute[Any], channels: Sequence[str]) -> Any:
    theirs = Account.person_id == Delivery.person_id
    return (
        select(wanted)
        .where(theirs, Account.unreachable == "", Account.channel.in_(channels))
        .order_by(Account.seen_at.desc().nulls_last(), Account.id)
        .limit(1)
        .correlate(Delivery)
        .scalar_subquery()
    )


def _failed(reason: Any) -> dict[str, Any]:
    return {"state": DeliveryState.FAILED, "reason": reason}


def unreachable_people(
    s: Session, day: date, channels: Collection[str] | None = None
) -> list[tuple[Person, str]]:
    """Everybody with access whom no account reaches, by name, and why; "" for those who never had one.

    `channels` are those to count; None counts every one.
    """
    on = [Account.channel.in_(channels)] if channels is not None else []
    reachable = exists().where(Account.person_id == Person.id, Account.unreachable == "", *on)
    people = s.scalars(
        select(Person)
        .where(Person.erased_at.is_(None), or_(Person.until.is_(None), Person.until >= day), ~reachable)
        .order_by(Person.name, Person.id)
    ).all()
    rows = select(Account.person_id, Account.unreachable).where(Account.unreachable != "", *on)
    oldest_first = rows.order_by(Account.seen_at.asc().nulls_first(), Account.id)
    why: dict[int, str] = {person: reason for person, reason in s.execute(oldest_first)}  # noqa: C416
    return [(p, why.get(p.id, "")) for p in people]
