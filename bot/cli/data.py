"""`cpbot load` and `export`: a council's files in, registers out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from bot.cli.common import Progress, open_house
from bot.errors import SetupError
from bot.store.work import Work

REGISTERS = ("actions", "attendance", "responses", "deliveries", "awareness")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and count, but change nothing.")
def load(paths: tuple[Path, ...], dry_run: bool) -> None:
    """Load a council folder, or any of its files. All or nothing; safe to repeat."""
    from bot.council.problems import CouncilErrors
    from bot.council.read import read_and_check
    from bot.services.loading import known_now
    from bot.services.loading import load as put

    with open_house(may_found=not dry_run) as house:
        try:
            known = house.db.run_sync(lambda s: known_now(Work(s, house.clock.now())))
            folder = read_and_check(list(paths), known)
        except CouncilErrors as errors:
            raise SetupError(f"{errors}\nNothing was changed.") from None
        with house.db.begin() as session:
            count = put(Work(session, house.clock.now()), folder, Progress(), click.echo)
            if dry_run:
                session.rollback()
    done = ", ".join(f"{count[k]} {k}" for k in ("added", "changed", "same") if count[k]) or "nothing to load"
    click.echo(f"{'Would load' if dry_run else 'Loaded'}: {done}.")


@click.command()
@click.argument("register", type=click.Choice(REGISTERS))
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A file, instead of standard output."
)
def export(register: str, form: str, out: Path | None) -> None:
    """Write a register for the agenda pack."""
    from bot.cli.tables import write_csv, write_json, write_xlsx

    if form == "xlsx" and out is None and sys.stdout.isatty():
        raise click.UsageError("An xlsx file needs --out FILE.")
    with open_house() as house:
        rows = house.db.run_sync(lambda s: _rows(Work(s, house.clock.now()), register))
    writers: dict[str, Callable[[Sequence[dict[str, Any]]], bytes]] = {
        "csv": write_csv,
        "xlsx": write_xlsx,
        "json": write_json,
    }
    data = writers[form](rows)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        out.write_bytes(data)
        click.echo(f"Wrote {len(rows)} rows to {out}.", err=True)


def _rows(work: Work, register: str) -> list[dict[str, Any]]:
    from bot.services.exporting import rows_of

    return rows_of(work, register)
