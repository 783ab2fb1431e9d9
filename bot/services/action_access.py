"""Who may see an action, how much of it, and who works on it."""

from __future__ import annotations

from enum import StrEnum

from bot.errors import Refused
from bot.rules.access import Role
from bot.services.bodies import bodies_of
from bot.store.actions import Action
from bot.store.people import Directorate, Person, directorates, everyone, leads_of
from bot.store.work import Work


class Sight(StrEnum):
    """How much of an action somebody sees."""

    ALL = "all"
    """Everything, the name of whoever raised it too: officers."""
    OWN = "own"
    """Everything about what they raised themselves."""
    WORK = "work"
    """What their directorate works on; not the name of somebody who asked to be left out."""
    LOG = "log"
    """The panel's log: title, directorate, state, due date. Never who raised it."""


def sight(work: Work, action: Action) -> Sight | None:
    """How much of the action the person who acts may see; None for nothing at all."""
    if is_officer(work.me):
        return Sight.ALL
    if action.raised_by_id == work.me.id:
        return Sight.OWN
    if works_on(work, action):
        return Sight.WORK
    seats = bodies_of(work, work.me)
    return Sight.LOG if {action.body_id, action.body.reports_to_id} & seats else None


def is_officer(person: Person) -> bool:
    """Whether somebody is a support officer."""
    return Role.OFFICER in person.roles


def works_on(work: Work, action: Action) -> bool:
    """Whether the action is with the directorate of the person who acts, or with them by name."""
    if Role.LEAD not in work.me.roles:
        return False
    return action.lead_id == work.me.id or action.directorate_id in {d.id for d in own_directorates(work)}


def own_directorates(work: Work) -> list[Directorate]:
    """The directorates that the person leads, stands in for, or holds a lead's role in."""
    if Role.LEAD not in work.me.roles:
        return []
    every = directorates(work.session)
    return [
        d for d in every if d.id == work.me.directorate_id or work.me in leads_of(work.session, d, work.today)
    ]


def must_see(work: Work, action: Action) -> Sight:
    """How much the person sees of it; Refused where that is nothing."""
    seen = sight(work, action)
    if seen is None:
        raise Refused("actions.not_yours_to_see", ref=action.ref)
    return seen


def must_work_on(work: Work, action: Action, *, or_officer: bool = False) -> None:
    """Refused unless the action is with the person's directorate (or, where told, they are an officer)."""
    if or_officer and is_officer(work.me):
        return
    if not works_on(work, action):
        raise Refused("actions.not_yours_to_work", ref=action.ref, with_whom=_with_whom(action))


def must_have_raised(work: Work, action: Action) -> None:
    """Refused unless the person raised it themselves."""
    if action.raised_by_id != work.me.id:
        raise Refused("concerns.not_yours", ref=action.ref)


def officers(work: Work) -> list[Person]:
    """The support officers who have access today."""
    return everyone(work.session, work.today, Role.OFFICER)


def _with_whom(action: Action) -> str:
    return action.directorate.name if action.directorate else ""
