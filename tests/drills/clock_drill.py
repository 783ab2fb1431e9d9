"""Lets several tickers share a database over both changes of the clocks, and counts what fired when.

python -m tests.drills.clock_drill sqlite|postgresql
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.clock import from_london, london
from bot.delivery.schedules import Ticker
from bot.log import set_up_logging
from bot.store.duties import ReminderSchedule
from bot.store.session import Database
from bot.store.tables import Base
from bot.store.work import Work
from bot.wording.words import Words
from tests.drills import ground

YEAR = {"spring": date(2026, 3, 28), "autumn": date(2026, 10, 24)}
"""The day before each change."""
RULES = ("30 0 * * *", "0 6 * * *", "0 18 * * *", "30 22 * * *")


class Hand:
    """A clock that the drill sets."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


async def fires(url: str, first: date, days: int, tickers: int, step_minutes: int) -> dict[str, int]:
    """How often each London time fired, over some days, with so many tickers at once."""
    clock, fired = Hand(from_london(first, time(0))), Counter[str]()
    dbs = [Database(url) for _ in range(1 if url.startswith("sqlite") else tickers)]
    Base.metadata.create_all(dbs[0].engine)

    def add(work: Work, schedule: ReminderSchedule) -> None:
        work.audit("fired", schedule.key)
        fired[f"{london(work.now):%H:%M}"] += 1

    with dbs[0].begin() as s:
        for n, rule in enumerate(RULES):
            s.add(ReminderSchedule(key=f"s{n}", kind="duty", audience="all_members", rule=rule))
    with tempfile.TemporaryDirectory() as folder:
        words = Words(Path(folder))
        team = [Ticker(dbs[n % len(dbs)], words, {"duty": add}, clock) for n in range(tickers)]
        end = from_london(first + timedelta(days=days), time(0))
        while clock.at < end:
            await asyncio.gather(*(one.tick() for one in team))
            clock.at += timedelta(minutes=step_minutes)
    for db in dbs:
        db.close()
    return dict(sorted(fired.items()))


async def main(kind: str) -> bool:
    """Both changes, printed; whether each schedule fired once a day at its time."""
    set_up_logging("text", logging.ERROR)
    good = True
    for name, first in YEAR.items():
        with ground.database(kind) as url:
            found = await fires(url, first, days=4, tickers=4, step_minutes=30)
        print(f"{kind}, four days around the {name} change, 4 tickers: {found}", flush=True)
        good = good and set(found.values()) == {4} and len(found) == len(RULES)
    return good


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(main(sys.argv[1])) else 1)
