"""Reads what is asked of a meeting, its agenda or its replies: which detail, which meeting, which item."""

from __future__ import annotations

import re

from bot.language.slots_response import meeting_named
from bot.language.slots_text import shown

_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|"
    r"jul|aug|sept?|oct|nov|dec)"
)
_IN_MONTH = re.compile(
    rf"\b(?:in|for|during|of|the) ({_MONTHS})\b|\b({_MONTHS}) (?:meeting|panel|one|date)|\bdate(?:s)? ({_MONTHS})\b",
    re.I,
)
_MEETING_DETAILS = (
    ("year_dates", r"\b(?:dates|calendar|schedule|all (?:the )?meetings)\b|\b(?:whole|all) year|how many (?:meetings|of these)"),
    ("chair", r"\bchair|\bpresid|\bin charge of the meeting|\bwho'?s running"),
    ("clash", r"\bclash|\bsame (?:night|nite|neet|evening|day|time)|\bconflict|\bon top of\b"),
    ("where", r"\bwhere|\bvenue|\broom|\bbuilding|\blink\b|\bonline|\bin person|\bteams|\bzoom|\bface to face|\bhybrid|"
              r"\bpark(?:ing)?\b|\bentrance|\bannexe|\bhall\b|\bdial|\bremote|\bjoining"),
    ("when", r""),
)  # fmt: skip
_AGENDA_DETAILS = (
    ("private", r"\bprivate|\bexempt|\bconfidential|\bpart (?:2|ii|two)|\bsecret|\bclosed|\bbehind"),
    ("item", r"\bitem \d|\bitem (?:one|two|three|four|five|six|seven|eight|nine|ten)\b"),
    ("add", r"\b(?:add|put|place|get|want|raise|submit)\b.{0,25}\b(?:on|to|for|item|agenda)\b.{0,25}\b(?:agenda|list|next|discussed)|want an item"),
    ("minutes", r"\bminutes|\bwhat (?:did we|was|were) (?:say|agree|decide|said|agreed|decided|resolved)|\bagreed\b|\bresolved"),
    ("papers", r"\bpaper|\breport|\bpack|\bpdf|\bdocument|\bcop(?:y|ies)|\bappendi|\bpublish|\blink|\bopen"),
)  # fmt: skip
_ITEM = re.compile(r"\bitem (\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.I)
_ITEM_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_REPLY_DETAILS = (
    ("nudge", r"\b(?:nudge|chase|prod|poke|push|remind|ring round|shout|prompt)\b"),
    ("quorate", r"\bquor|\benough\b"),
    ("not_replied", r"\b(?:not|n't|nt|haven'?t|hasn'?t|yet to|non|outstanding|never|gone quiet|waiting (?:on|for)|heard nothing)\b.{0,25}"
                    r"(?:repl|respon|answer|said|got back|decency|let on|quiet|from)|non[- ]?respon|outstanding responses|gone quiet"),
    ("list", r""),
)  # fmt: skip
_PERSON = re.compile(
    r"\b(?:is|are|has|did|will|if|have) (?:the )?((?:(?:cllr|councillor) )?[A-Za-z][\w'-]+(?: [A-Z][\w'-]+)?) "
    r"(?:not )?(?:coming|going|attending|said|reply|replied|accepted|responded|be there|turn|confirmed|a yes|in or out)",
    re.I,
)
_NOT_PEOPLE = frozenset(
    "anyone anybody everyone who we i it they there this that us you any many not he she".split()
)


def _first(details: tuple[tuple[str, str], ...], text: str) -> str:
    return next(name for name, pattern in details if re.search(pattern, text, re.I))


def meeting_slots(text: str) -> dict[str, object]:
    """Slots of a question about a meeting's when, where, chair, clash or the year's dates."""
    seen = shown(text)
    slots: dict[str, object] = {"detail": _first(_MEETING_DETAILS, seen)}
    month = _IN_MONTH.search(seen)
    if month:
        slots["month"] = next(part for part in month.groups() if part)
    elif named := meeting_named(seen):
        slots["meeting"] = named
    return slots


def agenda_slots(text: str) -> dict[str, object]:
    """Slots of a question about an agenda: the detail wanted, and the number of an item."""
    seen = shown(text)
    slots: dict[str, object] = {}
    detail = next((name for name, pattern in _AGENDA_DETAILS if re.search(pattern, seen, re.I)), None)
    if detail:
        slots["detail"] = detail
    if item := _ITEM.search(seen):
        slots["item"] = int(item[1]) if item[1].isdigit() else _ITEM_WORDS.index(item[1].lower()) + 1
    if named := meeting_named(seen):
        slots["meeting"] = named
    return slots


def replies_slots(text: str) -> dict[str, object]:
    """Slots of a question about who is coming: the detail wanted, and a person asked after."""
    seen = shown(text)
    slots: dict[str, object] = {"detail": _first(_REPLY_DETAILS, seen)}
    person = _PERSON.search(seen)
    if person and person[1].split()[0].lower() not in _NOT_PEOPLE:
        slots["person"] = person[1]
    if named := meeting_named(seen):
        slots["meeting"] = named
    return slots
