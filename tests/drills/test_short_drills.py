"""The drills, cut short: enough to notice when a kill loses or doubles a message."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.drills import restart_drill
from tests.drills.clock_drill import YEAR, fires
from tests.drills.kill_drill import drill
from tests.drills.worker_process import STEPS


def test_two_kills_lose_nothing_and_double_nothing(database: str, new_database: Callable[[str], str]) -> None:
    toll = drill(new_database(database), 200, 2)
    assert toll.struck == STEPS[:2]
    assert (toll.lost, toll.doubled, toll.unknown) == (0, 0, 0)
    assert toll.states == {"sent": 200}
    assert toll.looks > 0


def test_three_workers_are_killed_in_turn(new_database: Callable[[str], str]) -> None:
    toll = drill(new_database("postgresql"), 300, 3, workers=3)
    assert toll.kills > 0
    assert (toll.lost, toll.doubled, toll.unknown, toll.states) == (0, 0, 0, {"sent": 300})


def test_a_database_that_crashes_in_mid_send_loses_nothing_and_doubles_nothing() -> None:
    toll = restart_drill.drill(150, 1)
    assert (toll.lost, toll.doubled, toll.unknown, toll.states) == (0, 0, 0, {"sent": 150})


def test_where_the_platform_cannot_be_asked_nothing_is_repeated(
    database: str, new_database: Callable[[str], str]
) -> None:
    toll = drill(new_database(database), 300, 2, knows=False, rate=50.0)
    assert toll.struck == STEPS[:2]
    assert (toll.lost, toll.doubled) == (0, 0)
    assert toll.unknown > 0
    assert toll.states == {"sent": 300 - toll.unknown, "unknown": toll.unknown}


@pytest.mark.parametrize("change", ["spring", "autumn"])
async def test_each_schedule_fires_once_a_day_around_a_clock_change(
    database: str, new_database: Callable[[str], str], change: str
) -> None:
    found = await fires(new_database(database), YEAR[change], days=2, tickers=2, step_minutes=30)
    assert found == {"00:30": 2, "06:00": 2, "18:00": 2, "22:30": 2}
