"""Panels, their sub-groups, and the seats people hold in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.store.base import Base, hold
from bot.store.people import Person


class Body(Base):
    """A panel, board, forum or sub-group. `preset` decides notice, quorum and access rules.

    `rules` holds what the council set differently from the preset (quorum, clear days and so on).
    """

    __tablename__ = "body"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    preset: Mapped[str]
    reports_to_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    cadence: Mapped[str] = mapped_column(default="")
    duration_minutes: Mapped[int] = mapped_column(default=120)
    place: Mapped[str] = mapped_column(default="")
    public_meetings: Mapped[bool] = mapped_column(default=False)
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sort: Mapped[int] = mapped_column(default=0)

    reports_to: Mapped[Body | None] = relationship(remote_side="Body.id")
    seats: Mapped[list[Seat]] = relationship(
        back_populates="body", order_by="Seat.position", cascade="all, delete-orphan"
    )


class Seat(Base):
    """A place on a body. It outlives its holder; a vacant seat has none."""

    __tablename__ = "seat"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[str] = mapped_column(default="member")
    category: Mapped[str] = mapped_column(default="councillor")
    title: Mapped[str] = mapped_column(default="")
    agency: Mapped[str] = mapped_column(default="")
    voting: Mapped[bool] = mapped_column(default=True)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    substitute_emails: Mapped[list[str]] = mapped_column(default=list)

    body: Mapped[Body] = relationship(back_populates="seats")
    holder: Mapped[Person | None] = relationship()


_BODIES = select(Body).order_by(Body.sort, Body.id)
_SEATS_OF = select(Seat).where(Seat.holder_id == bindparam("person")).order_by(Seat.body_id)


def bodies(s: Session) -> Sequence[Body]:
    """All bodies, the main one first."""
    found = s.scalars(_BODIES).all()
    hold(s, found)
    return found


def main_body(s: Session) -> Body | None:
    """The body a message means when it names none: the first that reports to no other."""
    return s.scalar(select(Body).order_by(Body.reports_to_id.is_not(None), Body.sort, Body.id).limit(1))


def body_by_ref(s: Session, ref: str) -> Body | None:
    """The body with that short reference, whatever its capitals."""
    return s.scalar(select(Body).where(Body.ref == ref.strip().upper()))


def seats_of(s: Session, person: Person) -> Sequence[Seat]:
    """The seats a person holds."""
    return s.scalars(_SEATS_OF, {"person": person.id}).all()


def holders(body: Body) -> list[Person]:
    """Who holds a seat on a body, in seat order, each once."""
    return list({s.holder.id: s.holder for s in body.seats if s.holder is not None}.values())
