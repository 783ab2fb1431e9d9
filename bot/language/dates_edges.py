"""Days at a known place of a month, week or year: end of the month, first Friday of July."""

from __future__ import annotations

import re
from datetime import date

from bot.language import dates_calendar as calendar
from bot.language.dates_calendar import DAY, WEEK
from bot.language.dates_grammar import number, phrase, said, weekday
from bot.language.dates_months import month_starts
from bot.language.dates_parts import DayEnd, Noise, Part, Rule, days
from bot.language.dates_setting import Setting
from bot.language.dates_weeks import STEP, stretch


def _months(match: re.Match[str], setting: Setting) -> tuple[date, ...]:
    """The first of the month that "of the month", "of next month", "in July 2027" name."""
    if said(match, "month"):
        return month_starts(match, setting)
    return (calendar.first_of_month(setting.today, STEP.get(said(match, "which"), 0)),)


def _any_month(match: re.Match[str]) -> bool:
    """Whether "of the month" may mean the coming month as well."""
    return not said(match, "month") and said(match, "which") in ("the", "")


def _end_of_month(match: re.Match[str], setting: Setting) -> Part:
    return days(*(calendar.last_of_month(first) for first in _months(match, setting)))


def _start_of_month(match: re.Match[str], setting: Setting) -> Part:
    firsts = _months(match, setting)
    if _any_month(match) and setting.today.day > 1:
        return days(*firsts, calendar.first_of_month(setting.today, 1))
    return days(*firsts)


def _edge(match: re.Match[str], setting: Setting) -> Part:
    """End of the year, start of next week. A week ends on its Friday or its Sunday: nobody agrees which."""
    step = STEP.get(said(match, "which"), 0)
    first, last = stretch(setting.today, match["period"], step)
    if match["edge"] != "end":
        return days(first) if step else Noise()
    return _end_of_week(first, setting.today) if match["period"] == "week" else days(last)


def _eow(match: re.Match[str], setting: Setting) -> Part:
    return _end_of_week(calendar.monday(setting.today), setting.today)


def _end_of_week(first: date, today: date) -> Part:
    friday, sunday = first + 4 * DAY, first + 6 * DAY
    return days(friday, sunday) if friday >= today else days(sunday, friday + WEEK)


def _financial_year_end(match: re.Match[str], setting: Setting) -> Part:
    this = date(setting.today.year, 3, 31)
    return days(this if this >= setting.today else this.replace(year=this.year + 1))


def _nth(match: re.Match[str], setting: Setting) -> Part:
    """First Friday of next month; where no month is named and this one's is over, both."""
    found = [_nth_in(first, match) for first in _months(match, setting)]
    if _any_month(match) and found[0] and found[0] < setting.today:
        found.append(_nth_in(calendar.first_of_month(setting.today, 1), match))
    return days(*found)


def _nth_in(first: date, match: re.Match[str]) -> date | None:
    rank = -1 if match["rank"] == "last" else number(match["rank"])
    kind, last = match["kind"], calendar.last_of_month(first)
    if kind in ("working day", "weekday"):
        return calendar.nth_working_day(first, last, rank)
    if kind == "day":
        return last if rank < 0 else calendar.real(first.year, first.month, rank)
    return calendar.nth_weekday(first, rank, weekday(kind))


def _nth_working_of(match: re.Match[str], setting: Setting) -> Part:
    rank = -1 if match["rank"] == "last" else number(match["rank"])
    first, last = stretch(setting.today, match["period"], STEP.get(match["which"] or "", 0))
    return days(calendar.nth_working_day(first, last, rank))


_OF = r"(?:of|in) (?:(?P<which>the|this|next|last) month|(?:the )?{month}(?: {yyyy})?)"
_PERIOD = r"(?:(?P<which>the|this|next|last) )?(?:calendar )?(?P<period>week|quarter|year)"
RULES: tuple[Rule, ...] = (
    (phrase(r"(?:the )?end " + _OF), _end_of_month),
    (phrase(r"eom|(?:the )?month[ -]end"), _end_of_month),
    (phrase(r"(?:the )?(?:start|beginning) " + _OF), _start_of_month),
    (phrase(r"(?:the )?(?P<edge>end|start|beginning) of " + _PERIOD), _edge),
    (phrase(r"eow"), _eow),
    (
        phrase(r"(?:the )?end of (?:the |this )?financial year|(?:the )?financial year end|year end"),
        _financial_year_end,
    ),
    (
        phrase(r"(?:the )?end of (?:the |this )?(?:municipal|academic|school|council) year"),
        lambda match, setting: Noise(),
    ),
    (
        phrase(
            r"eod|cop|cob|(?:the )?(?:end of (?:the )?(?:day|play|business)"
            r"|close of (?:play|business))(?: on)?"
        ),
        lambda match, setting: DayEnd(),
    ),
    (phrase(r"(?:the )?{rank} (?P<kind>working day|weekday|day|{WD}) " + _OF), _nth),
    (
        phrase(
            r"(?:the )?{rank} working day (?:of|in) (?:(?P<which>the|this|next|last) )?(?P<period>week|year)"
        ),
        _nth_working_of,
    ),
)
