"""From one day to another in one breath: 8-10 December, 28 Dec to 3 Jan, Mon 15 to Wed 17 June."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from bot.language import dates_calendar as calendar
from bot.language.dates_grammar import labelled, month, number, phrase, said, weekday, year
from bot.language.dates_named import yearless
from bot.language.dates_parts import Never, Part, Rule, Spans
from bot.language.dates_setting import Direction, Setting

Span: TypeAlias = tuple[date, date]


def _days(match: re.Match[str], setting: Setting) -> Part | None:
    if labelled(setting.text, match.start("day1")):
        return None
    spans = tuple(_spans(match, setting))
    return Spans(spans) if spans and _agree(match, spans) else Never()


def _spans(match: re.Match[str], setting: Setting) -> Iterable[Span]:
    """The stretch, in the year said or the one that the words around bid; across a year's end if need be."""
    last_month, last_day, in_year = month(match["month"]), number(match["day2"]), year(match["year"])
    first_month = month(said(match, "month1") or match["month"])
    first_day = number(match["day1"])
    crosses = (first_month, first_day) > (last_month, last_day)
    if crosses and first_month == last_month:
        return
    ends: Iterable[date | None] = (calendar.real(in_year or 1, last_month, last_day),)
    if in_year is None:
        ends = yearless(setting.today, last_month, last_day, setting.direction(match.start(), match.end()))
    for end in ends:
        start = end and calendar.real(end.year - crosses, first_month, first_day)
        if start and end:
            yield start, end


def _agree(match: re.Match[str], spans: tuple[Span, ...]) -> bool:
    """Whether the weekdays said are those of the days: a contradiction is for the writer to settle."""
    names = (said(match, "wd1"), said(match, "wd2"))
    pairs = [pair for span in spans for pair in zip(names, span, strict=True)]
    return all(not name or weekday(name) == day.weekday() for name, day in pairs)


def _months(match: re.Match[str], setting: Setting) -> Part:
    """From March to June: the stretch to come, and the one that is running."""
    first, last = month(match["month1"]), month(match["month2"])
    today = setting.today
    years = [number(match["year"])] if match["year"] else list(range(today.year - 1, today.year + 3))
    spans = [
        (date(year - (first > last), first, 1), calendar.last_of_month(date(year, last, 1))) for year in years
    ]
    if match["year"]:
        return Spans(tuple(spans))
    return Spans(_by_direction(spans, today, setting.direction(match.start(), match.end())))


def _by_direction(spans: list[Span], today: date, direction: Direction) -> tuple[Span, ...]:
    running = [span for span in spans if span[0] <= today <= span[1]]
    over = [span for span in spans if span[1] < today][-1:]
    ahead = [span for span in spans if span[0] > today][:1]
    wanted = {"past": over, "future": ahead, "either": over + ahead}[direction]
    return tuple(sorted(running + wanted))


_LEFT = r"(?:{wd1},? )?(?:the )?{day1}(?: ?(?:of )?{month1})?"
_RIGHT = r"(?:{wd2},? )?{day2} ?(?:of )?{month}(?:,? {year})?"
_TO = r" ?(?:-|to|until|through|thru) ?(?:the )?"
RULES: tuple[Rule, ...] = (
    (phrase(r"(?:from )?" + _LEFT + _TO + _RIGHT), _days),
    (phrase(r"between " + _LEFT + r" and (?:the )?" + _RIGHT), _days),
    (
        phrase(r"(?:from )?{month} (?:the )?{day1}" + _TO + r"{day2}(?! ?(?:am|pm|{MONTH}))(?:,? {year})?"),
        _days,
    ),
    (phrase(r"(?:from )?{month1} ?(?:-|to|until|through) ?{month2}(?:,? {yyyy})?(?! [0-9])"), _months),
    (phrase(r"between {month1} and {month2}(?:,? {yyyy})?(?! [0-9])"), _months),
)
