"""A queue on each database in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.support.queue import Queue


@pytest.fixture
def queue(database: str, new_database: Callable[[str], str]) -> Iterator[Queue]:
    """An empty queue, its clock set by hand."""
    made = Queue(new_database(database))
    yield made
    made.close()
