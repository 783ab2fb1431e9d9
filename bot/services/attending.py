"""Who came: what the officer records after or during a meeting, and who is near the six-month rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.clock import london_day
from bot.errors import BadInput, NotFound, Refused
from bot.rules.access import Role
from bot.rules.attendance import six_month_expiry, six_month_warnings
from bot.rules.states import MeetingState, RsvpAnswer, move_meeting
from bot.services.bodies import members_of, sits_on
from bot.services.council import rules_of
from bot.services.named import naming_meeting, naming_person
from bot.services.people import find_people
from bot.services.turnout import PRESENT, SUBSTITUTE
from bot.store.bodies import bodies
from bot.store.meetings import Meeting, Response, attended_at, latest_started, response_of
from bot.store.people import Person
from bot.store.work import Work

Way = Literal["present", "remote", "apologies", "absent", "substitute", "in_attendance"]


@dataclass(frozen=True)
class Recorded:
    """What was recorded of one person; `for_whom` is whose seat a substitute filled."""

    meeting: Meeting
    person: Person
    way: Way
    for_whom: Person | None = None


@dataclass(frozen=True)
class NearRule:
    """A councillor who may lose the seat: when they last attended, and the last day that saves it."""

    person: Person
    last_attended: date
    expiry: date
    is_past: bool


@dataclass(frozen=True)
class SixMonths:
    """Councillors near the six-month rule, soonest first, and those of whom nothing is recorded here."""

    near: tuple[NearRule, ...]
    unknown: tuple[Person, ...]
    ask_monitoring_officer: bool
    counts: bool


def meeting_to_record(work: Work) -> Meeting:
    """The meeting that attendance is recorded for when none is named: the last one that has begun."""
    meeting = latest_started(work.session, work.now)
    if meeting is None:
        raise NotFound("responses.none_begun")
    return meeting


def one_person(work: Work, typed: str, meeting: Meeting | None = None) -> Person:
    """The one person a typed name means; those with a seat at the meeting are preferred."""
    found = find_people(work, typed)
    seated = [p for p in found if meeting is not None and sits_on(p, meeting.body) is not None]
    people = seated or found
    if not people:
        raise BadInput("responses.nobody_called", typed=typed)
    if len(people) > 1:
        raise BadInput("responses.which_person", typed=typed, people=[naming_person(p) for p in people])
    return people[0]


def record(
    work: Work, meeting: Meeting, person: Person, way: Way, for_whom: Person | None = None
) -> Recorded:
    """Record how somebody attended, or that they did not. It may be recorded again.

    BadInput "responses.for_whom" where a substitute's seat is not known.
    """
    _must_have_begun(work, meeting, way)
    if way == SUBSTITUTE:
        for_whom = _stand_in(work, meeting, person, for_whom)
    elif way == PRESENT and sits_on(person, meeting.body) is None:
        way = "in_attendance"
    response = response_of(work.session, meeting, person) or _empty(work, meeting, person)
    response.attended = way
    if way == "apologies":
        response.answer = RsvpAnswer.APOLOGIES
        response.confirmed_at, response.confirmed_by_id = work.now, work.me.id
    _mark_held(work, meeting)
    work.audit("attendance.recorded", f"meeting:{meeting.id}", person=person.id, way=way)
    work.session.flush()
    return Recorded(meeting, person, way, for_whom)


def confirm_apologies(work: Work, meeting: Meeting) -> list[Person]:
    """Record every apology not recorded yet; whose they were."""
    if meeting.state == MeetingState.CANCELLED:
        raise Refused("meetings.cancelled_already", meeting=naming_meeting(meeting))
    waiting = [r for r in meeting.responses if r.answer == RsvpAnswer.APOLOGIES and r.confirmed_at is None]
    for response in waiting:
        response.confirmed_at, response.confirmed_by_id = work.now, work.me.id
    work.audit("apologies.recorded", f"meeting:{meeting.id}", people=len(waiting))
    return sorted((r.person for r in waiting), key=lambda p: p.name)


def six_months(work: Work) -> SixMonths:
    """Councillors of bodies that count for the six-month rule, as far as attendance is recorded here."""
    rules = [(b, rules_of(b).preset) for b in bodies(work.session)]
    counting = [b for b, preset in rules if preset.counts_for_six_month_rule]
    councillors = {p.id: p for b in counting for p in members_of(work, b) if Role.MEMBER in p.roles}
    last = _last_attended(work, {b.id for b in counting})
    found = [_near(work, p, last[p.id]) for p in councillors.values() if p.id in last]
    return SixMonths(
        near=tuple(sorted((n for n in found if n is not None), key=lambda n: (n.expiry, n.person.name))),
        unknown=tuple(p for p in councillors.values() if p.id not in last),
        ask_monitoring_officer=any(p.ask_monitoring_officer_about_six_month_rule for _, p in rules),
        counts=bool(counting),
    )


def _near(work: Work, person: Person, last: date) -> NearRule | None:
    """A warning from three months without attendance on."""
    expiry = six_month_expiry(last)
    if work.today < six_month_warnings(last)[0]:
        return None
    return NearRule(person, last, expiry, work.today > expiry)


def _last_attended(work: Work, counting: set[int]) -> dict[int, date]:
    """The last day each person attended in the room: joining from elsewhere does not count."""
    last: dict[int, date] = {}
    for person, body, at in attended_at(work.session, [PRESENT, SUBSTITUTE]):
        if body in counting:
            last[person] = max(last.get(person, date.min), london_day(at))
    return last


def _must_have_begun(work: Work, meeting: Meeting, way: Way) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refused("meetings.cancelled_already", meeting=naming_meeting(meeting))
    # Apologies can be recorded before the day; who came cannot.
    if way != "apologies" and london_day(meeting.starts_at) > work.today:
        raise Refused("responses.not_yet", meeting=naming_meeting(meeting))


def _principal(meeting: Meeting, person: Person) -> Person:
    found = [r.person for r in meeting.responses if r.substitute_id == person.id]
    if not found:
        absent = [r.person for r in meeting.responses if r.answer == RsvpAnswer.APOLOGIES]
        raise BadInput(
            "responses.for_whom",
            meeting=naming_meeting(meeting),
            person=naming_person(person),
            absent=[naming_person(p) for p in absent],
        )
    return found[0]


def _stand_in(work: Work, meeting: Meeting, person: Person, for_whom: Person | None) -> Person:
    """Put the substitute into the seat that they filled; whose it is."""
    named = naming_meeting(meeting)
    if sits_on(person, meeting.body) is not None:
        raise BadInput("responses.own_seat", person=naming_person(person), meeting=named)
    principal = for_whom or _principal(meeting, person)
    if sits_on(principal, meeting.body) is None:
        raise BadInput("responses.no_seat", principal=naming_person(principal), meeting=named)
    response = response_of(work.session, meeting, principal) or _empty(work, meeting, principal)
    response.substitute, response.substitute_name = person, ""
    away = "apologies" if response.answer == RsvpAnswer.APOLOGIES else "absent"
    response.attended = response.attended or away
    return principal


def _empty(work: Work, meeting: Meeting, person: Person) -> Response:
    """A row for somebody who never answered, so that what became of them can be recorded."""
    response = Response(
        meeting=meeting, person=person, answer="", answered_at=work.now, answered_by_id=work.me.id
    )
    work.session.add(response)
    return response


def _mark_held(work: Work, meeting: Meeting) -> None:
    if meeting.ends_at <= work.now and meeting.state != MeetingState.HELD:
        meeting.state = move_meeting(MeetingState(meeting.state), MeetingState.HELD)
