"""Due dates: what was typed, how far a lead may put one back alone, and what "2 more weeks" leads to."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.errors import BadInput
from bot.rules.calendar import WorkingCalendar
from bot.services.action_changes import last_of
from bot.services.council import calendar
from bot.services.spoken_days import slot_named
from bot.store.actions import Action
from bot.store.work import Work

OWN_EXTENSION = 10
"""Working days by which a lead may put a due date back once, without asking."""
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2}
_LENGTH = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:more\s+|extra\s+|further\s+)?"
    r"(?P<working>working\s+)?(?P<unit>day|week|wk|fortnight|month)s?\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "wk": 7, "fortnight": 14, "month": 28}


def may_extend_alone(action: Action, day: date, today: date, days: WorkingCalendar) -> bool:
    """Whether the lead may do it unasked: once since it was assigned, and by OWN_EXTENSION at most."""
    assigned = last_of(action, "assigned", "reopened")
    since = action.events.index(assigned) if assigned else 0
    before = any(e.kind == "extended" for e in action.events[since:])
    return not before and days.working_days_until(action.due or today, day) <= OWN_EXTENSION


def later_than_now(work: Work, action: Action, day: date) -> None:
    """BadInput unless the day is after today and after the present due date."""
    if day <= max(work.today, action.due or work.today):
        raise BadInput(
            "actions.day_too_early", {"day": "actions.error_day_too_early"}, day=day, due=action.due
        )


def typed_day(work: Work, typed: str, field: str = "day") -> date:
    """The one day that was typed, or BadInput for that field of a form."""
    slot = slot_named(work, typed)
    if slot.day is None:
        raise BadInput("actions.not_a_day", {field: "actions.error_not_a_day"}, typed=typed)
    return slot.day


def day_after(work: Work, action: Action, length: str) -> date | None:
    """The day that "2 more weeks" leads to, from the due date, or from today once that is past; else None."""
    found = _LENGTH.search(length.replace("couple more", "couple of"))
    if found is None:
        return None
    count = _NUMBERS.get(found["count"].lower()) or int(found["count"])
    start = max(work.today, action.due or work.today)
    if found["working"]:
        return calendar(work).add_working_days(start, count)
    return start + timedelta(days=count * _DAYS[found["unit"].lower()])


def day_meant(work: Work, action: Action, words: str) -> date | None:
    """The new due date that somebody's words ask for, as a length of time or as a day; None if unclear."""
    return day_after(work, action, words) or slot_named(work, words).day
