"""The officer's changes to meetings (enter, move, publish, cancel), and telling all whom they concern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import from_london, london, london_day
from bot.errors import BadInput, Refused
from bot.rules.states import ForbiddenMoveError, MeetingState, move_meeting
from bot.services.bodies import members_of, sits_on
from bot.services.meetings import clashes, must_be_open
from bot.services.named import naming_meeting
from bot.services.notice_standing import Standing, standing, standing_on
from bot.store.bodies import Body
from bot.store.meetings import Meeting, response_of, same_start, sent_about
from bot.store.people import Person
from bot.store.work import Work

LONGEST_MEETING = timedelta(hours=12)
LONGEST_PLACE = 150


@dataclass(frozen=True)
class Arrangement:
    """When and where a meeting is to be, read back to the officer before it is done.

    `retimed` is False for a move that changes the place alone. `told` is how many people will be told.
    """

    body: Body
    starts_at: datetime
    ends_at: datetime
    place: str
    standing: Standing
    clashes: tuple[Meeting, ...]
    retimed: bool = True
    told: int = 0


def planned(work: Work, body: Body, day: date, start: time, end: time | None, place: str) -> Arrangement:
    """A new meeting as it would be. Refused where it is in the past, too long, or there already."""
    starts, ends = _span(work, day, start, end, timedelta(minutes=body.duration_minutes))
    _must_be_free(work, body, starts)
    where = _place(place) or body.place
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
    work: Work, meeting: Meeting, day: date | None, start: time | None, end: time | None, place: str
) -> Arrangement:
    """A meeting as it would be after a move: what is not given stays as it is, its length too."""
    must_be_open(work, meeting)
    was, length = london(meeting.starts_at), meeting.ends_at - meeting.starts_at
    starts, ends = _span(work, day or was.date(), start or was.time(), end, length)
    where = _place(place) or meeting.place
    retimed = (starts, ends) != (meeting.starts_at, meeting.ends_at)
    if not retimed and where == meeting.place:
        raise BadInput("meetings.not_moved", meeting=naming_meeting(meeting))
    _must_be_free(work, meeting.body, starts, meeting)
    new_day = london_day(starts)
    return Arrangement(
        body=meeting.body,
        starts_at=starts,
        ends_at=ends,
        place=where,
        standing=standing_on(work, meeting.body, new_day),
        clashes=clashes(work, new_day, meeting),
        retimed=retimed,
        told=len(concerned(work, meeting)),
    )


def move(work: Work, meeting: Meeting, plan: Arrangement) -> int:
    """Move a meeting and tell everybody it concerns; how many were told.

    At another time they are asked again: answers are kept, but count as unconfirmed until given anew. What
    was published named the old time and place, so the notice must be published again.
    """
    told, was_at = concerned(work, meeting), meeting.starts_at
    meeting.starts_at, meeting.ends_at, meeting.place = plan.starts_at, plan.ends_at, plan.place
    meeting.publish_by, meeting.published_at = plan.standing.deadline, None
    meeting.sequence += 1
    if plan.retimed:
        for response in meeting.responses:
            response.confirmed_at = response.confirmed_by_id = None
    what = "meeting.moved" if plan.retimed else "meeting.rehoused"
    work.audit(what, f"meeting:{meeting.id}", was=was_at.isoformat(), to=plan.starts_at.isoformat())
    for person in told:
        _tell_of_move(work, meeting, person, was_at, retimed=plan.retimed)
    return len(told)


def cancel(work: Work, meeting: Meeting, reason: str) -> int:
    """Cancel a meeting and tell everybody it concerns, with the reason; how many were told."""
    must_be_open(work, meeting)
    try:
        meeting.state = move_meeting(MeetingState(meeting.state), MeetingState.CANCELLED)
    except ForbiddenMoveError:
        raise Refused("meetings.over", meeting=naming_meeting(meeting)) from None
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
        raise BadInput("agenda.nothing_to_publish", meeting=naming_meeting(meeting))
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


def _tell_of_move(work: Work, meeting: Meeting, person: Person, was_at: datetime, *, retimed: bool) -> None:
    response = response_of(work.session, meeting, person)
    asked = retimed and (response is not None or sits_on(person, meeting.body) is not None)
    answer = response.answer if response else ""
    values = {"meeting": meeting, "was_at": was_at, "answer": answer, "asked": asked, "retimed": retimed}
    once, card = f"moved:{meeting.ref}:{meeting.sequence}", "rsvp_request" if asked else ""
    work.tell(person, "meeting_moved", once, "meetings.told_moved", values, card=card, subject=meeting.ref)


def _must_be_free(work: Work, body: Body, starts: datetime, besides: Meeting | None = None) -> None:
    there = same_start(work.session, body, starts)
    if there is not None and there is not besides:
        raise Refused("meetings.there_already", meeting=naming_meeting(there))


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


def _place(typed: str) -> str:
    return " ".join(typed.split())[:LONGEST_PLACE]
