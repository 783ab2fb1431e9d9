"""`cpbot person` and `retain`: subject access, erasure, retention."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

from bot.cli.common import open_house
from bot.errors import NotFound, SetupError
from bot.services import privacy
from bot.store.people import Person
from bot.store.work import Work


@click.group()
def person() -> None:
    """What the bot holds about one person."""


@person.command("show")
@click.argument("email")
def show(email: str) -> None:
    """Count what is held about EMAIL, by kind."""
    for kind, rows in _about(email, privacy.everything_about).items():
        if rows:
            click.echo(f"{kind.replace('_', ' '):20} {len(rows)}")


@person.command("export")
@click.argument("email")
def export(email: str) -> None:
    """Print everything held about EMAIL as JSON."""
    click.echo(json.dumps(_about(email, privacy.everything_about), indent=1, ensure_ascii=False))


@person.command("erase")
@click.argument("email")
@click.confirmation_option(prompt="This cannot be undone. Erase this person?")
def erase(email: str) -> None:
    """Erase EMAIL. The council's record keeps the facts, without the name."""
    for kind, count in _about(email, privacy.erase).items():
        click.echo(f"{kind.replace('_', ' '):20} {count} removed")


def _about(email: str, use: Callable[[Work, Person], Any]) -> Any:
    with open_house() as house:

        def case(session: Any) -> Any:
            work = Work(session, house.clock.now())
            return use(work, privacy.person_called(work, email))

        try:
            return house.db.run_sync(case)
        except NotFound:
            raise SetupError(f"Nobody here has the e-mail address {email}.") from None


@click.command()
@click.option("--dry-run", is_flag=True, help="Count, but remove nothing.")
def retain(dry_run: bool) -> None:
    """Remove or reduce everything that is past keeping."""
    with open_house() as house, house.db.begin() as session:
        done = privacy.retain(Work(session, house.clock.now()))
        if dry_run:
            session.rollback()
    for kind, count in done.items():
        click.echo(f"{kind.replace('_', ' '):20} {count} {'would go' if dry_run else 'gone'}")
