"""Fills the slots of a reply to a card: only what the text states, spans as typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.language import slots_action
from bot.language.slots_message import audience
from bot.language.slots_reminder import preference_slots, snooze_slots
from bot.language.slots_response import response_slots
from bot.language.slots_text import clauses, shown, tidy, without_lead

Slots = dict[str, object]

_ORDINALS = (
    (1, r"\b(?:1|1st|first|one|top|a)\b"),
    (2, r"\b(?:2|2nd|second|two|middle|b)\b"),
    (3, r"\b(?:3|3rd|third|three|c)\b"),
    (4, r"\b(?:4|4th|fourth|four|d)\b"),
    (5, r"\b(?:5|5th|fifth|five)\b"),
)
_ONE_AS_NOUN = re.compile(
    r"\b(first|second|third|fourth|fifth|last|top|middle|bottom|1st|2nd|3rd|that|the|which|this) (?:of those )?ones?\b",
    re.I,
)
_AMEND_LEAD = re.compile(
    r"^(?:(?:please|pls|can you|could you|would you|sorry|actually|also|ps|oh|and|one more (?:detail|thing)(?: for it)?|forgot to say|i should have said|"
    r"i got it wrong|put in(?: that)?|put that|add(?: that| in)?|include(?: that)?|correction|change (?:it|that) (?:to|so)|mention(?: that)?|it should say|should say|"
    r"another thing(?: on that)?|but)\b[\s,:;–-]*)+",
    re.I,
)
_AMEND_TAIL = re.compile(
    r"[\s,.;]+(?:please|pls|put that in(?: please)?|ta|thanks|please correct that)[\s.!]*$", re.I
)
_ANONYMOUS = re.compile(
    r"\banonymous\w*|\b(?:keep|leave|take) my name (?:off|out)|\bno name\b|\bmy name (?:isn'?t|not|off)|\b(?:don'?t|not) (?:say|tell|mention|show)\b"
    r"[^.;!?\n]{0,40}\b(?:me|my name|who (?:raised|said|sent))\b|\bwithout my name\b",
    re.I,
)
_WHEN = re.compile(
    r"\b((?:(?:this |next |first thing |later )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|weds?|thurs?|fri)\b|tomorrow|tonight|this (?:morning|afternoon|"
    r"evening)|today|later today|first thing|next week|the \d{1,2}(?:st|nd|rd|th)|\d{1,2}(?:st|nd|rd|th)? (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|in (?:an?|one|two|three|half an|\d{1,2}) (?:hours?|days?|minutes?|weeks?|hour)|"
    r"(?:two|three|\d) hours'? time|(?:at |after |by )?(?:noon|midday|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm))|at \d{1,2}(?:[:.]\d\d)?|about \w+)"
    r"(?:,? (?:at|about|morning|afternoon|evening|night|tomorrow|first thing|on|in the|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)?|noon|six|seven|eight|nine|ten|five|four|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)*)",
    re.I,
)
_EDIT_LEAD = re.compile(
    r"^(?:(?:yes|ok|okay|fine|good|that'?s fine|please|pls|can you|could you|would you|but|send(?: it)?|ok|once you'?ve|except|first)\b[\s,;–-]*)+",
    re.I,
)
_ONLY_TO = re.compile(
    r"\b(?:(?:just|only|send (?:it )?(?:only )?)\s*(?:to )?(?:the )?|to (?:the )?|but only |not (?:to )?(?:the )?|everyone except (?:the )?|leave out (?:the )?|"
    r"but not (?:to )?(?:the )?)(panel(?: members)?|members|councillors|every councillor|all councillors|leads|directorate leads|officers|press|everyone|part 2|"
    r"co-?opted members|whole council)\b",
    re.I,
)


def reply_slots(
    intent: str, text: str, likely: Mapping[str, float], known_names: Sequence[str] = ()
) -> Slots:
    """The slots of a reply; `likely` gives the chances of what the text would ask without a card."""
    if intent == "rsvp":
        return response_slots(text, likely, known_names)
    filler = _FILLERS.get(intent)
    return filler(text) if filler else {}


def _stated(**found: object) -> Slots:
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _declined(text: str) -> Slots:
    suggest = slots_action.suggested(text)
    cue = re.search(
        r"\b(?:because|as (?=i|we|it)|since (?=i|we|it)|due to|:)\s*(.{2,200})", shown(text), re.I
    )
    why = tidy(re.split(r"[.;\n]", cue[1])[0]) if cue else _other_clauses(text)
    return _stated(suggest=suggest, reason=why, action=slots_action.reference(text))


def _other_clauses(text: str) -> str | None:
    """Why an action is declined, where a clause says nothing else: staff gone, no capacity, moved away."""
    plain = re.compile(
        r"\b(?:no capacity|on (?:long term )?leave|leaving|left|moved|restructured|nobody in post|no budget|no longer|transferred|too much on)\b",
        re.I,
    )
    told = [tidy(clause) for clause in clauses(text)]
    return ", ".join(clause for clause in told if plain.search(clause)) or None


def _extended(text: str) -> Slots:
    return _stated(
        extend_by=slots_action.extend_by(text),
        until=slots_action.until(text),
        reason=slots_action.why_longer(text),
        action=slots_action.reference(text),
    )


def _completed(text: str) -> Slots:
    return _stated(note=slots_action.note(text, finished=True), action=slots_action.reference(text))


def _updated(text: str) -> Slots:
    return _stated(
        status=slots_action.status(text), note=slots_action.note(text), action=slots_action.reference(text)
    )


def _amended(text: str) -> Slots:
    if _ANONYMOUS.search(shown(text)):
        rest = [c for c in clauses(text) if not _ANONYMOUS.search(c) and len(c.split()) > 3]
        return {"anonymous": True} | _stated(note=", ".join(tidy(c) for c in rest))
    return _stated(note=_AMEND_TAIL.sub("", without_lead(text, _AMEND_LEAD)).strip(" ."))


def _chosen(text: str) -> Slots:
    seen = _ONE_AS_NOUN.sub(r"\1", shown(text).lower())
    found = [number for number, pattern in _ORDINALS if re.search(pattern, seen)]
    return {"option": found[0]} if len(found) == 1 else {}


def _edited(text: str) -> Slots:
    seen = shown(text)
    only = _ONLY_TO.search(seen)
    change = tidy(without_lead(text, _EDIT_LEAD)) or None
    return _stated(change=change, audience=only[0].strip() if only and audience(only[0]) else None)


def _scheduled(text: str) -> Slots:
    found = _WHEN.search(shown(text))
    return {"when": re.sub(r"^at (?=noon)", "", found[1].strip())} if found else {}


_FILLERS: Mapping[str, Callable[[str], Slots]] = {
    "decline_action": _declined,
    "request_extension": _extended,
    "complete_action": _completed,
    "update_action": _updated,
    "amend_concern": _amended,
    "choose": _chosen,
    "edit_broadcast": _edited,
    "schedule_broadcast": _scheduled,
    "reminder_preference": preference_slots,
    "snooze": snooze_slots,
    "acknowledge": lambda text: _stated(action=slots_action.reference(text)),
}
