"""Times of day: 5.30, half six, quarter to 7, noon, 17:30, 9 in the morning."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import Literal

from bot.language.dates_grammar import labelled, phrase, said
from bot.language.dates_parts import Clock, DayPart, Never, Part, Rule
from bot.language.dates_setting import Setting

MIDNIGHT = Clock(24, 0, fixed=True)
_YEARS = range(1900, 2060)
_ZONES: dict[str, Literal["gmt", "bst"]] = {"gmt": "gmt", "utc": "gmt", "bst": "bst"}


def times(clock: Clock, part: DayPart | None) -> tuple[time, ...]:
    """The wall times a clock may mean on a day of which `part` was perhaps said.

    Without am or pm: 1 to 6.59 is pm, 8 to 11.59 am, 12 noon, and 7 may be either.
    """
    if clock.fixed:
        return (time(clock.hour % 24, clock.minute),)
    if part:
        return _in_part(clock, part)
    hours = (7, 19) if clock.hour == 7 else (clock.hour + 12,) if 1 <= clock.hour <= 6 else (clock.hour,)
    return tuple(time(hour, clock.minute) for hour in hours)


def _in_part(clock: Clock, part: DayPart) -> tuple[time, ...]:
    if part == "morning":
        return (time(clock.hour, clock.minute),)
    if part == "night" and not 5 <= clock.hour <= 11:
        return ()  # "tonight at 2": the small hours, or the afternoon? Not ours to say
    return (time(clock.hour % 12 + 12, clock.minute),)


def clock(hour: str, minute: str, half: str, zone: str = "") -> Clock | Never:
    """A clock from typed figures and am or pm; Never where there is no such time."""
    hours, minutes, mark = int(hour), int(minute or 0), half[:1]
    if minutes > 59 or hours > 23 or (mark == "a" and hours > 12):
        return Never()
    if mark and hours <= 12:
        hours = hours % 12 + (12 if mark == "p" else 0)
    figures = hours > 12 or hours == 0 or (hour.startswith("0") and bool(minute))
    return Clock(hours, minutes, bool(mark) or figures, zone=_ZONES.get(zone, ""))


def _plain(match: re.Match[str], setting: Setting) -> Part | None:
    """With am or pm, with a colon, or with the part of the day."""
    if labelled(setting.text, match.start("hour")):
        return None
    return clock(match["hour"], said(match, "minute"), _half(match), said(match, "zone"))


def _half(match: re.Match[str]) -> str:
    """Am or pm, as typed or as "in the morning", "at night" say."""
    spoken = said(match, "of")
    return said(match, "ampm") or ("am" if spoken.endswith("morning") else "pm" if spoken else "")


def _dotted(match: re.Match[str], setting: Setting) -> Part | None:
    """5.30: a time after "at" and its like, or beside a day; by itself it may be anything."""
    if labelled(setting.text, match.start("hour")):
        return None
    introduced = bool(match["cue"]) or setting.text.strip(" .?!") == match["x"]
    part = clock(match["hour"], match["minute"], "", said(match, "zone"))
    if introduced:
        return part
    return replace(part, weak=True) if isinstance(part, Clock) else None


def _bare(match: re.Match[str], setting: Setting) -> Part | None:
    """At 5, by 4: one or two figures after a word that expects a time."""
    if labelled(setting.text, match.start("hour")) or not 1 <= int(match["hour"]) <= 12:
        return None
    return clock(match["hour"], "", "")


def _bare_weak(match: re.Match[str], setting: Setting) -> Part | None:
    part = _bare(match, setting)
    return replace(part, weak=True) if isinstance(part, Clock) else part


def _military(match: re.Match[str], setting: Setting) -> Part | None:
    """1730 with "hrs", after "at", or beside a day; never what looks like a year."""
    hour, minute = int(match["hour"]), int(match["minute"])
    if minute > 59 or (int(match["hour"] + match["minute"]) in _YEARS and not match["hrs"]):
        return None
    return Clock(hour, minute, fixed=True, weak=not (match["hrs"] or match["cue"]))


def _spoken(match: re.Match[str], setting: Setting) -> Part | None:
    """Half six, quarter to 7, ten past four, 5 o'clock."""
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    past = {"half": 30, "quarter": 15, "": 0}.get(said(match, "minutes"))
    past = int(match["minutes"]) if past is None else past
    if said(match, "way") == "to":
        return clock(str(hour - 1 or 12), str(60 - past), _half(match))
    return clock(str(hour), str(past), _half(match))


def _constant(part: Part) -> Rule:
    name = "midnight" if part is MIDNIGHT else r"noon(?! (?:meal|supervisor))"
    return phrase(name), lambda match, setting: part


_OF = r"(?P<of> in the (?:morning|afternoon|evening)| at night)"
_HALF = r"(?: ?{ampm})?" + _OF + "?"
_ZONE = r"(?: (?P<zone>gmt|bst|utc)\b)?"
_ABOUT = r"(?:about |around |approx |circa )?"
_CUE = (
    r"(?P<cue>(?:at|@|by|for|until|from|before|after|around|about|circa|starts?|starting|ends?|finish|finishing|it|is)"
    r"[ :]*)"
)
_MOVED_TO = (
    r"(?:(?:move|moved|change|changed|push|pushed|shift|shifted|put back|brought forward|start|starting)"
    r"(?: [a-z]+){0,3} to )"
)
_BY = r"(?P<cue>at |@ ?|until |from |before |(?<!down )(?<!up )(?<!increase )(?<!reduce )by )"
# What may stand after a bare hour: the end, a stop, or a small word; never a noun that it would count.
_FOLLOWS = (
    r"(?= ?(?:$|[,;!?)&/\n-]|\.(?![0-9])|(?:on|and|to|today|tonight|tomorrow|this|next|{WD}|{MONTH}|"
    r"please|pls|"
    r"if|because|cos|as|but|so|or|instead|sharp|prompt|ish|for|in the|then|when|with|unless|due|latest|"
    r"max|tho|"
    r"though|thanks|ta|now|not|i|we|my|the|it|works?|ok|okay|would|will|is)\b))"
)
_BEFORE_A_DAY = r"(?= (?:today|tonight|tomorrow|this (?:morning|afternoon|evening)|(?:on )?{WD})\b)"
RULES: tuple[Rule, ...] = (
    (phrase(r"{hour}(?:[:. ]{minute})? ?{ampm}" + _ZONE), _plain),
    (phrase(r"{hour}:{minute}(?::[0-9]{2})?" + _ZONE + r"(?![:0-9])"), _plain),
    (phrase(r"{hour}{minute}{ampm}"), _plain),
    (phrase(r"{hour}h{minute}"), _plain),
    (phrase(r"{hour}" + _OF), _plain),
    (
        phrase(
            _CUE
            + "?"
            + _ABOUT
            + r"(?P<x>{hour}\.{minute})"
            + _ZONE
            + r"(?![.0-9%])(?! ?(?:million|m\b|k\b|bn\b))"
        ),
        _dotted,
    ),
    (phrase(_MOVED_TO + _ABOUT + r"(?P<x>{hour})(?:ish)?" + _FOLLOWS), _bare),
    (phrase(_BY + _ABOUT + r"(?P<x>{hour}(?:ish)?)(?: sharp)?" + _FOLLOWS), _bare),
    (phrase(r"{hour}(?:ish)?" + _BEFORE_A_DAY), _bare_weak),
    (phrase(r"{hour}ish"), _bare_weak),
    (
        phrase(
            r"(?P<cue>at |by |until |from |before )?"
            r"(?P<x>(?P<hour>[01][0-9]|2[0-3]){minute} ?(?P<hrs>hrs?|hour|h\b)?)(?![0-9-])"
        ),
        _military,
    ),
    (phrase(r"(?P<minutes>half|quarter|5|10|20|25) (?P<way>past) {hour}" + _HALF), _spoken),
    (phrase(r"(?P<minutes>quarter|20|25) (?P<way>to) {hour}" + _HALF), _spoken),
    (phrase(r"at (?P<x>(?P<minutes>5|10) (?P<way>to) {hour}" + _HALF + ")"), _spoken),
    (phrase(r"(?P<minutes>half) {hour}(?! ?(?:{COUNTED}\b|%))" + _HALF), _spoken),
    (phrase(r"{hour} ?oclock" + _HALF), _spoken),
    _constant(Clock(12, fixed=True)),
    _constant(MIDNIGHT),
)
