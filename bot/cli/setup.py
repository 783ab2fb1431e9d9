"""`cpbot migrate`, `check` and `preview`: getting ready, and seeing that all is well."""

from __future__ import annotations

import click
from sqlalchemy.exc import OperationalError

from bot.app import build
from bot.cli.common import open_house
from bot.errors import SetupError
from bot.log import set_up_logging
from bot.settings import load_settings


@click.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from bot.store.schema import migrate as bring_up

    settings = load_settings()
    set_up_logging(settings.log)
    house = build(settings)
    try:
        click.echo(f"The database is at revision {bring_up(house.db.engine)}.")
    except OperationalError as error:
        raise SetupError(f"The database cannot be reached: {str(error.orig).splitlines()[0]}") from None
    finally:
        house.db.close()


@click.command()
def check() -> None:
    """Say everything that is wrong or missing with the set-up. Exit 1 if it must not go live."""
    from bot.services.readiness import must_mend, should_mend
    from bot.settings import missing_for_serving
    from bot.store.work import Work

    settings = load_settings()
    stop = missing_for_serving(settings)
    warn: list[str] = []
    try:
        with open_house(settings) as house:
            stop += house.db.run_sync(lambda s: must_mend(Work(s, house.clock.now())))
            warn += house.db.run_sync(lambda s: should_mend(Work(s, house.clock.now())))
    except SetupError as error:
        stop.append(str(error))
    for line in stop:
        click.echo(f"Must be mended: {line}")
    for line in warn:
        click.echo(f"Worth mending: {line}")
    if stop:
        raise SystemExit(1)
    click.echo("Ready to go live.")


@click.command()
@click.argument("template")
@click.argument("block")
@click.option(
    "--as", "form", type=click.Choice(["slack", "teams", "text"]), default="text", show_default=True
)
def preview(template: str, block: str, form: str) -> None:
    """Show the words of BLOCK in templates/TEMPLATE.md without sending anything."""
    from bot.cli.previewing import show

    click.echo(show(template, block, form))
