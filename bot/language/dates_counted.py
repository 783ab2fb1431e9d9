"""Days that are counted: in 3 days, in two working days, 2 weeks ago, a week today, three days before …"""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.language import dates_calendar as calendar
from bot.language.dates_grammar import Unit, number, phrase, unit
from bot.language.dates_parts import Noise, Part, Rule, Shift, days
from bot.language.dates_relative import NEAR
from bot.language.dates_setting import Setting

_MOST = 1200
_MOST_YEARS = 100

# "Not reviewed in a year", "her third worker in two years": a stretch that is over, not a day to come.
_OVER = re.compile(
    r"n't\b|#[0-9]|\b[0-9]+ \w+ $"
    r"|\b(?:not|no|nobody|nothing|never|none|been|was|were|had|times?|twice|seen|gone|spent|[0-9]+(?:st|nd|rd|th))\b"
)
_TO_COME = re.compile(r"\b(?:will|won't|can|can't|cannot|shall|going|remind|need|back)\b|'ll\b")
_CLAUSE = re.compile(r"[,.;!?\n]")


def shifted(day: date, count: int, by: Unit) -> tuple[date, ...]:
    """`count` units after `day` (before it where negative); two days where a month is too short."""
    if abs(count) > _MOST:
        return ()
    if by == "working day":
        return _real(calendar.working_days_on(day, count))
    if by in ("month", "year"):
        months = count * (12 if by == "year" else 1)
        return calendar.months_on(day, months) if abs(months) < 12 * _MOST_YEARS else ()
    return _real(calendar.days_on(day, count * {"day": 1, "week": 7, "fortnight": 14}[by]))


def looks_back(match: re.Match[str], setting: Setting) -> bool:
    """Whether "in two years" tells of two years that are over."""
    clause = _CLAUSE.split(setting.text[max(0, match.start() - 60) : match.start()])[-1]
    return bool(_OVER.search(clause)) and not _TO_COME.search(clause)


def _real(day: date | None) -> tuple[date, ...]:
    return (day,) if day else ()


def _ahead(match: re.Match[str], setting: Setting) -> Part:
    return days(*shifted(setting.today, number(match["count"]), unit(match["unit"])))


def _in_stretch(match: re.Match[str], setting: Setting) -> Part | None:
    return None if looks_back(match, setting) else _ahead(match, setting)


def _ago(match: re.Match[str], setting: Setting) -> Part:
    return days(*shifted(setting.today, -number(match["count"]), unit(match["unit"])))


def _next_working(match: re.Match[str], setting: Setting) -> Part:
    step = -1 if match["which"] in ("last", "previous") else 1
    return days(calendar.working_days_on(setting.today, step))


def _beyond(match: re.Match[str], setting: Setting) -> Part:
    """A week today, tomorrow fortnight, a month today."""
    start = setting.today + timedelta(days=NEAR[match["near"]])
    return days(*shifted(start, number(match.groupdict().get("count")), unit(match["unit"])))


def _from_day(match: re.Match[str], setting: Setting) -> Part:
    """Three working days before …, two weeks from …, the day after …: waits for the day it counts from."""
    count = number(match["count"]) * (-1 if match["way"] == "before" else 1)
    by = unit(match["unit"])
    return Shift(lambda day: shifted(day, count, by))


_NOT_A_POINT = r"(?! (?:late|overdue|before|after|since|an? (?:day|week|month|year)))"
_ASKED = r"(?:give me|giving me|need|extend(?: it)? by|extension of|got)"
RULES: tuple[Rule, ...] = (
    (phrase(r"in (?:about |around )?{count} {unit}(?: time)?" + _NOT_A_POINT), _in_stretch),
    (phrase(r"within (?:the next )?{count} {unit}"), _ahead),
    (phrase(r"{count} {unit} (?:time|from now|hence)"), _ahead),
    (phrase(r"(?:another|extra) (?:(?P<count>[0-9]{1,3}) )?{unit}"), _ahead),
    (phrase(r"{count} (?:more|extra|further|additional) {unit}"), _ahead),
    (phrase(_ASKED + r" (?P<x>{count} {unit})"), _ahead),
    (phrase(r"{count} {unit} ago"), _ago),
    (
        phrase(
            r"(?P<count>[0-9]{1,3}) (?P<unit>(?:clear )?working day)"
            r"(?! (?:notice|late|overdue|before|after|from|ago|to))"
        ),
        _ahead,
    ),
    (
        phrase(r"(?P<which>next|last|previous|following) working day(?! (?:of|in|before|after))"),
        _next_working,
    ),
    (
        phrase(
            r"(?:{count} )?(?P<unit>(?<!working )day|week|fortnight|month|year) "
            r"(?P<near>today|tomorrow|yesterday)"
        ),
        _beyond,
    ),
    (phrase(r"(?P<near>today|tomorrow) (?P<unit>week|fortnight)"), _beyond),
    (
        phrase(
            r"(?:(?:{count}|the) )?{unit} (?P<way>before|after|from|following|on from)"
            r"(?! (?:now|next|last)\b)"
        ),
        _from_day,
    ),
    (
        phrase(
            r"(?:[0-9]{1,2}|an?|few|couple of) (?:day|week|month|hour|minute) "
            r"(?:late|overdue|old|early|long|behind)"
        ),
        lambda match, setting: Noise(),
    ),
    (phrase(r"same day"), lambda match, setting: Noise()),
)
