"""Pieces turned into readings: local days and times as text, with the clock changes minded."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.language.dates_clock import times
from bot.language.dates_parts import (
    Clock,
    DayPart,
    Days,
    Either,
    Hours,
    Moment,
    Part,
    Recurring,
    Spans,
    Timed,
    TimedSpan,
    WallTime,
)
from bot.language.dates_setting import Setting

LONDON = ZoneInfo("Europe/London")
Reading: TypeAlias = "str | tuple[str, str]"

_YEARS = 3
_HALF_DAY = timedelta(hours=12)
_PART_OVER: dict[DayPart, time] = {"morning": time(12), "afternoon": time(18)}


def readings(part: Part, setting: Setting) -> tuple[Reading, ...]:
    """All that `part` may mean; empty where it means nothing that exists within three years."""
    if isinstance(part, Either):
        return tuple(reading for option in part.options for reading in readings(option, setting))
    found = tuple(dict.fromkeys(_of(part, setting)))
    return found if all(_near(reading, setting) for reading in found) else ()


def wall(day: date, at: time, zone: str = "") -> tuple[str, ...]:
    """A London wall time as text: with its offset if it happens twice; its neighbours if it never does."""
    typed = datetime.combine(day, at)
    early, late = (typed.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return _in_zone(typed, early, zone)
    shown = [moment.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) for moment in (late, early)]
    if typed not in shown:
        return tuple(_text(moment) for moment in shown)
    pair = {"bst": (early,), "gmt": (late,)}.get(zone, (late, early))
    return tuple(moment.isoformat(timespec="minutes") for moment in pair)


def instant(moment: datetime) -> str:
    """A counted moment as London wall time, with its offset in the hour that happens twice."""
    local = moment.astimezone(LONDON)
    other = local.replace(fold=1 - local.fold)
    twice = local.utcoffset() != other.utcoffset()
    return (local if twice else local.replace(tzinfo=None)).isoformat(timespec="minutes")


def _in_zone(typed: datetime, local: datetime, zone: str) -> tuple[str, ...]:
    """A time said in GMT in summer, or in BST in winter: as said, or as converted."""
    summer = bool(local.utcoffset())
    if zone == "gmt" and summer:
        return (_text(typed), _text(typed + timedelta(hours=1)))
    if zone == "bst" and not summer:
        return (_text(typed), _text(typed - timedelta(hours=1)))
    return (_text(typed),)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _of(part: Part, setting: Setting) -> list[Reading]:
    match part:
        case Days():
            return [day.isoformat() for day in _living(part, setting)]
        case Spans():
            return [(first.isoformat(), last.isoformat()) for first, last in part.options]
        case Clock():
            return list(_next_time(part, setting))
        case Hours():
            return _next_hours(part, setting)
        case Timed():
            return _timed(part, setting)
        case _:
            return _rarer(part, setting)


def _rarer(part: Part, setting: Setting) -> list[Reading]:
    match part:
        case Moment():
            return [instant(part.at)]
        case WallTime():
            return list(wall(part.day, part.at))
        case TimedSpan():
            return _timed_span(part, setting)
        case Recurring():
            return list(part.options)
        case _:
            return []


def _near(reading: Reading, setting: Setting) -> bool:
    edges = reading if isinstance(reading, tuple) else (reading,)
    return all(
        edge.startswith("FREQ=") or abs(int(edge[:4]) - setting.today.year) <= _YEARS for edge in edges
    )


def _living(days: Days, setting: Setting) -> tuple[date, ...]:
    """Its days, without today where a part of it was named that is over."""
    over = days.part and _PART_OVER.get(days.part)
    if not days.live or not over or setting.now.time() < over:
        return days.options
    return tuple(day for day in days.options if day != setting.today) if setting.ahead else days.options


def _moments(days: Days, clock: Clock, setting: Setting) -> list[datetime]:
    """Every day with every time; without what is past, where the day was one of several guesses."""
    if clock.hour == 24:
        return _midnights(days, setting)
    moments = [datetime.combine(day, at) for day in days.options for at in times(clock, days.part)]
    if not days.live:
        return moments
    now = setting.now.replace(tzinfo=None)
    behind = all(day <= setting.today for day in days.options)
    kept = [moment for moment in moments if (moment <= now if behind else moment > now)]
    return kept or moments


def _midnights(days: Days, setting: Setting) -> list[datetime]:
    """Midnight on a day is its beginning or its end; today's and tonight's is the end."""
    tonight = days.part == "night" or days.options == (setting.today,)
    shifts = (1,) if tonight else (0, 1)
    return [datetime.combine(day + timedelta(days=shift), time()) for day in days.options for shift in shifts]


def _timed(part: Timed, setting: Setting) -> list[Reading]:
    if isinstance(part.clock, Hours):
        return [
            _pair(start, end)
            for day in _living(part.days, setting)
            for start, end in _hours(day, part.clock, part.days.part)
        ]
    zone = part.clock.zone
    return [
        text
        for moment in _moments(part.days, part.clock, setting)
        for text in wall(moment.date(), moment.time(), zone)
    ]


def _pair(start: datetime, end: datetime) -> Reading:
    return (wall(start.date(), start.time())[-1], wall(end.date(), end.time())[-1])


def _hours(day: date, hours: Hours, part: DayPart | None) -> list[tuple[datetime, datetime]]:
    """From one time to a later one that day: an end without am or pm is the next such hour."""
    found = []
    for at in times(hours.start, part):
        start = datetime.combine(day, at)
        ends = [datetime.combine(day, end) for end in times(hours.end, part)]
        if not hours.end.fixed:
            ends = sorted(
                {moment for end in ends for moment in (end, end + _HALF_DAY) if moment.date() == day}
            )
        later = [end for end in ends if end > start]
        if later:
            found.append((start, later[0]))
    return found


def _next_time(clock: Clock, setting: Setting) -> list[str]:
    """A time without a day: when the clock next shows it, or last did."""
    now = setting.now.replace(tzinfo=None)
    past = not setting.ahead
    found = []
    for at in times(clock, None):
        moment = datetime.combine(setting.today, at)
        if past and moment > now:
            moment -= timedelta(days=1)
        elif not past and moment <= now:
            moment += timedelta(days=1)
        found.append(moment)
    return [text for moment in sorted(found) for text in wall(moment.date(), moment.time(), clock.zone)]


def _next_hours(hours: Hours, setting: Setting) -> list[Reading]:
    found = _hours(setting.today, hours, None)
    now = setting.now.replace(tzinfo=None)
    day = timedelta(days=1)
    return [_pair(start, end) if start > now else _pair(start + day, end + day) for start, end in found]


def _timed_span(part: TimedSpan, setting: Setting) -> list[Reading]:
    if isinstance(part.start.clock, Hours) or isinstance(part.end.clock, Hours):
        return []
    starts = _moments(part.start.days, part.start.clock, setting)
    ends = _moments(part.end.days, part.end.clock, setting)
    return [_pair(start, min(later)) for start in starts if (later := [end for end in ends if end > start])]
