"""What people answer about a meeting: attending, apologies, a substitute, and changing one's mind.

A response is not a formal apology until the officer records it. Its note is for the officer alone.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.errors import Refused
from bot.rules.access import Role
from bot.rules.states import MeetingState, RsvpAnswer
from bot.services.bodies import sits_on
from bot.services.council import rules_of
from bot.services.named import naming_meeting
from bot.store.inbox import Draft
from bot.store.meetings import Meeting, Response, response_of
from bot.store.people import Person
from bot.store.work import Work

Capacity = Literal["seat", "substitute", "in_attendance", ""]
LONGEST_NOTE = 500
COMING = frozenset({RsvpAnswer.ATTENDING, RsvpAnswer.LATE, RsvpAnswer.LEAVING_EARLY, RsvpAnswer.REMOTE})
_KIND = "response_before"
_KEPT = ("answer", "substitute_id", "substitute_name", "note")


@dataclass(frozen=True)
class Substitution:
    """Who is to stand in: somebody we know, or a name the officer must confirm."""

    person: Person | None = None
    name: str = ""


@dataclass(frozen=True)
class Answered:
    """A response just given; `undo` is what the button says that takes it back."""

    meeting: Meeting
    response: Response
    capacity: Capacity
    undo: str
    votes: bool
    remote_counts: bool


def answer(
    work: Work,
    meeting: Meeting,
    person: Person,
    given: RsvpAnswer,
    note: str = "",
    substitution: Substitution | None = None,
) -> Answered:
    """Keep what a person answers, in place of any earlier answer, and tell whom it concerns.

    Refused when the meeting is over or cancelled, and to somebody who was not asked to it.
    """
    must_be_answerable(work, meeting)
    capacity = _invited_as(meeting, person, substitution)
    response = response_of(work.session, meeting, person)
    undo = _remember(work, meeting, person, response)
    response = response or _new(work, meeting, person)
    _set(work, response, given, note)
    _replace_substitute(work, response, substitution)
    if capacity == "substitute":
        _tell_principals(work, response)
    work.audit("response.given", f"meeting:{meeting.id}", person=person.id, answer=str(given))
    work.session.flush()
    counts = rules_of(meeting.body).quorum.remote_counts
    return Answered(meeting, response, capacity, undo, _votes(meeting, person), counts)


def undo(work: Work, number: int, mark: str) -> tuple[Meeting, Response | None]:
    """Put a person's answer back as it was; the meeting, and the answer that now stands.

    Refused when it was undone before, is more than a day old, or they have answered again since.
    """
    draft = work.session.get(Draft, number)
    if draft is None or draft.person_id != work.me.id or draft.content.get("mark") != mark:
        raise Refused("rsvp.nothing_to_undo")
    meeting = work.session.get(Meeting, draft.content["meeting"])
    response = response_of(work.session, meeting, _owner(work, draft)) if meeting else None
    if meeting is None or response is None or response.answered_at != draft.made_at:
        raise Refused("rsvp.nothing_to_undo")
    must_be_answerable(work, meeting)
    work.session.delete(draft)
    stands = _put_back(work, response, draft.content["before"])
    work.audit("response.undone", f"meeting:{meeting.id}", person=draft.content["person"])
    work.session.flush()
    return meeting, stands


def capacity_of(meeting: Meeting, person: Person) -> Capacity:
    """How a person may come: with a seat, as a substitute, as an officer or lead without a vote, or not."""
    if sits_on(person, meeting.body) is not None:
        return "seat"
    if any(r.substitute_id == person.id for r in meeting.responses):
        return "substitute"
    return "in_attendance" if {Role.OFFICER, Role.LEAD} & set(person.roles) else ""


def not_invited(meeting: Meeting) -> Refused:
    """The refusal for somebody who was not asked to a meeting, with what they may do instead."""
    public = meeting.body.public_meetings
    return Refused("rsvp.not_on_panel", meeting=naming_meeting(meeting), open_to_public=public)


def must_be_answerable(work: Work, meeting: Meeting) -> None:
    """Refuse an answer to a meeting that is cancelled or over."""
    if meeting.state == MeetingState.CANCELLED:
        raise Refused("rsvp.cancelled", meeting=naming_meeting(meeting))
    if meeting.ends_at <= work.now:
        raise Refused("rsvp.over", meeting=naming_meeting(meeting))


def _invited_as(meeting: Meeting, person: Person, substitution: Substitution | None) -> Capacity:
    capacity = capacity_of(meeting, person)
    if not capacity:
        raise not_invited(meeting)
    if substitution is not None and capacity != "seat":
        raise Refused("rsvp.no_seat_to_fill", meeting=naming_meeting(meeting))
    return capacity


def _new(work: Work, meeting: Meeting, person: Person) -> Response:
    response = Response(meeting=meeting, person=person, answer="", answered_at=work.now)
    work.session.add(response)
    work.session.flush()
    return response


def _set(work: Work, response: Response, given: RsvpAnswer, note: str) -> None:
    if note or given != response.answer:
        response.note = note[:LONGEST_NOTE]
    if given != response.answer:
        response.confirmed_at = response.confirmed_by_id = None
    response.answer = given
    response.answered_at = work.now
    response.answered_by_id = work.me.id


def _replace_substitute(work: Work, response: Response, to: Substitution | None) -> None:
    """Somebody new is told and asked; whoever is no longer needed is told so."""
    if response.answer != RsvpAnswer.APOLOGIES:
        to = Substitution()
    if to is None:
        return
    was = response.substitute
    response.substitute, response.substitute_name = to.person, to.name if to.person is None else ""
    work.session.flush()
    if was is not None and was is not to.person:
        _stand_down(work, response, was)
    if to.person is not None and to.person is not was:
        _tell(work, to.person, "substitute_asked", "rsvp.asked_to_stand_in", response, card="rsvp_request")


def _stand_down(work: Work, response: Response, was: Person) -> None:
    """A substitute who is no longer needed is told; what they answered no longer counts."""
    _tell(work, was, "substitute_not_needed", "rsvp.told_not_needed", response)
    own = response_of(work.session, response.meeting, was)
    if own is not None and not capacity_of(response.meeting, was):
        response.meeting.responses.remove(own)


def _tell_principals(work: Work, response: Response) -> None:
    """Those for whom somebody stands in hear whether they can."""
    for principal in response.meeting.responses:
        if principal.substitute_id == response.person_id:
            values: dict[str, Any] = {"substitute": response.person, "answer": str(response.answer)}
            _tell(
                work, principal.person, "substitute_answered", "rsvp.told_of_substitute", response, **values
            )


def _tell(
    work: Work, person: Person, kind: str, block: str, response: Response, card: str = "", **values: Any
) -> None:
    meeting = response.meeting
    once = f"{kind}:{meeting.ref}:{response.person_id}:{work.now.isoformat()}"
    said = {"meeting": meeting, "principal": response.person, **values}
    work.tell(person, kind, once, block, said, card=card, subject=meeting.ref)


def _remember(work: Work, meeting: Meeting, person: Person, response: Response | None) -> str:
    """Keep what stood before, for a day, so that it can be put back whole; what the Undo button says.

    The mark is there because a database may give a number again.
    """
    before = {k: getattr(response, k) for k in _KEPT} if response else {}
    if response and response.confirmed_at:
        before["confirmed_at"] = response.confirmed_at.isoformat()
        before["confirmed_by_id"] = response.confirmed_by_id
    mark = secrets.token_hex(4)
    content = {"meeting": meeting.id, "person": person.id, "before": before, "mark": mark}
    draft = Draft(person_id=work.me.id, kind=_KIND, content=content, made_at=work.now)
    work.session.add(draft)
    work.session.flush()
    return f"{draft.id} {draft.content['mark']}"


def _owner(work: Work, draft: Draft) -> Person:
    person = work.session.get(Person, draft.content["person"])
    if person is None:
        raise Refused("rsvp.nothing_to_undo")
    return person


def _put_back(work: Work, response: Response, before: dict[str, Any]) -> Response | None:
    had = before.get("substitute_id")
    to = Substitution(work.session.get(Person, had) if had else None, before.get("substitute_name", ""))
    response.answer = before.get("answer", "")
    _replace_substitute(work, response, to)
    if not before:
        response.meeting.responses.remove(response)
        return None
    confirmed = before.get("confirmed_at")
    response.note, response.answered_at = before["note"], work.now
    response.confirmed_at = datetime.fromisoformat(confirmed) if confirmed else None
    response.confirmed_by_id = before.get("confirmed_by_id")
    return response


def _votes(meeting: Meeting, person: Person) -> bool:
    seat = sits_on(person, meeting.body)
    if seat is not None:
        return seat.voting
    held = [sits_on(r.person, meeting.body) for r in meeting.responses if r.substitute_id == person.id]
    return any(s is not None and s.voting for s in held)
