"""Meetings: what a person sees of one, and how the officer arranges, moves, publishes and cancels it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import from_london, london, london_day
from bot.errors import BadInput, Refused
from bot.rules.states import ForbiddenMoveError, MeetingState, RsvpAnswer, move_meeting
from bot.services.bodies import body_named, members_of, officers_of, sits_on
from bot.services.notice_standing import Standing, standing, standing_on
from bot.store.bodies import Body, bodies, main_body
from bot.store.meetings import Meeting, Response, between, coming, response_of, same_start, sent_about
from bot.store.people import Person
from bot.store.work import Work

LONGEST_MEETING = timedelta(hours=12)
LONGEST_PLACE = 150
_ALL = 200


@dataclass(frozen=True)
class Chair:
    """Who takes the chair: a name and the office held; both empty where it is still to be settled."""

    name: str = ""
    office: str = ""


@dataclass(frozen=True)
class Seen:
    """A meeting as one person sees it. `seated`: they hold a seat on its body."""

    meeting: Meeting
    chair: Chair
    standing: Standing
    seated: bool
    mine: Response | None
    open_to_public: bool
    is_over: bool


@dataclass(frozen=True)
class Arrangement:
    """When and where a meeting is to be, read back to the officer before it is done."""

    body: Body
    starts_at: datetime
    ends_at: datetime
    place: str
    standing: Standing
    clashes: tuple[Meeting, ...]
    told: int = 0


def seen_by(work: Work, meeting: Meeting, person: Person) -> Seen:
    """The meeting as the person sees it."""
    return Seen(
        meeting=meeting,
        chair=chair_of(work, meeting),
        standing=standing(work, meeting),
        seated=sits_on(person, meeting.body) is not None,
        mine=response_of(work.session, meeting, person),
        open_to_public=meeting.body.public_meetings,
        is_over=meeting.ends_at <= work.now,
    )


def chair_of(work: Work, meeting: Meeting) -> Chair:
    """The chair, or the vice-chair where the chair has sent apologies or has no access; else nobody."""
    for role in ("chair", "vice_chair"):
        seat = officers_of(meeting.body, role)
        if seat is None or seat.holder is None or not seat.holder.active_on(work.today):
            continue
        answer = response_of(work.session, meeting, seat.holder)
        if answer is None or answer.answer != RsvpAnswer.APOLOGIES:
            return Chair(seat.holder.name, role)
    return Chair()


def dates(work: Work, text: str) -> list[Meeting]:
    """All coming meetings, of one body where the words name it, soonest first."""
    return list(coming(work.session, work.now, body_named(work, text), limit=_ALL))


def clashes(work: Work, day: date, besides: Meeting | None = None) -> tuple[Meeting, ...]:
    """Other meetings on the same London day that are not cancelled."""
    start = from_london(day, time())
    found = between(work.session, start, from_london(day + timedelta(days=1), time()))
    return tuple(m for m in found if m is not besides and m.state != MeetingState.CANCELLED)


def planned(work: Work, body: Body, day: date, start: time, end: time | None, place: str) -> Arrangement:
    """A new meeting as it would be. Refused where it is in the past, too long, or there already."""
    starts, ends = _span(work, day, start, end, timedelta(minutes=body.duration_minutes))
    there = same_start(work.session, body, starts)
    if there is not None:
        raise Refused("meetings.there_already", meeting=there)
    where = " ".join(place.split())[:LONGEST_PLACE] or body.place
    return Arrangement(body, starts, ends, where, standing_on(work, body, day), clashes(work, day))


def arrange(work: Work, plan: Arrangement) -> Meeting:
    """Enter a new meeting. Nobody is told until its notice is sent."""
    meeting = Meeting(
        body=plan.body,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place,
        state=MeetingState.CONFIRMED,
        publish_by=plan.standing.deadline,
        sequence=0,
    )
    work.session.add(meeting)
    work.session.flush()
    work.audit("meeting.arranged", f"meeting:{meeting.id}", starts=meeting.starts_at.isoformat())
    return meeting


def moved(
    work: Work, meeting: Meeting, day: date | None, start: time | None, end: time | None = None, place: str = ""
) -> Arrangement:
    """A meeting as it would be after a move: what is not given stays as it is, its length too."""
    must_be_open(work, meeting)
    was = london(meeting.starts_at)
    starts, ends = _span(work, day or was.date(), start or was.time(), end, meeting.ends_at - meeting.starts_at)
    where = " ".join(place.split())[:LONGEST_PLACE] or meeting.place
    if (starts, ends, where) == (meeting.starts_at, meeting.ends_at, meeting.place):
        raise BadInput("meetings.not_moved", meeting=meeting)
    there = same_start(work.session, meeting.body, starts)
    if there is not None and there is not meeting:
        raise Refused("meetings.there_already", meeting=there)
    new_day = london_day(starts)
    return Arrangement(
        body=meeting.body,
        starts_at=starts,
        ends_at=ends,
        place=where,
        standing=standing_on(work, meeting.body, new_day),
        clashes=clashes(work, new_day, meeting),
        told=len(concerned(work, meeting)),
    )


def move(work: Work, meeting: Meeting, plan: Arrangement) -> int:
    """Move a meeting, tell everybody it concerns and ask them again; how many were told.

    Answers are kept, but count as unconfirmed until they are given again. What was published named the
    old date, so the notice must be published again.
    """
    was_at, was_place = meeting.starts_at, meeting.place
    meeting.starts_at, meeting.ends_at, meeting.place = plan.starts_at, plan.ends_at, plan.place
    meeting.publish_by, meeting.published_at = plan.standing.deadline, None
    meeting.sequence += 1
    for response in meeting.responses:
        response.confirmed_at = response.confirmed_by_id = None
    work.audit("meeting.moved", f"meeting:{meeting.id}", was=was_at.isoformat(), to=plan.starts_at.isoformat())
    told = concerned(work, meeting)
    for person in told:
        answered = response_of(work.session, meeting, person)
        values = {
            "meeting": meeting,
            "was_at": was_at,
            "was_place": was_place,
            "answer": answered.answer if answered else "",
            "invited": answered is not None or sits_on(person, meeting.body) is not None,
        }
        card = "rsvp_request" if values["invited"] else ""
        once = f"moved:{meeting.ref}:{meeting.sequence}"
        work.tell(person, "meeting_moved", once, "meetings.told_moved", values, card=card, subject=meeting.ref)
    return len(told)


def cancel(work: Work, meeting: Meeting, reason: str) -> int:
    """Cancel a meeting and tell everybody it concerns, with the reason; how many were told."""
    must_be_open(work, meeting)
    try:
        meeting.state = move_meeting(MeetingState(meeting.state), MeetingState.CANCELLED)
    except ForbiddenMoveError:
        raise Refused("meetings.over", meeting=meeting) from None
    meeting.sequence += 1
    work.audit("meeting.cancelled", f"meeting:{meeting.id}")
    told = concerned(work, meeting)
    for person in told:
        once = f"cancelled:{meeting.ref}:{meeting.sequence}"
        values = {"meeting": meeting, "reason": reason}
        work.tell(person, "meeting_cancelled", once, "meetings.told_cancelled", values, subject=meeting.ref)
    return len(told)


def publish(work: Work, meeting: Meeting) -> Standing:
    """Mark the agenda as published now. From here on it is shown, and its notice can be sent with it."""
    must_be_open(work, meeting)
    if not meeting.items:
        raise BadInput("agenda.nothing_to_publish", meeting=meeting)
    if meeting.published_at is None:
        meeting.published_at = work.now
        meeting.sequence += 1
        work.audit("meeting.published", f"meeting:{meeting.id}")
    return standing(work, meeting)


def concerned(work: Work, meeting: Meeting) -> list[Person]:
    """Whom a change concerns: those with a seat, who answered, who stand in, and who were sent the notice."""
    people = members_of(work, meeting.body)
    people += [r.person for r in meeting.responses]
    people += [r.substitute for r in meeting.responses if r.substitute is not None]
    people += sent_about(work.session, f"notice:{meeting.ref}:")
    return [p for p in {p.id: p for p in people}.values() if p.active_on(work.today)]


def must_be_open(work: Work, meeting: Meeting) -> None:
    """Refuse to change a meeting that is cancelled or over."""
    if meeting.state == MeetingState.CANCELLED:
        raise Refused("meetings.cancelled_already", meeting=meeting)
    if meeting.ends_at <= work.now:
        raise Refused("meetings.over", meeting=meeting)


def must_be_unchanged(meeting: Meeting, sequence: int) -> None:
    """Refuse a button that was pressed after the meeting changed under it."""
    if meeting.sequence != sequence:
        raise Refused("meetings.changed_since", meeting=meeting)


def the_body(work: Work, text: str) -> Body:
    """The body the words name, or the main one where they name none."""
    body = body_named(work, text) or main_body(work.session)
    if body is None:
        raise BadInput("meetings.no_such_body", bodies=list(bodies(work.session)))
    return body


def _span(
    work: Work, day: date, start: time, end: time | None, length: timedelta
) -> tuple[datetime, datetime]:
    starts = from_london(day, start)
    ends = from_london(day, end) if end else starts + length
    if starts <= work.now:
        raise BadInput("meetings.in_the_past", fields={"date": "meetings.error_past"}, starts_at=starts)
    if not starts < ends <= starts + LONGEST_MEETING:
        raise BadInput("meetings.bad_end", fields={"end": "meetings.error_end"})
    return starts, ends
