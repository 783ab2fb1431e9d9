"""When something recurs and when a message may be sent: London wall time inside, aware UTC in and out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from bot.rules.calendar import WorkingCalendar, is_weekend

DEFAULT_RESUME = time(9)

_CRON_FIELDS = 5
_CLOCK_CHANGE_HOUR = 1
_MINUTES_IN_AN_HOUR = 60
_ONE_SECOND = timedelta(seconds=1)
_ANY_DAY = datetime(2026, 1, 1)  # noqa: DTZ001  # cron is worked out in wall time, which has no offset


@cache
def london() -> tzinfo:
    """The zone in which every rule that recurs is meant."""
    return ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Schedule:
    """A five-field cron text (minute, hour, day of month, month, day of week) in London wall time.

    Raises ValueError, in words an operator can act on, for text that is no schedule and for three traps: a
    run every minute, a run at every hour or between 01:00 and 01:59 (which the clock changes leave out or
    bring twice), and a day of the month beside a day of the week (which cron reads as either).
    """

    cron: str

    def __post_init__(self) -> None:
        """Check the text once, so that no later call can fail on it."""
        problem = _problem_with(self.cron)
        if problem:
            raise ValueError(f"The schedule '{self.cron}' cannot be used: {problem}.")


class MissedPolicy(StrEnum):
    """What to do about the times that passed while nobody was at work."""

    RUN_ONCE = "run_once"
    SKIP = "skip"
    RUN_ALL = "run_all"


def next_fire(schedule: Schedule, after: datetime) -> datetime:
    """The first time of the schedule strictly after an aware instant, as aware UTC."""
    return _from_wall(next(CronSim(schedule.cron, _wall(after))))


def missed_fires(
    schedule: Schedule, since: datetime, now: datetime, policy: MissedPolicy = MissedPolicy.RUN_ONCE
) -> tuple[datetime, ...]:
    """The times after `since` and up to `now` that a policy still wants run, oldest first, as aware UTC.

    `run_once` gives the latest alone, `skip` none, `run_all` every one.
    """
    policy = MissedPolicy(policy)
    if policy is MissedPolicy.SKIP:
        return ()
    if policy is MissedPolicy.RUN_ALL:
        return tuple(_fires(schedule, since, now))
    latest = _latest_fire(schedule, now)
    return (latest,) if latest > since else ()


class Frequency(StrEnum):
    """How often something may come round again."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    NEVER = "never"


_AT_LEAST = {
    Frequency.WEEKLY: 4,
    Frequency.FORTNIGHTLY: 12,
    Frequency.MONTHLY: 21,
    Frequency.QUARTERLY: 45,
}
"""Days that lie between two of them, however near the end of a week or month the last one came."""


def due_again(last_sent: datetime | None, frequency: Frequency, now: datetime) -> bool:
    """Whether a further one is due on this London day; one never sent is due unless it is `never`.

    One a calendar week, month or quarter (a fortnight is twelve days or more). So whoever looks every Monday,
    or on the first Monday of a month, finds each due once: whole months counted from the last one would pass
    over a first Monday that comes early.
    """
    if frequency is Frequency.NEVER or last_sent is None:
        return frequency is not Frequency.NEVER
    last, today = _wall(last_sent).date(), _wall(now).date()
    return (
        _period(last, frequency) < _period(today, frequency) and (today - last).days >= _AT_LEAST[frequency]
    )


def _period(day: date, frequency: Frequency) -> tuple[int, int]:
    match frequency:
        case Frequency.WEEKLY:
            return day.isocalendar()[:2]
        case Frequency.MONTHLY:
            return day.year, day.month
        case Frequency.QUARTERLY:
            return day.year, (day.month - 1) // 3
        case _:
            return day.toordinal(), 0


@dataclass(frozen=True)
class Quiet:
    """When one person is to be left alone, in London wall time.

    Hours run from `start` up to but not including `end`, over midnight where `end` is the earlier. Bank
    holidays take in the council's own closures. `paused_until` is the first day on which messages are welcome
    again.
    """

    no_weekends: bool = False
    no_bank_holidays: bool = False
    start: time | None = None
    end: time | None = None
    paused_until: date | None = None
    resume_at: time = DEFAULT_RESUME

    def __post_init__(self) -> None:
        """Refuse, with a ValueError, hours that are half given or that would never end."""
        if (self.start is None) != (self.end is None):
            raise ValueError("Quiet hours need both a start and an end.")
        if self.start is not None and self.start == self.end:
            raise ValueError("Quiet hours that start and end at the same time would never end.")

    def allows(self, when: datetime, calendar: WorkingCalendar) -> bool:
        """Whether a message may reach the person at an aware instant."""
        wall = _wall(when)
        return not self._is_quiet_day(wall.date(), calendar) and not self._is_quiet_time(wall.time())

    def next_allowed(self, when: datetime, calendar: WorkingCalendar) -> datetime:
        """The instant itself where it is allowed, else the next one to move the message to; aware UTC.

        A moved message arrives at `resume_at` on the next allowed day, or as the quiet hours end where that
        time is past or quiet itself. A message is moved, never dropped.
        """
        when = _aware(when).astimezone(UTC)
        if self.allows(when, calendar):
            return when
        later = (moment for moment in self._openings(when) if moment >= when)
        return next(moment for moment in later if self.allows(moment, calendar))

    def _openings(self, when: datetime) -> Iterator[datetime]:
        times = [self.resume_at] if self.end is None else [self.resume_at, self.end]
        day = max(_wall(when).date(), self.paused_until or date.min)
        while True:
            yield from (_from_wall(datetime.combine(day, at)) for at in times)
            day += timedelta(days=1)

    def _is_quiet_day(self, day: date, calendar: WorkingCalendar) -> bool:
        if self.paused_until is not None and day < self.paused_until:
            return True
        return (self.no_weekends and is_weekend(day)) or (self.no_bank_holidays and calendar.is_closed(day))

    def _is_quiet_time(self, at: time) -> bool:
        if self.start is None or self.end is None:
            return False
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def _problem_with(cron: str) -> str | None:
    fields = cron.split()
    if len(fields) != _CRON_FIELDS:
        return "it needs five fields, minute, hour, day of month, month and day of week"
    try:
        parsed = CronSim(cron, _ANY_DAY)
        next(CronSim(cron, _ANY_DAY))
    except (CronSimError, StopIteration) as error:
        return (str(error) or "it never comes round").replace("Bad", "there is a mistake in the")
    return _trap_in(fields, parsed)


def _trap_in(fields: list[str], parsed: CronSim) -> str | None:
    if len(parsed.minutes) == _MINUTES_IN_AN_HOUR:
        return "it would run every minute; name the minute"
    if "*" in fields[1]:
        return "the hour may not be a star, because of the clock changes; name the hours"
    if _CLOCK_CHANGE_HOUR in parsed.hours:
        return "times from 01:00 to 01:59 are left out or come twice when the clocks change"
    if not parsed.day_and:
        return "a day of the month and a day of the week together mean either; name one, such as TUE#1"
    return None


def _fires(schedule: Schedule, since: datetime, now: datetime) -> Iterator[datetime]:
    fire = next_fire(schedule, since)
    while fire <= now:
        yield fire
        fire = next_fire(schedule, fire)


def _latest_fire(schedule: Schedule, now: datetime) -> datetime:
    # Going back from one second later makes a time that is due this very second count.
    start = _wall(now).replace(microsecond=0) + _ONE_SECOND
    return _from_wall(next(CronSim(schedule.cron, start, reverse=True)))


def _wall(when: datetime) -> datetime:
    return _aware(when).astimezone(london()).replace(tzinfo=None)


def _from_wall(wall: datetime) -> datetime:
    return wall.replace(tzinfo=london()).astimezone(UTC)


def _aware(when: datetime) -> datetime:
    if when.utcoffset() is None:
        raise ValueError("An instant needs a time zone; a bare date and time is not accepted.")
    return when
