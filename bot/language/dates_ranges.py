"""From one day to another said in one breath: 8-10 December, 28 Dec to 3 Jan, Mon 15 to Wed 17 June, Dec 8-10."""

from __future__ import annotations

import re
from datetime import date

from bot.language import dates_calendar as calendar
from bot.language.dates_grammar import DAY, MONTH, WD, YEAR, labelled, month, number, weekday, year
from bot.language.dates_named import yearless
from bot.language.dates_parts import Never, Part, Rule, Spans, word
from bot.language.dates_setting import Direction, Setting


def _range(match: re.Match[str], setting: Setting) -> Part | None:
    if labelled(setting.text, match.start("day1")):
        return None
    end_month, typed_year = month(match["month"]), year(match["year"])
    start_month = month(match["month1"]) if match["month1"] else end_month
    start_day, end_day = number(match["day1"]), number(match["day2"])
    crosses = (start_month, start_day) > (end_month, end_day)
    if crosses and start_month == end_month:
        return Never()
    if typed_year:
        ends: tuple[date | None, ...] = (calendar.real(typed_year, end_month, end_day),)
    else:
        ends = yearless(setting.today, end_month, end_day, setting.direction(match.start(), match.end()))
    spans = [
        (start, end) for end in ends if end and (start := calendar.real(end.year - crosses, start_month, start_day))
    ]
    return Spans(tuple(spans)) if spans and _agree(match, spans) else Never()


def _months(match: re.Match[str], setting: Setting) -> Part:
    """From March to June: the stretch to come, and the one that is running."""
    first, last = month(match["month1"]), month(match["month2"])
    years = (number(match["year"]),) if match["year"] else range(setting.today.year - 1, setting.today.year + 3)
    spans = [
        (date(year - (first > last), first, 1), calendar.last_of_month(date(year, last, 1))) for year in years
    ]
    if match["year"]:
        return Spans(tuple(spans))
    return Spans(_by_direction(spans, setting, setting.direction(match.start(), match.end())))


def _by_direction(spans: list[Span], setting: Setting, direction: Direction) -> tuple[Span, ...]:
    running = [span for span in spans if span[0] <= setting.today <= span[1]]
    over = [span for span in spans if span[1] < setting.today][-1:]
    ahead = [span for span in spans if span[0] > setting.today][:1]
    wanted = {"past": over, "future": ahead, "either": over + ahead}[direction]
    return tuple(sorted(running + wanted))


def _agree(match: re.Match[str], spans: list[tuple[date, date]]) -> bool:
    """Whether the weekdays said with a range are those of its days: a contradiction is for the writer to settle."""
    names = (match["wd1"], match["wd2"])
    return all(not name or weekday(name) == day.weekday() for span in spans for name, day in zip(names, span, strict=True))


Span = tuple[date, date]
_TO = r" ?(?:-|to|until|through|thru) ?(?:the )?"
_AND = r" and (?:the )?"
_LEFT = rf"(?:(?P<wd1>{WD}),? )?(?:the )?(?P<day1>{DAY})(?: ?(?:of )?(?P<month1>{MONTH}))?"
_RIGHT = rf"(?:(?P<wd2>{WD}),? )?(?P<day2>{DAY}) ?(?:of )?(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?"
RULES: tuple[Rule, ...] = (
    (word(rf"(?:from )?{_LEFT}{_TO}{_RIGHT}"), _range),
    (word(rf"(?:from |between )?(?P<month1>{MONTH}) ?(?:-|to|until|through|and(?= )) ?(?P<month2>{MONTH})(?:,? (?P<year>20[0-9]{{2}}))?(?! [0-9])"),
     _months),
    (word(rf"between {_LEFT}{_AND}{_RIGHT}"), _range),
    (word(rf"(?:from )?(?P<month>{MONTH}) (?:the )?(?P<day1>{DAY}){_TO}(?P<day2>{DAY})(?P<month1>)(?P<wd1>)(?P<wd2>)"
          rf"(?! ?(?:am|pm|{MONTH}))(?:,? (?P<year>{YEAR}))?"), _range),
)  # fmt: skip
