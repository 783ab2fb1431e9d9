"""Days told from today: tomorrow, Friday, next Tuesday, Thursday week, a fortnight today, the Friday after."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.language import dates_calendar as calendar
from bot.language.dates_calendar import WEEK
from bot.language.dates_grammar import COUNT, MONTH, UNIT, WD, Unit, number, unit, weekday
from bot.language.dates_parts import DayPart, Days, Part, Rule, Shift, days, word
from bot.language.dates_setting import Setting

_NEAR = {
    "today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "day after tomorrow": 2, "day before yesterday": -2,
    "last night": -1,
}  # fmt: skip
_PARTS: dict[str, DayPart] = {
    "morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night", "am": "morning",
    "pm": "afternoon", "lunchtime": "afternoon", "tea time": "evening", "teatime": "evening",
}  # fmt: skip
_PART = "|".join(_PARTS)


def shifted(day: date, count: int, by: Unit) -> tuple[date, ...]:
    """`count` units after `day` (before it where negative); two days where a month is too short for the day."""
    if abs(count) > 1200:
        return ()
    if by == "working day":
        options: tuple[date | None, ...] = (calendar.working_days_on(day, count),)
    elif by in ("month", "year"):
        options = calendar.months_on(day, count * (12 if by == "year" else 1)) if abs(count) < 120 else ()
    else:
        options = (calendar.days_on(day, count * {"day": 1, "week": 7, "fortnight": 14}[by]),)
    return tuple(option for option in options if option)


def coming(setting: Setting, on: int, start: int, end: int) -> Days:
    """A bare weekday: the next after today or the last before it; on the day itself, today as well."""
    after, before = calendar.coming(on, setting.today), calendar.latest(on, setting.today)
    direction = setting.direction(start, end)
    options = {"past": (before,), "future": (after,), "either": (before, after)}[direction]
    if setting.today.weekday() == on:
        return Days(tuple(sorted({setting.today, *options})), live=True, weekday=True)
    return Days(options, weekday=True)


def next_or_last(setting: Setting, which: str, on: int) -> tuple[date, ...]:
    """Next X and last X: the one nearest to today, and the one of next or last week, where they differ."""
    this_monday = calendar.monday(setting.today)
    if which == "next":
        pair = (calendar.coming(on, setting.today), this_monday + WEEK + timedelta(days=on))
    else:
        pair = (calendar.latest(on, setting.today), this_monday - WEEK + timedelta(days=on))
    return tuple(sorted(set(pair)))


def _near(match: re.Match[str], setting: Setting) -> Part:
    said = match["near"]
    part: DayPart | None = "night" if said.endswith("night") else None
    named = match["part"] and _PARTS[match["part"]]
    return Days((setting.today + timedelta(days=_NEAR[said]),), part=named or part)


def _this_part(match: re.Match[str], setting: Setting) -> Part:
    return Days((setting.today,), part=_PARTS[match["part"]])


def _weekday(match: re.Match[str], setting: Setting) -> Part:
    found = coming(setting, weekday(match["wd"]), match.start(), match.end())
    return Days(found.options, found.live, match["part"] and _PARTS[match["part"]], weekday=True)


def _this_or_next(match: re.Match[str], setting: Setting) -> Part:
    day = calendar.coming(weekday(match["wd"]), setting.today - calendar.DAY)
    return days(day, day + WEEK)


def _next(match: re.Match[str], setting: Setting) -> Part:
    which = "next" if match["which"] == "next" else "last"
    part = match["part"] and _PARTS[match["part"]]
    return Days(next_or_last(setting, which, weekday(match["wd"])), part=part)


def _of_week(match: re.Match[str], setting: Setting) -> Part:
    weeks = {"next": 1, "last": -1}.get(match["which"], 0)
    day = calendar.monday(setting.today) + weeks * WEEK + timedelta(days=weekday(match["wd"]))
    return Days((day,), part=match["part"] and _PARTS[match["part"]])


def _after_next(match: re.Match[str], setting: Setting) -> Part:
    return days(*(day + WEEK for day in next_or_last(setting, "next", weekday(match["wd"]))))


def _weeks_beyond(match: re.Match[str], setting: Setting) -> Part:
    """Thursday week, Tuesday fortnight: counted from the coming one; on the day itself, from today or from the next."""
    weeks = 2 if match["unit"] == "fortnight" else 1
    ahead = calendar.coming(weekday(match["wd"]), setting.today)
    starts = (setting.today, ahead) if (ahead - setting.today).days == 7 else (ahead,)
    return days(*(day + weeks * WEEK for day in starts))


def _beyond(match: re.Match[str], setting: Setting) -> Part:
    """A week today, tomorrow fortnight, a month today."""
    start = setting.today + timedelta(days=_NEAR[match["near"]])
    return days(*shifted(start, number(match["count"] or "a"), unit(match["unit"])))


def _weeks_on(match: re.Match[str], setting: Setting) -> Part:
    """A week on Tuesday; the bare weekday as on any day, and then the weeks."""
    found = coming(setting, weekday(match["wd"]), match.end(), match.end())
    count = number(match["count"] or "a")
    return days(*(day for start in found.options for day in shifted(start, count, unit(match["unit"]))))


def _weeks_on_next(match: re.Match[str], setting: Setting) -> Part:
    starts = next_or_last(setting, "next", weekday(match["wd"]))
    count = number(match["count"] or "a")
    return days(*(day for start in starts for day in shifted(start, count, unit(match["unit"]))))


def _weeks_before_last(match: re.Match[str], setting: Setting) -> Part:
    day = calendar.latest(weekday(match["wd"]), setting.today)
    return days(*shifted(day, -number(match["count"] or "a"), unit(match["unit"])))


def _count_from(match: re.Match[str], setting: Setting) -> Part:
    """Three working days before …, two weeks from …, the day after …: waits for the day it counts from."""
    count = number(match["count"] or "a")
    sign = -1 if match["way"] == "before" else 1
    by = unit(match["unit"])
    return Shift(lambda day: shifted(day, sign * count, by))


def _weekday_from(match: re.Match[str], setting: Setting) -> Part:
    on, way = weekday(match["wd"]), match["way"]
    return Shift(lambda day: (calendar.latest(on, day) if way == "before" else calendar.coming(on, day),))


_NEARS = "|".join(sorted(_NEAR, key=len, reverse=True))
_WITH_PART = rf"(?: (?:in the |at )?(?P<part>{_PART})(?! ?[0-9]))?"
_HOLDS = (  # what may follow "the Monday after": never an hour ("Monday after 5pm")
    rf"(?= (?:the|half|term|easter|christmas|{WD}|{MONTH}|bank|new|that|this|our|next|panel|meeting|full|cabinet|council|"
    rf"committee|[0-9]{{1,2}}(?:st|nd|rd|th|/| (?:{MONTH}))))"
)
RULES: tuple[Rule, ...] = (
    (word(rf"(?:the )?(?P<near>{_NEARS}){_WITH_PART}"), _near),
    (word(rf"(?:this|later this|earlier this) (?P<part>{_PART})"), _this_part),
    (word(rf"(?:(?:this|the)(?: coming)? |coming )?(?P<wd>{WD}){_WITH_PART}"), _weekday),
    (word(rf"this (?P<wd>{WD}) or next(?: {WD}| week| one)?"), _this_or_next),
    (word(rf"(?P<wd>{WD})s(?= (?:meeting|panel|papers?|agenda|minutes?|session|cpp|board|committee|one|training|event|visit))"
          r"(?P<part>)"), _weekday),
    (word(rf"(?P<which>next|last|past|previous) (?P<wd>{WD}){_WITH_PART}"), _next),
    (word(rf"(?P<wd>{WD}) (?P<which>next|last|past|gone|just gone)(?! (?:week|month|year|day|time))(?P<part>)"), _next),
    (word(rf"(?P<wd>{WD})(?: (?P<part>{_PART}))?,? (?:of )?(?P<which>next|this|last) week"), _of_week),
    (word(rf"(?P<which>next|this|last) week,? (?:on )?(?P<wd>{WD}){_WITH_PART}"), _of_week),
    (word(rf"(?:the )?(?P<wd>{WD}) after next"), _after_next),
    (word(rf"(?P<wd>{WD}) (?P<unit>week|fortnight)(?! (?:commencing|beginning|ending|[0-9]))"), _weeks_beyond),
    (word(rf"(?:(?P<count>{COUNT}) )?(?P<unit>(?<!working )day|week|fortnight|month|year) (?P<near>today|tomorrow|yesterday)"),
     _beyond),
    (word(r"(?P<near>today|tomorrow) (?P<count>)(?P<unit>week|fortnight)"), _beyond),
    (word(rf"(?:(?P<count>{COUNT}) )?(?P<unit>week|fortnight) (?:on |from )?(?:this |the )?(?P<wd>{WD})"), _weeks_on),
    (word(rf"(?:(?P<count>{COUNT}) )?(?P<unit>week|fortnight) last (?P<wd>{WD})"), _weeks_before_last),
    (word(rf"(?:(?P<count>{COUNT}|the) )?(?P<unit>{UNIT}) (?P<way>before|after|from|following|on from)"
          r"(?! (?:now|next|last)\b)"), _count_from),
    (word(rf"(?:(?P<count>{COUNT}) )?(?P<unit>week|fortnight) (?:on )?next (?P<wd>{WD})"), _weeks_on_next),
    (re.compile(rf"(?<!on )(?<!\w)(?P<wd>{WD}) (?P<way>before|after|following)(?! next\b){_HOLDS}"), _weekday_from),
)  # fmt: skip
