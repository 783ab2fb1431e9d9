"""When a message may reach somebody."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from bot.clock import from_london
from bot.delivery.quiet import due_for
from bot.rules.calendar import WorkingCalendar
from bot.store.duties import ReminderChoice
from bot.store.people import Person
from bot.store.work import Work
from tests.support.queue import Queue

SATURDAY = date(2026, 11, 28)
MONDAY = date(2026, 11, 30)
CHRISTMAS = date(2026, 12, 25)
CLOSED = WorkingCalendar(closed_dates=frozenset({date(2026, 12, 1)}))


def moved(queue: Queue, kind: str, day: date, at: time, **choice: Any) -> datetime:
    (person,) = queue.people(1)

    def use(s):  # type: ignore[no-untyped-def]
        if choice:
            s.add(ReminderChoice(person_id=person, **choice))
            s.flush()
        due = from_london(day, at)
        return due_for(Work(s, due), s.get_one(Person, person), due, kind, lambda _work: CLOSED)

    return queue.do(use)


@pytest.mark.parametrize(
    ("kind", "day", "at", "to_day", "to_time"),
    [
        ("duty", MONDAY, time(10), MONDAY, time(10)),
        ("duty", SATURDAY, time(10), MONDAY, time(9)),
        ("digest", MONDAY, time(21), date(2026, 12, 2), time(9)),
        ("duty", MONDAY, time(7, 59), MONDAY, time(9)),
        ("meeting", CHRISTMAS, time(10), date(2026, 12, 29), time(9)),
        ("action", SATURDAY, time(23), SATURDAY, time(23)),
        ("concern_reply", CHRISTMAS, time(10), CHRISTMAS, time(10)),
        ("meeting_cancelled", SATURDAY, time(22), SATURDAY, time(22)),
        ("notice", SATURDAY, time(22), SATURDAY, time(22)),
    ],
)
def test_what_is_routine_keeps_to_working_days_and_the_rest_comes_at_once(
    queue: Queue, kind: str, day: date, at: time, to_day: date, to_time: time
) -> None:
    assert moved(queue, kind, day, at) == from_london(to_day, to_time)


@pytest.mark.parametrize(
    ("kind", "choice", "at", "to_day", "to_time"),
    [
        ("action", {"no_weekends": True}, time(10), MONDAY, time(9)),
        ("meeting_cancelled", {"no_weekends": True}, time(10), MONDAY, time(9)),
        ("action", {"no_evenings": True}, time(18), date(2026, 11, 29), time(9)),
        ("action", {"no_evenings": True}, time(17, 59), SATURDAY, time(17, 59)),
        ("action", {"paused_until": date(2026, 12, 10)}, time(10), SATURDAY, time(10)),
        ("duty", {"paused_until": date(2026, 12, 10)}, time(10), date(2026, 12, 10), time(9)),
        ("reply", {"no_weekends": True, "no_evenings": True}, time(22), SATURDAY, time(22)),
    ],
)
def test_what_a_person_chose_holds(
    queue: Queue, kind: str, choice: dict[str, Any], at: time, to_day: date, to_time: time
) -> None:
    assert moved(queue, kind, SATURDAY, at, **choice) == from_london(to_day, to_time)
