"""Who is coming: answers by seat, substitutes, seats without an answer, and whether that makes a quorum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import Refused
from bot.rules.access import Role
from bot.rules.quorum import Attendee, QuorumStatus, SeatRule, quorum_status
from bot.rules.states import RsvpAnswer
from bot.services.council import rules_of
from bot.services.named import naming_meeting
from bot.services.responses import COMING, must_be_answerable
from bot.store.bodies import Seat
from bot.store.deliveries import known_keys
from bot.store.meetings import Meeting, Response, last_moved
from bot.store.people import Person
from bot.store.work import Work

PRESENT = "present"
REMOTE = "remote"
SUBSTITUTE = "substitute"
HERE = frozenset({PRESENT, REMOTE, SUBSTITUTE})


@dataclass(frozen=True)
class Reply:
    """One person's answer. `stale`: given before the meeting was moved, and not confirmed since.

    `substitute` is who stands in; `substitute_answer` is empty while they have not answered.
    """

    person: Person
    answer: str
    note: str = ""
    substitute: str = ""
    substitute_known: bool = False
    substitute_answer: str = ""
    confirmed: bool = False
    stale: bool = False


@dataclass(frozen=True)
class Turnout:
    """How the answers to a meeting stand. `quorum` counts only those who say they are coming;
    `with_maybes` counts the doubtful too. `recorded` is set once the officer has recorded who came:
    then both are about those present.
    """

    meeting: Meeting
    replies: tuple[Reply, ...]
    silent: tuple[Person, ...]
    vacant: tuple[Seat, ...]
    others: tuple[Reply, ...]
    quorum: QuorumStatus
    with_maybes: QuorumStatus
    recorded: bool
    attended: Mapping[str, Sequence[str]]
    """Names by how they were there, or were not, as the officer recorded it."""

    def having(self, *answers: str) -> list[Reply]:
        """The replies of people with a seat that gave one of these answers."""
        return [r for r in self.replies if r.answer in answers]


def turnout(work: Work, meeting: Meeting) -> Turnout:
    """Everything the answers so far say about who will be there."""
    moved_at = last_moved(work.session, meeting)
    held = _held(work, meeting)
    given = {r.person_id: r for r in meeting.responses if r.answer}
    answered = [(s, given[p.id]) for s, p in held if p.id in given]
    seated = {p.id for _, p in held}
    stale = {r.id for r in meeting.responses if moved_at is not None and r.answered_at < moved_at}
    others = [r for r in given.values() if r.person_id not in seated]
    recorded = any(r.attended in HERE for r in meeting.responses)
    return Turnout(
        meeting=meeting,
        replies=tuple(_reply(r, stale) for _, r in answered),
        silent=tuple(p for _, p in held if p.id not in {r.person_id for _, r in answered}),
        vacant=tuple(s for s in meeting.body.seats if s not in [h for h, _ in held]),
        others=tuple(_reply(r, stale) for r in others),
        quorum=_quorum(work, meeting, COMING, stale, recorded),
        with_maybes=_quorum(work, meeting, COMING | {RsvpAnswer.MAYBE}, frozenset(), recorded),
        recorded=recorded,
        attended=_attended(meeting),
    )


def to_nudge(work: Work, meeting: Meeting) -> list[Person]:
    """Who should be asked again: the silent, the doubtful, those who answered for another date, and
    substitutes who have not said yes or no. Nobody twice in one day.
    """
    must_be_answerable(work, meeting)
    found = turnout(work, meeting)
    people = [*found.silent, *(r.person for r in found.replies if r.stale or r.answer == RsvpAnswer.MAYBE)]
    for response in meeting.responses:
        sub = response.substitute
        if sub is not None and sub.active_on(work.today) and _answer(meeting, sub) in ("", RsvpAnswer.MAYBE):
            people.append(sub)
    had = known_keys(work.session, {_once(work, meeting)})
    unique = {p.id: p for p in people}
    return [p for p in unique.values() if (p.id, _once(work, meeting)) not in had]


def nudge(work: Work, meeting: Meeting) -> int:
    """Ask them again; how many were asked. Refused where nobody is left to ask today."""
    people = to_nudge(work, meeting)
    if not people:
        raise Refused("responses.nobody_to_nudge", meeting=naming_meeting(meeting))
    for person in people:
        ask(work, meeting, person)
    work.audit("response.nudged", f"meeting:{meeting.id}", people=len(people))
    return len(people)


def ask(work: Work, meeting: Meeting, person: Person) -> None:
    """Ask one person for an answer, once a day at most."""
    values = {"meeting": meeting, "answer": _answer(meeting, person)}
    once = _once(work, meeting)
    work.tell(person, "nudge", once, "responses.nudged", values, card="rsvp_request", subject=meeting.ref)


def _once(work: Work, meeting: Meeting) -> str:
    return f"nudge:{meeting.ref}:{work.today.isoformat()}"


def _held(work: Work, meeting: Meeting) -> list[tuple[Seat, Person]]:
    """The seats that somebody with access holds, and who."""
    seats = [(s, s.holder) for s in meeting.body.seats]
    return [(s, p) for s, p in seats if p is not None and p.active_on(work.today)]


def _answer(meeting: Meeting, person: Person) -> str:
    return next((str(r.answer) for r in meeting.responses if r.person_id == person.id), "")


def _reply(response: Response, stale: set[int]) -> Reply:
    sub = response.substitute
    return Reply(
        person=response.person,
        answer=response.answer,
        note=response.note,
        substitute=sub.name if sub else response.substitute_name,
        substitute_known=sub is not None,
        substitute_answer=_answer(response.meeting, sub) if sub else "",
        confirmed=response.confirmed_at is not None,
        stale=response.id in stale,
    )


def _attended(meeting: Meeting) -> dict[str, list[str]]:
    ways = (PRESENT, REMOTE, SUBSTITUTE, "in_attendance", "apologies", "absent")
    names = {w: sorted(r.person.name for r in meeting.responses if r.attended == w) for w in ways}
    return {way: found for way, found in names.items() if found}


def _quorum(
    work: Work,
    meeting: Meeting,
    answers: frozenset[RsvpAnswer],
    stale: set[int] | frozenset[int],
    recorded: bool,
) -> QuorumStatus:
    rule = rules_of(meeting.body).quorum
    by_person = {r.person_id: r for r in meeting.responses}
    attendees = (
        _present(meeting.body.seats, by_person)
        if recorded
        else _expected(meeting.body.seats, {i: r for i, r in by_person.items() if r.id not in stale}, answers)
    )
    return quorum_status(rule, [_seat_rule(work, s) for s in meeting.body.seats], attendees)


def _seat_rule(work: Work, seat: Seat) -> SeatRule:
    vacant = seat.holder is None or not seat.holder.active_on(work.today)
    return SeatRule(str(seat.id), seat.category == "councillor", seat.voting, vacant, seat.role == "chair")


def _expected(
    seats: Iterable[Seat], by_person: dict[int, Response], answers: frozenset[RsvpAnswer]
) -> Sequence[Attendee]:
    """Who says they will fill each seat: its holder, else a substitute who has said yes."""
    found = []
    for seat in seats:
        own = by_person.get(seat.holder_id or 0)
        if own is None:
            continue
        stands_in = by_person.get(own.substitute_id or 0)
        if own.answer in answers:
            found.append(_attendee(seat, own.person, remote=own.answer == RsvpAnswer.REMOTE))
        elif stands_in is not None and stands_in.answer in answers:
            remote = stands_in.answer == RsvpAnswer.REMOTE
            found.append(_attendee(seat, stands_in.person, remote=remote, substitute=True))
    return found


def _present(seats: Iterable[Seat], by_person: dict[int, Response]) -> Sequence[Attendee]:
    """Who filled each seat, as the officer recorded it."""
    found = []
    for seat in seats:
        own = by_person.get(seat.holder_id or 0)
        stands_in = by_person.get(own.substitute_id or 0) if own else None
        if own is not None and own.attended in (PRESENT, REMOTE):
            found.append(_attendee(seat, own.person, remote=own.attended == REMOTE))
        elif stands_in is not None and stands_in.attended == SUBSTITUTE:
            found.append(_attendee(seat, stands_in.person, substitute=True))
    return found


def _attendee(seat: Seat, person: Person, *, remote: bool = False, substitute: bool = False) -> Attendee:
    return Attendee(str(seat.id), Role.MEMBER in person.roles, remote, substitute)
