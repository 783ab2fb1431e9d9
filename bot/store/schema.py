"""Brings the schema up to date, on SQLite and PostgreSQL, safely from several processes at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from bot.store.tables import Base

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_260_013
"""A number of our own, so that two processes that start together do not both migrate."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, for this folder and one open connection."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings


def migrate(engine: Engine) -> str:
    """Bring the schema to the newest revision; its name."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Batch changes rebuild tables, which foreign keys would forbid. The pragma must stand alone.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        else:
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
            connection.commit()
        try:
            command.upgrade(config(connection), "head")
            connection.commit()
        finally:
            connection.rollback()
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            else:
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
            connection.commit()
    return newest()


def newest() -> str:
    """The newest revision there is."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def current(engine: Engine) -> str:
    """The revision the database is at; empty before the first."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def drift(engine: Engine) -> list[object]:
    """Where the tables differ from what the code declares; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))
