"""What came in: claimed events, drafts that await a yes, and the card a person last saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column

from bot.store.base import Base, hold
from bot.store.people import Account


class InboxEvent(Base):
    """An event we have taken, and the answer we gave, so a second delivery gets the same one."""

    __tablename__ = "inbox_event"

    channel: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Draft(Base):
    """Words a person has not confirmed yet. They never outlive a day."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime] = mapped_column(index=True)


class LastCard(Base):
    """The card a person last saw that a short reply could answer, and what its buttons say."""

    __tablename__ = "last_card"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    says: Mapped[list[str]] = mapped_column(default=list)
    at: Mapped[datetime]


class SafeguardingShown(Base):
    """That a safeguarding card was shown, to whom and which. Never what was typed."""

    __tablename__ = "safeguarding_shown"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[str]
    reported_at: Mapped[datetime | None]


_EVENTS = InboxEvent.metadata.tables[InboxEvent.__tablename__]
_CLAIM = {
    dialect.__name__.rpartition(".")[2]: dialect.insert(_EVENTS)
    .on_conflict_do_nothing()
    .returning(_EVENTS.c.event_id)
    for dialect in (postgresql, sqlite)
}
_KEEP = (
    update(_EVENTS)
    .where(_EVENTS.c.channel == bindparam("of_channel"), _EVENTS.c.event_id == bindparam("of_event"))
    .values(answer=bindparam("given"))
)


_WITH_CARD = (
    select(Account, LastCard)
    .outerjoin(LastCard, LastCard.person_id == Account.person_id)
    .where(
        Account.channel == bindparam("channel"),
        Account.tenant == bindparam("tenant"),
        Account.user_id == bindparam("user"),
    )
    .options(joinedload(Account.person, innerjoin=True))
)


def account_and_card(s: Session, channel: str, tenant: str, user_id: str) -> Account | None:
    """The account with that key. The card in front of its person is read along, at hand for `last_card`."""
    row = s.execute(_WITH_CARD, {"channel": channel, "tenant": tenant, "user": user_id}).first()
    hold(s, row or ())
    return row[0] if row else None


def claim(s: Session, channel: str, event_id: str, at: datetime) -> bool:
    """Take an event. False when it was taken before.

    The row itself is asked for: the row count after ON CONFLICT is not the same on every database.
    """
    insert = _CLAIM["postgresql" if s.get_bind().dialect.name == "postgresql" else "sqlite"]
    event = {"channel": channel, "event_id": event_id, "received_at": at, "answer": {}}
    return s.connection().execute(insert, event).first() is not None


def answer_given(s: Session, channel: str, event_id: str) -> dict[str, Any]:
    """The answer that was given to an event; empty if there was none."""
    found = s.scalar(
        select(InboxEvent.answer).where(InboxEvent.channel == channel, InboxEvent.event_id == event_id)
    )
    return found or {}


def keep_answer(s: Session, channel: str, event_id: str, answer: dict[str, Any]) -> None:
    """Remember the answer given to an event."""
    s.connection().execute(_KEEP, {"of_channel": channel, "of_event": event_id, "given": answer})


def show_card(s: Session, person_id: int, kind: str, subject: str, says: Sequence[str], at: datetime) -> None:
    """Remember the card a person has in front of them."""
    s.merge(LastCard(person_id=person_id, kind=kind, subject=subject, says=list(says), at=at))


@dataclass(frozen=True)
class Shown:
    """A card that has come before a person, and when."""

    person_id: int
    kind: str
    subject: str
    says: Sequence[str]
    at: datetime


def show_cards(s: Session, shown: Sequence[Shown]) -> None:
    """Remember the cards of many people. A card that came later than one of these stays in front."""
    latest = {c.person_id: c for c in sorted(shown, key=lambda c: c.at)}
    rows = [
        {"person_id": c.person_id, "kind": c.kind, "subject": c.subject, "says": list(c.says), "at": c.at}
        for c in sorted(latest.values(), key=lambda c: c.person_id)
    ]
    if not rows:
        return
    dialect = postgresql if s.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(LastCard).values(rows)
    new = {name: insert.excluded[name] for name in ("kind", "subject", "says", "at")}
    s.execute(
        insert.on_conflict_do_update(
            index_elements=["person_id"], set_=new, where=LastCard.at <= insert.excluded.at
        )
    )


def last_card(s: Session, person_id: int, since: datetime) -> LastCard | None:
    """The card a person has in front of them, unless it is older than `since`."""
    card = s.get(LastCard, person_id)
    hold(s, [card])
    return card if card is not None and card.at >= since else None


def forget_card(s: Session, person_id: int) -> None:
    """The person moved on: a bare "yes" no longer answers anything."""
    card = s.get(LastCard, person_id)
    if card is not None:
        s.delete(card)


def keep_draft(s: Session, person_id: int, kind: str, content: dict[str, Any], at: datetime) -> Draft:
    """Keep words that await a yes. They take the place of the person's earlier draft of that kind."""
    drop_drafts(s, person_id, kind)
    draft = Draft(person_id=person_id, kind=kind, content=content, made_at=at)
    s.add(draft)
    s.flush()
    return draft


def drop_drafts(s: Session, person_id: int, kind: str) -> None:
    """Forget a person's drafts of that kind."""
    s.execute(delete(Draft).where(Draft.person_id == person_id, Draft.kind == kind))


def hold_draft(s: Session, draft_id: int, person_id: int, since: datetime) -> Draft | None:
    """A person's own draft, unless it is older than `since`; held, so that of two presses one waits."""
    return s.scalar(
        select(Draft)
        .where(Draft.id == draft_id, Draft.person_id == person_id, Draft.made_at >= since)
        .with_for_update()
    )


def purge_events(s: Session, before: datetime) -> None:
    """Forget events that were received before a moment: no platform delivers them again."""
    s.execute(delete(InboxEvent).where(InboxEvent.received_at < before))


def purge_drafts(s: Session, before: datetime) -> None:
    """Forget drafts that were made before a moment."""
    s.execute(delete(Draft).where(Draft.made_at < before))


def latest_card_shown(s: Session, person_id: int) -> SafeguardingShown | None:
    """The last safeguarding card a person was shown."""
    return s.scalar(
        select(SafeguardingShown)
        .where(SafeguardingShown.person_id == person_id)
        .order_by(SafeguardingShown.id.desc())
        .limit(1)
    )
