"""The database: one engine, short transactions in threads, the same code on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import StaticPool

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3
POSTGRES_POOL = 8


def normalise_url(url: str) -> str:
    """The URL with the driver we use (psycopg 3 for PostgreSQL)."""
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def make_engine(url: str) -> Engine:
    """An engine with the pragmas and pool that we rely on. Connects to nothing yet."""
    url = normalise_url(url)
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=POSTGRES_POOL, max_overflow=0, pool_pre_ping=True)
    memory = make_url(url).database in (None, "", ":memory:")
    options: dict[str, Any] = {"poolclass": StaticPool} if memory else {}
    engine = create_engine(url, connect_args={"check_same_thread": False}, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions, not the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    # The write lock up front: a read that later writes can then never fail half-way.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Database:
    """Runs use cases, each `fn(session, ...)` in one transaction, off the event loop."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        # One writer thread on SQLite: measured faster than threads that wait for each other's lock.
        self._threads = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRES_POOL, thread_name_prefix="db")

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end, rolled back on any error."""
        with self._sessions() as session, session.begin():
            yield session

    def run_sync(
        self, use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a use case now, in this thread. A lost race or a dropped connection is tried again."""
        for attempt in range(1, TRIES + 1):
            try:
                with self.begin() as session:
                    return use_case(session, *args, **kwargs)
            except (DBAPIError, StaleDataError) as error:
                if attempt == TRIES or not _worth_another_try(error):
                    raise
        raise AssertionError("unreachable")

    async def run(
        self, use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a use case in a database thread and wait for it without holding the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: self.run_sync(use_case, *args, **kwargs))

    def close(self) -> None:
        """Let the threads finish and close every connection."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def _worth_another_try(error: DBAPIError | StaleDataError) -> bool:
    if isinstance(error, StaleDataError | IntegrityError):
        return True  # somebody else was first: with fresh eyes it works, or is refused in words
    state = getattr(error.orig, "sqlstate", None)
    if state in ("40001", "40P01"):  # serialization failure, deadlock
        return True
    return isinstance(error, OperationalError) and error.connection_invalidated
