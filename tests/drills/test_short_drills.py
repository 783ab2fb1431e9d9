"""The drills, cut short: enough to notice when a kill loses or doubles a message."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.drills.clock_drill import YEAR, fires
from tests.drills.kill_drill import drill
from tests.drills.worker_process import STEPS


def test_two_kills_lose_nothing_and_double_nothing(database: str, new_database: Callable[[str], str]) -> None:
    toll = drill(new_database(database), 200, 2, grace=1.0)
    assert toll.struck == STEPS[:2]
    assert (toll.lost, toll.doubled, toll.unknown) == (0, 0, 0)
    assert toll.states == {"sent": 200}
    assert toll.looks > 0


def test_where_the_platform_cannot_be_asked_nothing_is_repeated(
    database: str, new_database: Callable[[str], str]
) -> None:
    toll = drill(new_database(database), 100, 2, knows=False, rate=50.0, grace=1.0)
    assert toll.struck == STEPS[:2]
    assert (toll.lost, toll.doubled) == (0, 0)
    assert toll.unknown > 0
    assert toll.states == {"sent": 100 - toll.unknown, "unknown": toll.unknown}


@pytest.mark.parametrize("change", ["spring", "autumn"])
async def test_each_schedule_fires_once_a_day_around_a_clock_change(
    database: str, new_database: Callable[[str], str], change: str
) -> None:
    found = await fires(new_database(database), YEAR[change], days=2, tickers=2, step_minutes=30)
    assert found == {"00:30": 2, "06:00": 2, "18:00": 2, "22:30": 2}
