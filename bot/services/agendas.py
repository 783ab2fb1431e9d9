"""Agendas: which lines of one a person may see, and how the officer makes it.

The title of a restricted item is shown to officers and to holders of a seat on the body, and to them only in
a private place. Nobody but an officer sees an agenda before it is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BadInput, NotFound
from bot.rules.access import Role
from bot.services.bodies import sits_on
from bot.services.meetings import must_be_open
from bot.services.named import naming_meeting
from bot.services.notice_standing import Standing, standing
from bot.store.meetings import AgendaItem, Meeting
from bot.store.people import Person, by_email
from bot.store.work import Work

LONGEST_TITLE = 200
MOST_ITEMS = 60


@dataclass(frozen=True)
class Line:
    """One line of an agenda as shown. The title of a private item is empty for who is not entitled to it."""

    number: int
    title: str
    private: bool
    lead: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class Agenda:
    """A meeting's agenda as one person sees it. `lines` is None where it is not out yet."""

    meeting: Meeting
    standing: Standing
    lines: tuple[Line, ...] | None
    is_draft: bool = False
    can_edit: bool = False


def agenda_for(work: Work, meeting: Meeting, person: Person, *, public_place: bool) -> Agenda:
    """The agenda as this person may see it, here."""
    edits = is_officer(person)
    if meeting.published_at is None and not (edits and not public_place):
        return Agenda(meeting, standing(work, meeting), None)
    entitled = not public_place and (edits or sits_on(person, meeting.body) is not None)
    return Agenda(
        meeting=meeting,
        standing=standing(work, meeting),
        lines=_lines(work, meeting, entitled),
        is_draft=meeting.published_at is None,
        can_edit=edits and not public_place,
    )


def public_lines(work: Work, meeting: Meeting) -> tuple[Line, ...]:
    """The lines of a published agenda that may go into a notice or a calendar: no private item at all."""
    if meeting.published_at is None:
        return ()
    return tuple(line for line in _lines(work, meeting, entitled=False) if not line.private)


def private_count(meeting: Meeting) -> int:
    """How many items of a published agenda are private."""
    return sum(i.restricted for i in meeting.items) if meeting.published_at else 0


def line_of(agenda: Agenda, number: int) -> Line | None:
    """One line of an agenda by its number; None where it has no such item."""
    return next((line for line in agenda.lines or () if line.number == number), None)


def add_item(
    work: Work, meeting: Meeting, title: str, *, private: bool, lead: str = "", minutes: int | None = None
) -> AgendaItem:
    """Put an item at the end of an agenda."""
    must_be_open(work, meeting)
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise BadInput("agenda.bad_title", fields={"title": "agenda.error_title"}, limit=LONGEST_TITLE)
    if len(meeting.items) >= MOST_ITEMS:
        raise BadInput("agenda.too_many", limit=MOST_ITEMS)
    item = AgendaItem(
        position=len(meeting.items) + 1, title=title, restricted=private, lead=lead, minutes=minutes
    )
    meeting.items.append(item)
    _changed(work, meeting, "agenda.added", item.position)
    return item


def remove_item(work: Work, meeting: Meeting, number: int) -> str:
    """Take an item off an agenda; its title. The items after it move up."""
    must_be_open(work, meeting)
    item = _item(meeting, number)
    title = item.title
    meeting.items.remove(item)
    _number(meeting.items)
    _changed(work, meeting, "agenda.removed", number)
    return title


def set_private(work: Work, meeting: Meeting, number: int, *, private: bool) -> AgendaItem:
    """Make an item private, or open."""
    must_be_open(work, meeting)
    item = _item(meeting, number)
    item.restricted = private
    _changed(work, meeting, "agenda.private" if private else "agenda.open", number)
    return item


def order(work: Work, meeting: Meeting, numbers: Sequence[int]) -> None:
    """Put the named items first, in that order; the others follow as they stood."""
    must_be_open(work, meeting)
    if len(set(numbers)) != len(numbers):
        raise BadInput("agenda.twice")
    first = [_item(meeting, n) for n in numbers]
    _number([*first, *(i for i in meeting.items if i not in first)])
    meeting.items.sort(key=lambda i: i.position)
    _changed(work, meeting, "agenda.ordered")


def is_officer(person: Person) -> bool:
    """Whether the person is a support officer."""
    return Role.OFFICER in person.roles


def _lines(work: Work, meeting: Meeting, entitled: bool) -> tuple[Line, ...]:
    return tuple(_line(work, item, entitled) for item in meeting.items)


def _line(work: Work, item: AgendaItem, entitled: bool) -> Line:
    if item.restricted and not entitled:
        return Line(item.position, "", private=True)
    return Line(item.position, item.title, item.restricted, _lead(work, item.lead), item.minutes)


def _lead(work: Work, lead: str) -> str:
    """Who introduces an item: a name where the council gave an e-mail address, else the words it gave."""
    person = by_email(work.session, lead) if "@" in lead else None
    return person.name if person else lead


def _item(meeting: Meeting, number: int) -> AgendaItem:
    item = next((i for i in meeting.items if i.position == number), None)
    if item is None:
        raise NotFound("agenda.no_such_item", number=number, meeting=naming_meeting(meeting))
    return item


def _number(items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, 1):
        item.position = position


def _changed(work: Work, meeting: Meeting, what: str, number: int = 0) -> None:
    # A published agenda that changes is news: its notice may be sent again.
    if meeting.published_at is not None:
        meeting.sequence += 1
    work.audit(what, f"meeting:{meeting.id}", number=number)
    work.session.flush()
