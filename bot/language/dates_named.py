"""Days that are named: 8 December, Tues 8th Dec 2026, 12/1, 12.1.27, 2026-12-08, the 14th, 8th or 9th of December."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from bot.language import dates_calendar as calendar
from bot.language.dates_grammar import COUNTED, DAY, MONTH, ORDINAL, WD, YEAR, labelled, month, number, weekday, year
from bot.language.dates_parts import (
    Clock,
    Days,
    Either,
    Moment,
    Never,
    Noise,
    Part,
    Rule,
    Spans,
    Timed,
    days,
    word,
)
from bot.language.dates_setting import Direction, Setting, pick

_FRACTION = {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 10), (9, 10), (24, 7)}
_DATED = re.compile(r"(?:\b(?:on|by|for|until|due|from|since|before|meeting|to|commencing|beginning|wc|wb|w/c|w/b)|^)[ :]*$")
_INTRODUCED = re.compile(rf"(?:\b(?:the|on|for|by|to|until|from|since|or|and|before|{WD})[ ,]{{1,2}}|[-&/] ?|^\W*)$")
_STANDS_ALONE = re.compile(
    r"\W*$| ?[,.;!?&/)-]| (?:is|at|works?|please|or|and|to|suits?|fine|ok|okay|good|can|can't|would|will|from|then|instead|"
    r"if|same|in the|morning|afternoon|evening|am|pm|with|for|i|we|not|no|yes|gone|yet)\b"
)
_PRONOUN = re.compile(r"\b(?:i|we|they|you|he|she|it|there|members?|who|that|which|this|councillors?|people)(?: \w+)? $")


def named(setting: Setting, match: re.Match[str]) -> Part | None:
    """A day and a month, with a year or without, with its weekday or without."""
    if match["month"] == "may" and _PRONOUN.search(setting.text, max(0, match.start() - 30), match.start()):
        return None
    day, typed_year = number(match["day"]), year(match["year"])
    options = dated(setting, match, day, month(match["month"]), typed_year)
    name = match["wd"] or match["wd2"]
    if options and name:
        return days(*agreeing(options, weekday(name), setting, day, month(match["month"]), typed_year))
    return days(*options)


def dated(setting: Setting, match: re.Match[str], day: int, in_month: int, in_year: int | None) -> tuple[date, ...]:
    """That day: in the year given, else the last or next such day as the words around it bid."""
    if in_year:
        exact = calendar.real(in_year, in_month, day)
        return (exact,) if exact else ()
    return yearless(setting.today, in_month, day, setting.direction(match.start(), match.end()))


def yearless(today: date, in_month: int, day: int, direction: Direction) -> tuple[date, ...]:
    """The day and month that came last or comes next; 29 February only where that year has one."""
    behind = (in_month, day) <= (today.month, today.day)
    ahead = (in_month, day) >= (today.month, today.day)
    before = calendar.real(today.year if behind else today.year - 1, in_month, day)
    after = calendar.real(today.year if ahead else today.year + 1, in_month, day)
    return pick(before, after, direction)


def agreeing(
    options: tuple[date, ...], on: int, setting: Setting, day: int, in_month: int, in_year: int | None
) -> tuple[date, ...]:
    """Those of `options` that fall on weekday `on`; where the weekday contradicts the date, both are possible."""
    same = tuple(option for option in options if option.weekday() == on)
    if same:
        return same
    if in_year is None:
        near = [option for option in yearless(setting.today, in_month, day, "either") if option.weekday() == on]
        if near:
            return (near[0],)
    return options + tuple(nearest(option, on) for option in options)


def nearest(day: date, on: int) -> date:
    """The day with weekday `on` that lies closest to `day`."""
    return day + timedelta(days=(on - day.weekday() + 3) % 7 - 3)


def _month_first(match: re.Match[str], setting: Setting) -> Part | None:
    part = named(setting, match)
    figures = match["day"]
    value = number(figures)
    if match["year"] or not isinstance(part, Days) or not figures.isdigit() or match["wd"]:
        return part
    if not 0 <= 2000 + value - setting.today.year <= 3:
        return part
    first = date(2000 + value, month(match["month"]), 1)
    return Either((part, Spans(((first, calendar.last_of_month(first)),))))


def _numeric(match: re.Match[str], setting: Setting) -> Part | None:
    if labelled(setting.text, match.start()):
        return Noise()
    day, in_month, typed_year = int(match["day"]), int(match["month"]), year(match["year"])
    if typed_year is None and _is_fraction(match, setting, day, in_month):
        return Noise()
    if not 1 <= in_month <= 12 or not 1 <= day <= 31:
        return Never() if typed_year else Noise()
    options = dated(setting, match, day, in_month, typed_year)
    if options and match["wd"]:
        return days(*agreeing(options, weekday(match["wd"]), setting, day, in_month, typed_year))
    return days(*options)


def _is_fraction(match: re.Match[str], setting: Setting, day: int, in_month: int) -> bool:
    if re.compile(rf" ?{COUNTED}").match(setting.text, match.end()):
        return True
    return (day, in_month) in _FRACTION and not match["wd"] and not _DATED.search(setting.text[: match.start()][-20:])


def _iso(match: re.Match[str], setting: Setting) -> Part | None:
    day = calendar.real(int(match["year"]), int(match["month"]), int(match["day"]))
    if day is None:
        return Never()
    if match["hour"] is None:
        return Days((day,))
    if match["zone"]:
        return _instant(match["x"])
    return Timed(Days((day,)), Clock(int(match["hour"]), int(match["minute"]), fixed=True))


def _instant(typed: str) -> Part:
    try:
        return Moment(datetime.fromisoformat(typed.upper().replace(" ", "T")))
    except ValueError:
        return Never()


def _nth(match: re.Match[str], setting: Setting) -> Part | None:
    """The 14th: of this month or next, or of the last one."""
    value = number(match["day"])
    if not _means_a_day(match, setting, value):
        return None
    if not 1 <= value <= 31:
        return Noise()
    direction = setting.direction(match.start(), match.end())
    if match["wd"]:
        return _nth_on_weekday(setting, value, weekday(match["wd"]), direction)
    return _of_some_month(setting, value, direction)


def _means_a_day(match: re.Match[str], setting: Setting, value: int) -> bool:
    if labelled(setting.text, match.start("day")):
        return False
    bare = match["wd"] is None and not match["the"]
    before = setting.text[max(0, match.start() - 14) : match.start()]
    if re.search(r"\b(?:her|his|their|your|my|our|its) $", before):
        return False
    introduced = bool(_INTRODUCED.search(before)) and bool(before.strip() or _STANDS_ALONE.match(setting.text, match.end()))
    if match["day"].startswith("#"):
        alone = bool(_STANDS_ALONE.match(setting.text, match.end()))
        return alone and (bool(match["wd"]) or (introduced and bool(match["the"])))
    return introduced or not bare or (value > 4 and bool(_STANDS_ALONE.match(setting.text, match.end())))


def _of_some_month(setting: Setting, value: int, direction: Direction) -> Days:
    before = _nth_day(setting.today, value, -1)
    after = _nth_day(setting.today, value, 1)
    options = pick(before, after, direction)
    if setting.today.day == value:
        step = -1 if direction == "past" else 1
        options = (setting.today, _nth_day(setting.today + step * calendar.DAY, value, step))
    return Days(tuple(sorted(set(options))), live=setting.today.day == value)


def _nth_day(start: date, value: int, step: int) -> date:
    """The first day of the month numbered `value`, going from `start` in steps of one day."""
    while start.day != value:
        start += step * calendar.DAY
    return start


def _nth_on_weekday(setting: Setting, value: int, on: int, direction: Direction) -> Days:
    options = _of_some_month(setting, value, direction).options
    same = tuple(option for option in options if option.weekday() == on)
    if same:
        return Days(same)
    step = -1 if direction == "past" else 1
    day = _nth_day(setting.today, value, step)
    while day.weekday() != on:
        day = _nth_day(day + step * calendar.DAY, value, step)
    return Days(tuple(sorted({*options, day})))


def _weekday_number(match: re.Match[str], setting: Setting) -> Part | None:
    """Tues 16: a day where weekday and number agree; Tues 5 may be an hour as well."""
    value, on = int(match["day"]), weekday(match["wd"])
    if not 1 <= value <= 31:
        return None
    part = _nth_on_weekday(setting, value, on, setting.direction(match.start(), match.end()))
    if value > 12:
        return part
    near = part.options[0].weekday() == on and abs((part.options[0] - setting.today).days) < 60
    hour = Timed(Days((calendar.coming(on, setting.today),)), Clock(value))
    return Either((Days(part.options[:1]), hour)) if near else Never()


def _nth_of_month(match: re.Match[str], setting: Setting) -> Part | None:
    shift = {"next": 1, "last": -1}.get(match["which"], 0)
    first = calendar.first_of_month(setting.today, shift)
    day = calendar.real(first.year, first.month, number(match["day"]))
    if match["which"] == "the" and day and day <= setting.today:
        return _of_some_month(setting, day.day, setting.direction(match.start(), match.end()))
    return days(day)


def _list(match: re.Match[str], setting: Setting) -> Part | None:
    """8th or 9th of December: each is possible."""
    if any(labelled(setting.text, match.start()) for _ in (1,)):
        return None
    in_month, typed_year = month(match["month"]), year(match["year"])
    found: list[date] = []
    for figure in re.findall(r"[0-9]{1,2}", match["list"]):
        options = dated(setting, match, int(figure), in_month, typed_year)
        if not options:
            return Never()
        found += options
    return days(*found)


_HEAD = rf"(?:(?P<wd>{WD})[ ,(]{{1,2}}(?:the )?)?"
_TAIL = rf"(?:,? ?(?P<year>{YEAR}))?(?:[ ,(]{{1,2}}(?P<wd2>{WD})\)?)?"
_JOINT = r" ?(?:,|or|and|&|/|, or) ?"
RULES: tuple[Rule, ...] = (
    (word(rf"{_HEAD}(?:the )?(?P<day>{DAY})(?: day)?[ -]?(?:of )?(?:the month of )?(?P<month>{MONTH})\.?{_TAIL}"),
     lambda match, setting: named(setting, match)),
    (word(rf"{_HEAD}(?P<month>{MONTH})\.?,? (?:the )?(?P<day>{DAY})(?![0-9:/]|[.][0-9]| ?(?:am|pm|oclock|-)){_TAIL}"),
     _month_first),
    (word(rf"(?P<list>(?:(?:{WD}) )?{DAY}(?:{_JOINT}(?:the )?(?:(?:{WD}) )?{DAY}){{1,4}}) ?(?:of )?(?P<month>{MONTH})"
          rf"(?: (?P<year>{YEAR}))?"), _list),
    (re.compile(rf"(?<![\w/.£$€-])(?:(?P<wd>{WD})[ ,(]{{1,2}}(?:the )?)?(?P<day>[0-9]{{1,2}})(?P<sep>[/.-])(?P<month>[0-9]{{1,2}})"
                r"(?P=sep)(?P<year>[0-9]{4}|[0-9]{2})(?![\w/-]|\.[0-9])"), _numeric),
    (re.compile(rf"(?<![\w/.£$€-])(?:(?P<wd>{WD})[ ,(]{{1,2}}(?:the )?)?(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})(?P<year>)"
                r"(?![\w/%]|\.[0-9]|-[0-9]{3})"), _numeric),
    (re.compile(r"(?<![\w/.£$€-])(?P<x>(?P<year>20[0-9]{2})[-/](?P<month>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})"
                r"(?:[t ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
                r"(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?)?)(?![\w/])"), _iso),
    (word(rf"(?:(?P<wd>{WD})[ ,(]{{1,2}})?(?P<the>the )?(?P<day>{ORDINAL})(?! {COUNTED}\b)"), _nth),
    (word(rf"(?P<wd>{WD}) (?P<day>[0-9]{{1,2}})(?![0-9:/]|[.][0-9]| ?(?:am|pm|oclock|-|to\b|past\b|in the|{COUNTED}))"),
     _weekday_number),
    (word(rf"(?:the )?(?P<day>{ORDINAL})(?: of)? (?P<which>next|this|last|the)(?: current)? month"), _nth_of_month),
)  # fmt: skip
