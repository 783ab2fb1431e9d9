"""The spelling of days, months, numbers and units that the phrase rules share."""

from __future__ import annotations

import re
from typing import Literal, cast, get_args

from bot.language.dates_words import MONTHS, WEEKDAYS

WD = "|".join(WEEKDAYS)
MONTH = "|".join(MONTHS)
DAY = r"#?[0-9]{1,2}(?:st|nd|rd|th)?"
ORDINAL = r"(?:#[0-9]{1,2}|[0-9]{1,2}(?:st|nd|rd|th))"
# A two-digit year is never the start of a time ("8 Dec 20.30", "8 Dec 20-22").
YEAR = r"(?:19|20)[0-9]{2}(?![0-9:])|'?[23][0-9](?![0-9:]|[.][0-9]| ?(?:am|pm|oclock|-|to\b|past\b))"
COUNT = r"(?:an?|[0-9]{1,3})"

Unit = Literal["working day", "day", "week", "fortnight", "month", "year"]
UNIT = "|".join((*get_args(Unit), "weekday")).replace("working day", "(?:clear )?working day")

# Nouns that make a number before them a count or a rank, not a day or an hour.
COUNTED = (
    r"(?:of(?! (?:" + MONTH + r"|the month|this month|next month|each|every))|people|children|child|young|kids?|members?|"
    r"councillors?|cllrs?|officers?|lads?|girls?|boys?|care|foster|carers?|staff|others?|more|extra|new|were|had|replied|"
    r"attended|week|day|month|year|hour|minute|seconds?|percent|per cent|%|times?|items?|actions?|concerns?|questions?|"
    r"reports?|homes?|beds?|places?|points?|miles?|pounds?|k\b|yo\b|y/o|olds?|term|floor|birthday|centur(?:y|ies)|"
    r"anniversary|party|parties|reading|draft|attempt|person|quarter|edition|one|avenue|street|st\b|lane|road|round|visit|"
    r"request|reminder|class|team|bullet|line|page|option|column|row|tier|placement|section|sector|thoughts?|choice|hand|"
    r"home|meeting|ward|stage|phase|priority|issue|case|copy|half|nature|grade|league|year|working|weeks?|fortnight)"
)
# Words that make the number after them a label: item 7, section 3.4, Year 9.
_LABEL = re.compile(
    r"\b(?:items?|sections?|sec|s|reg|regs|regulations?|pages?|p|paras?|paragraphs?|year|room|parts?|actions?|concerns?|"
    r"minute|minutes? (?:no|number)|ref|reference|flat|unit|block|no|number|phase|tier|levels?|stage|ks|key stage|band|"
    r"options?|appendix|annex|figure|table|slide|line|chapter|clause|form|class|route|bus|version|v|aged?|ages|under|over|"
    r"grade|recommendations?|questions?|q|points?|strand|priority|pledge|outcome|article|rule|standing order|so|"
    r"a|c|cpp|id|extension|ext|call|ring|dial|text|score|scored|vote|voted|ratio|by a factor of)[ .:-]{0,2}$"
)
_MONEY = re.compile(r"[£$€] ?[0-9,]*$")


def weekday(name: str) -> int:
    """Monday is 0."""
    return WEEKDAYS.index(name)


def month(name: str) -> int:
    """January is 1."""
    return MONTHS.index(name) + 1


def number(typed: str) -> int:
    """A day or count as typed: 8, 8th, #8 (a word), a."""
    return 1 if typed in ("a", "an", "the") else int(re.sub(r"[^0-9]", "", typed))


def year(typed: str | None) -> int | None:
    """The year as typed, two figures or four."""
    if not typed:
        return None
    value = number(typed)
    return value if value >= 100 else 2000 + value


def unit(typed: str) -> Unit:
    """The unit that a typed word stands for."""
    return cast(Unit, "working day" if typed in ("weekday",) or typed.endswith("working day") else typed)


def labelled(text: str, start: int) -> bool:
    """Whether the number at `start` is the label or price of something."""
    before = text[max(0, start - 24) : start]
    return bool(_LABEL.search(before) or _MONEY.search(before))
