"""Times that are counted from now: in 3 days, in two working days, 2 weeks ago, in 2 hours, this time tomorrow."""

from __future__ import annotations

import re
from datetime import UTC, timedelta

from bot.language import dates_calendar as calendar
from bot.language.dates_grammar import COUNT, UNIT, WD, number, unit, weekday
from bot.language.dates_parts import Days, Moment, Noise, Part, Rule, WallTime, days, word
from bot.language.dates_relative import shifted
from bot.language.dates_setting import Setting

_LONGEST = timedelta(days=60)


# "Not reviewed in a year", "her third worker in two years": a stretch that is over, not a day to come.
_OVER = re.compile(
    r"n't\b|\b(?:not|no|nobody|nothing|never|none|been|was|were|had|times?|twice|seen|gone|spent|[0-9]+(?:st|nd|rd|th))\b|#[0-9]|\b[0-9]+ \w+ $"
)
_TO_COME = re.compile(r"\b(?:will|won't|can|can't|cannot|shall|going|remind|need|back)\b|'ll\b")


def _in_stretch(match: re.Match[str], setting: Setting) -> Part | None:
    return None if _looks_back(match, setting) else _ahead(match, setting)


def _looks_back(match: re.Match[str], setting: Setting) -> bool:
    before = setting.text[max(0, match.start() - 60) : match.start()]
    clause = re.split(r"[,.;!?\n]", before)[-1]
    return bool(_OVER.search(clause)) and not _TO_COME.search(clause)


def _ahead(match: re.Match[str], setting: Setting) -> Part:
    return days(*shifted(setting.today, number(match["count"]), unit(match["unit"])))


def _ago(match: re.Match[str], setting: Setting) -> Part:
    return days(*shifted(setting.today, -number(match["count"]), unit(match["unit"])))


def _working(match: re.Match[str], setting: Setting) -> Part:
    return days(calendar.working_days_on(setting.today, number(match["count"])))


def _next_working(match: re.Match[str], setting: Setting) -> Part:
    return days(calendar.working_days_on(setting.today, -1 if match["which"] in ("last", "previous") else 1))


def _elapsed(match: re.Match[str], setting: Setting) -> Part | None:
    """In two and a half hours: real time that passes, whatever the clocks do."""
    length = _length(match)
    if length > _LONGEST or (not match["way"] and _looks_back(match, setting)):
        return None
    sign = -1 if match["way"] == "ago" else 1
    return Moment(setting.now.astimezone(UTC) + sign * length)


def _length(match: re.Match[str]) -> timedelta:
    if match["half"]:
        return timedelta(minutes=30)
    count = number(match["count"])
    minutes = count * 60 if match["unit"] == "hour" else count
    more = number(match["more"]) if match["more"] else 0
    return timedelta(minutes=minutes + more + (30 if match["and_half"] else 0))


def _this_time(match: re.Match[str], setting: Setting) -> Part:
    when = match["when"]
    if when in ("tomorrow", "yesterday"):
        day = setting.today + timedelta(days=1 if when == "tomorrow" else -1)
    elif when.endswith("week"):
        day = setting.today + timedelta(days=7 if when.startswith("next") else -7)
    else:
        day = calendar.coming(weekday(when.removeprefix("on ")), setting.today)
    return WallTime(day, setting.now.time().replace(second=0, microsecond=0))




_ELAPSED = (
    rf"(?:(?P<half>(?:half an?|~ an?|a half) hour)|(?P<count>{COUNT}|[0-9]{{1,4}}) (?P<unit>hour|minute)"
    r"(?P<and_half> and a half)?(?:(?: and)? (?P<more>[0-9]{1,2}) minute)?)"
)
_CALENDAR_UNIT = "day|week|fortnight|month|year"
RULES: tuple[Rule, ...] = (
    (word(rf"in (?:about |around )?(?P<count>{COUNT}) (?P<unit>{UNIT})(?: time)?(?! (?:late|overdue|before|after|since|an? (?:day|week|month|year)))"), _in_stretch),
    (word(rf"within (?:the next )?(?P<count>{COUNT}) (?P<unit>{UNIT})"), _ahead),
    (word(rf"(?P<count>{COUNT}) (?P<unit>{UNIT}) (?:time|from now|hence)"), _ahead),
    (word(rf"(?:another|extra) (?:(?P<count>[0-9]{{1,3}}) )?(?P<unit>{UNIT})"),
     lambda match, setting: days(*shifted(setting.today, number(match["count"] or "a"), unit(match["unit"])))),
    (word(rf"(?P<count>{COUNT}) (?:more|extra|further|additional) (?P<unit>{UNIT})"), _ahead),
    (word(rf"(?:give me|giving me|need|extend(?: it)? by|extension of|got) (?P<x>(?P<count>{COUNT}) (?P<unit>{UNIT}))"), _ahead),
    (word(rf"(?P<count>{COUNT}) (?P<unit>{UNIT}) ago"), _ago),
    (word(rf"(?P<count>[0-9]{{1,3}}) (?:clear )?working day(?! (?:notice|late|overdue|before|after|from|ago|to))"), _working),
    (word(r"(?P<which>next|last|previous|following) working day(?! (?:of|in|before|after))"), _next_working),
    (word(rf"in {_ELAPSED}(?: time)?(?P<way>)(?! an? )"), _elapsed),
    (word(rf"{_ELAPSED} (?P<way>ago|from now|time)"), _elapsed),
    (word(rf"(?:this|same) time (?P<when>tomorrow|yesterday|next week|last week|(?:on )?(?:{WD}))"), _this_time),
    (word(r"(?:[0-9]{1,2}|a|an|few|couple of) (?:day|week|month|hour|minute) (?:late|overdue|old|early|long|behind)"),
     lambda match, setting: Noise()),
    (word(r"same day"), lambda match, setting: Noise()),
)  # fmt: skip
