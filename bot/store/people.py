"""People, their accounts on each channel, and directorates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from bot.store.base import Base


class Directorate(Base):
    """A part of the council that works actions. `topics` are words that suggest it."""

    __tablename__ = "directorate"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(default=list)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", use_alter=True))
    deputy_emails: Mapped[list[str]] = mapped_column(default=list)

    lead: Mapped[Person | None] = relationship(foreign_keys=[lead_id], post_update=True)


class Person(Base):
    """Somebody the bot knows. Access ends after the day `until`; `erased_at` empties the row."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(default=list)
    title: Mapped[str] = mapped_column(default="")
    ward: Mapped[str] = mapped_column(default="")
    party: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    directorate_id: Mapped[int | None] = mapped_column(ForeignKey("directorate.id"))
    until: Mapped[date | None]
    welcomed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    directorate: Mapped[Directorate | None] = relationship(foreign_keys=[directorate_id])
    accounts: Mapped[list[Account]] = relationship(back_populates="person", cascade="all, delete-orphan")

    def active_on(self, day: date) -> bool:
        """Whether the person still has access on that day."""
        return self.erased_at is None and (self.until is None or day <= self.until)


class Account(Base):
    """A person on a channel: how we recognise them and where a private message reaches them.

    `conversation` is only ever a personal one. `unreachable` says why a send cannot arrive.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("channel", "tenant", "user_id", name="uq_account_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str]
    tenant: Mapped[str] = mapped_column(default="")
    user_id: Mapped[str]
    conversation: Mapped[str] = mapped_column(default="")
    service_url: Mapped[str] = mapped_column(default="")
    unreachable: Mapped[str] = mapped_column(default="")
    seen_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="accounts")


_BY_ACCOUNT = (
    select(Account)
    .where(
        Account.channel == bindparam("channel"),
        Account.tenant == bindparam("tenant"),
        Account.user_id == bindparam("user"),
    )
    .options(joinedload(Account.person, innerjoin=True))
)


def by_account(s: Session, channel: str, tenant: str, user_id: str) -> Account | None:
    """The account with that key, whoever's it is."""
    return s.scalar(_BY_ACCOUNT, {"channel": channel, "tenant": tenant, "user": user_id})


def by_email(s: Session, email: str) -> Person | None:
    """The person with that e-mail address, whatever its capitals."""
    return s.scalar(select(Person).where(func.lower(Person.email) == email.strip().lower()))


def everyone(s: Session, day: date, role: str | None = None) -> list[Person]:
    """Everybody with access on `day`, by name; only those holding `role` where one is given."""
    found = s.scalars(
        select(Person)
        .where(Person.erased_at.is_(None), or_(Person.until.is_(None), Person.until >= day))
        .order_by(Person.name, Person.id)
    )
    return [p for p in found if role is None or role in p.roles]


def leads_of(s: Session, directorate: Directorate, day: date) -> list[Person]:
    """The lead and the deputies of a directorate who still have access, the lead first."""
    people: list[Person] = [] if directorate.lead is None else [directorate.lead]
    people += [p for e in directorate.deputy_emails if (p := by_email(s, e)) is not None]
    unique = {p.id: p for p in people}
    return [p for p in unique.values() if p.active_on(day)]


def directorates(s: Session) -> Sequence[Directorate]:
    """All directorates, by name."""
    return s.scalars(select(Directorate).order_by(Directorate.name)).all()


def directorate_by_key(s: Session, key: str) -> Directorate | None:
    """The directorate with that key."""
    return s.scalar(select(Directorate).where(Directorate.key == key))


def known_addresses(s: Session) -> list[tuple[str, str, str]]:
    """Name, e-mail and phone of everybody we know."""
    rows = s.execute(select(Person.name, Person.email, Person.phone))
    return [(name, email, phone) for name, email, phone in rows]


def everybody(s: Session) -> Sequence[Person]:
    """Everybody, past and present, who has not been erased."""
    return s.scalars(select(Person).where(Person.erased_at.is_(None)).order_by(Person.id)).all()
