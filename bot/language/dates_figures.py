"""Days in figures: 12/1, 12.1.27, 12-01-2027, 2027-01-12, 2026-12-08T17:30."""

from __future__ import annotations

import re
from datetime import datetime

from bot.language import dates_calendar as calendar
from bot.language.dates_grammar import COUNTED, WD, labelled, phrase, said, weekday, year
from bot.language.dates_named import Said
from bot.language.dates_parts import Clock, Days, Moment, Never, Noise, Part, Rule, Timed, days
from bot.language.dates_setting import Setting

_FRACTIONS = {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 10), (9, 10), (24, 7)}
_NOUN = re.compile(rf" ?{COUNTED}")
_DATED = re.compile(
    rf"(?:\b(?:on|by|for|until|due|from|since|before|meeting|to|commencing|beginning|w/?c|w/?b|{WD})|^)[ :]*$"
)


def _numeric(match: re.Match[str], setting: Setting) -> Part:
    day, in_month, in_year = int(match["day"]), int(match["month"]), year(said(match, "year"))
    if labelled(setting.text, match.start()) or (in_year is None and _is_fraction(match, setting)):
        return Noise()
    if not 1 <= in_month <= 12 or not 1 <= day <= 31:
        return Never() if in_year else Noise()
    on = weekday(match["wd"]) if match["wd"] else None
    named = Said(day, in_month, in_year, on)
    return days(*named.options(setting, setting.direction(match.start(), match.end())))


def _is_fraction(match: re.Match[str], setting: Setting) -> bool:
    """9/10 councillors, 1/2 of them, 24/7: figures that would make a day, and do not."""
    if _NOUN.match(setting.text, match.end()):
        return True
    start = match.start("day")
    dated = _DATED.search(setting.text[max(0, start - 20) : start])
    return (int(match["day"]), int(match["month"])) in _FRACTIONS and not dated


def _iso(match: re.Match[str], setting: Setting) -> Part:
    day = calendar.real(int(match["year"]), int(match["month"]), int(match["day"]))
    if day is None:
        return Never()
    if match["hour"] is None:
        return Days((day,))
    if match["zone"] or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        return _instant(match.group())
    return Timed(Days((day,)), Clock(int(match["hour"]), int(match["minute"]), fixed=True))


def _instant(typed: str) -> Part:
    try:
        moment = datetime.fromisoformat(typed.upper().replace(" ", "T"))
    except ValueError:
        return Never()
    return Moment(moment) if moment.tzinfo else Never()


_EDGE = r"(?<![\w/.£$€-])"
_ON = r"(?:{wd}[ ,(]{1,2}(?:the )?)?"
_FIGURES = _EDGE + _ON + r"(?P<day>[0-9]{1,2})(?P<sep>[/.-])(?P<month>[0-9]{1,2})"
RULES: tuple[Rule, ...] = (
    (
        phrase(_FIGURES + r"(?P=sep)(?P<year>[0-9]{4}|[0-9]{2})(?![\w/-]|\.[0-9])", anywhere=True),
        _numeric,
    ),
    (
        phrase(
            _EDGE + _ON + r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})(?![\w/%]|\.[0-9]|-[0-9]{3})",
            anywhere=True,
        ),
        _numeric,
    ),
    (
        phrase(
            _EDGE + r"{yyyy}[-/](?P<month>[0-9]{1,2})[-/](?P<day>[0-9]{1,2})"
            r"(?:[t ](?P<hour>[0-9]{2}):{minute}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
            r"(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?)?(?![\w/])",
            anywhere=True,
        ),
        _iso,
    ),
)
