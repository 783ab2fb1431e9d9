"""Fills the slots of an intent: only what the text states, spans as typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.language import slots_action
from bot.language.slots_meeting import agenda_slots, meeting_slots, replies_slots
from bot.language.slots_message import broadcast_slots, concern_text
from bot.language.slots_reminder import reminder_slots
from bot.language.slots_response import response_slots
from bot.language.slots_text import shown

Slots = dict[str, object]

_UPDATE_DETAILS = (
    ("overdue", r"\b(?:overdue|past (?:their|its|the) date|what'?s late|behind|which .{0,20}late)\b"),
    (
        "list",
        r"^\W*(?:what|which|show|list|how many|outstanding|actions?\b(?! \d)|my (?:outstanding )?actions?\W*$|can i see|"
        r"(?:please |kindly )?(?:provide|give|send|tell|remind) (?:me|us|a)|would you tell|remind me)(?!.*\b(?:add|note to)\b)",
    ),
    (
        "cover",
        r"\b(?:on leave|cover(?:ing|s)?|looking after|in my absence|off sick|minding it|while i'?m)\b",
    ),
    (
        "not_mine",
        r"\b(?:not (?:mine|ours|us|for us|my|one (?:of|for))|isn'?t (?:ours|mine|one|for)|wrong (?:person|directorate|door)|"
        r"reassign|redirect|belongs|sits with|not fall to|give (?:that |it )?\S+ to|pass \S+ (?:on )?to|someone else|"
        r"not in my gift|decline this)\b",
    ),
    (
        "extension",
        r"\b(?:exten(?:d|sion)|more time|longer|push|put back|move(?:d)? (?:back|the)|defer|due date|target date|"
        r"(?:another|more|extra|further) (?:\w+ ){0,2}(?:wks?|weeks?|days?|fortnights?|months?)|"
        r"\d (?:more )?(?:wks?|weeks?|days)|easing the date|slip)\b",
    ),
)
_CONCERN_DETAILS = (
    (
        "reopen",
        r"\b(?:re-?open|open (?:it|that) (?:back )?up|opened (?:up )?again|back on\b|not happy w|reinstat|"
        r"wasn'?t an answer|not an answer|do(?:n'?t| not) accept)",
    ),
    ("reds", r"\breds?\b"),
    ("chase", r"\b(?:chase|nudge|hurry|escalate|pursue|push (?:on|them)|still (?:waiting|nothing))"),
    (
        "owner",
        r"\bwho(?:'?s|s)? (?:owns|own|has|got|is|are|ended|was|deal|sitting|holding)|\bowner\b|\ballocated\b|\bto whom\b",
    ),
    (
        "list",
        r"\b(?:list|show|schedule|all (?:of )?(?:my|mine)|everything|open (?:ones|concerns)|how many|which of|"
        r"what (?:have i|i'?ve) (?:raised|got)|my list|export)\b",
    ),
    ("status", r""),
)
_DUTY_DETAILS = (
    ("training", r"\btrain(?:ing|ed)\b|\bcourse\b"),
    ("principles", r"\bprinciples\b"),
    ("why_me", r"\bwhy (?:am i|are you|do i keep)|\bnot on the (?:panel|committee)\b"),
    (
        "questions",
        r"\bquestions?\b|\bwhat (?:should|do|would|might) (?:i|you) ask\b|\bask (?:them )?officers\b",
    ),
    (
        "meaning",
        r"\b(?:what(?:'?s| is| are| does)?|explain|define|meaning of|difference between|stand for|mean)\b",
    ),
)


def intent_slots(
    intent: str, text: str, likely: Mapping[str, float], known_names: Sequence[str] = ()
) -> Slots:
    """The slots of an intent without a card; `likely` gives the chances of the other intents."""
    if intent.startswith("rsvp_"):
        return response_slots(text, likely, known_names, hint=intent.removeprefix("rsvp_"))
    filler = _FILLERS.get(intent)
    return filler(text) if filler else {}


def _first(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    seen = shown(text)
    return next((name for name, pattern in table if re.search(pattern, seen, re.IGNORECASE)), None)


def _stated(**found: object) -> Slots:
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _referred(text: str) -> Slots:
    return _stated(ref=slots_action.reference(text))


def _finished(text: str) -> Slots:
    return _referred(text) | _stated(note=slots_action.note(text, finished=True))


def _updated(text: str) -> Slots:
    detail = _first(_UPDATE_DETAILS, text)
    slots = _referred(text) | _stated(detail=detail)
    if detail in ("list", "overdue"):
        return slots
    if detail == "extension":
        return slots | _stated(
            extend_by=slots_action.extend_by(text),
            until=slots_action.until(text),
            reason=slots_action.why_longer(text),
        )
    if detail == "not_mine":
        return slots | {"decline": True} | _stated(suggest=slots_action.suggested(text))
    return slots | _stated(status=slots_action.status(text), note=slots_action.note(text))


def _asked_of_concern(text: str) -> Slots:
    return _referred(text) | _stated(detail=_first(_CONCERN_DETAILS, text))


_FILLERS: Mapping[str, Callable[[str], Slots]] = {
    "next_meeting": meeting_slots,
    "agenda": agenda_slots,
    "who_is_coming": replies_slots,
    "raise_concern": lambda text: {"text": concern_text(text)},
    "my_concerns": _asked_of_concern,
    "acknowledge_action": _referred,
    "update_action": _updated,
    "complete_action": _finished,
    "remind_me": lambda text: _referred(text) | reminder_slots(text),
    "broadcast_notice": broadcast_slots,
    "duties": lambda text: _stated(detail=_first(_DUTY_DETAILS, text)),
    "contact_lookup": lambda text: {"query": text.strip()},
}
