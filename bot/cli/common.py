"""What the subcommands share: opening the house, a file lock for SQLite, progress on a terminal."""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from bot.app import House, build
from bot.errors import SetupError
from bot.log import set_up_logging
from bot.settings import Settings, load_settings
from bot.store.schema import current, migrate, newest


@contextmanager
def open_house(settings: Settings | None = None, *, may_found: bool = False) -> Iterator[House]:
    """The house on the configured database, which must be reachable and up to date.

    With `may_found`, an empty database gets its tables first.
    """
    settings = settings or load_settings()
    set_up_logging(settings.log)
    house = build(settings)
    try:
        _must_be_ready(house, may_found)
        yield house
    finally:
        house.db.close()


def _must_be_ready(house: House, may_found: bool) -> None:
    try:
        revision = current(house.db.engine)
    except OperationalError as error:
        raise SetupError(f"The database cannot be reached: {str(error.orig).splitlines()[0]}") from None
    if not revision and may_found:
        migrate(house.db.engine)
    elif not revision:
        raise SetupError("The database is empty. Run `cpbot migrate`, then `cpbot load FOLDER`.")
    elif revision != newest():
        raise SetupError("The database is from another version. Run `cpbot migrate`.")


@contextmanager
def only_one(settings: Settings) -> Iterator[None]:
    """Refuse a second server or worker on the same SQLite file."""
    path = settings.database_url.removeprefix("sqlite:///")
    if not settings.database_url.startswith("sqlite:///") or path in ("", ":memory:"):
        yield
        return
    with Path(f"{path}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SetupError(
                "Another bot is using this SQLite file. Use PostgreSQL to run more than one."
            ) from None
        yield


class Progress:
    """A line that counts up, on a terminal only."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()

    def __call__(self, what: str, done: int, of: int) -> None:
        if self.shown and (done == of or done % 10 == 0):
            click.echo(f"\r{what}: {done} of {of}   ", nl=done == of, err=True)
