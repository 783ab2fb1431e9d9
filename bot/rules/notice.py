"""Where the notice of a meeting stands: how long is left to publish it, and whether it went out in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules.calendar import STATUTORY_CLEAR_DAYS, WorkingCalendar


class NoticeState(StrEnum):
    """The five ways a notice can stand on a day."""

    OPEN = "open"
    DUE_TODAY = "due_today"
    MISSED = "missed"
    PUBLISHED = "published"
    PUBLISHED_LATE = "published_late"


@dataclass(frozen=True)
class Notice:
    """A meeting's notice as it stands today.

    `days_left` counts the working days to the deadline: 0 on the day itself, negative once working days have
    gone by since. `clear_days_given` is what publication gives, or would give today where nothing is out yet.
    """

    deadline: date
    days_left: int
    clear_days_given: int
    state: NoticeState

    @property
    def in_time(self) -> bool:
        """Whether the notice was published by the deadline, or still can be."""
        return self.state in {NoticeState.OPEN, NoticeState.DUE_TODAY, NoticeState.PUBLISHED}


def days_of_notice(
    meeting: date,
    today: date,
    calendar: WorkingCalendar,
    clear_days: int = STATUTORY_CLEAR_DAYS,
    published: date | None = None,
) -> Notice:
    """How the notice of a meeting stands today; `published` is the London day it went out, where it has.

    The deadline is strict: a notice put out at the weekend after it is late even where the count comes out
    the same, since the offices at which it must be open were shut.
    """
    deadline = calendar.last_publication_day(meeting, clear_days)
    return Notice(
        deadline=deadline,
        days_left=calendar.working_days_until(today, deadline),
        clear_days_given=calendar.clear_days_before(published or today, meeting),
        state=_state(deadline, today) if published is None else _state_published(deadline, published),
    )


def _state(deadline: date, today: date) -> NoticeState:
    if today == deadline:
        return NoticeState.DUE_TODAY
    return NoticeState.OPEN if today < deadline else NoticeState.MISSED


def _state_published(deadline: date, published: date) -> NoticeState:
    return NoticeState.PUBLISHED if published <= deadline else NoticeState.PUBLISHED_LATE
