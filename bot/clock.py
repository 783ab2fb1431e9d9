"""What time it is, and the step between UTC (storage) and London wall time (people and rules)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Anything that can say the present moment as an aware UTC datetime."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def london(moment: datetime) -> datetime:
    """The same moment as London wall time."""
    return moment.astimezone(LONDON)


def london_day(moment: datetime) -> date:
    """The calendar day it is in London at that moment."""
    return london(moment).date()


def from_london(day: date, wall: time) -> datetime:
    """The UTC moment of a London wall time. In the autumn's double hour, the first of the two."""
    return datetime.combine(day, wall, LONDON).astimezone(UTC)
