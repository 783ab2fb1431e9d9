"""What a sentence means: intent, how sure that is, what it states, and each ask when there are several."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.language import slots as read_slots
from bot.language.dates import When, read_when
from bot.language.guard import guard
from bot.language.identifiers import Identifier, find_identifiers
from bot.language.intents_features import features, read
from bot.language.intents_model import load_model
from bot.language.replies import reply_intent

URGENT = "urgent_safeguarding"
CHANGING = frozenset(
    {
        "rsvp_yes",
        "rsvp_no",
        "rsvp_maybe",
        "raise_concern",
        "acknowledge_action",
        "update_action",
        "complete_action",
        "remind_me",
        "broadcast_notice",
    }
)
"""Intents that would change something: they need more certainty."""
SURE_TO_LOOK = 0.45
SURE_TO_CHANGE = 0.62
_ANSWERS = {"rsvp_yes": "yes", "rsvp_no": "no", "rsvp_maybe": "maybe"}
_MOST_ASKS = 4
_SPLIT = re.compile(
    r"\s*(?:;|\.\s+(?=[A-Za-z])|\?\s+|,\s*(?:and|also|plus)\s+(?=(?:who|when|where|what|is|can|could|also|log|apol|please)\b)"
    r"|,?\s+also,?\s+|,\s*(?=also\b)|\s+and\s+(?=(?:who|when|where|what)(?:'s|s|\s+is|\s+are)?\b))\s*",
    re.IGNORECASE,
)
_BARE_RSVP = re.compile(
    r"^(?:apols?|apologies)\b(?!.*\b(?:list|who|sent|received)\b)"
    r"|^(?:sorry,? )?(?:i )?(?:can'?t|cannot) (?:make|come|attend|do)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Understanding:
    """What was understood. `sure`: clear enough to act on as read. `text`: the words this reading is of.

    `alternatives` are other likely intents with their probability, best first. `asks` holds one reading for
    each ask where a message holds several.
    """

    intent: str
    confidence: float
    urgent: bool = False
    alternatives: tuple[tuple[str, float], ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    when: When | None = None
    identifiers: tuple[Identifier, ...] = ()
    asks: tuple[Understanding, ...] = ()
    sure: bool = True
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        """The form that `cpbot understand --json` prints."""
        when = self.when
        return {
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "urgent": self.urgent,
            "slots": {k: v for k, v in self.slots.items() if v not in ("", None)},
            "when": {"kind": when.kind if when else "none", "value": when.value if when else None},
            "identifiers": [{"kind": i.kind, "span": i.span} for i in self.identifiers],
        }


def understand(
    text: str, *, now: datetime, card: str | None = None, known_names: tuple[str, ...] = ()
) -> Understanding:
    """The meaning of a message at a moment; with `card`, as a reply to that kind of card.

    Never raises on any text. A child at risk comes first, whatever the card.
    """
    if guard(text).urgent:
        return _urgent(text, now, card)
    if card and card != "none":
        return _reply(text, now, card)
    parts = _asks(text)
    whole = _one(text, now)
    if len(parts) < 2:
        return whole
    asks = tuple(_one(part, now) for part in parts)
    return replace(whole, asks=asks) if len({a.intent for a in asks}) > 1 else whole


def _urgent(text: str, now: datetime, card: str | None) -> Understanding:
    intent = "safeguarding" if card and card != "none" else URGENT
    return Understanding(
        intent, 1.0, urgent=True, when=_when(text, now), identifiers=find_identifiers(text), text=text
    )


def _one(text: str, now: datetime) -> Understanding:
    likely = load_model("intents_model").probabilities(features(read(text)))
    likely.pop(URGENT, None)
    total = sum(likely.values()) or 1.0
    ranked = sorted(((p / total, name) for name, p in likely.items()), reverse=True)
    if _BARE_RSVP.search(text) and ranked[0][1] != "rsvp_no":
        ranked = [(0.9, "rsvp_no"), *((p, n) for p, n in ranked if n != "rsvp_no")]
    p, intent = ranked[0]
    return Understanding(
        intent=intent,
        confidence=p,
        alternatives=tuple((name, round(q, 4)) for q, name in ranked[1:3] if q > 0.03),
        slots=_slots(intent, text),
        when=_when(text, now),
        identifiers=find_identifiers(text),
        sure=p >= (SURE_TO_CHANGE if intent in CHANGING else SURE_TO_LOOK),
        text=text,
    )


def _slots(intent: str, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if intent in _ANSWERS:
        found = read_slots.rsvp_slots(text)
        found.setdefault("answer", _ANSWERS[intent])
    elif intent in ("acknowledge_action", "update_action", "complete_action", "my_concerns"):
        found = read_slots.action_slots(text)
        if intent in ("update_action", "complete_action"):
            found["note"] = read_slots.note_of(text)
    elif intent == "remind_me":
        found = read_slots.reminder_slots(text)
    elif intent == "raise_concern":
        found = {"text": read_slots.concern_text(text)}
    if ref := read_slots.reference(text):
        found.setdefault("ref", ref)
    return found


def _reply(text: str, now: datetime, card: str) -> Understanding:
    """A message as an answer to the card in front of the person."""
    intent, p = reply_intent(text, card)
    return Understanding(
        intent=intent,
        confidence=p,
        slots=_reply_slots(intent, text),
        when=_when(text, now),
        identifiers=find_identifiers(text),
        sure=p >= SURE_TO_LOOK,
        text=text,
    )


def _reply_slots(intent: str, text: str) -> dict[str, Any]:
    """What a reply states; only the slots that belong to it."""
    read_by = _OF_REPLIES.get(intent)
    return read_by(text) if read_by else {}


def _only(*names: str) -> Callable[[str], dict[str, Any]]:
    return lambda text: {k: v for k, v in read_slots.action_slots(text).items() if k in names}


def _amendment(text: str) -> dict[str, Any]:
    hidden = re.search(r"\banonym|my name (?:off|out)|without my name", text, re.IGNORECASE)
    return {"note": text.strip(), **({"anonymous": True} if hidden else {})}


def _finished(text: str) -> dict[str, Any]:
    """A note, and the action it is about where one is named."""
    found: dict[str, Any] = {"note": read_slots.note_of(text)}
    if ref := read_slots.reference(text):
        found["action"] = ref
    return found


def _progress(text: str) -> dict[str, Any]:
    status = next((name for name, cue in _STATUS if cue.search(text)), "")
    return {**_finished(text), **({"status": status} if status else {})}


_STATUS = (
    ("not_started", re.compile(r"\b(?:not started|haven'?t started|yet to start)\b", re.IGNORECASE)),
    ("blocked", re.compile(r"\b(?:stuck|blocked|waiting|held up|on hold)\b", re.IGNORECASE)),
    (
        "in_progress",
        re.compile(r"\b(?:started|under ?way|in progress|half ?way|working on|in hand)\b", re.IGNORECASE),
    ),
)
_OF_REPLIES: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "rsvp": read_slots.rsvp_slots,
    "decline_action": _only("suggest", "reason"),
    "request_extension": _only("extend_by", "until", "reason", "action"),
    "complete_action": _finished,
    "update_action": _progress,
    "amend_concern": _amendment,
    "choose": read_slots.option_slots,
    "edit_broadcast": lambda text: {"change": text.strip()},
    "schedule_broadcast": lambda text: {"when": text.strip()},
    "reminder_preference": read_slots.reminder_slots,
    "snooze": read_slots.reminder_slots,
}
"""What each reply to a card may state (the house rules for sentences)."""


def _asks(text: str) -> list[str]:
    """The separate asks of a message; one where it cannot be split for certain."""
    if len(text) > 600:
        return [text]
    body = re.sub(r"^log:\s*", "log: ", text.strip())
    parts = [p.strip(" ,.") for p in _SPLIT.split(body) if p and len(p.split()) > 1]
    return parts if 2 <= len(parts) <= _MOST_ASKS else [text]


def _when(text: str, now: datetime) -> When:
    return read_when(text, now)
