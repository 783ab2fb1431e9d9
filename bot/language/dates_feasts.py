"""Days with a name: Christmas Eve, Good Friday, the August bank holiday, bank holiday Monday."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from bot.language import dates_calendar as calendar
from bot.language.dates_calendar import DAY
from bot.language.dates_grammar import month, phrase, said
from bot.language.dates_parts import Part, Rule, Spans, days
from bot.language.dates_setting import Setting, pick

_SAME_EVERY_YEAR = {
    "christmas evening": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year evening": (12, 31),
    "nye": (12, 31),
    "new year day": (1, 1),
    "valentines day": (2, 14),
    "st davids day": (3, 1),
    "international womens day": (3, 8),
    "st patricks day": (3, 17),
    "april fools day": (4, 1),
    "st georges day": (4, 23),
    "halloween": (10, 31),
    "bonfire night": (11, 5),
    "guy fawkes night": (11, 5),
    "armistice day": (11, 11),
    "st andrews day": (11, 30),
}
_FROM_EASTER_MONDAY = {
    "shrove tuesday": -48,
    "pancake day": -48,
    "ash wednesday": -47,
    "mothering sunday": -22,
    "mothers day": -22,
    "palm sunday": -8,
    "maundy thursday": -4,
    "good friday": -3,
    "easter saturday": -2,
    "easter sunday": -1,
    "easter day": -1,
    "easter monday": 0,
    "easter tuesday": 1,
    "ascension day": 38,
    "whit sunday": 48,
    "whit monday": 49,
}
_NTH_SUNDAYS = {"fathers day": (6, 3), "remembrance sunday": (11, 2)}
_HOLIDAYS = {
    "easter": "Easter Monday",
    "early may": "May Day",
    "may day": "May Day",
    "spring": "Spring",
    "whitsun": "Spring",
    "late may": "Spring",
    "summer": "Summer",
    "late summer": "Summer",
    "christmas": "Christmas",
    "christmas day": "Christmas",
    "boxing day": "Boxing",
    "new year": "New Year",
    "new year day": "New Year",
}


def _on(feast: str, year: int) -> date | None:
    """The day of a feast in a year."""
    if feast in _SAME_EVERY_YEAR:
        return date(year, *_SAME_EVERY_YEAR[feast])
    if feast in _FROM_EASTER_MONDAY:
        return calendar.easter_monday(year) + timedelta(days=_FROM_EASTER_MONDAY[feast])
    in_month, rank = _NTH_SUNDAYS[feast]
    return calendar.nth_weekday(date(year, in_month, 1), rank, 6)


def _holiday_on(which: str, year: int) -> date | None:
    """The day on which a bank holiday is taken in a year."""
    return next((day for day, name in _listed(year) if _HOLIDAYS[which] in name), None)


def _feast(match: re.Match[str], setting: Setting) -> Part:
    feast = match["feast"].replace("'", "")
    if said(match, "year"):
        return days(_on(feast, int(match["year"])))
    return days(*_next_or_last(match, setting, (_on(feast, year) for year in _years(setting))))


def _holiday(match: re.Match[str], setting: Setting) -> Part:
    if said(match, "year"):
        return days(_holiday_on(match["which"], int(match["year"])))
    return days(
        *_next_or_last(match, setting, (_holiday_on(match["which"], year) for year in _years(setting)))
    )


def _years(setting: Setting) -> range:
    return range(setting.today.year - 1, setting.today.year + 2)


def _next_or_last(match: re.Match[str], setting: Setting, found: Iterable[date | None]) -> tuple[date, ...]:
    real = [day for day in found if day]
    before = max((day for day in real if day <= setting.today), default=None)
    after = min((day for day in real if day >= setting.today), default=None)
    return pick(before, after, setting.direction(match.start(), match.end()))


def _month_holiday(match: re.Match[str], setting: Setting) -> Part:
    """The August bank holiday; of May's two, those of the coming May unless both are still to come."""
    wanted = month(match["month"])
    for year in range(setting.today.year, setting.today.year + 2):
        found = [day for day, _ in _listed(year) if day.month == wanted]
        if found and found[0] >= setting.today:
            return days(*found)
    return days()


def _next_holiday(match: re.Match[str], setting: Setting) -> Part:
    return days(_coming(setting.today))


def _holiday_monday(match: re.Match[str], setting: Setting) -> Part:
    return days(_coming(setting.today, weekday=0))


def _holiday_weekend(match: re.Match[str], setting: Setting) -> Part:
    monday = _coming(setting.today, weekday=0)
    return Spans(((monday - 2 * DAY, monday),))


def _coming(today: date, weekday: int | None = None) -> date:
    ahead = (day for year in (today.year, today.year + 1) for day, _ in _listed(year) if day >= today)
    return next(day for day in ahead if weekday is None or day.weekday() == weekday)


def _listed(year: int) -> list[tuple[date, str]]:
    """That year's bank holidays in order, without days that a substitute replaces (a Saturday Boxing Day)."""
    return sorted((day, name) for day, name in calendar.bank_holidays(year).items() if day.weekday() < 5)


def _may_day(match: re.Match[str], setting: Setting) -> Part:
    """1 May, or the bank holiday on the first Monday of May."""
    year = setting.today.year + (setting.today.month > 5)
    first = date(year, 5, 1)
    return days(first, calendar.nth_weekday(first, 1, 0))


def _names(*tables: Iterable[str]) -> str:
    names = sorted((name for table in tables for name in table), key=len, reverse=True)
    return "|".join(name.replace("s day", "'?s day") for name in names)


_PLAIN_CHRISTMAS = r"(?P<x>(?P<feast>christmas))"
_FEAST = _names(set(_SAME_EVERY_YEAR) - {"christmas"}, _FROM_EASTER_MONDAY, _NTH_SUNDAYS)
_HOLIDAY = _names(_HOLIDAYS)
_BANK = r"bank hol(?:iday)?"
RULES: tuple[Rule, ...] = (
    (phrase(rf"(?P<feast>{_FEAST})" + r"(?:,? {yyyy})?"), _feast),
    (
        phrase(
            r"(?:by|before|until|after|for) "
            + _PLAIN_CHRISTMAS
            + r"(?! (?:day|evening|party|lights|fair|event))"
        ),
        _feast,
    ),
    (phrase(rf"(?:the )?(?P<which>{_HOLIDAY}) {_BANK}(?: monday)?" + r"(?:,? {yyyy})?"), _holiday),
    (phrase(r"(?:the )?{month} " + _BANK + r"(?: monday)?"), _month_holiday),
    (
        phrase(rf"(?:the )?(?:next )?{_BANK}(?! weekend| monday)(?! (?:hours|pay|cover|rota|rate|working))"),
        _next_holiday,
    ),
    (phrase(rf"(?:the )?{_BANK} monday"), _holiday_monday),
    (phrase(rf"(?:the )?{_BANK} weekend"), _holiday_weekend),
    (phrase(r"may day"), _may_day),
)
