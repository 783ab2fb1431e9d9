"""Keeps councillors in step with a group of the council's own directory, by their object ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import BadInput
from bot.rules.access import Role
from bot.services.importing import MOST_LOST
from bot.store.people import Account, Person, by_account, by_email, everyone
from bot.store.work import Work

CHANNEL = "teams"


@dataclass(frozen=True)
class Entrant:
    """Somebody in the group: object id, name, and the addresses the directory has for them."""

    object_id: str
    name: str
    emails: tuple[str, ...]


def sync_group(
    work: Work, found: Sequence[Entrant], tenant: str, force: bool = False
) -> tuple[Counter[str], list[str]]:
    """Make the members the people of the group; the counts, and the names that have no e-mail address.

    Counts: added, tied (known by e-mail, now by object id), back (had left), ended, same. Somebody who
    left the group loses access at once; an officer or a lead only ceases to be a member. BadInput when
    more than a fifth of the members we know by object id are gone, unless forced.
    """
    here = {e.object_id for e in found}
    known = _known(work, tenant)
    gone = [p for object_id, p in known.items() if object_id not in here]
    if known and len(gone) > len(known) * MOST_LOST and not force:
        raise BadInput("errors.shrunk", known=len(known), found=len(known) - len(gone))
    named = [e for e in found if e.emails]
    done = Counter(_enter(work, e, tenant) for e in named)
    for person in gone:
        _end(work, person)
    done["ended"] = len(gone)
    return done, [e.name for e in found if not e.emails]


def _known(work: Work, tenant: str) -> dict[str, Person]:
    """The members with access today whom we know by object id."""
    return {
        a.user_id: p
        for p in everyone(work.session, work.today, Role.MEMBER)
        for a in p.accounts
        if a.channel == CHANNEL and a.tenant in (tenant, "")
    }


def _enter(work: Work, one: Entrant, tenant: str) -> str:
    account = _account(work, one.object_id, tenant)
    if account is not None:
        account.tenant = tenant
        return _let_in(work, account.person)
    people = (by_email(work.session, e) for e in one.emails)
    person = next((p for p in people if p is not None), None)
    outcome = "tied" if person else "added"
    if person is None:
        person = Person(email=one.emails[0].lower(), name=one.name or one.emails[0], roles=[])
        work.session.add(person)
    person.accounts.append(Account(channel=CHANNEL, tenant=tenant, user_id=one.object_id))
    work.session.flush()
    work.audit(f"person.{outcome}", f"person:{person.id}", source="entra")
    _let_in(work, person)
    return outcome


def _account(work: Work, object_id: str, tenant: str) -> Account | None:
    return by_account(work.session, CHANNEL, tenant, object_id) or by_account(
        work.session, CHANNEL, "", object_id
    )


def _let_in(work: Work, person: Person) -> str:
    """Give a person the member's role, and access if it had ended; whether that was news."""
    left = not person.active_on(work.today)
    if left:
        person.until = None
        work.audit("person.back", f"person:{person.id}", source="entra")
    if Role.MEMBER not in person.roles:
        person.roles = sorted([*person.roles, str(Role.MEMBER)])
    return "back" if left else "same"


def _end(work: Work, person: Person) -> None:
    others = [r for r in person.roles if r != Role.MEMBER]
    if others:
        person.roles = others
    else:
        person.until = work.today - timedelta(days=1)
    work.audit("person.ended", f"person:{person.id}", source="entra")
