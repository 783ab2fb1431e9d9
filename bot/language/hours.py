"""What a question says of the hour ("gone ten at night", "bank holiday Monday"), and when an entry answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto

from bot.language.text import normalise


class Hour(Flag):
    """Parts of the week; SHUT is any time when offices are closed, where nothing nearer is said."""

    DAY = auto()
    EVENING = auto()
    NIGHT = auto()
    WEEKEND = auto()
    SHUT = EVENING | NIGHT | WEEKEND


UNSAID = Hour(0)
EVENING_FROM, NIGHT_FROM, NIGHT_UNTIL = 17.5, 23.0, 8.0
JUST_THEN = 1.0
"""How an entry suits an hour that it is there for, when the others are not."""
LATE_CLOSING = 19.0
"""An office that closes later than this is open in the evening."""
LATE_OPENING = 15.5
"""A line that opens no earlier than this is for when the offices are shut."""

_SPELLED = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_HOUR = rf"1[0-2]|0?[1-9]|{'|'.join(_SPELLED)}"
_THE_HOUR = re.compile(
    rf"(?<![\d:.])\b({_HOUR})(?:[:.]\d\d)?(?: o'?clock)?,? (?:(?:at|in|of)(?: the)? (?P<part>night|evening|morning)\b)"
    rf"|\b({_HOUR}) o'?clock (?P<tonight>tonight)\b"
)
_CLOCK = re.compile(r"(?<![\d:.])(1[0-2]|0?[1-9])(?:[:.]?([0-5]\d))? ?([ap])\.?m\b(?! i\b)")
_CLOCK_24 = re.compile(r"(?<![\d:.])([01]\d|2[0-3]):([0-5]\d)\b(?! ?[ap]m)")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri)day"
_NOT_NOW = "".join(
    f"(?<!{word} )" for word in "since next last every till until by from before after".split()
)
_TIME_OF_DAY = r"(?:morning|dinner ?time|lunch ?time|afternoon|tea ?time|evening|night|nite)"
_SAID = (
    (Hour.NIGHT, re.compile(
        rf"\b(?:midnight|small hours|middle of the night|night (?:team|duty|line|cover)|(?:ring|call|phone|number|line|contact) at night|"
        rf"{_NOT_NOW}(?:{_WEEKDAY}|saturday|sunday|sat|sun|fri) ni(?:ght|te))\b"
    )),
    (Hour.EVENING, re.compile(
        r"\b(?:this evening|(?:of|in) (?:an|the) evening|evening (?:line|help ?line|number|support)|help ?line evening)\b"
    )),
    (Hour.WEEKEND, re.compile(
        rf"\b{_NOT_NOW}(?:(?:saturday|sunday),|(?:saturday|sunday|sat|sun) {_TIME_OF_DAY}\b)"
        r"|\d ?[ap]m,? (?:on )?(?:a )?(?:saturday|sunday|sat|sun)\b"
        r"|\b(?:on|of) an? (?:saturday|sunday)\b|\b(?:at|over|for|this|during) (?:the )?weekends?\b"
        r"|\bweekend (?:cover|duty|number|line|team)\b|\bbank holiday\b|\bgood friday\b|\beaster (?:sunday|monday)\b"
        r"|\bchristmas (?:day|eve)\b|\bboxing day\b|\bnew year'?s? (?:day|eve)\b"
    )),
    (Hour.DAY, re.compile(
        rf"\b(?:(?:this|{_WEEKDAY}) (?:morning|dinner ?time|lunch ?time|afternoon)|in the afternoon|during the (?:school )?day"
        r"|(?:in|during|within) office hours(?<!not in office hours))\b"
    )),
)  # fmt: skip
_SHUT = re.compile(
    r"\b(?:out of (?:office )?hours?|outside (?:of )?(?:office|normal|working) hours|not in office hours|after hours|edt|"
    r"emergency duty|on call|nowt open|who'?s awake|"
    r"after (?:5|6|five|six)(?: ?pm| o'?clock)?(?! (?:more |long |whole )?[a-z]+s\b)|"
    r"(?:offices?|team|desk|hub|everybody|everyone|everything|youre|you're)(?:'?s| is| are| has| have| all)* (?:all )?"
    r"(?:shut|closed|gone home)(?! (?:the|a|an|my|her|his|our|their|it|down|last|years?|months?)\b))\b"
)


@dataclass(frozen=True, slots=True)
class Open:
    """When an entry answers, and whether it is there for the hours when the others do not."""

    parts: Hour
    only_when_shut: bool


def said(question: str) -> Hour:
    """The parts of the week that a normalised question speaks from; UNSAID where it says nothing of the hour."""
    plain = question.replace("-", " ")
    named = UNSAID
    for part in _named(plain):
        named |= part
    return Hour.SHUT if _SHUT.search(plain) and not named & Hour.SHUT else named


def _named(question: str) -> Iterator[Hour]:
    for found in _CLOCK.finditer(question):
        yield part_of_day(_hour(found))
    for found in _CLOCK_24.finditer(question):
        yield part_of_day(int(found[1]) + int(found[2]) / 60)
    for found in _THE_HOUR.finditer(question):
        yield _in_words(found)
    for part, pattern in _SAID:
        if pattern.search(question):
            yield part


def part_of_day(hour: float) -> Hour:
    """The part of a working day that an hour, 0 to 24, falls in."""
    if hour >= NIGHT_FROM or hour < NIGHT_UNTIL:
        return Hour.NIGHT
    return Hour.EVENING if hour >= EVENING_FROM else Hour.DAY


def _in_words(found: re.Match[str]) -> Hour:
    """ "six in the evening", "ten at night", "half two in the morning", "eight o'clock tonight"."""
    if found["part"] == "evening":
        return Hour.EVENING
    told = found[1] or found[3]
    hour = _SPELLED.get(told) or int(told)
    if found["part"] == "morning":
        return part_of_day(hour % 12)
    return Hour.EVENING if 6 <= hour < NIGHT_FROM - 12 else Hour.NIGHT


_TIME = r"(\d{1,2})(?:[:.]([0-5]\d))? ?(?:([ap])\.?m\b\.?)?"
_FROM_TO = re.compile(
    rf"(?<![\d:.]){_TIME}(?: on)?(?: weekdays)?,? ?(?:to|until|till|-) ?(?:[a-z]{{3}} )?(?:{_TIME}(?![\d:])|midnight)"
)
_ROUND_THE_CLOCK = re.compile(r"(?<!within )\b24[ -]?(?:hours?|hrs?|/? ?7)\b")
_OUTSIDE = re.compile(r"^(?:only )?(?:outside|out of)(?: of)? (?:normal |office |working |core )*hours")
_WEEKENDS = re.compile(
    r"\b(?:sat|sun|saturdays?|sundays?|weekends?|bank holidays?|every (?:day|night|evening)|seven days|7 days)\b"
)
_NOT_THEN = re.compile(
    r"\b(?:closed|shut|except|excluding|not|no)(?: on| at| over)?(?:,? (?:and )?(?:weekends?|bank holidays?|saturdays?|sundays?|sat|sun))+"
)
_NOON = re.compile(r"\b(?:12 )?noon\b")
_ASIDE = re.compile(r"\([^)]{0,200}\)|,? with [^;]*|,? rough sleeper.*")
_LONGEST = 300


def suits(hour: Hour, place: Open) -> float:
    """How an entry's hours suit the hour a question speaks from: 1 where it is there for just that, down to -1."""
    shut = hour & Hour.SHUT
    if shut:
        if place.only_when_shut:
            return JUST_THEN if place.parts & shut else -0.5
        return 0.5 if place.parts & shut == shut else 0.0
    return -1.0 if hour and place.only_when_shut else 0.0


def open_at(hours: str) -> Open:
    """When an entry answers, by its hours as typed; nothing can be told of hours in other words than these."""
    plain = _NOON.sub("12pm", _NOT_THEN.sub(" ", _ASIDE.sub(" ", normalise(hours, _LONGEST))))
    outside = _OUTSIDE.search(plain) is not None
    parts = _days_and_nights(plain, outside)
    times = list(_times(plain))
    for opens, closes in times:
        parts |= _between(opens, closes)
    if not times and "evening" in plain:
        parts |= Hour.EVENING
    late = times[0][0] >= LATE_OPENING if times else not parts & Hour.DAY
    only_when_shut = (outside or late) and bool(parts & Hour.SHUT)
    return Open(parts & ~Hour.DAY if only_when_shut else parts, only_when_shut)


def _days_and_nights(plain: str, outside: bool) -> Hour:
    parts = Hour.WEEKEND if _WEEKENDS.search(plain) else UNSAID
    if outside:
        return parts | Hour.SHUT
    return parts | Hour.SHUT | Hour.DAY if _ROUND_THE_CLOCK.search(plain) else parts


def _times(plain: str) -> Iterator[tuple[float, float]]:
    """From and to, in hours of the day; numbers that tell neither minutes nor am or pm are no times."""
    for found in _FROM_TO.finditer(plain):
        opens, closes = _clock(found, 1), _clock(found, 4) if found[4] else 24.0
        told = found[3] or found[6] or (found[2] and found[5])
        if told and opens is not None and closes is not None:
            yield opens, closes


def _between(opens: float, closes: float) -> Hour:
    overnight = closes <= opens
    parts = Hour.DAY if opens < LATE_OPENING else UNSAID
    if overnight or closes > LATE_CLOSING:
        parts |= Hour.EVENING
    return parts | Hour.NIGHT if overnight else parts


def _clock(found: re.Match[str], first: int) -> float | None:
    hour, half = int(found[first]), found[first + 2]
    if hour > 24 or (half and hour > 12):
        return None
    return (hour % 12 + 12 * (half == "p") if half else hour) + int(found[first + 1] or 0) / 60


def _hour(found: re.Match[str]) -> float:
    return int(found[1]) % 12 + 12 * (found[3] == "p") + int(found[2] or 0) / 60
