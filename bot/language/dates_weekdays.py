"""Days by their weekday: Friday, next Tuesday, Thursday week, a week on Monday, Friday of next week."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from bot.language import dates_calendar as calendar
from bot.language.dates_calendar import DAY, WEEK
from bot.language.dates_counted import shifted
from bot.language.dates_grammar import number, phrase, unit, weekday
from bot.language.dates_parts import Days, Part, Rule, Shift, days
from bot.language.dates_relative import WITH_PART, part_of
from bot.language.dates_setting import Setting
from bot.language.dates_weeks import STEP


def coming(setting: Setting, on: int, start: int, end: int) -> Days:
    """A bare weekday: the next after today or the last before it; on the day itself, today as well."""
    after, before = calendar.coming(on, setting.today), calendar.latest(on, setting.today)
    direction = setting.direction(start, end)
    options = {"past": (before,), "future": (after,), "either": (before, after)}[direction]
    if setting.today.weekday() == on:
        return Days(tuple(sorted({setting.today, *options})), live=True, weekday=True)
    return Days(options, weekday=True)


def next_or_last(setting: Setting, which: str, on: int) -> tuple[date, ...]:
    """Next X and last X: the one nearest to today, and the one of next or last week, where they differ."""
    in_week = calendar.monday(setting.today) + timedelta(days=on)
    if which == "next":
        pair = (calendar.coming(on, setting.today), in_week + WEEK)
    else:
        pair = (calendar.latest(on, setting.today), in_week - WEEK)
    return tuple(sorted(set(pair)))


def _bare(match: re.Match[str], setting: Setting) -> Part:
    found = coming(setting, weekday(match["wd"]), match.start(), match.end())
    return Days(found.options, found.live, part_of(match), weekday=True)


def _this_or_next(match: re.Match[str], setting: Setting) -> Part:
    day = calendar.coming(weekday(match["wd"]), setting.today - DAY)
    return days(day, day + WEEK)


def _next(match: re.Match[str], setting: Setting) -> Part:
    which = "next" if match["which"] == "next" else "last"
    return Days(next_or_last(setting, which, weekday(match["wd"])), part=part_of(match))


def _of_week(match: re.Match[str], setting: Setting) -> Part:
    weeks = STEP.get(match["which"], 0)
    day = calendar.monday(setting.today) + weeks * WEEK + timedelta(days=weekday(match["wd"]))
    return Days((day,), part=part_of(match))


def _after_next(match: re.Match[str], setting: Setting) -> Part:
    return days(*(day + WEEK for day in next_or_last(setting, "next", weekday(match["wd"]))))


def _week_beyond(match: re.Match[str], setting: Setting) -> Part:
    """Thursday week, Tuesday fortnight: from the coming one; on the day itself, from today or the next."""
    return _moved(match, _coming_or_today(match, setting))


def _week_on(match: re.Match[str], setting: Setting) -> Part:
    """A week on Tuesday: the bare weekday as on any day, and then the weeks."""
    return _moved(match, coming(setting, weekday(match["wd"]), match.end(), match.end()).options)


def _week_on_next(match: re.Match[str], setting: Setting) -> Part:
    return _moved(match, next_or_last(setting, "next", weekday(match["wd"])))


def _week_before_last(match: re.Match[str], setting: Setting) -> Part:
    return _moved(match, (calendar.latest(weekday(match["wd"]), setting.today),), sign=-1)


def _coming_or_today(match: re.Match[str], setting: Setting) -> tuple[date, ...]:
    ahead = calendar.coming(weekday(match["wd"]), setting.today)
    return (setting.today, ahead) if ahead - setting.today == WEEK else (ahead,)


def _moved(match: re.Match[str], starts: Iterable[date], sign: int = 1) -> Part:
    count = sign * number(match.groupdict().get("count"))
    by = unit(match["unit"])
    return days(*(day for start in starts for day in shifted(start, count, by)))


def _from_day(match: re.Match[str], setting: Setting) -> Part:
    """The Friday after …, the Monday before …: waits for the day it counts from."""
    on, way = weekday(match["wd"]), match["way"]
    return Shift(lambda day: (calendar.latest(on, day) if way == "before" else calendar.coming(on, day),))


_MEETING = r"(?:meeting|panel|papers?|agenda|minutes?|session|cpp|board|committee|one|training|event|visit)"
# What may follow "the Monday after": never an hour ("Monday after 5pm").
_ANCHOR = (
    r"(?= (?:the|half|term|easter|christmas|{WD}|{MONTH}|bank|new|that|this|our|next|panel|meeting|full|"
    r"cabinet|council|committee|[0-9]{1,2}(?:st|nd|rd|th|/| (?:{MONTH}))))"
)
_WEEKS = r"(?:{count} )?(?P<unit>week|fortnight)"
RULES: tuple[Rule, ...] = (
    (phrase(r"(?:(?:this|the)(?: coming)? |coming )?{wd}" + WITH_PART), _bare),
    (phrase(r"{wd}s(?= " + _MEETING + r")"), _bare),
    (phrase(r"this {wd} or next(?: {WD}| week| one)?"), _this_or_next),
    (phrase(r"(?P<which>next|last|past|previous) {wd}" + WITH_PART), _next),
    (phrase(r"{wd} (?P<which>next|last|past|gone|just gone)(?! (?:week|month|year|day|time))"), _next),
    (
        phrase(
            r"{wd}(?: (?P<part>morning|afternoon|evening|night))?,? (?:of )?(?P<which>next|this|last) week"
        ),
        _of_week,
    ),
    (phrase(r"(?P<which>next|this|last) week,? (?:on )?{wd}" + WITH_PART), _of_week),
    (phrase(r"(?:the )?{wd} after next"), _after_next),
    (phrase(r"{wd} (?P<unit>week|fortnight)(?! (?:commencing|beginning|ending|[0-9]))"), _week_beyond),
    (phrase(_WEEKS + r" (?:on |from )?(?:this |the )?{wd}"), _week_on),
    (phrase(_WEEKS + r" (?:on )?next {wd}"), _week_on_next),
    (phrase(_WEEKS + r" last {wd}"), _week_before_last),
    (phrase(r"(?<!on )(?<!\w){wd} (?P<way>before|after|following)(?! next\b)" + _ANCHOR), _from_day),
)
