"""Pieces put together: the longest that do not overlap, a day with its time, a first day with a last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.language.dates_clock import times
from bot.language.dates_parts import (
    Clock,
    DayEnd,
    Days,
    Found,
    Hours,
    Never,
    Noise,
    Part,
    Recurring,
    Shift,
    Spans,
    SpanShift,
    Timed,
    TimedSpan,
    days,
)
from bot.language.dates_setting import Setting

Join = Callable[[Found, Found, str, Setting], Part | None]

_COUNTED_FROM = re.compile(r" ?(?:the |on |a )?$")
_DAY_TO_CLOCK = re.compile(
    r"[ ,(@:;-]{0,3}(?:(?:at|from|for|by|until|before|around|about|approx|starting|starts|start|between|"
    r"is|meeting|"
    r"kick off)[ :]{1,2}){0,2}[ (@-]{0,2}$"
)
_CLOCK_ON_DAY = re.compile(r",? on (?:the )?$")
_CLOCK_TO_DAY = re.compile(r"[ ,(-]{0,3}(?:(?:on|of|this|the|for|in)[ ]){0,2}[(]?$")
_DAYS_END = re.compile(r",? ?(?:on |of |this )?$")
_TO = re.compile(r" ?(?:-|to|until|through|thru)(?: the)? ?$")
_AND = re.compile(r" and (?:the |on )?$")
_BETWEEN = re.compile(r"\bbetween (?:the )?$")
_MOVED_FROM = re.compile(
    r"\b(?:mov(?:e|ed|ing)|chang(?:e|ed|ing)|rearranged?|rescheduled?|postponed?|brought forward|bring|"
    r"shift(?:ed)?|push(?:ed)?|put back|deferr?(?:ed)?|switch(?:ed)?|swap(?:ped)?|delayed)\b[^.!?\n]{0,60}$"
)
_UNTIL = re.compile(r",? (?:until|up to|through|to) (?:the )?$")
_STARTING = re.compile(
    r",? (?:from|starting|starting from|beginning|commencing|with effect from|wef)(?: on)?(?: the)? $"
)


def chosen(found: Iterable[Found], outside: Iterable[Found]) -> list[Found]:
    """The longest pieces that do not overlap, none of them inside `outside`; in the order of the text."""
    taken: list[Found] = []
    blocked = list(outside)
    for piece in sorted(found, key=lambda piece: (piece.start - piece.end, piece.start)):
        if not any(piece.start < other.end and other.start < piece.end for other in (*taken, *blocked)):
            taken.append(piece)
    return sorted(
        (piece for piece in taken if not isinstance(piece.part, Noise)), key=lambda piece: piece.start
    )


def joined(pieces: list[Found], setting: Setting) -> list[Found]:
    """Pieces that belong together made one, in the order in which the joins bind."""
    for join in (_counted, _closed, _clock_on_day, _day_with_clock, _clock_with_day, _ruled, _from_to):
        pieces = _pass(pieces, join, setting)
    return [_settled(piece, setting) for piece in pieces if not isinstance(piece.part, Shift | SpanShift)]


def _pass(pieces: list[Found], join: Join, setting: Setting) -> list[Found]:
    """One kind of join, from the right, so that what is counted from is whole before it is counted from."""
    done: list[Found] = []
    for piece in reversed(pieces):
        if done:
            after = done[-1]
            part = join(piece, after, setting.text[piece.end : after.start], setting)
            if part is not None:
                done[-1] = Found(piece.start, after.end, part)
                continue
        done.append(piece)
    return done[::-1]


def _counted(first: Found, second: Found, gap: str, setting: Setting) -> Part | None:
    if not isinstance(second.part, Days) or not _COUNTED_FROM.match(gap):
        return None
    if isinstance(first.part, Shift):
        return days(*(moved for day in second.part.options for moved in first.part.move(day)))
    if isinstance(first.part, SpanShift):
        return Spans(tuple(span for day in second.part.options for span in first.part.spread(day)))
    return None


def _closed(first: Found, second: Found, gap: str, setting: Setting) -> Part | None:
    for one, other in ((first.part, second.part), (second.part, first.part)):
        if isinstance(one, DayEnd) and isinstance(other, Days) and _DAYS_END.match(gap):
            return other
    return None


def _clock_on_day(first: Found, second: Found, gap: str, setting: Setting) -> Part | None:
    return _timed(second.part, first.part) if _CLOCK_ON_DAY.match(gap) else None


def _day_with_clock(first: Found, second: Found, gap: str, setting: Setting) -> Part | None:
    return _timed(first.part, second.part) if _DAY_TO_CLOCK.match(gap) else None


def _clock_with_day(first: Found, second: Found, gap: str, setting: Setting) -> Part | None:
    return _timed(second.part, first.part) if _CLOCK_TO_DAY.match(gap) else None


def _timed(day: Part, clock: Part) -> Part | None:
    if not isinstance(clock, Clock | Hours):
        return Never() if isinstance(clock, Never) and isinstance(day, Days) else None
    if isinstance(day, Recurring):
        return _with_hour(day, clock)
    return Timed(day, clock) if isinstance(day, Days) else None


def _with_hour(rule: Recurring, clock: Clock | Hours) -> Recurring:
    start = clock.start if isinstance(clock, Hours) else clock
    hours = [f";BYHOUR={at.hour};BYMINUTE={at.minute}" for at in times(start, None)]
    return replace(
        rule, options=tuple(option + hour for option in rule.options for hour in hours), loose=False
    )


def _ruled(first: Found, second: Found, gap: str, setting: Setting) -> Part | None:
    """Every Tuesday until 21 July; every Monday starting 15 June."""
    rule, day = first.part, second.part
    if not isinstance(rule, Recurring) or not isinstance(day, Days):
        return None
    if _STARTING.match(gap):
        return rule
    if _UNTIL.match(gap) and len(day.options) == 1:
        return replace(
            rule, options=tuple(f"{option};UNTIL={day.options[0]:%Y%m%d}" for option in rule.options)
        )
    return None


def _from_to(first: Found, second: Found, gap: str, setting: Setting) -> Part | None:
    before = setting.text[max(0, first.start - 80) : first.start]
    between = _AND.match(gap) and _BETWEEN.search(before)
    if not between and not _TO.match(gap):
        return None
    if _MOVED_FROM.search(before):
        return second.part
    return span(first.part, second.part)


def span(first: Part, last: Part) -> Part | None:
    """From one piece to another, where they are of kinds that have a stretch between them."""
    if isinstance(first, Days) and isinstance(last, Days):
        return _days_between(first, last)
    if isinstance(first, Timed) and isinstance(first.clock, Clock) and isinstance(last, Clock):
        return Timed(first.days, Hours(first.clock, last))
    return TimedSpan(first, last) if isinstance(first, Timed) and isinstance(last, Timed) else None


def _days_between(first: Days, last: Days) -> Part:
    spans = []
    for start in first.options:
        end = _end_after(start, last)
        if end is None:
            return Never()
        spans.append((start, end))
    return Spans(tuple(spans))


def _end_after(start: date, last: Days) -> date | None:
    ahead = [day for day in last.options if day > start]
    if last.weekday and not ahead:
        return last.options[-1] + timedelta(days=7 * ((start - last.options[-1]).days // 7 + 1))
    return min(ahead, default=None)


def _settled(piece: Found, setting: Setting) -> Found:
    if isinstance(piece.part, DayEnd):
        return replace(piece, part=Days((setting.today,)))
    moved = isinstance(piece.part, Hours) or (
        isinstance(piece.part, Timed) and isinstance(piece.part.clock, Hours)
    )
    if moved and _MOVED_FROM.search(setting.text[max(0, piece.start - 80) : piece.start]):
        return replace(piece, part=_end_only(piece.part))
    return piece


def _end_only(part: Part) -> Part:
    if isinstance(part, Hours):
        return part.end
    if isinstance(part, Timed) and isinstance(part.clock, Hours):
        return Timed(part.days, part.clock.end)
    return part
