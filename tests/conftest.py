"""Fixtures: both databases, each with a loaded council copied from a template, and people to talk as."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.house import Talk
from tests.support.postgres import execute, postgres

# How long an example takes says more of the machine than of the code.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
DATABASES = ("sqlite", "postgresql")
_names = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for the whole run."""
    with postgres() as url:
        yield url


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """The name of each database in turn; a test that takes it runs on both."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def new_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Makes an empty database of the named kind; its URL."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('db') / 'cpbot.db'}"
        server = request.getfixturevalue("postgres_url")
        name = f"empty_{next(_names)}"
        execute(server, f"CREATE DATABASE {name}")
        return _named(server, name)

    return make


@pytest.fixture(scope="session")
def _templates() -> dict[tuple[str, str], str]:
    return {}


@pytest.fixture
def open_house(
    request: pytest.FixtureRequest, _templates: dict[tuple[str, str], str], tmp_path: Path
) -> Iterator[Callable[..., Talk]]:
    """Opens a house for a council on a database. The council is loaded once a run, then copied."""
    opened: list[Talk] = []

    def open_(kind: str = "sqlite", council: str = "westshire") -> Talk:
        template = _templates.get((kind, council)) or _make_template(request, kind, council)
        _templates[kind, council] = template
        talk = Talk(_copy(request, kind, template, tmp_path), load_council=None)
        opened.append(talk)
        return talk

    yield open_
    for talk in opened:
        talk.close()


@pytest.fixture
def talk(database: str, open_house: Callable[..., Talk]) -> Talk:
    """Westshire, on each database in turn."""
    return open_house(database)


@pytest.fixture
def westshire(open_house: Callable[..., Talk]) -> Talk:
    """Westshire on SQLite only, for tests in which the database plays no part."""
    return open_house("sqlite")


def _make_template(request: pytest.FixtureRequest, kind: str, council: str) -> str:
    if kind == "sqlite":
        folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("template")
        url = f"sqlite:///{folder / 'cpbot.db'}"
    else:
        server = request.getfixturevalue("postgres_url")
        name = f"template_{next(_names)}"
        execute(server, f"CREATE DATABASE {name}")
        url = _named(server, name)
    talk = Talk(url, load_council=council)
    talk.close()
    return url


def _copy(request: pytest.FixtureRequest, kind: str, template: str, tmp_path: Path) -> str:
    if kind == "sqlite":
        target = tmp_path / f"cpbot{next(_names)}.db"
        shutil.copy(template.removeprefix("sqlite:///"), target)
        return f"sqlite:///{target}"
    server = request.getfixturevalue("postgres_url")
    name = f"copy_{next(_names)}"
    execute(server, f"CREATE DATABASE {name} TEMPLATE {template.rpartition('/')[2]}")
    return _named(server, name)


def _named(server: str, name: str) -> str:
    return f"{server.rpartition('/')[0]}/{name}"
