"""Where a delivery goes: chosen when it is due, forgotten when the way is closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, or_, select, update
from sqlalchemy.orm import Session

from bot.clock import london_day
from bot.rules.states import DeliveryState
from bot.store.claims import due
from bot.store.deliveries import Delivery
from bot.store.outbox import EMAIL, ROWS, change
from bot.store.people import Account, Person

NOBODY = "nobody to send to"
LEFT = "no longer has access"
CLOSED = "the account that has the message cannot be reached"

_QUIETLY = {"synchronize_session": False}


def route(s: Session, now: datetime, channels: Collection[str], limit: int) -> None:
    """Choose channel and account of what has come due: where the person was last seen, else e-mail.

    Those for whom there is no way at all, or who have left, fail with the reason.
    """
    rows = _not_bound(s, due(s, "", now, limit))
    if not rows:
        return
    people = {person for _, person in rows}
    accounts = _last_seen(s, people, [c for c in channels if c != EMAIL])
    left = _left(s, people, london_day(now))
    otherwise = (EMAIL, None) if EMAIL in channels else None
    ways = {row: accounts.get(person, otherwise) for row, person in rows if person not in left}
    _send_by(s, {row: way for row, way in ways.items() if way})
    _fail(s, {row: LEFT for row, person in rows if person in left})
    nobody = {row: person for row, person in rows if row in ways and not ways[row]}
    closed = _why_closed(s, Account.person_id.in_(set(nobody.values())))
    _fail(s, {row: closed.get(person, NOBODY) for row, person in nobody.items()})


def _not_bound(s: Session, rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that may go anywhere. What takes the place of a message that is out of reach has failed."""
    ids = [row for row, _ in rows]
    bound = set(s.scalars(select(Delivery.id).where(Delivery.id.in_(ids), Delivery.replaces != "")))
    _fail(s, dict.fromkeys(bound, CLOSED))
    return [(row, person) for row, person in rows if row not in bound]


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


Way = tuple[str, int | None]
"""A channel, and the account on it; None where the person's own address is used."""


def _last_seen(s: Session, people: Collection[int], channels: Collection[str]) -> dict[int, Way]:
    """Each person's reachable account on which they were last seen."""
    query = (
        select(Account.person_id, Account.channel, Account.id)
        .where(Account.person_id.in_(people), Account.unreachable == "", Account.channel.in_(channels))
        .order_by(Account.seen_at.asc().nulls_first(), Account.id.desc())
    )
    return {person: (channel, account) for person, channel, account in s.execute(query)}


def _left(s: Session, people: Collection[int], today: date) -> set[int]:
    gone = or_(Person.erased_at.is_not(None), Person.until < today)
    return set(s.scalars(select(Person.id).where(Person.id.in_(people), gone)))


def _send_by(s: Session, ways: Mapping[int, Way]) -> None:
    choose = ROWS.update().where(ROWS.c.id == bindparam("row"))
    choose = choose.values(channel=bindparam("by"), account_id=bindparam("to"))
    rows = [{"row": row, "by": channel, "to": account} for row, (channel, account) in sorted(ways.items())]
    if rows:
        s.connection().execute(choose, rows)


def _fail(s: Session, reasons: Mapping[int, str]) -> None:
    for reason in sorted(set(reasons.values())):
        rows = [row for row, why in reasons.items() if why == reason]
        change(s, Delivery.id.in_(rows), {"state": DeliveryState.FAILED, "reason": reason})


def _why_closed(s: Session, *of: ColumnElement[bool]) -> dict[int, str]:
    """What closed each person's last way, for those who had one."""
    query = (
        select(Account.person_id, Account.unreachable)
        .where(Account.unreachable != "", *of)
        .order_by(Account.seen_at.asc().nulls_first(), Account.id)
    )
    return {person: reason for person, reason in s.execute(query)}  # noqa: C416 - rows are not plain pairs
