"""Moments that are counted from now: in 2 hours, in half an hour, an hour ago, this time tomorrow."""

from __future__ import annotations

import re
from datetime import UTC, timedelta

from bot.language import dates_calendar as calendar
from bot.language.dates_counted import looks_back
from bot.language.dates_grammar import number, phrase, weekday
from bot.language.dates_parts import Moment, Part, Rule, WallTime
from bot.language.dates_setting import Setting

_LONGEST = timedelta(days=60)


def _ahead(match: re.Match[str], setting: Setting) -> Part | None:
    return None if looks_back(match, setting) else _counted(match, setting, 1)


def _ago(match: re.Match[str], setting: Setting) -> Part | None:
    return _counted(match, setting, -1 if match["way"] == "ago" else 1)


def _counted(match: re.Match[str], setting: Setting, sign: int) -> Part | None:
    """Real time that passes, whatever the clocks do in between."""
    length = _length(match)
    if length > _LONGEST:
        return None
    return Moment(setting.now.astimezone(UTC) + sign * length)


def _length(match: re.Match[str]) -> timedelta:
    if match["half"]:
        return timedelta(minutes=30)
    count = number(match["count"])
    minutes = count * 60 if match["clock"] == "hour" else count
    more = number(match["more"]) if match["more"] else 0
    return timedelta(minutes=minutes + more + (30 if match["and_half"] else 0))


def _this_time(match: re.Match[str], setting: Setting) -> Part:
    """The wall time it is now, on another day."""
    now = setting.now.time().replace(second=0, microsecond=0)
    steps = {"tomorrow": 1, "yesterday": -1, "next week": 7, "last week": -7}
    step = steps.get(match["when"])
    if step is None:
        return WallTime(calendar.coming(weekday(match["wd"]), setting.today), now)
    return WallTime(setting.today + timedelta(days=step), now)


_LENGTH = (
    r"(?:(?P<half>(?:half an?|~ an?|a half) hour)|(?P<count>an?|[0-9]{1,4}) (?P<clock>hour|minute)"
    r"(?P<and_half> and a half)?(?:(?: and)? (?P<more>[0-9]{1,2}) minute)?)"
)
RULES: tuple[Rule, ...] = (
    (phrase(r"in " + _LENGTH + r"(?: time)?(?! an? )"), _ahead),
    (phrase(_LENGTH + r" (?P<way>ago|from now|time)"), _ago),
    (phrase(r"(?:this|same) time (?P<when>tomorrow|yesterday|next week|last week|(?:on )?{wd})"), _this_time),
)
