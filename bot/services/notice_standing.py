"""Where the public notice of a meeting stands: the last day to publish, and whether that is near or past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.clock import london_day
from bot.rules.notice import NoticeState, days_of_notice
from bot.services.council import calendar, rules_of
from bot.store.bodies import Body
from bot.store.meetings import Meeting
from bot.store.work import Work

NEAR = 2
"""Working days before the deadline from which the officer is warned."""


@dataclass(frozen=True)
class Standing:
    """A meeting's notice today.

    `state` is a NoticeState, or "no_deadline" and "no_deadline_published" for a body that has set none.
    `by_law`: the deadline is the law's, not a local target. `given` is the clear days that publication
    gives, or would give today.
    """

    state: str
    deadline: date | None = None
    clear_days: int = 0
    by_law: bool = False
    days_left: int = 0
    given: int = 0

    @property
    def is_near(self) -> bool:
        """Whether the deadline is today or within the next two working days, with nothing published."""
        return self.state in (NoticeState.OPEN, NoticeState.DUE_TODAY) and self.days_left <= NEAR

    @property
    def is_missed(self) -> bool:
        """Whether nothing was published by the deadline."""
        return self.state == NoticeState.MISSED


def standing(work: Work, meeting: Meeting) -> Standing:
    """How the notice of a meeting stands today."""
    published = london_day(meeting.published_at) if meeting.published_at else None
    return standing_on(work, meeting.body, london_day(meeting.starts_at), published)


def standing_on(work: Work, body: Body, day: date, published: date | None = None) -> Standing:
    """How the notice of a meeting of the body on `day` stands, or would stand."""
    rules = rules_of(body)
    if rules.clear_days is None:
        return Standing("no_deadline_published" if published else "no_deadline")
    found = days_of_notice(day, work.today, calendar(work), rules.clear_days, published)
    return Standing(
        state=str(found.state),
        deadline=found.deadline,
        clear_days=rules.clear_days,
        by_law=rules.preset.clear_days_by_law,
        days_left=found.days_left,
        given=found.clear_days_given,
    )
