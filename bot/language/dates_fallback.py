"""A general parser for what no phrase of ours reads, if it can account for every figure it was given."""

from __future__ import annotations

import re
from datetime import datetime

from bot.language.dates_grammar import MONTH, WD, month, weekday
from bot.language.dates_parts import Clock, Days, Found, Moment, Part, Timed
from bot.language.dates_setting import Setting

# A month or a weekday among figures: anything else is not worth the parser's time, or its imagination.
_DATED = re.compile(
    rf"(?=[^\n]{{0,60}}[0-9])(?:\b(?:{WD})\b[ ,]{{0,2}})?[^a-z\n]{{0,20}}\b(?:{MONTH})\b[^a-z\n]{{0,30}}"
)
_FIGURES = re.compile(r"[0-9]+")


def last_resort(setting: Setting) -> list[Found]:
    """The day, or the day with its time, that dateparser reads; empty if it does not survive the checks."""
    match = _DATED.search(setting.text)
    if match is None or not _FIGURES.search(match.group()):
        return []
    words = match.group().strip(" ,.;:()-")
    moment = _parsed(words, setting)
    if moment is None or not _accounted(words, moment):
        return []
    start = match.start() + match.group().index(words)
    return [Found(start, start + len(words), _part(words, moment))]


def _parsed(words: str, setting: Setting) -> datetime | None:
    import dateparser  # a fifth of a second and many megabytes: only for what nothing else reads

    found: datetime | None = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": "future" if setting.ahead else "past",
            "STRICT_PARSING": False,
            "REQUIRE_PARTS": ["day", "month"],
            "RELATIVE_BASE": setting.now.replace(tzinfo=None),
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return found


def _accounted(words: str, moment: datetime) -> bool:
    """Every figure stands for something in the result, and no month or weekday is contradicted."""
    allowed = {
        moment.day,
        moment.year,
        moment.year % 100,
        moment.hour,
        moment.hour % 12 or 12,
        moment.minute,
        moment.second,
    }
    names = {month(name) for name in re.findall(MONTH, words)}
    days = {weekday(name) for name in re.findall(WD, words)}
    figures = {int(figure) for figure in _FIGURES.findall(words)}
    return (
        figures <= allowed
        and names == {moment.month}
        and days <= {moment.weekday()}
        and moment.day in figures
    )


def _part(words: str, moment: datetime) -> Part:
    day = Days((moment.date(),))
    if ":" not in words:
        return day
    if moment.tzinfo is not None:
        return Moment(moment)
    return Timed(day, Clock(moment.hour, moment.minute, fixed=True))
