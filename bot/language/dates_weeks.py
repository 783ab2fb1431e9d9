"""Stretches of days: next week, this month, w/c 7 Dec, the week after next, the weekend."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeAlias

from bot.language import dates_calendar as calendar
from bot.language.dates_calendar import DAY, WEEK
from bot.language.dates_grammar import phrase
from bot.language.dates_parts import Noise, Part, Rule, Spans, SpanShift
from bot.language.dates_setting import Setting, pick

Span: TypeAlias = tuple[date, date]

STEP = {"next": 1, "last": -1, "previous": -1}
"""How many weeks, months or years on a word leads."""


def week(first: date) -> Span:
    """The seven days from `first`."""
    return first, first + 6 * DAY


def month_of(day: date) -> Span:
    """The whole month that holds `day`."""
    return day.replace(day=1), calendar.last_of_month(day)


def stretch(today: date, unit: str, step: int) -> Span:
    """The week (Monday to Sunday), month, quarter or year so many steps from the one that holds `today`."""
    if unit == "week":
        return week(calendar.monday(today) + step * WEEK)
    if unit == "month":
        return month_of(calendar.first_of_month(today, step))
    if unit == "quarter":
        first = calendar.first_of_month(today, 3 * step - (today.month - 1) % 3)
        return first, calendar.last_of_month(calendar.first_of_month(first, 2))
    return date(today.year + step, 1, 1), date(today.year + step, 12, 31)


def _whole(match: re.Match[str], setting: Setting) -> Part:
    return Spans((stretch(setting.today, match["period"], STEP.get(match["which"], 0)),))


def _week_beyond(match: re.Match[str], setting: Setting) -> Part:
    step = 2 if match["way"] == "after next" else -2
    return Spans((stretch(setting.today, "week", step),))


def _commencing(match: re.Match[str], setting: Setting) -> Part:
    """From that day where it is a Monday, else perhaps from the Monday before it."""
    return SpanShift(lambda day: tuple(week(first) for first in sorted({day, calendar.monday(day)})))


def _containing(match: re.Match[str], setting: Setting) -> Part:
    return SpanShift(lambda day: (week(calendar.monday(day)),))


def _ending(match: re.Match[str], setting: Setting) -> Part:
    return SpanShift(lambda day: ((day - 6 * DAY, day),))


def _weekend(match: re.Match[str], setting: Setting) -> Part:
    saturdays = _saturdays(match["which"] or "", match, setting)
    return Spans(tuple((saturday, saturday + DAY) for saturday in sorted(saturdays)))


def _saturdays(which: str, match: re.Match[str], setting: Setting) -> set[date]:
    this = calendar.monday(setting.today) + 5 * DAY
    if which.startswith("last"):
        return {this - WEEK}
    if which.startswith("this"):
        return {this}
    if which.startswith("next"):
        return {calendar.coming(5, setting.today), this + WEEK}
    found = set(pick(this - WEEK, this, setting.direction(match.start(), match.end())))
    return found | ({this + WEEK} if setting.today >= this else set())


def _weekend_of(match: re.Match[str], setting: Setting) -> Part:
    return SpanShift(lambda day: ((calendar.monday(day) + 5 * DAY, calendar.monday(day) + 6 * DAY),))


RULES: tuple[Rule, ...] = (
    (phrase(r"(?P<which>this|next|last|previous) (?P<period>week|month|quarter|year)"), _whole),
    (phrase(r"(?:the )?week (?P<way>after next|before last)"), _week_beyond),
    (phrase(r"(?:w/?c|w/?b|week commencing|week beginning|week starting|week of)[ :.]?"), _commencing),
    (phrase(r"(?:the )?week (?:containing|with|including)"), _containing),
    (phrase(r"(?:w/?e|week ending)[ :.]?"), _ending),
    (phrase(r"(?:(?:at |over )?the )?(?P<which>(?:this|next|last)(?: coming)? )?weekend"), _weekend),
    (phrase(r"(?:the )?weekend (?:of|starting|commencing)"), _weekend_of),
    (
        phrase(
            r"(?:{NTH}|last) (?:full )?(?:week|half|weekend|fortnight) (?:of|in) "
            r"(?:(?:the|this|next) month|{MONTH})"
        ),
        lambda match, setting: Noise(),
    ),
    (phrase(r"(?:this|next|last) (?:time|term|agenda|session|half)"), lambda match, setting: Noise()),
)
