"""Duties of a corporate parent, reminders of them, and who has read what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, delete, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bot.store.base import Base
from bot.store.people import Person

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class Duty(Base):
    """One responsibility in plain words, its source, and a question worth asking."""

    __tablename__ = "duty"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    words: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    source_url: Mapped[str] = mapped_column(default="")
    in_force_from: Mapped[date | None]
    checked_on: Mapped[date | None]


class ReminderSchedule(Base):
    """A reminder that recurs: what, for whom, and the London-time rule."""

    __tablename__ = "reminder_schedule"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    audience: Mapped[str]
    rule: Mapped[str]
    days_before: Mapped[list[str]] = mapped_column(default=list)
    paused: Mapped[bool] = mapped_column(default=False)


class ScheduleRun(Base):
    """A tick that somebody has taken: the primary key makes each fire once across processes."""

    __tablename__ = "schedule_run"

    key: Mapped[str] = mapped_column(primary_key=True)
    fire_at: Mapped[datetime] = mapped_column(primary_key=True)
    ran_at: Mapped[datetime]


class ReminderChoice(Base):
    """How a person wants to be reminded."""

    __tablename__ = "reminder_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    frequency: Mapped[str] = mapped_column(default="")
    paused_until: Mapped[date | None]
    no_weekends: Mapped[bool] = mapped_column(default=False)
    no_evenings: Mapped[bool] = mapped_column(default=False)


class DutyReminder(Base):
    """That a person was sent a duty, and when they said they had read it."""

    __tablename__ = "duty_reminder"
    __table_args__ = (UniqueConstraint("person_id", "duty_id", "sent_at", name="uq_duty_reminder_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    duty: Mapped[Duty] = relationship()


class Acknowledgement(Base):
    """ "I have read this", once per person and subject ("duty:voice", "broadcast:12")."""

    __tablename__ = "acknowledgement"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]

    person: Mapped[Person] = relationship()


def duties(s: Session) -> Sequence[Duty]:
    """Every duty, in the order the council keeps them."""
    return s.scalars(select(Duty).order_by(Duty.position, Duty.id)).all()


def duty_by_topic(s: Session, topic: str) -> Duty | None:
    """The duty with that topic key."""
    return s.scalar(select(Duty).where(func.lower(Duty.topic) == topic.strip().lower()))


def last_duty_sent(s: Session, person: Person) -> DutyReminder | None:
    """The duty the person was last reminded of."""
    return s.scalar(
        select(DutyReminder)
        .where(DutyReminder.person_id == person.id)
        .order_by(DutyReminder.sent_at.desc(), DutyReminder.id.desc())
        .limit(1)
    )


def acknowledgements(s: Session, subject: str) -> Sequence[Acknowledgement]:
    """Who has read a subject, earliest first."""
    return s.scalars(
        select(Acknowledgement).where(Acknowledgement.subject == subject).order_by(Acknowledgement.at)
    ).all()


def those_who_chose(s: Session, people: Collection[int]) -> set[int]:
    """Who of them has chosen how they are reminded."""
    return set(s.scalars(select(ReminderChoice.person_id).where(ReminderChoice.person_id.in_(people))))


def schedule_by_key(s: Session, key: str) -> ReminderSchedule | None:
    """The schedule with that key."""
    return s.scalar(select(ReminderSchedule).where(ReminderSchedule.key == key))


def every_schedule(s: Session) -> Sequence[ReminderSchedule]:
    """Every schedule, paused ones too."""
    return s.scalars(select(ReminderSchedule).order_by(ReminderSchedule.key)).all()


def last_run(s: Session, key: str) -> datetime | None:
    """The latest time of a schedule that somebody has taken."""
    return s.scalar(select(func.max(ScheduleRun.fire_at)).where(ScheduleRun.key == key))


def take_run(s: Session, key: str, fire_at: datetime, now: datetime) -> bool:
    """Take one time of a schedule. False when somebody has it already.

    The row itself is asked for: the row count after ON CONFLICT is not the same on every database.
    """
    dialect = postgresql if s.get_bind().dialect.name == "postgresql" else sqlite
    row = s.execute(
        dialect.insert(ScheduleRun)
        .values(key=key, fire_at=fire_at, ran_at=now)
        .on_conflict_do_nothing()
        .returning(literal(1))
    ).first()
    return row is not None


def known_since(s: Session, key: str, rule: str, now: datetime) -> datetime:
    """Since when a schedule has had its rule; from now on, if it is new, so that no earlier time is due."""
    mark = f"since:{key}:{rule}"
    take_run(s, mark, _NO_TIME, now)
    return s.scalars(select(ScheduleRun.ran_at).where(ScheduleRun.key == mark)).one()


def forget_runs(s: Session, keys: Sequence[str], before: datetime) -> None:
    """Forget old times of schedules that run so often that they would pile up."""
    s.execute(delete(ScheduleRun).where(ScheduleRun.key.in_(keys), ScheduleRun.fire_at < before))


def schedules(s: Session) -> Sequence[ReminderSchedule]:
    """Every schedule that is not paused."""
    return s.scalars(
        select(ReminderSchedule).where(ReminderSchedule.paused.is_(False)).order_by(ReminderSchedule.key)
    ).all()
