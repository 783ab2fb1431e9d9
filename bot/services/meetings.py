"""Meetings as people see them: when, where, who chairs, what they answered, what else is that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.clock import from_london
from bot.errors import BadInput, Refused
from bot.rules.states import MeetingState, RsvpAnswer
from bot.services.bodies import body_named, officers_of, sits_on
from bot.services.named import naming_body, naming_meeting
from bot.services.notice_standing import Standing, standing
from bot.store.bodies import Body, Seat, bodies, main_body
from bot.store.meetings import Meeting, Response, between, coming, responses_of
from bot.store.people import Person
from bot.store.work import Work

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


def seen_by(work: Work, meeting: Meeting, person: Person) -> Seen:
    """The meeting as the person sees it."""
    chairs = _chairs(work, meeting)
    answers = responses_of(work.session, meeting, [person, *(s.holder for s in chairs if s.holder)])
    return Seen(
        meeting=meeting,
        chair=_chair(chairs, answers),
        standing=standing(work, meeting),
        seated=sits_on(person, meeting.body) is not None,
        mine=answers.get(person.id),
        open_to_public=meeting.body.public_meetings,
        is_over=meeting.ends_at <= work.now,
    )


def chair_of(work: Work, meeting: Meeting) -> Chair:
    """The chair, or the vice-chair where the chair has sent apologies or has no access; else nobody."""
    chairs = _chairs(work, meeting)
    return _chair(chairs, responses_of(work.session, meeting, [s.holder for s in chairs if s.holder]))


def _chairs(work: Work, meeting: Meeting) -> list[Seat]:
    """The seats of the chair and the vice-chair, in that order, where their holders have access."""
    seats = [officers_of(meeting.body, role) for role in ("chair", "vice_chair")]
    return [s for s in seats if s is not None and s.holder is not None and s.holder.active_on(work.today)]


def _chair(chairs: Sequence[Seat], answers: Mapping[int, Response]) -> Chair:
    for seat in chairs:
        answer = answers.get(seat.holder_id or 0)
        if seat.holder is not None and (answer is None or answer.answer != RsvpAnswer.APOLOGIES):
            return Chair(seat.holder.name, seat.role)
    return Chair()


def dates(work: Work, text: str) -> list[Meeting]:
    """All coming meetings, of one body where the words name it, soonest first."""
    return list(coming(work.session, work.now, body_named(work, text), limit=_ALL))


def clashes(work: Work, day: date, besides: Meeting | None = None) -> tuple[Meeting, ...]:
    """Other meetings on the same London day that are not cancelled."""
    start = from_london(day, time())
    found = between(work.session, start, from_london(day + timedelta(days=1), time()))
    return tuple(m for m in found if m is not besides and m.state != MeetingState.CANCELLED)


def must_be_open(work: Work, meeting: Meeting) -> None:
    """Refuse to change a meeting that is cancelled or over."""
    if meeting.state == MeetingState.CANCELLED:
        raise Refused("meetings.cancelled_already", meeting=naming_meeting(meeting))
    if meeting.ends_at <= work.now:
        raise Refused("meetings.over", meeting=naming_meeting(meeting))


def must_be_unchanged(meeting: Meeting, sequence: int) -> None:
    """Refuse a button that was pressed after the meeting changed under it."""
    if meeting.sequence != sequence:
        raise Refused("meetings.changed_since", meeting=naming_meeting(meeting))


def the_body(work: Work, text: str) -> Body:
    """The body the words name; the main one where there are none. BadInput where they name no body."""
    body = body_named(work, text) if text.strip() else main_body(work.session)
    if body is None:
        raise BadInput("meetings.no_such_body", bodies=[naming_body(b) for b in bodies(work.session)])
    return body
