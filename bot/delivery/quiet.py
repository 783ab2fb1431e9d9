"""When a message may reach a person: never dropped, only moved past the times they want quiet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from bot.rules.calendar import WorkingCalendar
from bot.rules.recurrence import Quiet
from bot.store.duties import ReminderChoice
from bot.store.people import Person
from bot.store.work import Work

Calendar = Callable[[Work], WorkingCalendar]

AT_ONCE = frozenset({"reply", "safeguarding", "urgent", "own_reminder", "copy"})
"""Kinds that wait for nothing: answers, what cannot wait, and what a person asked for at that time."""

ROUTINE = frozenset(
    {"duty", "meeting", "notice_deadline", "overdue", "digest", "directory_review", "nudge", "reminder"}
)
"""Kinds that come round by themselves: they keep to working days and to the day, and may be paused.

Everything else (replies to a concern, actions, meetings moved or cancelled, notices) is held back only by
what the person has chosen.
"""

NIGHT = (time(20), time(8))
EVENING = (time(18), time(8))


def due_for(work: Work, person: Person, at: datetime, kind: str, calendar: Calendar) -> datetime:
    """The first moment from `at` on at which a message of that kind may reach the person; aware UTC.

    A moved message arrives at 9am on the next day that is allowed.
    """
    if kind in AT_ONCE:
        return at
    choice = work.session.get(ReminderChoice, person.id)
    return quiet_for(choice, kind).next_allowed(at, calendar(work))


def quiet_for(choice: ReminderChoice | None, kind: str) -> Quiet:
    """When a person wants quiet from messages of a kind; None is a person who has chosen nothing."""
    routine = kind in ROUTINE
    evenings = choice is not None and choice.no_evenings
    hours = EVENING if evenings else NIGHT if routine else (None, None)
    weekends = routine or (choice is not None and choice.no_weekends)
    return Quiet(
        no_weekends=weekends,
        no_bank_holidays=weekends,
        start=hours[0],
        end=hours[1],
        paused_until=choice.paused_until if choice is not None and routine else None,
    )
