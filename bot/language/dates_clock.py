"""Times of day: 5.30, half six, quarter to 7, noon, 17:30, 9 in the morning, from 3 to 5."""

from __future__ import annotations

import re
from datetime import time
from typing import Literal, cast

from bot.language.dates_grammar import COUNTED, MONTH, WD, labelled
from bot.language.dates_parts import Clock, DayPart, Hours, Never, Part, Rule, word
from bot.language.dates_setting import Setting

MIDNIGHT = Clock(24, 0, fixed=True)
_IN_PART = re.compile(r" (?:in the (morning|afternoon|evening)|at (night))")


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
    hour = clock.hour
    if part == "morning":
        return (time(hour, clock.minute),)
    if part == "night" and not 5 <= hour <= 11:
        return ()  # "tonight at 2": the small hours, or the afternoon? Not ours to say
    return (time(hour + 12 if hour < 12 else 12, clock.minute),)


def clock(hour: str, minute: str | None, half: str | None = None, *, weak: bool = False, zone: str | None = None) -> Part:
    """A clock from typed figures and am or pm; Never where there is no such time."""
    hours, minutes = int(hour), int(minute or 0)
    if minutes > 59 or hours > 23:
        return Never()
    mark = (half or "")[:1]
    if mark and hours > 12:
        return Clock(hours, minutes, fixed=True) if mark == "p" else Never()
    spoken = cast(Literal["gmt", "bst", ""], {"gmt": "gmt", "utc": "gmt", "bst": "bst"}.get(zone or "", ""))
    if mark:
        return Clock(hours % 12 + (12 if mark == "p" else 0), minutes, True, weak, spoken)
    fixed = hours > 12 or hours == 0 or (hour.startswith("0") and minute is not None)
    return Clock(hours, minutes, fixed, weak, spoken)


def _typed(match: re.Match[str], setting: Setting) -> Part | None:
    """With am or pm, or with a colon."""
    if labelled(setting.text, match.start("hour")):
        return None
    return clock(match["hour"], match["minute"], match["half"] or _part_mark(match, setting), zone=match["zone"])


def _part_mark(match: re.Match[str], setting: Setting) -> str | None:
    said = _IN_PART.search(setting.text, match.end("hour"), match.end())
    return None if said is None else "am" if said[1] == "morning" else "pm"


def _dotted(match: re.Match[str], setting: Setting) -> Part | None:
    """5.30: a time after "at" and its like, or beside a day; by itself it may be anything."""
    if labelled(setting.text, match.start("hour")):
        return None
    introduced = bool(match["cue"]) or setting.text.strip(" .?!") == match["x"]
    part = clock(match["hour"], match["minute"], weak=not introduced, zone=match["zone"])
    return part if introduced or isinstance(part, Clock) else None


def _bare(match: re.Match[str], setting: Setting) -> Part | None:
    """At 5, by 4: one or two figures after a word that expects a time."""
    if labelled(setting.text, match.start("hour")):
        return None
    if not 1 <= int(match["hour"]) <= 12:
        return None
    return clock(match["hour"], None)


def _figures(match: re.Match[str], setting: Setting) -> Part | None:
    """1730 with "hrs", or after "at"."""
    hours = bool(match["hrs"])
    if not hours and 1900 <= int(match["hour"] + match["minute"]) <= 2059 and int(match["minute"]) < 60:
        return None if not match["cue"] or match["hour"] == "20" and int(match["minute"]) in range(15, 45) else _fixed(match)
    return _fixed(match, weak=not (hours or match["cue"]))


def _fixed(match: re.Match[str], *, weak: bool = False) -> Part | None:
    if int(match["minute"]) > 59:
        return None
    return Clock(int(match["hour"]), int(match["minute"]), fixed=True, weak=weak)


def _spoken(match: re.Match[str], setting: Setting) -> Part | None:
    """Half six, quarter to 7, ten past four."""
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    past = {"half": 30, "quarter": 15}.get(match["minutes"]) or int(match["minutes"])
    half = match["half"] or _part_mark(match, setting)
    if match["way"] == "to":
        return clock(str(hour - 1 or 12), str(60 - past), half)
    return clock(str(hour), str(past), half)


def _half(match: re.Match[str], setting: Setting) -> Part | None:
    return clock(match["hour"], "30", match["half"] or _part_mark(match, setting)) if 1 <= int(match["hour"]) <= 12 else None


def _oclock(match: re.Match[str], setting: Setting) -> Part | None:
    return clock(match["hour"], None, match["half"] or _part_mark(match, setting))


def _hours(match: re.Match[str], setting: Setting) -> Part | None:
    """3-5pm, from 9.30 to 11, between 3 and 5: a weak one counts only beside a day."""
    if labelled(setting.text, match.start("hour1")):
        return None
    end = clock(match["hour2"], match["minute2"], match["half2"])
    start = clock(match["hour1"], match["minute1"], match["half1"])
    if not isinstance(start, Clock) or not isinstance(end, Clock):
        return None
    strong = bool(match["half1"] or match["half2"] or (_colon(match, 1) and _colon(match, 2)))
    if match["half2"] and not match["half1"] and not start.fixed:
        start = _under_same_mark(start, end)
    return Hours(start, end, weak=not strong)


def _colon(match: re.Match[str], side: int) -> bool:
    return ":" in (match[f"sep{side}"] or "")


def _under_same_mark(start: Clock, end: Clock) -> Clock:
    """In "3-5pm" both are pm; in "11-1pm" only the end is."""
    hour = start.hour % 12 + (12 if end.hour >= 12 else 0)
    same = Clock(hour, start.minute, fixed=True)
    if (same.hour, same.minute) < (end.hour, end.minute):
        return same
    return Clock(start.hour % 12 if end.hour >= 12 else start.hour, start.minute, fixed=True)


_H = r"[0-9]{1,2}"
_AMPM = r"(?:[ap]m\b|[ap]\.m\b\.?)"
_PART = r"(?: in the (?:morning|afternoon|evening)| at night)?"
_ZONE = r"(?: (?P<zone>gmt|bst|utc)\b)?"
_CUE = r"(?P<cue>(?:at|@|by|for|until|from|before|after|around|about|circa|starts?|starting|ends?|finish|finishing|it|is)[ :]*)"
_ABOUT = r"(?:about |around |approx |circa )?"
_MOVED_TO = r"(?:(?:move|moved|change|changed|push|pushed|shift|shifted|put back|brought forward|start|starting)(?: [a-z]+){0,3} to )"
_FOLLOWS = (
    rf"(?= ?(?:$|[,;!?)&/\n-]|\.(?![0-9])|(?:on|and|to|today|tonight|tomorrow|this|next|{WD}|please|pls|if|because|cos|as|but|so|"
    rf"or|instead|sharp|prompt|ish|for|in the|then|when|with|unless|due|latest|max|tho|though|thanks|ta|now|not|i|we|my|"
    rf"the|it|works?|ok|okay|would|will|is)\b|(?:{MONTH})\b))"
)
_SIDE = r"(?P<hour{n}>[0-9]{{1,2}})(?:(?P<sep{n}>[:.])(?P<minute{n}>[0-9]{{2}}))? ?(?P<half{n}>[ap]m\b|[ap]\.m\b\.?)?"
_BETWEEN_SIDES = r" ?(?:-|to|until|till) ?"
_NOT_A_COUNT = rf"(?! ?(?:{COUNTED}\b|year|yr|{MONTH}|[/%-]|[.:]?[0-9]|st\b|nd\b|rd\b|th\b))"
RULES: tuple[Rule, ...] = (
    (word(rf"(?P<hour>{_H})(?:[:. ](?P<minute>[0-9]{{2}}))? ?(?P<half>{_AMPM}){_ZONE}"), _typed),
    (word(rf"(?P<hour>{_H}):(?P<minute>[0-9]{{2}})(?::[0-9]{{2}})?(?P<half>){_ZONE}(?![:0-9])"), _typed),
    (word(rf"(?P<hour>{_H})(?P<minute>[0-9]{{2}})(?P<half>{_AMPM})(?P<zone>)"), _typed),
    (word(rf"(?P<hour>{_H})(?P<minute>)(?P<half>)(?P<zone>)(?= (?:in the (?:morning|afternoon|evening)|at night)\b)"
          r"(?: (?:in the (?:morning|afternoon|evening)|at night))"), _typed),
    (word(rf"{_CUE}?{_ABOUT}(?P<x>(?P<hour>{_H})\.(?P<minute>[0-9]{{2}})){_ZONE}(?![.0-9%])(?! ?(?:million|m\b|k\b|bn\b))"),
     _dotted),
    (word(rf"{_MOVED_TO}(?P<cue>){_ABOUT}(?P<x>(?P<hour>{_H}))(?:ish)?{_FOLLOWS}"), _bare),
    (word(rf"(?P<cue>at |@ ?|until |from |before |(?<!down )(?<!up )(?<!increase )(?<!reduce )by ){_ABOUT}(?P<x>(?P<hour>{_H})(?:ish)?)"
          rf"(?: sharp)?{_FOLLOWS}"), _bare),
    (word(rf"(?P<x>(?P<hour>{_H}))(?:ish)?(?P<cue>)(?= (?:today|tonight|tomorrow|this (?:morning|afternoon|evening)|(?:on )?(?:{WD}))\b)"),
     lambda match, setting: _weak(_bare(match, setting))),
    (word(rf"(?P<x>(?P<hour>{_H})(?:ish)(?P<cue>))"), lambda match, setting: _weak(_bare(match, setting))),
    (word(r"(?P<cue>at |by |until |from |before )?(?P<x>(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-9]{2}) ?(?P<hrs>hrs?|hour|h\b)?)(?![0-9-])"),
     _figures),
    (word(rf"(?P<minutes>half|quarter|5|10|20|25) (?P<way>past) (?P<hour>{_H})(?: ?(?P<half>{_AMPM}))?{_PART}"), _spoken),
    (word(rf"(?P<minutes>quarter|20|25) (?P<way>to) (?P<hour>{_H})(?: ?(?P<half>{_AMPM}))?{_PART}"), _spoken),
    (word(rf"at (?P<x>(?P<minutes>5|10) (?P<way>to) (?P<hour>{_H})(?: ?(?P<half>{_AMPM}))?)"), _spoken),
    (word(rf"half (?P<hour>{_H})(?! ?(?:{COUNTED}\b|%))(?: ?(?P<half>{_AMPM}))?{_PART}"), _half),
    (word(rf"(?P<hour>{_H}) ?oclock(?: ?(?P<half>{_AMPM}))?{_PART}"), _oclock),
    (word(r"noon(?! (?:meal|supervisor))"), lambda match, setting: Clock(12, fixed=True)),
    (word(r"midnight"), lambda match, setting: MIDNIGHT),
    (word(rf"(?:from |between )?{_SIDE.format(n=1)}{_BETWEEN_SIDES}{_SIDE.format(n=2)}{_NOT_A_COUNT}"), _hours),
    (word(rf"between {_SIDE.format(n=1)} and {_SIDE.format(n=2)}{_NOT_A_COUNT}"), _hours),
)  # fmt: skip


def _weak(part: Part | None) -> Part | None:
    return Clock(part.hour, part.minute, part.fixed, True) if isinstance(part, Clock) else None
