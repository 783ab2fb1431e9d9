"""The spelling of days, months, numbers and units, and the small language of the phrase rules."""

from __future__ import annotations

import re
from typing import Literal, cast

from bot.language.dates_spellings import MONTHS, WEEKDAYS

Unit = Literal["working day", "day", "week", "fortnight", "month", "year"]

WD = "|".join(WEEKDAYS)
MONTH = "|".join(MONTHS)
_ORDINAL = r"#[0-9]{1,2}|[0-9]{1,2}(?:st|nd|rd|th)"
# A two-digit year is never the start of a time ("8 Dec 20.30", "8 Dec 20-22").
_YEAR = (
    r"(?:19|20)[0-9]{2}(?![0-9:])"
    r"|'?[23][0-9](?![0-9:]|[.][0-9]| ?(?:am|pm|oclock|-|to\b|past\b))"
)
_DAY_NOUNS = (
    r"people|children|child|young|kids?|members?|councillors?|cllrs?|officers?|lads?|girls?|boys?|care|foster|carers?|"
    r"staff|others?|more|extra|new|person|olds?|yo\b|y/o"
)
_MEASURES = (
    r"week|day|month|year|hour|minute|seconds?|percent|per cent|%|times?|miles?|pounds?|k\b|term|century|"
    r"quarter|working|weeks?|fortnight|half"
)
_THINGS = (
    r"items?|actions?|concerns?|questions?|reports?|homes?|beds?|places?|points?|floor|birthday|anniversary|party|"
    r"parties|reading|draft|attempt|edition|one|avenue|street|st\b|lane|road|round|visit|request|reminder|class|team|"
    r"bullet|line|page|option|column|row|tier|placement|section|sector|thoughts?|choice|hand|home|meeting|ward|stage|"
    r"phase|priority|issue|case|copy|nature|grade|league|were|had|replied|attended"
)
_NOT_A_DATE_OF = rf"of(?! (?:{MONTH}|the month|this month|next month|each|every))"
# Nouns that make a number before them a count or a rank, not a day or an hour.
COUNTED = rf"(?:{_NOT_A_DATE_OF}|{_DAY_NOUNS}|{_MEASURES}|{_THINGS})"

# What a name in braces stands for in a rule: one in small letters is a group of that name (a figure after it
# tells two apart), one in capitals is not.
_TOKENS = {
    "wd": WD,
    "month": MONTH,
    "day": r"#?[0-9]{1,2}(?:st|nd|rd|th)?",
    "nth": _ORDINAL,
    "rank": rf"last|{_ORDINAL}",
    "year": _YEAR,
    "yyyy": r"20[0-9]{2}",
    "count": r"an?|[0-9]{1,3}",
    "unit": r"(?:clear )?working day|day|week|fortnight|month|year|weekday",
    "hour": r"[0-9]{1,2}",
    "minute": r"[0-9]{2}",
    "ampm": r"[ap]m\b|[ap]\.m\b\.?",
    "WD": WD,
    "MONTH": MONTH,
    "NTH": _ORDINAL,
    "COUNTED": COUNTED,
}
_TOKEN = re.compile(r"\{([a-zA-Z]+)([12]?)\}")

# Words that make the number after them a label: item 7, section 3.4, Year 9.
_LABEL = re.compile(
    r"\b(?:items?|sections?|sec|s|reg|regs|regulations?|pages?|p|paras?|paragraphs?|year|room|parts?|actions?|"
    r"concerns?|minute|minutes? (?:no|number)|ref|reference|flat|unit|block|no|number|phase|tier|levels?|"
    r"stage|ks|"
    r"key stage|band|options?|appendix|annex|figure|table|slide|line|chapter|clause|form|class|route|bus|"
    r"version|v|"
    r"aged?|ages|under|over|grade|recommendations?|questions?|q|points?|strand|priority|pledge|outcome|article|rule|"
    r"standing order|so|a|c|cpp|id|extension|ext|call|ring|dial|text|score|scored|vote|voted|"
    r"ratio)[ .:-]{0,2}$"
)
_MONEY = re.compile(r"[£$€] ?[0-9,]*$")


def phrase(rule: str, *, anywhere: bool = False) -> str:
    """`rule` with its tokens spelled out; as whole words, unless `anywhere`: then it minds its own edges."""
    spelled = _TOKEN.sub(_spelled, rule)
    return spelled if anywhere else rf"(?<![\w£$€#])(?:{spelled})(?!\w)"


def _spelled(token: re.Match[str]) -> str:
    name, mark = token[1], token[2]
    if name not in _TOKENS:
        return token[0]
    group = {"nth": "day", "yyyy": "year"}.get(name, name) + mark
    return f"(?:{_TOKENS[name]})" if name.isupper() else f"(?P<{group}>{_TOKENS[name]})"


def said(match: re.Match[str], group: str) -> str:
    """What a group caught; empty where it caught nothing or its rule has no such group."""
    return match.groupdict().get(group) or ""


def weekday(name: str) -> int:
    """Monday is 0."""
    return WEEKDAYS.index(name)


def month(name: str) -> int:
    """January is 1."""
    return MONTHS.index(name) + 1


def number(typed: str | None) -> int:
    """A day or count as typed: 8, 8th, #8 (a word); one where it is an article or left out."""
    figures = re.sub(r"[^0-9]", "", typed or "")
    return int(figures) if figures else 1


def year(typed: str | None) -> int | None:
    """The year as typed, two figures or four."""
    if not typed:
        return None
    value = number(typed)
    return value if value >= 100 else 2000 + value


def unit(typed: str) -> Unit:
    """The unit that a typed word stands for."""
    return cast(Unit, "working day" if typed == "weekday" or typed.endswith("working day") else typed)


def labelled(text: str, start: int) -> bool:
    """Whether the number at `start` is the label or price of something."""
    before = text[max(0, start - 24) : start]
    return bool(_LABEL.search(before) or _MONEY.search(before))
