"""What one file says about another: the people, directorates, bodies and entries it points to must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeVar

from bot.council.constitution import BodySpec, Council, SeatSpec
from bot.council.kinds import SeatCategory
from bot.council.model import ActionSpec, CouncilFolder, Known, PersonRow, Role
from bot.council.problems import Place, Problem, Problems, listed, nearest, short

FEW, MANY = 12, 500
Part = TypeVar("Part")


def check_whole(folder: CouncilFolder, known: Known | None = None) -> None:
    """Raise CouncilErrors when anything points to what is neither in `folder` nor in `known`."""
    problems = Problems(cross_problems(folder, known or Known()))
    problems.raise_if_any()


def cross_problems(
    folder: CouncilFolder, known: Known, unread: Collection[str] = frozenset()
) -> list[Problem]:
    """The problems between files. `unread` names parts that could not be read; they may hold anything."""
    check = _Check(folder, known, unread, Problems())
    if folder.council:
        check.council(folder.council)
    check.rows()
    return check.problems.found


@dataclass(slots=True)
class _Target:
    """Something that files point to: its noun, where it is kept, what there is."""

    noun: str
    file: str
    there: frozenset[str]
    readable: bool


class _Check:
    def __init__(
        self, folder: CouncilFolder, known: Known, unread: Collection[str], problems: Problems
    ) -> None:
        self.folder, self.problems = folder, problems
        self.rows_by_email = {person.email: person for person in folder.people}
        council = folder.council
        keys = {item.key for item in council.directorates} if council else set()
        refs = {body.ref for body in council.bodies} if council else set()
        entries = {entry.id for entry in folder.directory}
        emails = self.rows_by_email.keys() | known.people
        self.people = _Target("person", "people.csv", frozenset(emails), "people" not in unread)
        charter_read = "council" not in unread
        directorates = frozenset(keys | known.directorates)
        self.directorates = _Target("directorate", "council.yaml", directorates, charter_read)
        self.bodies = _Target("body", "council.yaml", frozenset(refs | known.bodies), charter_read)
        directory_read = "directory" not in unread
        self.entries = _Target("entry", "the directory", frozenset(entries | known.entries), directory_read)

    def point(self, target: _Target, key: str | None, place: Place, what: str) -> None:
        """Note when `what`, at `place`, points to a key that `target` does not have."""
        if not key or not target.readable or key in target.there:
            return
        meant = nearest(key, target.there) if len(target.there) <= MANY else None
        if meant:
            hint = f'did you mean "{meant}"?'
        elif 0 < len(target.there) <= FEW:
            hint = f"use {listed(sorted(target.there))}."
        else:
            hint = f"add it to {target.file}, or correct it."
        self.problems.add(place, f'{what}: unknown {target.noun} "{short(key)}"; {hint}')

    def council(self, council: Council) -> None:
        for directorate in council.directorates:
            for role, email in [
                ("lead", directorate.lead),
                *(("deputy", one) for one in directorate.deputies),
            ]:
                what = f"the {role} of {directorate.key}"
                self.point(self.people, email, directorate.where, what)
                self.needs_role(email, Role.LEAD, directorate.where, what)
        for body in council.bodies:
            self.body(body)
        for reminder in council.reminders:
            self.point(self.bodies, reminder.body, reminder.where, f"the audience of {reminder.key}")
        self.point(self.entries, council.duty_desk.entry, council.duty_desk.where, "duty_desk")
        for ring in _rings(council.bodies):
            self.problems.add(ring.where, f"{ring.ref} reports, in the end, to itself; correct reports_to.")

    def body(self, body: BodySpec) -> None:
        self.point(self.bodies, body.reports_to, body.where, f"reports_to of {body.ref}")
        for seat in body.seats:
            what = f"the holder of {seat.key} in {body.ref}"
            self.point(self.people, seat.holder, seat.where, what)
            self.councillor(seat, what)
            for email in seat.substitutes:
                self.point(self.people, email, seat.where, f"the substitute of {seat.key} in {body.ref}")

    def councillor(self, seat: SeatSpec, what: str) -> None:
        if seat.category is SeatCategory.COUNCILLOR:
            self.needs_role(seat.holder, Role.MEMBER, seat.where, what)

    def needs_role(self, email: str | None, role: Role, place: Place, what: str) -> None:
        person: PersonRow | None = self.rows_by_email.get(email or "")
        if person and person.roles and role not in person.roles:
            message = f'{what}, {email}, does not have the role "{role}" in people.csv; add it there.'
            self.problems.add(place, message)

    def rows(self) -> None:
        for person in self.folder.people:
            self.point(self.directorates, person.directorate, person.where, person.email)
        for entry in self.folder.directory:
            self.point(self.entries, entry.escalation, entry.where, f"the escalation of {entry.id}")
        for meeting in self.folder.meetings:
            self.point(self.bodies, meeting.body, meeting.where, f"the meeting {meeting.ref}")
            for item in meeting.agenda:
                email = item.lead.lower() if item.lead and "@" in item.lead else None
                self.point(self.people, email, meeting.where, f"the agenda of {meeting.ref}")
        for action in self.folder.actions:
            self.action(action)

    def action(self, action: ActionSpec) -> None:
        self.point(self.bodies, action.body, action.where, action.ref)
        self.point(self.directorates, action.directorate, action.where, action.ref)
        for email in (action.raised_by, action.lead, *(update.by for update in action.updates)):
            self.point(self.people, email, action.where, action.ref)


def _rings(bodies: Collection[BodySpec]) -> Iterator[BodySpec]:
    parents = {body.ref: body.reports_to for body in bodies if body.reports_to != body.ref}
    for body in bodies:
        above, steps = parents.get(body.ref), 0
        while above and above != body.ref and steps < len(parents):
            above, steps = parents.get(above), steps + 1
        if above == body.ref:
            yield body
