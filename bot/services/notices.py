"""The notice of a meeting: who gets it, what is in it, and sending it once.

Restricted items are never in it, whoever reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.errors import Refused
from bot.rules.states import BroadcastState
from bot.services.agendas import private_count, public_lines
from bot.services.bodies import members_of, sits_on
from bot.services.meetings import chair_of, must_be_open
from bot.services.named import naming_meeting
from bot.services.notice_standing import Standing, standing
from bot.store.deliveries import Broadcast, known_keys
from bot.store.meetings import Meeting, hold_meeting
from bot.store.people import Person, everyone
from bot.store.work import Work

NOTICE = "notice"
"""The kind of a broadcast that is the notice of a meeting."""
Audience = Literal["body", "everyone"]


@dataclass(frozen=True)
class Sent:
    """A notice that is on its way, and to how many. `broadcast` is where what becomes of it is reported."""

    broadcast: Broadcast
    count: int


@dataclass(frozen=True)
class Draft:
    """A notice before it is sent: who will get it, and who has had it already."""

    meeting: Meeting
    audience: Audience
    people: tuple[Person, ...]
    already: int
    standing: Standing
    values: Mapping[str, Any]


def draft(work: Work, meeting: Meeting, audience: Audience) -> Draft:
    """The notice as it would go out now."""
    must_be_open(work, meeting)
    people = recipients(work, meeting, audience)
    had = known_keys(work.session, {_once(meeting)})
    fresh = tuple(p for p in people if (p.id, _once(meeting)) not in had)
    return Draft(
        meeting=meeting,
        audience=audience,
        people=fresh,
        already=len(people) - len(fresh),
        standing=standing(work, meeting),
        values=notice_values(work, meeting),
    )


def send(work: Work, meeting: Meeting, audience: Audience) -> Sent:
    """Send the notice to everybody who has not had it. Refused where all have.

    Those with a seat are asked to answer; everybody else is told of the meeting.
    """
    hold_meeting(work.session, meeting)
    found = draft(work, meeting, audience)
    if not found.people:
        raise Refused("notices.sent_already", meeting=naming_meeting(meeting))
    broadcast = _broadcast(work, meeting, audience)
    for person in found.people:
        seated = sits_on(person, meeting.body) is not None
        work.tell(
            person,
            "notice",
            _once(meeting),
            "notices.notice" if seated else "notices.for_information",
            found.values,
            card="rsvp_request" if seated else "",
            subject=meeting.ref,
            broadcast_id=broadcast.id,
        )
    work.audit("notice.sent", f"meeting:{meeting.id}", audience=audience, people=len(found.people))
    return Sent(broadcast, len(found.people))


def _broadcast(work: Work, meeting: Meeting, audience: Audience) -> Broadcast:
    """What the notice is reported under. Each person's words are their own, so it holds none."""
    made = Broadcast(
        kind=NOTICE,
        subject=meeting.ref,
        title=meeting.body.name,
        audience="all_members" if audience == "everyone" else f"body:{meeting.body.ref}",
        state=BroadcastState.SENDING,
        created_by_id=work.actor.id if work.actor else None,
        created_at=work.now,
        started_at=work.now,
        message={},
    )
    work.session.add(made)
    work.session.flush()
    return made


def recipients(work: Work, meeting: Meeting, audience: Audience) -> list[Person]:
    """Those with a seat on the body; with "everyone", all councillors besides."""
    people = members_of(work, meeting.body)
    if audience == "everyone":
        people += everyone(work.session, work.today, "member")
    return list({p.id: p for p in people}.values())


def notice_values(work: Work, meeting: Meeting) -> dict[str, Any]:
    """What the words of a notice need, the same for everybody."""
    return {
        "meeting": meeting,
        "chair": chair_of(work, meeting),
        "standing": standing(work, meeting),
        "lines": public_lines(work, meeting),
        "private": private_count(meeting),
        "open_to_public": meeting.body.public_meetings,
    }


def _once(meeting: Meeting) -> str:
    """The key that makes a second copy impossible, until the meeting changes."""
    return f"notice:{meeting.ref}:{meeting.sequence}"
