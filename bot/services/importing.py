"""Takes what outside sources say into people, meetings and contacts, through the loader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.council.model import AgendaItemSpec, CouncilFolder, DirectoryEntry, MeetingSpec, PersonRow
from bot.errors import BadInput
from bot.rules.access import Role
from bot.rules.states import MeetingState
from bot.services.loading import load
from bot.sources.moderngov import Councillor, FullMeeting
from bot.store.bodies import Body, bodies, main_body
from bot.store.contacts import contact_by_key
from bot.store.people import Person, by_email, everyone
from bot.store.work import Work

MOST_LOST = 0.2
"""A roll that shrank by more than a fifth is refused: the source is more likely broken than the council."""
REVIEW_IN = timedelta(days=90)
_STATES = {
    "confirmed": MeetingState.CONFIRMED,
    "cancelled": MeetingState.CANCELLED,
    "planned": MeetingState.PLANNED,
}
PRIVATE_TITLE = "Private item"
"""What an agenda item is called whose title the source must not give away."""


def import_members(
    work: Work, found: Sequence[Councillor], force: bool = False
) -> tuple[Counter[str], list[str]]:
    """Add and update councillors; the counts, and the names that have no e-mail address.

    Nobody is removed. BadInput when a fifth of the members we know are missing, unless forced.
    """
    named = [c for c in found if c.email]
    known = {p.email.lower() for p in everyone(work.session, work.today, "member")}
    missing = known - {c.email for c in named}
    if known and len(missing) > len(known) * MOST_LOST and not force:
        raise BadInput("errors.shrunk", known=len(known), found=len(known) - len(missing))
    rows = tuple(_row(work, c) for c in named)
    return load(work, CouncilFolder(people=rows)), [c.name for c in found if not c.email]


def _row(work: Work, councillor: Councillor) -> PersonRow:
    """A councillor as a loadable row; what only we know of them is kept."""
    person = by_email(work.session, councillor.email)
    roles = frozenset(Role(r) for r in person.roles) if person else frozenset()
    return PersonRow(
        email=councillor.email,
        name=councillor.name,
        roles=roles | {Role.MEMBER},
        title=(person.title if person else "") or "Councillor",
        ward=councillor.ward,
        party=councillor.party,
        directorate=_directorate(person),
        phone=councillor.phone or (person.phone if person else None),
        until=person.until if person else None,
    )


def _directorate(person: Person | None) -> str | None:
    return person.directorate.key if person and person.directorate else None


def import_meetings(work: Work, found: Sequence[FullMeeting], committee: str = "") -> Counter[str]:
    """Add and update meetings with their agendas, for the body that the committee's title names."""
    body = body_for(work, committee)
    specs = tuple(_meeting(m, body) for m in found if m.start is not None)
    return load(work, CouncilFolder(meetings=specs))


def body_for(work: Work, committee: str) -> Body:
    """The body with that title, else the main body. BadInput when there is none at all."""
    wanted = committee.casefold()
    body = next((b for b in bodies(work.session) if b.name.casefold() == wanted), None) or main_body(
        work.session
    )
    if body is None:
        raise BadInput("errors.no_body")
    return body


def _meeting(found: FullMeeting, body: Body) -> MeetingSpec:
    start = found.start or datetime.min.time()
    return MeetingSpec(
        ref=f"moderngov-{found.number}",
        body=body.ref,
        day=found.day,
        start=start,
        end=found.end if found.end and found.end > start else None,
        place=found.place or None,
        state=_STATES[found.state],
        agenda=tuple(AgendaItemSpec(i.title or PRIVATE_TITLE, i.restricted) for i in found.agenda),
    )


def import_contacts(work: Work, found: Sequence[DirectoryEntry]) -> tuple[Counter[str], list[str]]:
    """Add and update entries from outside; the counts, and the new ids that have neither phone nor e-mail.

    They are due for review in three months. An entry that people here completed keeps what they added.
    """
    rows = tuple(_kept(work, e) for e in found)
    bare = [e.id for e in rows if not e.phone and not e.email]
    return load(work, CouncilFolder(directory=rows)), bare


def _kept(work: Work, entry: DirectoryEntry) -> DirectoryEntry:
    known = contact_by_key(work.session, entry.id)
    values = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    for name in ("phone", "email", "hours", "escalation", "out_of_hours", "role"):
        values[name] = values[name] or (getattr(known, name) if known else "") or None
    values["verified_on"] = known.verified_on if known else None
    values["review_by"] = (known.review_by if known else None) or work.today + REVIEW_IN
    return DirectoryEntry(**values)
