"""Loads people.csv: people, their roles and their accounts."""

from __future__ import annotations

from bot.council.model import PersonRow
from bot.services.loading.common import outcome, set_values
from bot.store.people import Account, Person, by_account, by_email, directorate_by_key
from bot.store.work import Work


def load_person(work: Work, row: PersonRow) -> str:
    """Add or update one person by e-mail; their directorate comes later, with `place_person`."""
    person = by_email(work.session, row.email)
    new = person is None
    if person is None:
        person = Person(email=row.email, name=row.name)
        work.session.add(person)
    changed = set_values(
        person,
        name=row.name,
        roles=sorted(str(r) for r in row.roles),
        title=row.title or "",
        ward=row.ward or "",
        party=row.party or "",
        phone=row.phone or "",
        until=row.until,
    )
    work.session.flush()
    for channel, user_id in (("slack", row.slack_id), ("teams", row.teams_id)):
        changed |= bool(user_id) and _account(work, person, channel, user_id or "")
    return outcome(new, changed)


def _account(work: Work, person: Person, channel: str, user_id: str) -> bool:
    """Tie a platform's id to a person. The tenant is learnt when the account first writes."""
    known = by_account(work.session, channel, "", user_id)
    if known is not None or any(a.channel == channel and a.user_id == user_id for a in person.accounts):
        return False
    work.session.add(Account(person=person, channel=channel, user_id=user_id))
    work.session.flush()
    return True


def place_person(work: Work, row: PersonRow) -> None:
    """Tie a person to their directorate, once it exists."""
    person = by_email(work.session, row.email)
    directorate = directorate_by_key(work.session, row.directorate) if row.directorate else None
    if person is not None:
        set_values(person, directorate_id=directorate.id if directorate else None)
