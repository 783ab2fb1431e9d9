"""people.csv: one person a row, with the roles they have."""

from __future__ import annotations

from collections.abc import Iterable

from bot.council import values
from bot.council.fields import Fields, one_of
from bot.council.model import PersonRow, Role
from bot.council.problems import Problems
from bot.council.sheet import Columns
from bot.council.tree import Block
from bot.council.unique import Unique
from bot.council.values import Unreadable

COLUMNS = Columns(
    needed=("email", "name", "roles"),
    optional=("title", "ward", "party", "directorate", "phone", "slack_id", "teams_id", "until"),
    lists=("roles",),
)


def read_people(rows: Iterable[Block], file: str, problems: Problems) -> tuple[PersonRow, ...]:
    """The people of a table. Rows without a usable e-mail address are noted and left out."""
    people = [_person(Fields(row, file, problems, "column")) for row in rows]
    seen = Unique(problems)
    for person in people:
        seen.check("the e-mail address", person.email, person.where)
        seen.check("the Slack account", person.slack_id, person.where)
        seen.check("the Teams account", person.teams_id, person.where)
    return tuple(person for person in people if person.email)


def _person(row: Fields) -> PersonRow:
    return PersonRow(
        email=row.need("email", values.email, ""),
        name=row.need_text("name", 120),
        roles=_roles(row),
        title=row.text("title"),
        ward=row.text("ward"),
        party=row.text("party"),
        directorate=row.read("directorate", values.key),
        phone=row.read("phone", values.phone),
        slack_id=row.read("slack_id", account),
        teams_id=row.read("teams_id", account),
        until=row.day("until"),
        where=row.where,
    )


def _roles(row: Fields) -> frozenset[Role]:
    if not row.texts("roles"):
        row.missing("roles")
    return frozenset(row.values("roles", lambda text: one_of(text, Role, "role")))


def account(text: str) -> str:
    """An account's id on Slack or Teams: one word, never a name or an e-mail address."""
    if "@" in text or any(letter.isspace() for letter in text):
        raise Unreadable(f'"{text}" is not an account id; leave it empty to match this person by e-mail.')
    return text
