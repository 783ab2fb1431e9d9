"""From one time of day to another: 3-5pm, from 9.30 to 11, between 3 and 5."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.language.dates_clock import clock
from bot.language.dates_grammar import labelled, phrase
from bot.language.dates_parts import Clock, Hours, Part, Rule
from bot.language.dates_setting import Setting


def _hours(match: re.Match[str], setting: Setting) -> Part | None:
    """Without am, pm or two colons it counts only beside a day, or where nothing else was said."""
    if labelled(setting.text, match.start("hour1")):
        return None
    start, end = _side(match, "1"), _side(match, "2")
    if start is None or end is None:
        return None
    marked = match["ampm1"] or match["ampm2"] or (match["sep1"] == match["sep2"] == ":")
    alone = setting.text.strip(" .?!") == match.group()
    if match["ampm2"] and not start.fixed:
        start = _under_the_same_mark(start, end)
    return Hours(start, end, weak=not (marked or alone))


def _side(match: re.Match[str], side: str) -> Clock | None:
    part = clock(match["hour" + side], match["minute" + side] or "", match["ampm" + side] or "")
    return part if isinstance(part, Clock) else None


def _under_the_same_mark(start: Clock, end: Clock) -> Clock:
    """In "3-5pm" both are pm; in "11-1pm" only the end is."""
    half = 12 if end.hour >= 12 else 0
    same = replace(start, hour=start.hour % 12 + half, fixed=True)
    if (same.hour, same.minute) < (end.hour, end.minute):
        return same
    return replace(start, hour=start.hour % 12 if half else start.hour, fixed=True)


_SIDE1 = r"{hour1}(?:(?P<sep1>[:.]){minute1})? ?{ampm1}?"
_SIDE2 = r"{hour2}(?:(?P<sep2>[:.]){minute2})? ?{ampm2}?"
_NO_COUNT = r"(?! ?(?:{COUNTED}\b|{MONTH}|[/%-]|st\b|nd\b|rd\b|th\b))(?![.:]?[0-9])"
RULES: tuple[Rule, ...] = (
    (phrase(r"(?:from |between )?" + _SIDE1 + r" ?(?:-|to|until|till) ?" + _SIDE2 + _NO_COUNT), _hours),
    (phrase(r"between " + _SIDE1 + r" and " + _SIDE2 + _NO_COUNT), _hours),
)
