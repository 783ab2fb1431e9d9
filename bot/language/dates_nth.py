"""Days by their number alone: the 14th, Tues 16th, Tues 16, the 3rd of next month."""

from __future__ import annotations

import re
from datetime import date

from bot.language import dates_calendar as calendar
from bot.language.dates_calendar import DAY
from bot.language.dates_grammar import WD, labelled, number, phrase, weekday
from bot.language.dates_parts import Clock, Days, Either, Never, Noise, Part, Rule, Timed, days
from bot.language.dates_setting import Direction, Setting, pick

_SOON = 60
_FIRST_FEW = 4
_OWNED = re.compile(r"\b(?:her|his|their|your|my|our|its) $")
_INTRODUCED = re.compile(
    rf"(?:\b(?:the|on|for|by|to|until|from|since|or|and|before|{WD})[ ,]{{1,2}}|[-&/] ?|^\W*)$"
)
_STANDS_ALONE = re.compile(
    r"\W*$| ?[,.;!?&/)-]| (?:is|at|works?|please|or|and|to|suits?|fine|ok|okay|good|can|can't|would|will|"
    r"from|"
    r"then|instead|if|same|in the|morning|afternoon|evening|am|pm|with|for|i|we|not|no|yes|gone|yet)\b"
)


def _nth(match: re.Match[str], setting: Setting) -> Part | None:
    """The 14th: of this month or next, or of the last one."""
    value = number(match["day"])
    if not _means_a_day(match, setting, value):
        return None
    if not 1 <= value <= 31:
        return Noise()
    direction = setting.direction(match.start(), match.end())
    if match["wd"]:
        return _on_weekday(setting, value, weekday(match["wd"]), direction)
    return _of_some_month(setting, value, direction)


def _means_a_day(match: re.Match[str], setting: Setting, value: int) -> bool:
    """Not "her 19th" or "6th social worker": a number that a day's neighbours introduce or leave alone."""
    before = setting.text[max(0, match.start() - 14) : match.start()]
    if labelled(setting.text, match.start("day")) or _OWNED.search(before):
        return False
    alone = bool(_STANDS_ALONE.match(setting.text, match.end()))
    introduced = bool(_INTRODUCED.search(before)) and (bool(before.strip()) or alone)
    if match["day"].startswith("#"):
        return alone and bool(match["wd"] or (introduced and match["the"]))
    return introduced or bool(match["wd"] or match["the"]) or (value > _FIRST_FEW and alone)


def _of_some_month(setting: Setting, value: int, direction: Direction) -> Days:
    """The next such day or the last; on such a day, today or the one beyond it."""
    if setting.today.day == value:
        step = -1 if direction == "past" else 1
        beyond = numbered(setting.today + step * DAY, value, step)
        return Days(tuple(sorted((setting.today, beyond))), live=True)
    options = pick(numbered(setting.today, value, -1), numbered(setting.today, value, 1), direction)
    return Days(options)


def numbered(start: date, value: int, step: int) -> date:
    """The first day of a month that is numbered `value`, going from `start` in steps of one day."""
    while start.day != value:
        start += step * DAY
    return start


def _on_weekday(setting: Setting, value: int, on: int, direction: Direction) -> Days:
    """Tues 16th: that day where it is a Tuesday; else that day, and the next 16th that is one."""
    options = _of_some_month(setting, value, direction).options
    same = tuple(option for option in options if option.weekday() == on)
    if same:
        return Days(same)
    step = -1 if direction == "past" else 1
    day = numbered(setting.today, value, step)
    while day.weekday() != on:
        day = numbered(day + step * DAY, value, step)
    return Days(tuple(sorted({*options, day})))


def _weekday_and_figure(match: re.Match[str], setting: Setting) -> Part | None:
    """Tues 16: a day where weekday and number agree; Tues 5 may be an hour as well."""
    value, on = int(match["day"]), weekday(match["wd"])
    if not 1 <= value <= 31:
        return None
    part = _on_weekday(setting, value, on, setting.direction(match.start(), match.end()))
    if value > 12:
        return part
    first = part.options[0]
    if first.weekday() != on or abs((first - setting.today).days) > _SOON:
        return Never()
    return Either((Days((first,)), Timed(Days((calendar.coming(on, setting.today),)), Clock(value))))


def _of_month(match: re.Match[str], setting: Setting) -> Part | None:
    """The 3rd of next month."""
    shift = {"next": 1, "last": -1}.get(match["which"], 0)
    first = calendar.first_of_month(setting.today, shift)
    day = calendar.real(first.year, first.month, number(match["day"]))
    if match["which"] == "the" and day and day <= setting.today:
        return _of_some_month(setting, day.day, setting.direction(match.start(), match.end()))
    return days(day)


_NO_TIME = r"(?![0-9:/]|[.][0-9]| ?(?:am|pm|oclock|-|to\b|past\b|in the|{COUNTED}))"
RULES: tuple[Rule, ...] = (
    (phrase(r"(?:{wd}[ ,(]{1,2})?(?P<the>the )?{nth}(?! {COUNTED}\b)"), _nth),
    (phrase(r"{wd} (?P<day>[0-9]{1,2})" + _NO_TIME), _weekday_and_figure),
    (phrase(r"(?:the )?{nth}(?: of)? (?P<which>next|this|last|the)(?: current)? month"), _of_month),
)
