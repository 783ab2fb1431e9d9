"""Days with a name: Christmas Eve, Good Friday, the August bank holiday, bank holiday Monday."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.language import dates_calendar as calendar
from bot.language.dates_calendar import DAY
from bot.language.dates_grammar import MONTH, month
from bot.language.dates_parts import Days, Part, Rule, Spans, days, word
from bot.language.dates_setting import Setting, pick

_SAME_EVERY_YEAR = {
    "christmas evening": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26), "new year evening": (12, 31),
    "nye": (12, 31), "new year day": (1, 1), "valentines day": (2, 14), "valentine's day": (2, 14),
    "st georges day": (4, 23), "st george's day": (4, 23), "halloween": (10, 31), "bonfire night": (11, 5),
    "guy fawkes night": (11, 5), "armistice day": (11, 11), "april fools day": (4, 1), "st davids day": (3, 1),
    "st andrews day": (11, 30), "st patricks day": (3, 17), "international womens day": (3, 8),
}  # fmt: skip
_FROM_EASTER_MONDAY = {
    "shrove tuesday": -48, "pancake day": -48, "ash wednesday": -47, "mothering sunday": -22, "mothers day": -22,
    "mother's day": -22, "palm sunday": -8, "maundy thursday": -4, "good friday": -3, "easter saturday": -2,
    "easter sunday": -1, "easter day": -1, "easter monday": 0, "easter tuesday": 1, "ascension day": 38,
    "whit sunday": 48, "whit monday": 49,
}  # fmt: skip
_HOLIDAYS = {
    "spring": "Spring", "whitsun": "Spring", "late may": "Spring", "end of may": "Spring", "early may": "May Day",
    "may day": "May Day", "summer": "Summer", "late summer": "Summer", "august": "Summer", "easter": "Easter Monday",
    "christmas": "Christmas", "christmas day": "Christmas", "boxing day": "Boxing", "new year": "New Year",
    "new year day": "New Year",
}  # fmt: skip


def _yearly(setting: Setting, match: re.Match[str], of_year: Callable[[int], date | None]) -> Part:
    if match["year"]:
        return days(of_year(int(match["year"])))
    this_year = setting.today.year
    year_days = [day for year in (this_year - 1, this_year, this_year + 1) if (day := of_year(year))]
    before = max((day for day in year_days if day <= setting.today), default=None)
    after = min((day for day in year_days if day >= setting.today), default=None)
    return days(*pick(before, after, setting.direction(match.start(), match.end())))


def _fixed(match: re.Match[str], setting: Setting) -> Part:
    in_month, day = _SAME_EVERY_YEAR[match["feast"]]
    return _yearly(setting, match, lambda year: date(year, in_month, day))


def _moving(match: re.Match[str], setting: Setting) -> Part:
    shift = timedelta(days=_FROM_EASTER_MONDAY[match["feast"]])
    return _yearly(setting, match, lambda year: calendar.easter_monday(year) + shift)


def _nth_of(match: re.Match[str], setting: Setting) -> Part:
    in_month, number, weekday = {"fathers day": (6, 3, 6), "father's day": (6, 3, 6), "remembrance sunday": (11, 2, 6)}[
        match["feast"]
    ]
    return _yearly(setting, match, lambda year: calendar.nth_weekday(date(year, in_month, 1), number, weekday))


def _holiday(match: re.Match[str], setting: Setting) -> Part:
    name = _HOLIDAYS[match["which"]]
    return _yearly(setting, match, lambda year: next((day for day, holiday in _listed(year) if name in holiday), None))


def _month_holiday(match: re.Match[str], setting: Setting) -> Part:
    """The May bank holiday: there are two."""
    wanted = month(match["month"])
    for year in range(setting.today.year, setting.today.year + 2):
        found = [day for day, _ in _listed(year) if day.month == wanted]
        ahead = [day for day in found if day >= setting.today]
        if len(ahead) == len(found) > 0 or (ahead and len(found) == 1):
            return days(*ahead)
    return days()


def _next_holiday(match: re.Match[str], setting: Setting) -> Part:
    return days(_coming_holiday(setting.today))


def _holiday_monday(match: re.Match[str], setting: Setting) -> Part:
    return days(_coming_holiday(setting.today, weekday=0))


def _holiday_weekend(match: re.Match[str], setting: Setting) -> Part:
    monday = _coming_holiday(setting.today, weekday=0)
    return Spans(((monday - 2 * DAY, monday),))


def _coming_holiday(today: date, weekday: int | None = None) -> date:
    ahead = (day for year in (today.year, today.year + 1) for day, _ in _listed(year) if day >= today)
    return next(day for day in ahead if weekday is None or day.weekday() == weekday)


def _listed(year: int) -> list[tuple[date, str]]:
    """That year's bank holidays in order, without days that a substitute replaces (a Saturday Boxing Day)."""
    return sorted((day, name) for day, name in calendar.bank_holidays(year).items() if day.weekday() < 5)


def _by_christmas(match: re.Match[str], setting: Setting) -> Part:
    return _yearly(setting, match, lambda year: date(year, 12, 25))


def _may_day(match: re.Match[str], setting: Setting) -> Part:
    """1 May, or the bank holiday on the first Monday of May."""
    first = _yearly(setting, match, lambda year: date(year, 5, 1))
    monday = _yearly(setting, match, lambda year: calendar.nth_weekday(date(year, 5, 1), 1, 0))
    assert isinstance(first, Days)
    assert isinstance(monday, Days)
    return days(*first.options, *monday.options)


def _any(names: dict[str, object] | dict[str, tuple[int, int]] | dict[str, int] | dict[str, str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_YEAR = r"(?:,? (?P<year>20[0-9]{2}))?"
RULES: tuple[Rule, ...] = (
    (word(rf"(?P<feast>{_any(_SAME_EVERY_YEAR)}){_YEAR}"), _fixed),
    (word(rf"(?P<feast>{_any(_FROM_EASTER_MONDAY)}){_YEAR}"), _moving),
    (word(rf"(?P<feast>father'?s day|remembrance sunday){_YEAR}"), _nth_of),
    (word(rf"(?:the )?(?P<which>{_any(_HOLIDAYS)}) bank hol(?:iday)?(?: monday)?{_YEAR}"), _holiday),
    (word(rf"(?:the )?(?P<month>{MONTH}) bank hol(?:iday)?(?: monday)?"), _month_holiday),
    (word(r"(?:the )?(?:next )?bank hol(?:iday)?(?! weekend| monday)(?! (?:hours|pay|cover|rota|rate|working))"), _next_holiday),
    (word(r"(?:the )?bank hol(?:iday)? monday"), _holiday_monday),
    (word(r"(?:the )?bank hol(?:iday)? weekend"), _holiday_weekend),
    (word(rf"(?:by|before|until|after|for) (?P<x>christmas){_YEAR}"), _by_christmas),
    (word(rf"may day{_YEAR}"), _may_day),
)  # fmt: skip
