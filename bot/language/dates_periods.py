"""Stretches of days and their edges: next week, w/c 7 Dec, in December, end of the month, first Friday of July, Q3."""

from __future__ import annotations

import re
from datetime import date

from bot.language import dates_calendar as calendar
from bot.language.dates_calendar import DAY, WEEK
from bot.language.dates_grammar import MONTH, ORDINAL, WD, month, number, weekday
from bot.language.dates_parts import DayEnd, Days, Noise, Part, Rule, Spans, SpanShift, days, word
from bot.language.dates_setting import Setting, pick

Span = tuple[date, date]


def _week(first: date) -> Span:
    return first, first + 6 * DAY


def _month(first: date) -> Span:
    return first, calendar.last_of_month(first)


def _whole(match: re.Match[str], setting: Setting) -> Part:
    """This, next, last week, month, quarter, year."""
    shift = {"next": 1, "last": -1, "previous": -1}.get(match["which"], 0)
    return Spans((_stretch(setting.today, match["unit"], shift),))


def _stretch(today: date, unit: str, shift: int) -> Span:
    if unit == "week":
        return _week(calendar.monday(today) + shift * WEEK)
    if unit == "month":
        return _month(calendar.first_of_month(today, shift))
    if unit == "quarter":
        first = calendar.first_of_month(today, 3 * shift - (today.month - 1) % 3)
        return first, calendar.last_of_month(calendar.first_of_month(first, 2))
    return date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)


def _week_beyond(match: re.Match[str], setting: Setting) -> Part:
    shift = 2 if match["way"] == "after next" else -2
    return Spans((_week(calendar.monday(setting.today) + shift * WEEK),))


def _commencing(match: re.Match[str], setting: Setting) -> Part:
    """Week commencing: from that day where it is a Monday, else perhaps from the Monday before it."""

    def spread(day: date) -> tuple[Span, ...]:
        return tuple(_week(first) for first in sorted({day, calendar.monday(day)}))

    return SpanShift(spread)


def _containing(match: re.Match[str], setting: Setting) -> Part:
    return SpanShift(lambda day: (_week(calendar.monday(day)),))


def _ending(match: re.Match[str], setting: Setting) -> Part:
    return SpanShift(lambda day: ((day - 6 * DAY, day),))


def _weekend(match: re.Match[str], setting: Setting) -> Part:
    this = calendar.monday(setting.today) + 5 * DAY
    which = match["which"] or ""
    if which.startswith("last"):
        return Spans(((this - WEEK, this - WEEK + DAY),))
    if which.startswith("next"):
        firsts = {calendar.coming(5, setting.today), this + WEEK}
    elif which.startswith("this"):
        firsts = {this}
    else:
        firsts = set(pick(this - WEEK, this, setting.direction(match.start(), match.end())))
        firsts |= {this + WEEK} if setting.today >= this else set()
    return Spans(tuple((first, first + DAY) for first in sorted(firsts)))


def _weekend_of(match: re.Match[str], setting: Setting) -> Part:
    return SpanShift(lambda day: ((calendar.monday(day) + 5 * DAY, calendar.monday(day) + 6 * DAY),))


def _named_month(match: re.Match[str], setting: Setting) -> Part:
    return Spans(tuple(_month(first) for first in _month_starts(match, setting)))


def _month_meeting(match: re.Match[str], setting: Setting) -> Part | None:
    """The December meeting; "may meet" is no month without "the"."""
    verb = match["month"] in ("may", "march") and match.start() == match.start("x")
    return None if verb else _named_month(match, setting)


def _month_starts(match: re.Match[str], setting: Setting) -> tuple[date, ...]:
    wanted, today = month(match["month"]), setting.today
    if match["year"]:
        return (date(int(match["year"]), wanted, 1),)
    this_year = date(today.year, wanted, 1)
    current = wanted == today.month
    before = this_year if wanted < today.month or current else date(today.year - 1, wanted, 1)
    after = this_year if wanted > today.month or current else date(today.year + 1, wanted, 1)
    return pick(before, after, setting.direction(match.start("month"), match.end("month")))


def _next_month_named(match: re.Match[str], setting: Setting) -> Part:
    """Next June: the coming one, and the one of next year, where they differ."""
    wanted, today = month(match["month"]), setting.today
    if match["which"] == "this":
        years = {today.year}
    elif match["which"] == "next":
        years = {today.year + 1, today.year + (wanted <= today.month)}
    else:
        years = {today.year - 1, today.year - (wanted >= today.month)}
    return Spans(tuple(_month(date(year, wanted, 1)) for year in sorted(years)))


def _by_month(match: re.Match[str], setting: Setting) -> Part:
    """By March, until March: its first or its last day; before March: its first or the day before."""
    if match["cue"] == "before":
        return days(*(edge for first in _month_starts(match, setting) for edge in (first - DAY, first)))
    edges = [edge for first in _month_starts(match, setting) for edge in _month(first)]
    ahead = [edge for edge in edges if edge >= setting.today]
    return days(*(ahead or edges))


def _month_of(match: re.Match[str], setting: Setting) -> tuple[date, ...]:
    """The first of the month that "of the month", "of next month", "in July 2027" name."""
    if match["month"]:
        return _month_starts(match, setting)
    shift = {"next": 1, "last": -1}.get(match["which"] or "", 0)
    return (calendar.first_of_month(setting.today, shift),)


def _still_open(match: re.Match[str]) -> bool:
    """Whether "of the month" may mean the coming month as well."""
    return not match["month"] and (match["which"] or "the") in ("the", "")


def _end_of_month(match: re.Match[str], setting: Setting) -> Part:
    return days(*(calendar.last_of_month(first) for first in _month_of(match, setting)))


def _start_of_month(match: re.Match[str], setting: Setting) -> Part:
    firsts = _month_of(match, setting)
    if _still_open(match) and setting.today.day > 1:
        return days(*firsts, calendar.first_of_month(setting.today, 1))
    return days(*firsts)


def _end_of(match: re.Match[str], setting: Setting) -> Part:
    shift = {"next": 1, "last": -1}.get(match["which"] or "", 0)
    first, last = _stretch(setting.today, match["unit"], shift)
    if match["edge"] != "end":
        return days(first) if shift else Noise()
    if match["unit"] != "week":
        return days(last)
    return days(first + 4 * DAY, last) if first + 4 * DAY >= setting.today else days(last, last + 5 * DAY)


def _eow(match: re.Match[str], setting: Setting) -> Part:
    friday = calendar.monday(setting.today) + 4 * DAY
    sunday = friday + 2 * DAY
    return days(friday, sunday) if friday >= setting.today else days(sunday, friday + WEEK)


def _financial_year_end(match: re.Match[str], setting: Setting) -> Part:
    this = date(setting.today.year, 3, 31)
    return days(this if this >= setting.today else date(setting.today.year + 1, 3, 31))


def _nth_weekday(match: re.Match[str], setting: Setting) -> Part:
    """First Friday of next month; where this month's has passed and no month is named, this one's and the next's."""
    found = [_nth(first, match) for first in _month_of(match, setting)]
    passed = bool(found[0]) and found[0] < setting.today if found and found[0] else False
    if passed and _still_open(match):
        found.append(_nth(calendar.first_of_month(setting.today, 1), match))
    return days(*found)


def _nth(first: date, match: re.Match[str]) -> date | None:
    rank = -1 if match["rank"] == "last" else number(match["rank"])
    kind = match["kind"]
    if kind.endswith("working day") or kind == "weekday":
        return calendar.nth_working_day(first, calendar.last_of_month(first), rank)
    if kind == "day":
        last = calendar.last_of_month(first)
        return last if rank < 0 else calendar.real(first.year, first.month, rank)
    return calendar.nth_weekday(first, rank, weekday(kind))


def _last_working_of_week(match: re.Match[str], setting: Setting) -> Part:
    shift = {"next": 1, "last": -1}.get(match["which"] or "", 0)
    first, last = _stretch(setting.today, match["unit"], shift)
    return days(calendar.nth_working_day(first, last, -1 if match["rank"] == "last" else number(match["rank"])))


def _quarter(match: re.Match[str], setting: Setting) -> Part:
    """Q1: of the financial year (from April) where that is said, else of either year."""
    which = int(match["q"])
    if match["year"]:
        return Spans((_financial_quarter(int(match["year"]), which),))
    today = setting.today
    financial = today.year if today.month > 3 else today.year - 1
    return Spans((_financial_quarter(financial, which), _coming_quarter(today, which)))


def _financial_quarter(year: int, which: int) -> Span:
    first = calendar.first_of_month(date(year, 4, 1), 3 * (which - 1))
    return first, calendar.last_of_month(calendar.first_of_month(first, 2))


def _coming_quarter(today: date, which: int) -> Span:
    first = date(today.year, 3 * which - 2, 1)
    last = calendar.last_of_month(calendar.first_of_month(first, 2))
    if last >= today:
        return first, last
    return _coming_quarter(date(today.year + 1, 1, 1), which)


_OF = rf"(?:of|in) (?:(?P<which>the|this|next|last) month|(?:the )?(?P<month>{MONTH})(?: (?P<year>20[0-9]{{2}}))?)"
_RANK = rf"(?:the )?(?P<rank>last|{ORDINAL})"
_UNIT = r"(?:(?P<which>the|this|next|last) )?(?:calendar )?(?P<unit>week|quarter|year)"
_NO_DAY = r"(?! (?:the )?[0-9#]| (?:19|20)[0-9]{2})"
_IN = r"(?:in|during|for|from|since|throughout|over|of|sometime in|is|re)"
_PUSHED = r"(?:push|move|defer|postpone|extend|slip|roll|put back)\w{0,2}(?: [a-z]+){0,3} (?:to|into|until)"
_MONTH_MEETING = r"(?= (?:meeting|panel|agenda|papers?|minutes?|cpp|board|session|committee|dates?|one)\b)"
_COVERED = r"(?<!sub for )(?<!cover for )(?<!in for )(?<!covering for )(?<!deputising for )"
RULES: tuple[Rule, ...] = (
    (word(r"(?P<which>this|next|last|previous) (?P<unit>week|month|quarter|year)"), _whole),
    (word(r"(?:the )?week (?P<way>after next|before last)"), _week_beyond),
    (word(r"(?:w/?c|w/?b|week commencing|week beginning|week starting|week of)[ :.]?"), _commencing),
    (word(r"(?:the )?week (?:containing|with|including)"), _containing),
    (word(r"(?:w/?e|week ending)[ :.]?"), _ending),
    (word(r"(?:(?:at |over )?the )?(?P<which>(?:this|next|last)(?: coming)? )?weekend"), _weekend),
    (word(r"(?:the )?weekend (?:of|starting|commencing)"), _weekend_of),
    (word(rf"(?:early in |late in )?{_COVERED}(?<!\w){_IN} (?P<x>(?P<month>{MONTH})(?P<year>)){_NO_DAY}"), _named_month),
    (word(rf"{_PUSHED} (?P<x>(?P<month>{MONTH})(?P<year>)){_NO_DAY}"), _named_month),
    (word(rf"(?:(?:the|our|your|next) )?(?P<x>(?P<month>{MONTH})(?P<year>)){_MONTH_MEETING}"), _month_meeting),
    (word(rf"(?P<month>{MONTH}),? (?P<year>20[0-9]{{2}})"), _named_month),
    (word(rf"(?P<which>this|next|last) (?P<month>{MONTH}){_NO_DAY}"), _next_month_named),
    (word(rf"(?P<cue>by|until|before) (?P<x>(?P<month>{MONTH})(?: (?P<year>20[0-9]{{2}}))?){_NO_DAY}"), _by_month),
    (word(rf"(?:the )?end {_OF}"), _end_of_month),
    (word(r"(?:eom|(?:the )?month[ -]end)(?P<month>)(?P<which>)(?P<year>)"), _end_of_month),
    (word(rf"(?:the )?(?:start|beginning) {_OF}"), _start_of_month),
    (word(rf"(?:the )?(?P<edge>end|start|beginning) of {_UNIT}"), _end_of),
    (word(rf"(?P<edge>start|beginning) of (?P<which>next) (?P<unit>week)"), _end_of),
    (word(r"eow"), _eow),
    (word(r"(?:the )?end of (?:the |this )?financial year|(?:the )?financial year end|year end"), _financial_year_end),
    (word(r"(?:the )?end of (?:the |this )?(?:municipal|academic|school|council) year"), lambda match, setting: Noise()),
    (word(r"eod|cop|cob|(?:the )?(?:end of (?:the )?(?:day|play|business)|close of (?:play|business))(?: on)?"),
     lambda match, setting: DayEnd()),
    (word(rf"{_RANK} (?P<kind>working day|weekday|day|{WD}) {_OF}"), _nth_weekday),
    (word(rf"{_RANK} working day (?:of|in) (?:(?P<which>the|this|next|last) )?(?P<unit>week|year)"), _last_working_of_week),
    (word(r"(?:(?:in|by|for|during|of|end of) |^\W*)(?P<x>q(?P<q>[1-4])(?:,? (?P<year>20[0-9]{2})(?:[/-][0-9]{2,4})?)?)(?! \w)"),
     _quarter),
    (word(r"(?:this|next|last) (?:time|term|agenda|session|half)"), lambda match, setting: Noise()),
    (word(rf"(?:{ORDINAL}|last) (?:full )?(?:week|half|weekend|fortnight) (?:of|in) (?:(?:the|this|next) month|{MONTH})"),
     lambda match, setting: Noise()),
)  # fmt: skip


def today_only(setting: Setting) -> Days:
    """What the end of the day means beside no other day."""
    return Days((setting.today,))
