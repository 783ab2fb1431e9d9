"""A queue on each database in turn, each a copy of one that was made once."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator

import pytest

from bot.store.session import make_engine
from bot.store.tables import Base
from tests.support.postgres import execute
from tests.support.queue import Queue

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def ready_database(new_database: Callable[[str], str]) -> Callable[[str], str]:
    """Makes a database of the named kind with every table and nothing in them; its URL."""
    templates: dict[str, str] = {}

    def make(kind: str) -> str:
        if kind not in templates:
            templates[kind] = new_database(kind)
            engine = make_engine(templates[kind])
            Base.metadata.create_all(engine)
            engine.dispose()
        return _copy(kind, templates[kind])

    return make


def _copy(kind: str, template: str) -> str:
    url = f"{template.removesuffix('.db')}_{next(_numbers)}"
    if kind == "sqlite":
        url += ".db"
        shutil.copy(template.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
        return url
    server, _, name = template.rpartition("/")
    execute(f"{server}/postgres", f"CREATE DATABASE {url.rpartition('/')[2]} TEMPLATE {name}")
    return url


@pytest.fixture
def queue(database: str, ready_database: Callable[[str], str]) -> Iterator[Queue]:
    """An empty queue, its clock set by hand."""
    made = Queue(ready_database(database))
    yield made
    made.close()
