"""The directory of contacts, and the questions people asked of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.store.base import Base
from bot.store.people import Person


class Contact(Base):
    """A directory entry: a team, what it is for, and how to reach it."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    service: Mapped[str] = mapped_column(default="")
    team: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]] = mapped_column(default=list)
    audience: Mapped[list[str]] = mapped_column(default=list)
    role: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")
    escalation: Mapped[str] = mapped_column(default="")
    aliases: Mapped[list[str]] = mapped_column(default=list)
    out_of_hours: Mapped[str] = mapped_column(default="")
    area: Mapped[str] = mapped_column(default="")
    how_to_refer: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    needs: Mapped[list[str]] = mapped_column(default=list)
    verified_on: Mapped[date | None]
    review_by: Mapped[date | None]
    retired: Mapped[bool] = mapped_column(default=False)


class Question(Base):
    """A question the directory could not answer well, kept for the officer to mend.

    The text is kept only when it carried no identifier of a child, and not for long.
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    tier: Mapped[str]
    nearest: Mapped[list[str]] = mapped_column(default=list)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    settled_as: Mapped[str] = mapped_column(default="")

    asked_by: Mapped[Person | None] = relationship()


def contacts(s: Session) -> Sequence[Contact]:
    """Every entry in use, by key."""
    return s.scalars(select(Contact).where(Contact.retired.is_(False)).order_by(Contact.key)).all()


_BY_KEY = select(Contact).where(func.lower(Contact.key) == bindparam("key"))
_BY_KEYS = select(Contact).where(Contact.key.in_(bindparam("keys", expanding=True)))


def contact_by_key(s: Session, key: str) -> Contact | None:
    """The entry with that id, whatever its capitals."""
    return s.scalar(_BY_KEY, {"key": key.strip().lower()})


def contacts_by_key(s: Session, keys: Collection[str]) -> dict[str, Contact]:
    """The entries with exactly those ids, by id."""
    return {c.key: c for c in s.scalars(_BY_KEYS, {"keys": list(keys)})}


def open_questions(s: Session, limit: int = 50) -> Sequence[Question]:
    """Questions nobody has settled yet, oldest first."""
    return s.scalars(
        select(Question).where(Question.settled_at.is_(None)).order_by(Question.id).limit(limit)
    ).all()


def past_review(s: Session, today: date) -> Sequence[Contact]:
    """Entries in use whose review date has passed, most overdue first."""
    return s.scalars(
        select(Contact)
        .where(Contact.retired.is_(False), Contact.review_by < today)
        .order_by(Contact.review_by, Contact.key)
    ).all()
