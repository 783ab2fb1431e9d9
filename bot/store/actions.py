"""Concerns and actions, and everything that happened to each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.rules.states import ActionState
from bot.store.base import Base
from bot.store.bodies import Body
from bot.store.people import Directorate, Person


class Action(Base):
    """Something the council promised to look into. While `new` it is a concern awaiting triage."""

    __tablename__ = "action"
    __table_args__ = (UniqueConstraint("body_id", "year", "number", name="uq_action_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    year: Mapped[str]
    number: Mapped[int]
    source: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    wanted: Mapped[str] = mapped_column(default="")
    how_many: Mapped[str] = mapped_column(default="")
    capacity: Mapped[str] = mapped_column(default="council")
    anonymous: Mapped[bool] = mapped_column(default=False)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    raised_at: Mapped[datetime]
    directorate_id: Mapped[int | None] = mapped_column(ForeignKey("directorate.id"), index=True)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(default=ActionState.NEW, index=True)
    due: Mapped[date | None]
    assigned_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closing_words: Mapped[str] = mapped_column(default="")
    escalated: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    body: Mapped[Body] = relationship()
    raised_by: Mapped[Person | None] = relationship(foreign_keys=[raised_by_id])
    directorate: Mapped[Directorate | None] = relationship()
    lead: Mapped[Person | None] = relationship(foreign_keys=[lead_id])
    events: Mapped[list[ActionEvent]] = relationship(
        back_populates="action", order_by="ActionEvent.id", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's way of naming it


class ActionEvent(Base):
    """One thing that happened to an action: who, when, what kind, which words.

    `due` is the due date that it set or asked for.
    """

    __tablename__ = "action_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    from_state: Mapped[str] = mapped_column(default="")
    to_state: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]

    action: Mapped[Action] = relationship(back_populates="events")
    by: Mapped[Person | None] = relationship()


def action_by_ref(s: Session, ref: str) -> Action | None:
    """The action with that canonical reference."""
    return s.scalar(select(Action).where(Action.ref == ref))


def hold_action(s: Session, action: Action) -> Action:
    """The action as it stands now, held until the transaction ends: of two changes at once one waits."""
    s.refresh(action, with_for_update=True)
    return action


def hold_numbers(s: Session, body: Body) -> None:
    """Let nobody else number an action of this body until the transaction ends."""
    s.execute(select(Body.id).where(Body.id == body.id).with_for_update(key_share=True))


def next_number(s: Session, body: Body, year: str) -> int:
    """The next free number of a body's municipal year. The unique key settles a race.

    It is read from the references: a sub-group's action may carry the main body's.
    """
    prefix = f"{body.ref}-{year}-"
    last = s.scalar(select(func.max(Action.number)).where(Action.ref.startswith(prefix, autoescape=True)))
    return (last or 0) + 1


def same_words(s: Session, person: Person | None, text: str, since: datetime) -> Action | None:
    """What the person (None: the panel itself) last raised in exactly these words since then, if at all."""
    raised_by = Action.raised_by_id == person.id if person else Action.raised_by_id.is_(None)
    return s.scalar(
        select(Action)
        .where(raised_by, Action.text == text, Action.raised_at >= since)
        .order_by(Action.id.desc())
        .limit(1)
    )


def newest_numbered(s: Session, body_ref: str, number: int) -> Action | None:
    """The action with that number and such a reference, of the last municipal year that had one."""
    numbered = Action.ref.startswith(f"{body_ref}-", autoescape=True)
    return s.scalar(
        select(Action)
        .where(numbered, Action.number == number)
        .order_by(Action.year.desc(), Action.id.desc())
        .limit(1)
    )


def all_actions(s: Session) -> Sequence[Action]:
    """Every action there ever was, in the order of their references."""
    return s.scalars(select(Action).order_by(Action.year, Action.number, Action.id)).all()


def actions_where(
    s: Session,
    *,
    states: Collection[str] | None = None,
    raised_by: Person | None = None,
    directorate: Directorate | None = None,
    due_before: date | None = None,
    limit: int = 500,
) -> Sequence[Action]:
    """Actions that fit every given condition, the soonest due first, undated ones last."""
    query = select(Action)
    if states is not None:
        query = query.where(Action.state.in_([str(st) for st in states]))
    if raised_by is not None:
        query = query.where(Action.raised_by_id == raised_by.id)
    if directorate is not None:
        query = query.where(Action.directorate_id == directorate.id)
    if due_before is not None:
        query = query.where(Action.due < due_before)
    return s.scalars(query.order_by(Action.due.is_(None), Action.due, Action.id).limit(limit)).all()
