"""How long each kind of record is kept, and the instant before which it may go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.rules.calendar import add_months

_MONTHS_IN_A_YEAR = 12
_PERIOD = re.compile(r"([0-9]{1,4}) (year|month|day|hour)s?")


@dataclass(frozen=True)
class Keep:
    """A length of time for which something is kept; calendar months, days of 24 hours, hours."""

    months: int = 0
    days: int = 0
    hours: int = 0

    def __post_init__(self) -> None:
        """Refuse, with a ValueError, to keep something for no time at all: it would be lost at once."""
        if min(self.months, self.days, self.hours) < 0 or not (self.months or self.days or self.hours):
            raise ValueError("A record must be kept for some time.")

    @classmethod
    def parse(cls, text: str) -> Keep:
        """The period written as `6 years`, `12 months`, `90 days` or `24 hours`; else ValueError."""
        found = _PERIOD.fullmatch(" ".join(text.lower().split()))
        if not found:
            raise ValueError(f"'{text}' is not a period such as '6 years', '90 days' or '24 hours'.")
        number, unit = int(found[1]), found[2]
        if unit == "year":
            return cls(months=number * _MONTHS_IN_A_YEAR)
        return cls(**{f"{unit}s": number})

    def before(self, now: datetime) -> datetime:
        """The instant that lies this long before an aware one, as aware UTC."""
        if now.utcoffset() is None:
            raise ValueError("A cutoff is worked out from an instant with a time zone.")
        now = now.astimezone(UTC)
        day = add_months(now.date(), -self.months)
        return datetime.combine(day, now.timetz()) - timedelta(days=self.days, hours=self.hours)


@dataclass(frozen=True)
class RetentionCutoffs:
    """For each kind of record, the instant before which it may go: aware UTC, named as in RetentionPolicy."""

    closed_actions: datetime
    concern_text: datetime
    response_detail: datetime
    safeguarding_events: datetime
    drafts: datetime
    questions: datetime
    deliveries: datetime
    inbox_events: datetime


@dataclass(frozen=True)
class RetentionPolicy:
    """How long a council keeps each kind of record.

    `closed_actions` and `concern_text` run from closure; after the latter the text is reduced to its theme.
    `safeguarding_events` record that the card was shown, without content. Open actions are kept until closed.
    """

    closed_actions: Keep = Keep(months=72)
    concern_text: Keep = Keep(months=12)
    response_detail: Keep = Keep(months=24)
    safeguarding_events: Keep = Keep(months=12)
    drafts: Keep = Keep(hours=24)
    questions: Keep = Keep(days=90)
    deliveries: Keep = Keep(days=90)
    inbox_events: Keep = Keep(days=7)

    def cutoffs(self, now: datetime) -> RetentionCutoffs:
        """The cutoffs as they stand at an aware instant; ValueError for a naive one."""
        return RetentionCutoffs(
            closed_actions=self.closed_actions.before(now),
            concern_text=self.concern_text.before(now),
            response_detail=self.response_detail.before(now),
            safeguarding_events=self.safeguarding_events.before(now),
            drafts=self.drafts.before(now),
            questions=self.questions.before(now),
            deliveries=self.deliveries.before(now),
            inbox_events=self.inbox_events.before(now),
        )
