"""The database behaves the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic import command
from sqlalchemy import MetaData
from sqlalchemy.orm import Session

from bot.store.inbox import InboxEvent, answer_given, claim, keep_answer
from bot.store.meetings import Meeting
from bot.store.schema import config, current, drift, migrate, newest
from bot.store.session import Database
from bot.store.tables import Base

AT = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.fixture
def empty(database: str, new_database: Callable[[str], str]) -> Iterator[Database]:
    """A database without tables."""
    db = Database(new_database(database))
    yield db
    db.close()


@pytest.fixture
def db(empty: Database) -> Database:
    Base.metadata.create_all(empty.engine)
    return empty


def test_a_time_without_a_zone_is_refused(db: Database) -> None:
    with pytest.raises(Exception, match="without a zone"):
        db.run_sync(lambda s: claim(s, "web", "e1", datetime(2026, 1, 1)))  # noqa: DTZ001


@pytest.mark.parametrize("hours", [0, 1])
def test_both_halves_of_the_double_hour_come_back_as_they_went(db: Database, hours: int) -> None:
    moment = (AT + timedelta(hours=hours)).astimezone(timezone(timedelta(hours=1)))
    db.run_sync(lambda s: claim(s, "web", f"e{hours}", moment))
    kept = db.run_sync(lambda s: s.get(InboxEvent, ("web", f"e{hours}")).received_at)  # type: ignore[union-attr]
    assert kept == moment
    assert kept.utcoffset() == timedelta(0)


def test_an_event_is_taken_once_however_many_ask_at_once(db: Database) -> None:
    taken: list[bool] = []
    threads = [
        threading.Thread(target=lambda: taken.append(db.run_sync(claim, "slack", "Ev1", AT)))
        for _ in range(8)
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(taken) == [False] * 7 + [True]


def test_a_second_asking_gets_the_first_answer(db: Database) -> None:
    def first(s: Session) -> None:
        assert claim(s, "teams", "a", AT)
        keep_answer(s, "teams", "a", {"message": "hello"})

    db.run_sync(first)
    assert db.run_sync(answer_given, "teams", "a") == {"message": "hello"}
    assert db.run_sync(answer_given, "teams", "other") == {}


def test_an_error_leaves_nothing_half_done(db: Database) -> None:
    def broken(s: Session) -> None:
        claim(s, "web", "lost", AT)
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError):
        db.run_sync(broken)
    assert db.run_sync(claim, "web", "lost", AT)


async def test_use_cases_run_off_the_event_loop(db: Database) -> None:
    name = await db.run(lambda s: threading.current_thread().name)
    assert name.startswith("db")


def test_the_migrations_make_exactly_the_tables_the_code_declares(empty: Database) -> None:
    assert current(empty.engine) == ""
    assert migrate(empty.engine) == newest()
    assert migrate(empty.engine) == newest(), "safe to repeat"
    assert drift(empty.engine) == []


def test_what_was_there_before_a_migration_is_there_after_it(empty: Database) -> None:
    with empty.engine.begin() as connection:
        command.upgrade(config(connection), "0001")
    with empty.engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection, only=["body", "meeting"])
        body = {
            "ref": "CPP",
            "name": "Panel",
            "preset": "x",
            "cadence": "",
            "place": "",
            "rules": {},
            "sort": 0,
        }
        connection.execute(
            tables.tables["body"].insert(),
            [{"id": 1, "duration_minutes": 90, "public_meetings": True, **body}],
        )
        meeting = {"body_id": 1, "place": "Room 1", "state": "planned", "sequence": 3, "external_ref": "X-1"}
        connection.execute(
            tables.tables["meeting"].insert(), [{"id": 1, "starts_at": AT, "ends_at": AT, **meeting}]
        )
    assert migrate(empty.engine) == newest()
    assert drift(empty.engine) == []
    found = empty.run_sync(lambda s: s.get_one(Meeting, 1))
    assert (found.place, found.sequence, found.loaded) == ("Room 1", 3, {})


def test_several_processes_may_migrate_at_once(new_database: Callable[[str], str]) -> None:
    url = new_database("postgresql")
    failures: list[Exception] = []

    def one() -> None:
        db = Database(url)
        try:
            migrate(db.engine)
        except Exception as error:
            failures.append(error)
        finally:
            db.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert failures == []
