"""Meetings, their agendas, and what each person answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from bot.rules.states import MeetingState
from bot.store.audit import AuditEvent
from bot.store.base import Base, hold
from bot.store.bodies import Body
from bot.store.deliveries import Delivery
from bot.store.people import Person

_GONE = (MeetingState.CANCELLED,)


class Meeting(Base):
    """One meeting of a body. `sequence` rises with each change, for calendars.

    `loaded` is what the council's files said of it last: what people have changed since stays changed.
    """

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=MeetingState.CONFIRMED)
    publish_by: Mapped[date | None]
    published_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    external_ref: Mapped[str] = mapped_column(default="", index=True)
    loaded: Mapped[dict[str, Any]] = mapped_column(default=dict)

    body: Mapped[Body] = relationship()
    items: Mapped[list[AgendaItem]] = relationship(
        back_populates="meeting", order_by="AgendaItem.position", cascade="all, delete-orphan"
    )
    responses: Mapped[list[Response]] = relationship(back_populates="meeting", cascade="all, delete-orphan")

    @property
    def ref(self) -> str:
        return f"M-{self.id}"


class AgendaItem(Base):
    """One line of an agenda. A restricted item is shown only to those entitled to it."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    restricted: Mapped[bool] = mapped_column(default=False)
    lead: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]

    meeting: Mapped[Meeting] = relationship(back_populates="items")


class Response(Base):
    """What one person answered about one meeting, what the officer confirmed, and who came.

    `substitute_id` is somebody we know; `substitute_name` is a name that we could not match.
    """

    __tablename__ = "response"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id", name="uq_response_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    answer: Mapped[str]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    substitute_name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    attended: Mapped[str] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship(back_populates="responses")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    substitute: Mapped[Person | None] = relationship(foreign_keys=[substitute_id])


def meeting_by_id(s: Session, number: int) -> Meeting | None:
    """The meeting with that number ("M-12" is 12)."""
    return s.get(Meeting, number, options=[joinedload(Meeting.body, innerjoin=True)])


_COMING = (
    select(Meeting)
    .where(Meeting.ends_at > bindparam("after"), Meeting.state.not_in(_GONE))
    .order_by(Meeting.starts_at, Meeting.id)
    .limit(bindparam("most", type_=Integer))
)
_RESPONSE = select(Response).where(
    Response.meeting_id == bindparam("meeting"), Response.person_id == bindparam("person")
)

_RESPONSES = select(Response).where(
    Response.meeting_id == bindparam("meeting"), Response.person_id.in_(bindparam("people", expanding=True))
)
_STANDING_IN = (
    select(Response)
    .join(Response.meeting)
    .where(
        Response.substitute_id == bindparam("person"),
        Meeting.ends_at > bindparam("after"),
        Meeting.state.not_in(_GONE),
    )
    .order_by(Meeting.starts_at, Response.id)
)


def hold_meeting(s: Session, meeting: Meeting) -> None:
    """Hold a meeting until the transaction ends, so that of two who would send its notice one waits."""
    s.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update(key_share=True))


def coming(s: Session, after: datetime, body: Body | None = None, limit: int = 50) -> Sequence[Meeting]:
    """Meetings that are not cancelled and end after `after`, soonest first."""
    query = _COMING if body is None else _COMING.where(Meeting.body_id == body.id)
    found = s.scalars(query, {"after": after, "most": limit}).all()
    hold(s, found)
    return found


def between(s: Session, start: datetime, end: datetime, body: Body | None = None) -> Sequence[Meeting]:
    """All meetings, cancelled ones too, that start in the half-open span, in order."""
    query = select(Meeting).where(Meeting.starts_at >= start, Meeting.starts_at < end)
    if body is not None:
        query = query.where(Meeting.body_id == body.id)
    return s.scalars(query.order_by(Meeting.starts_at, Meeting.id)).all()


def response_of(s: Session, meeting: Meeting, person: Person) -> Response | None:
    """What the person answered about the meeting, if anything."""
    return s.scalar(_RESPONSE, {"meeting": meeting.id, "person": person.id})


def responses_of(s: Session, meeting: Meeting, people: Iterable[Person]) -> dict[int, Response]:
    """What each of some people answered about the meeting, by their ids."""
    wanted = {"meeting": meeting.id, "people": [p.id for p in people]}
    return {r.person_id: r for r in s.scalars(_RESPONSES, wanted)}


def meeting_by_external(s: Session, ref: str) -> Meeting | None:
    """The meeting that came from outside under that reference."""
    return s.scalar(select(Meeting).where(Meeting.external_ref == ref))


def latest_started(s: Session, before: datetime, body: Body | None = None) -> Meeting | None:
    """The last meeting, not cancelled, that began by `before`."""
    query = select(Meeting).where(Meeting.starts_at <= before, Meeting.state.not_in(_GONE))
    if body is not None:
        query = query.where(Meeting.body_id == body.id)
    return s.scalar(query.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(1))


def same_start(s: Session, body: Body, starts_at: datetime) -> Meeting | None:
    """A meeting of the body, not cancelled, that starts at exactly that moment."""
    return s.scalar(
        select(Meeting).where(
            Meeting.body_id == body.id, Meeting.starts_at == starts_at, Meeting.state.not_in(_GONE)
        )
    )


def asked_to_stand_in(s: Session, person: Person, after: datetime) -> Sequence[Response]:
    """Responses that name the person as a substitute, of meetings not cancelled that end after `after`."""
    return s.scalars(_STANDING_IN, {"person": person.id, "after": after}).all()


def all_responses(s: Session) -> Sequence[Response]:
    """Every response, by meeting and then by name."""
    return s.scalars(
        select(Response)
        .join(Response.meeting)
        .join(Person, Response.person_id == Person.id)
        .order_by(Meeting.starts_at, Meeting.id, Person.name, Response.id)
    ).all()


def last_moved(s: Session, meeting: Meeting) -> datetime | None:
    """When a meeting was last moved to another time, if it ever was."""
    return s.scalar(
        select(func.max(AuditEvent.at)).where(
            AuditEvent.what == "meeting.moved", AuditEvent.subject == f"meeting:{meeting.id}"
        )
    )


def sent_about(s: Session, once_starts: str) -> Sequence[Person]:
    """Everybody who was written to under a key that starts so, each once, by name."""
    return s.scalars(
        select(Person)
        .where(
            Person.id.in_(
                select(Delivery.person_id).where(Delivery.once.startswith(once_starts, autoescape=True))
            )
        )
        .order_by(Person.name, Person.id)
    ).all()


def attended_at(s: Session, ways: Sequence[str]) -> Sequence[tuple[int, int, datetime]]:
    """Person, body and last start of the meetings each person attended in one of those ways."""
    rows = s.execute(
        select(Response.person_id, Meeting.body_id, func.max(Meeting.starts_at))
        .join(Response.meeting)
        .where(Response.attended.in_(ways), Meeting.state.not_in(_GONE))
        .group_by(Response.person_id, Meeting.body_id)
    )
    return [(person, body, at) for person, body, at in rows]
