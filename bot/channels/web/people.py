"""The people one can be in the demonstration, grouped by role and searched by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TENANT = "demo"
GROUPS = ("member", "officer", "lead", "partner")


@dataclass(frozen=True)
class PersonCard:
    """What the web chat knows of somebody. `roles` are those of `people.csv`, the main one first."""

    id: int
    name: str
    email: str
    roles: tuple[str, ...]
    title: str = ""
    ward: str = ""
    party: str = ""
    directorate: str = ""

    @property
    def user_id(self) -> str:
        """The account's id on the web channel: the person's id as text."""
        return str(self.id)

    @property
    def group(self) -> str:
        """The role under which the person is listed."""
        return next((r for r in self.roles if r in GROUPS), GROUPS[-1])

    @property
    def detail(self) -> str:
        """What tells two people of one name apart: title, then ward or directorate."""
        return ", ".join(bit for bit in (self.title, self.ward or self.directorate) if bit)


@dataclass(frozen=True)
class Group:
    """The people of one role, in the order they were given."""

    role: str
    people: tuple[PersonCard, ...]


def grouped(people: Iterable[PersonCard]) -> list[Group]:
    """Everybody under their role: councillors, support officers, leads, partners; empty groups left out."""
    everybody = list(people)
    groups = (Group(role, tuple(p for p in everybody if p.group == role)) for role in GROUPS)
    return [g for g in groups if g.people]


def matching(people: Iterable[PersonCard], query: str) -> list[PersonCard]:
    """The people in whose card every word of the query begins a word, whatever its capitals."""
    wanted = query.casefold().split()
    return [p for p in people if all(_begins(w, search_words(p)) for w in wanted)]


def search_words(person: PersonCard) -> str:
    """The words by which a person can be found."""
    return " ".join((person.name, person.title, person.ward, person.party, person.directorate)).casefold()


def _begins(wanted: str, words: str) -> bool:
    return any(word.startswith(wanted) for word in words.split())
