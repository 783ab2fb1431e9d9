"""People as the other use cases need them: names, seats, and finding somebody by what was typed."""

from __future__ import annotations

import re

from bot.store.bodies import seats_of
from bot.store.people import Person, by_email, everyone
from bot.store.work import Work

_TITLES = re.compile(r"\b(?:cllr|councillor|cabinet member|mr|mrs|ms|miss|mx|dr|prof)\b\.?\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def seat_names(work: Work, person: Person) -> list[str]:
    """The bodies a person sits on, with the office they hold there."""
    return [
        s.body.name if s.role == "member" else f"{s.body.name} ({s.role.replace('_', '-')})"
        for s in seats_of(work.session, person)
    ]


def find_people(work: Work, typed: str, role: str | None = None) -> list[Person]:
    """Everybody a typed name may mean: an exact e-mail or full name, else every word must fit.

    An empty list means nobody; more than one means the person must be asked which.
    """
    if "@" in typed:
        person = by_email(work.session, typed)
        return [person] if person and person.active_on(work.today) else []
    wanted = [w.casefold() for w in _WORD.findall(_TITLES.sub("", typed))]
    if not wanted:
        return []
    people = everyone(work.session, work.today, role)
    exact = [p for p in people if [w.casefold() for w in _WORD.findall(p.name)] == wanted]
    return exact or [p for p in people if _fits(p.name, wanted)]


def people_beginning(work: Work, typed: str) -> list[Person]:
    """Everybody with access in whose name each typed word begins a word, by name: for names half typed."""
    wanted = [w.casefold() for w in _WORD.findall(_TITLES.sub("", typed))]
    if not wanted:
        return []
    return [p for p in everyone(work.session, work.today) if _begins(p.name, wanted)]


def _begins(name: str, wanted: list[str]) -> bool:
    words = [w.casefold() for w in _WORD.findall(name)]
    return all(any(w.startswith(begun) for w in words) for begun in wanted)


def _fits(name: str, wanted: list[str]) -> bool:
    words = [w.casefold() for w in _WORD.findall(name)]
    return all(w in words for w in wanted)
