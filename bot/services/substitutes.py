"""Who may stand in for whom: each body's own rule, applied to the people a typed name may mean."""

from __future__ import annotations

from dataclasses import dataclass

from bot.rules.access import Role
from bot.services.bodies import sits_on
from bot.services.council import rules_of
from bot.services.people import find_people
from bot.store.bodies import Seat
from bot.store.people import Person
from bot.store.work import Work


@dataclass(frozen=True)
class Choice:
    """What a typed name comes to: one person, several, somebody not allowed, or nobody we know.

    `rule` is the body's rule: none, party, agency, named or any.
    """

    rule: str
    name: str
    person: Person | None = None
    several: tuple[Person, ...] = ()
    not_allowed: Person | None = None
    named: tuple[Person, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether nobody we know has that name."""
        return self.person is None and not self.several and self.not_allowed is None


def choose(work: Work, seat: Seat, typed: str) -> Choice:
    """The person meant by a typed name, among those whom the body's rule allows for this seat."""
    rule = rules_of(seat.body).substitutes
    found = [p for p in find_people(work, typed) if p.id != seat.holder_id]
    fit = [p for p in found if may_stand_in(seat, p, rule)]
    base = Choice(rule=rule, name=" ".join(typed.split()), named=_named(work, seat, rule))
    if len(fit) == 1:
        return Choice(rule, base.name, person=fit[0], named=base.named)
    if fit:
        return Choice(rule, base.name, several=tuple(fit), named=base.named)
    return Choice(rule, base.name, not_allowed=found[0], named=base.named) if found else base


def may_stand_in(seat: Seat, person: Person, rule: str) -> bool:
    """Whether the rule lets the person stand in at this seat. Nobody does who has a seat there already."""
    if rule == "none" or sits_on(person, seat.body) is not None:
        return False
    if person.email.lower() in seat.substitute_emails or rule == "any":
        return True
    if rule == "party":
        return _same_party(seat, person)
    return rule == "agency" and _same_agency(seat, person)


def _named(work: Work, seat: Seat, rule: str) -> tuple[Person, ...]:
    """Those the council named for the seat, who still have access; nobody where nobody may stand in."""
    if rule == "none":
        return ()
    found = [p for e in seat.substitute_emails for p in find_people(work, e)]
    return tuple(found)


def _same_party(seat: Seat, person: Person) -> bool:
    holder = seat.holder
    both = holder is not None and Role.MEMBER in holder.roles and Role.MEMBER in person.roles
    return both and bool(person.party) and holder is not None and person.party == holder.party


def _same_agency(seat: Seat, person: Person) -> bool:
    """Councillors deputise for councillors; anybody else for somebody of the same organisation."""
    holder = seat.holder
    if holder is None or (Role.MEMBER in holder.roles) != (Role.MEMBER in person.roles):
        return False
    return _domain(person) == _domain(holder)


def _domain(person: Person) -> str:
    return person.email.rpartition("@")[2].lower()
