"""Months and quarters by name: in December, the March meeting, January 2027, next June, by March, Q3."""

from __future__ import annotations

import re
from datetime import date

from bot.language import dates_calendar as calendar
from bot.language.dates_calendar import DAY
from bot.language.dates_grammar import month, phrase, said
from bot.language.dates_parts import Part, Rule, Spans, days
from bot.language.dates_setting import Setting, pick
from bot.language.dates_weeks import Span, month_of


def month_starts(match: re.Match[str], setting: Setting) -> tuple[date, ...]:
    """The first day of the month that `match` names, in its year or the one that the words around it bid."""
    wanted, today = month(match["month"]), setting.today
    if said(match, "year"):
        return (date(int(match["year"]), wanted, 1),)
    behind, ahead = wanted <= today.month, wanted >= today.month
    before = date(today.year if behind else today.year - 1, wanted, 1)
    after = date(today.year if ahead else today.year + 1, wanted, 1)
    return pick(before, after, setting.direction(match.start("month"), match.end("month")))


def _whole(match: re.Match[str], setting: Setting) -> Part:
    return Spans(tuple(month_of(first) for first in month_starts(match, setting)))


def _for_meeting(match: re.Match[str], setting: Setting) -> Part | None:
    """The December meeting; "may meet" is no month without "the"."""
    verb = match["month"] in ("may", "march") and match.start() == match.start("x")
    return None if verb else _whole(match, setting)


def _next_named(match: re.Match[str], setting: Setting) -> Part:
    """Next June: the coming one, and the one of next year, where they differ."""
    wanted, today = month(match["month"]), setting.today
    years = {
        "this": {today.year},
        "next": {today.year + 1, today.year + (wanted <= today.month)},
        "last": {today.year - 1, today.year - (wanted >= today.month)},
    }[match["which"]]
    return Spans(tuple(month_of(date(year, wanted, 1)) for year in sorted(years)))


def _by(match: re.Match[str], setting: Setting) -> Part:
    """By March, until March: its first or its last day; before March: its first or the day before."""
    firsts = month_starts(match, setting)
    if match["cue"] == "before":
        return days(*(edge for first in firsts for edge in (first - DAY, first)))
    edges = [edge for first in firsts for edge in month_of(first)]
    return days(*([edge for edge in edges if edge >= setting.today] or edges))


def _quarter(match: re.Match[str], setting: Setting) -> Part:
    """Q1: of the financial year (from April) where that is said, else of either year."""
    which, today = int(match["q"]), setting.today
    if match["year"]:
        return Spans((_quarter_from(date(int(match["year"]), 4, 1), which),))
    financial = today.year if today.month > 3 else today.year - 1
    ours = _quarter_from(date(today.year, 1, 1), which)
    if ours[1] < today:
        ours = _quarter_from(date(today.year + 1, 1, 1), which)
    return Spans((_quarter_from(date(financial, 4, 1), which), ours))


def _quarter_from(year_start: date, which: int) -> Span:
    first = calendar.first_of_month(year_start, 3 * (which - 1))
    return first, calendar.last_of_month(calendar.first_of_month(first, 2))


_NO_DAY = r"(?! (?:the )?[0-9#]| (?:19|20)[0-9]{2})"
_IN = r"(?:in|during|for|from|since|throughout|over|of|sometime in|is|re)"
_PUSHED = r"(?:push|move|defer|postpone|extend|slip|roll|put back)\w{0,2}(?: [a-z]+){0,3} (?:to|into|until)"
_MEETING = r"(?= (?:meeting|panel|agenda|papers?|minutes?|cpp|board|session|committee|dates?|one)\b)"
_PERSON = r"(?<!sub for )(?<!cover for )(?<!in for )(?<!covering for )(?<!deputising for )"
RULES: tuple[Rule, ...] = (
    (phrase(r"(?:early in |late in )?(?<!\w)" + _IN + r" " + _PERSON + r"(?P<x>{month})" + _NO_DAY), _whole),
    (phrase(_PUSHED + r" (?P<x>{month})" + _NO_DAY), _whole),
    (phrase(r"(?:(?:the|our|your|next) )?(?P<x>{month})" + _MEETING), _for_meeting),
    (phrase(r"{month},? {yyyy}"), _whole),
    (phrase(r"(?P<which>this|next|last) {month}" + _NO_DAY), _next_named),
    (phrase(r"(?P<cue>by|until|before) (?P<x>{month}(?: {yyyy})?)" + _NO_DAY), _by),
    (
        phrase(
            r"(?:(?:in|by|for|during|of|end of) |^\W*)"
            r"(?P<x>q(?P<q>[1-4])(?:,? {yyyy}(?:[/-][0-9]{2,4})?)?)(?! \w)"
        ),
        _quarter,
    ),
)
