"""Dates of birth: any date after its cue; without one, an old date that no meeting or paper explains."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.language.identifiers_kinds import Allowed, Found
from bot.language.identifiers_text import Message

_OLDEST, _YOUNGEST = 26, 2
"""Years before today between which an unexplained date is taken for a birth."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_FULL = re.compile(
    r"(?<![\w/.£-])(?:"
    r"(?P<iso>(?P<iy>(?:19|20)[0-9]{2})[-/.][01]?[0-9][-/.][0-3]?[0-9])"
    r"|[0-3]?[0-9](?P<sep>[/.-])[01]?[0-9](?P=sep)(?P<ny>(?:19|20)?[0-9]{2})"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]'?(?P<wy>(?:19|20)[0-9]{{2}}|[0-9]{{2}})"
    rf"|{_MONTH} [0-3]?[0-9](?:st|nd|rd|th)?,? (?P<my>(?:19|20)[0-9]{{2}})"
    r")(?![\w/]|[.-][0-9])",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?<![\w/.£-])(?:[0-3]?[0-9](?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} [0-3]?[0-9](?:st|nd|rd|th)?"
    rf"|[0-3]?[0-9]/[01]?[0-9]|{_MONTH} (?:19|20)[0-9]{{2}})(?![\w/]|[.-][0-9])",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:\bd\.? ?o\.? ?b\b\.?|\bdate of birth\b|\bborn\b|\bbirth ?(?:day|date)\b|\bb\b\.?)"
    r"(?: (?:is|was|on|in|the|of|it|it's|about|around|early|late)\b| ?[:=-]|,){0,3} *(?:the )?$",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:meetings?|minutes?|due|by|agenda|panel|council|committee|cabinet|board|report|published|policy|strategy|agreed|"
    r"approved|inspect\w*|ofsted|since|deadline|dated|letter|contract|launch\w*|started?|elect\w*|appointed|actions?|updated?|"
    r"version|expires?|expiry|review(?:ed)?|until|next|last|signed|adopted|act|regulations?|guidance|item|decision|motion|"
    r"annual|amended|effective|from|between|training|session|visit(?:ed)?|opened|closed|in force|ended)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:sections?|sec|para(?:graph)?s?|version|v|item|clause|recommendation|chapter|rule|appendix|ref|"
    r"no)\.? ?$",
    re.IGNORECASE,
)
_OF_A_CHILD = re.compile(
    r"\b(?:he|she|girl|boy|lad|lass|child|kid|baby|son|daughter|young person|yp|care leaver|aged)\b",
    re.IGNORECASE,
)


def find(message: Message, allowed: Allowed, today: date) -> Iterable[Found]:
    """Every date of birth."""
    for match in _FULL.finditer(message.text):
        if _CUE.search(message.before(match.start(), 30)) or _unexplained(message, match, today):
            yield "dob", *match.span()
    for match in _PART.finditer(message.text):
        if _CUE.search(message.before(match.start(), 30)):
            yield "dob", *match.span()


def _unexplained(message: Message, match: re.Match[str], today: date) -> bool:
    """A date of the right age that is no label, and stands in no official sentence unless beside a child."""
    years_ago = today.year - _year(match, today)
    if not _YOUNGEST < years_ago <= _OLDEST or _LABEL.search(message.before(match.start(), 24)):
        return False
    sentence = message.sentence(*match.span())
    return bool(_OF_A_CHILD.search(sentence)) or not _OFFICIAL.search(sentence)


def _year(match: re.Match[str], today: date) -> int:
    typed = int(match["iy"] or match["ny"] or match["wy"] or match["my"])
    if typed >= 100:
        return typed
    return 2000 + typed if 2000 + typed <= today.year + 3 else 1900 + typed
