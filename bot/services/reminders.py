"""How a person is reminded, and the reminders they ask for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.errors import BadInput
from bot.rules.recurrence import Frequency
from bot.services.duties import frequency_of
from bot.store.duties import ReminderChoice
from bot.store.people import Person
from bot.store.work import Work

LONGEST_PAUSE = timedelta(days=366)
FURTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Choice:
    """How a person is reminded now."""

    frequency: Frequency
    paused_until: date | None
    no_weekends: bool
    no_evenings: bool


def choice_of(work: Work, person: Person) -> Choice:
    """How the person is reminded; the defaults where they chose nothing."""
    row = work.session.get(ReminderChoice, person.id)
    paused = row.paused_until if row and row.paused_until and row.paused_until > work.today else None
    return Choice(
        frequency_of(work, person), paused, bool(row and row.no_weekends), bool(row and row.no_evenings)
    )


def choose(
    work: Work,
    person: Person,
    *,
    frequency: Frequency | None = None,
    no_weekends: bool | None = None,
    no_evenings: bool | None = None,
) -> Choice:
    """Change what is given, leave the rest."""
    row = _row(work, person)
    if frequency is not None:
        row.frequency = str(frequency)
    if no_weekends is not None:
        row.no_weekends = no_weekends
    if no_evenings is not None:
        row.no_evenings = no_evenings
    work.audit("reminders.chosen", f"person:{person.id}")
    return choice_of(work, person)


def pause(work: Work, person: Person, until: date) -> Choice:
    """Send no routine reminders before `until`, the first day they are welcome again."""
    if not work.today < until <= work.today + LONGEST_PAUSE:
        raise BadInput("reminders.bad_pause", today=work.today)
    _row(work, person).paused_until = until
    work.audit("reminders.paused", f"person:{person.id}", until=until.isoformat())
    return choice_of(work, person)


def resume(work: Work, person: Person) -> Choice:
    """Send reminders again."""
    _row(work, person).paused_until = None
    work.audit("reminders.resumed", f"person:{person.id}")
    return choice_of(work, person)


def remind_myself(work: Work, person: Person, at: datetime, words: str) -> None:
    """Send the person their own words at that moment."""
    if not work.now < at <= work.now + FURTHEST:
        raise BadInput("reminders.bad_time")
    once = f"own:{at.isoformat()}:{work.now.isoformat()}"
    work.tell(person, "own_reminder", once, "reminders.own", {"words": words}, due=at)
    work.audit("reminders.own", f"person:{person.id}")


def _row(work: Work, person: Person) -> ReminderChoice:
    row = work.session.get(ReminderChoice, person.id)
    if row is None:
        row = ReminderChoice(person_id=person.id, frequency="", no_weekends=False, no_evenings=False)
        work.session.add(row)
    return row
