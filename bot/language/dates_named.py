"""Days with their month in words: 8 December, Tues 8th Dec 2026, Dec 8th, 8th or 9th of December."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language import dates_calendar as calendar
from bot.language.dates_grammar import labelled, month, number, phrase, weekday, year
from bot.language.dates_parts import Days, Either, Never, Part, Rule, Spans, days
from bot.language.dates_setting import Direction, Setting, pick

_SUBJECT = re.compile(
    r"\b(?:i|we|they|you|he|she|it|there|members?|who|that|which|this|councillors?|people)(?: \w+)? $"
)

_FIGURE_BEFORE = re.compile(r"(?<![0-9])#?[0-9]{1,2}(?:st|nd|rd|th)?[ -](?:of )?$")


@dataclass(frozen=True)
class Said:
    """A day as it was said: its number, its month, and its year and weekday where they were given."""

    day: int
    month: int
    year: int | None
    weekday: int | None

    def options(self, setting: Setting, direction: Direction) -> tuple[date, ...]:
        """The days it may be; none where there is no such day."""
        if self.year is None:
            found = yearless(setting.today, self.month, self.day, direction)
        else:
            exact = calendar.real(self.year, self.month, self.day)
            found = (exact,) if exact else ()
        return found if self.weekday is None else self._agreeing(found, self.weekday, setting)

    def _agreeing(self, found: tuple[date, ...], on: int, setting: Setting) -> tuple[date, ...]:
        """Those on the weekday said; where it contradicts the date, the date and that weekday beside it."""
        either = yearless(setting.today, self.month, self.day, "either") if self.year is None else ()
        for days_ in (found, either):
            same = tuple(day for day in days_ if day.weekday() == on)
            if same:
                return same
        return found + tuple(nearest(day, on) for day in found)


def yearless(today: date, in_month: int, day: int, direction: Direction) -> tuple[date, ...]:
    """The day and month that came last or comes next; 29 February only where that year has one."""
    behind = (in_month, day) <= (today.month, today.day)
    ahead = (in_month, day) >= (today.month, today.day)
    before = calendar.real(today.year if behind else today.year - 1, in_month, day)
    after = calendar.real(today.year if ahead else today.year + 1, in_month, day)
    return pick(before, after, direction)


def nearest(day: date, on: int) -> date:
    """The day with weekday `on` that lies closest to `day`."""
    return day + timedelta(days=(on - day.weekday() + 3) % 7 - 3)


def _said(match: re.Match[str]) -> Said:
    name = match["wd"] or match["wd2"]
    on = weekday(name) if name else None
    return Said(number(match["day"]), month(match["month"]), year(match["year"]), on)


def _day_first(match: re.Match[str], setting: Setting) -> Part | None:
    if match["month"] == "may" and _is_verb(match, setting):
        return None
    return days(*_said(match).options(setting, setting.direction(match.start(), match.end())))


def _is_verb(match: re.Match[str], setting: Setting) -> bool:
    """Whether the month is the "may" of "we may 5 of us come"."""
    return bool(_SUBJECT.search(setting.text, max(0, match.start() - 30), match.start()))


def _month_first(match: re.Match[str], setting: Setting) -> Part | None:
    """Dec 8th; and Dec 27, which may be a day or the month of a year."""
    if not match["wd"] and _FIGURE_BEFORE.search(setting.text, max(0, match.start() - 8), match.start()):
        return None  # the month of "8 Dec 10", whatever the 10 is
    part = _day_first(match, setting)
    may_be_year = match["day"].isdigit() and not match["year"] and not match["wd"]
    in_year = 2000 + number(match["day"])
    if not may_be_year or not isinstance(part, Days) or not 0 <= in_year - setting.today.year <= 3:
        return part
    first = date(in_year, month(match["month"]), 1)
    return Either((part, Spans(((first, calendar.last_of_month(first)),))))


def _any_of(match: re.Match[str], setting: Setting) -> Part | None:
    """8th or 9th of December: each is possible."""
    if labelled(setting.text, match.start()):
        return None
    in_month, in_year = month(match["month"]), year(match["year"])
    direction = setting.direction(match.start(), match.end())
    found: list[date] = []
    for figure in re.findall(r"[0-9]{1,2}", match["list"]):
        options = Said(int(figure), in_month, in_year, None).options(setting, direction)
        if not options:
            return Never()
        found += options
    return days(*found)


_ON = r"(?:{wd}[ ,(]{1,2}(?:the )?)?"
_TAIL = r"(?:(?:,? ?|[-/.]){year})?(?:[ ,(]{1,2}{wd2}\)?)?"
_DAY = r"(?:{WD} )?#?[0-9]{1,2}(?:st|nd|rd|th)?"
_NO_TIME = r"(?![0-9:/]|[.][0-9]| ?(?:am|pm|oclock|-))"
RULES: tuple[Rule, ...] = (
    (phrase(_ON + r"(?:the )?{day}(?: day)?[ -]?(?:of )?{month}\.?" + _TAIL), _day_first),
    (phrase(_ON + r"{month}\.?,? (?:the )?{day}" + _NO_TIME + _TAIL), _month_first),
    (
        phrase(
            rf"(?P<list>{_DAY}(?: ?(?:,|or|and|&|/|, or) ?(?:the )?{_DAY})"
            r"{1,4}) ?(?:of )?{month}(?: {year})?"
        ),
        _any_of,
    ),
)
