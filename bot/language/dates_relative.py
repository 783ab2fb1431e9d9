"""Days beside today, with the part of the day: tomorrow, tonight, this evening, the day after tomorrow."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.language.dates_grammar import phrase, said
from bot.language.dates_parts import DayPart, Days, Part, Rule
from bot.language.dates_setting import Setting

NEAR = {
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
    "last night": -1,
}
"""How many days from today a word lies."""

_PARTS: dict[str, DayPart] = {
    "morning": "morning",
    "am": "morning",
    "afternoon": "afternoon",
    "pm": "afternoon",
    "lunchtime": "afternoon",
    "evening": "evening",
    "teatime": "evening",
    "tea time": "evening",
    "night": "night",
}
_PART = "|".join(_PARTS)
WITH_PART = rf"(?: (?:in the |at )?(?P<part>{_PART})(?! ?[0-9]))?"
"""The part of a day, as a rule for days may have it at its end."""


def part_of(match: re.Match[str]) -> DayPart | None:
    """The part of the day that a rule ending in WITH_PART caught."""
    return _PARTS.get(said(match, "part"))


def _near(match: re.Match[str], setting: Setting) -> Part:
    name = match["near"]
    night: DayPart | None = "night" if name.endswith("night") else None
    return Days((setting.today + timedelta(days=NEAR[name]),), part=part_of(match) or night)


def _part_of_today(match: re.Match[str], setting: Setting) -> Part:
    return Days((setting.today,), part=part_of(match))


_NEAR = "|".join(sorted(NEAR, key=len, reverse=True))
RULES: tuple[Rule, ...] = (
    (phrase(rf"(?:the )?(?P<near>{_NEAR})" + WITH_PART), _near),
    (phrase(rf"(?:this|later this|earlier this) (?P<part>{_PART})"), _part_of_today),
)
