"""The door: slots, order, and never too many in a second."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import pytest

from bot.delivery import door as doors
from bot.delivery.door import WOKEN_LATE, Door


class Hours:
    """A monotonic clock that only sleeping moves, and stalls now and then."""

    def __init__(self, stalls: Iterator[float]) -> None:
        self.at = 100.0
        self.stalls = stalls

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds + next(self.stalls)
        await asyncio.sleep(0)


async def pass_through(
    monkeypatch: pytest.MonkeyPatch, rate: float, count: int, stalls: Iterator[float], headroom: float = 0.97
) -> list[float]:
    hours = Hours(stalls)
    monkeypatch.setattr(doors, "monotonic", hours.now)
    door, left = Door(rate, hours.sleep), []

    async def go(n: int) -> None:
        await door.leave(100.0 + n / (rate * headroom))
        left.append(hours.at)

    await asyncio.gather(*(go(n) for n in range(count)))
    return left


def quiet() -> Iterator[float]:
    while True:
        yield 0.0


def busy(seed: int) -> Iterator[float]:
    chance = random.Random(seed)
    while True:
        yield 0.15 if chance.random() < 0.01 else chance.random() * 0.008


async def test_each_leaves_at_its_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    left = await pass_through(monkeypatch, 10.0, 30, quiet())
    assert left == pytest.approx([100.0 + n / 9.7 for n in range(30)])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("rate", [0.5, 1.0, 3.7, 50.0])
async def test_busy_moments_are_made_up_for_without_a_burst(
    monkeypatch: pytest.MonkeyPatch, rate: float, seed: int
) -> None:
    count = 400
    left = await pass_through(monkeypatch, rate, count, busy(seed))
    most = max(1, int(rate))
    for n in range(count - most):
        assert left[n + most] - left[n] >= most / rate - WOKEN_LATE
    assert left[-1] - left[0] <= 1.002 * (count - 1) / (rate * 0.97) + 0.3, "being late is made up for"


async def test_a_closed_door_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = Hours(quiet())
    monkeypatch.setattr(doors, "monotonic", hours.now)
    door = Door(1.0, hours.sleep)
    door.closed = True
    await asyncio.gather(*(door.leave(100.0 + n) for n in range(5)))
    assert hours.at == 100.0
