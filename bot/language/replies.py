"""Which reply to a card a message is: short words by rule, the rest by a small model of the card's own."""

from __future__ import annotations

import re

from bot.language.intents_features import features, read
from bot.language.intents_model import load_model

ALLOWED = {
    "rsvp_request": frozenset({"rsvp", "thanks", "help", "reminder_preference", "snooze", "fresh", "ask"}),
    "action_assigned": frozenset(
        {
            "acknowledge",
            "decline_action",
            "request_extension",
            "complete_action",
            "update_action",
            "thanks",
            "help",
            "fresh",
            "ask",
            "snooze",
        }
    ),
    "action_update_due": frozenset(
        {
            "acknowledge",
            "decline_action",
            "request_extension",
            "complete_action",
            "update_action",
            "thanks",
            "help",
            "fresh",
            "ask",
            "snooze",
        }
    ),
    "concern_saved": frozenset(
        {"withdraw_concern", "ask_concern", "amend_concern", "thanks", "help", "fresh", "ask"}
    ),
    "did_you_mean": frozenset({"choose", "reject_suggestions", "thanks", "help", "fresh", "ask"}),
    "confirm_broadcast": frozenset(
        {"confirm", "cancel", "edit_broadcast", "schedule_broadcast", "thanks", "help", "fresh", "ask"}
    ),
}
"""Which replies make sense under each card."""
ASK_BELOW = 0.35
_THANKS = re.compile(
    r"^(?:ok(?:ay)?,? )?(?:many )?(?:thanks?|thank you|ta|cheers|thx|ty)\b[^?]{0,25}$", re.IGNORECASE
)
_HELP = re.compile(r"^(?:help|\?|menu|what can (?:i|you) (?:do|say))\W*$", re.IGNORECASE)
_YES = re.compile(
    r"^(?:yes|y|yep|yeah|ok(?:ay)?|sure|confirm(?:ed)?|go ahead|send(?: it)?(?: now)?|do it|please do|correct|aye|looks good|fine|happy with that)"
    r"(?:[ ,]*(?:please|pls|thanks|send it|go ahead|confirm(?:ed)?|now))*\W*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^(?:no|n|nope|cancel(?: it)?|stop|don'?t(?: send(?: it)?)?|do not send(?: it)?|scrap it|forget it|leave it|abort)\b[^?]{0,20}$",
    re.IGNORECASE,
)
_ACK = re.compile(
    r"^(?:ack(?:nowledged?)?|got it|noted|received|will do|on it|ok(?:ay)?|yes|yep|accepted?|understood|thanks,? (?:got it|will do))\W*$",
    re.IGNORECASE,
)
_NOT_MINE = re.compile(
    r"\b(?:not (?:mine|ours|for (?:me|us)|my (?:area|team|directorate))|wrong (?:person|team|directorate))\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^(?:none(?: of (?:these|those|them))?|neither|no|nope|something else)\W*$", re.IGNORECASE
)
_CHOICE = re.compile(
    r"^(?:the |number |option )*(?:[1-9]|first|second|third|1st|2nd|3rd|top|last)(?: (?:one|option))?\W*(?:please|pls)?\W*$",
    re.IGNORECASE,
)


def reply_intent(text: str, card: str) -> tuple[str, float]:
    """The reply and how likely it is. "fresh" where it is no reply to the card, "ask" where it is unclear."""
    said = " ".join(text.split())
    if plain := _plain(said, card):
        return plain, 0.99
    likely = load_model("replies_model").probabilities(_features(said, card))
    allowed = ALLOWED.get(card, frozenset({"fresh"}))
    kept = {name: p for name, p in likely.items() if name in allowed}
    total = sum(kept.values()) or 1.0
    best = max(kept, key=lambda name: kept[name], default="fresh")
    p = kept.get(best, 0.0) / total
    return (best, p) if p >= ASK_BELOW else ("ask", p)


def _features(text: str, card: str) -> list[str]:
    named = list(features(read(text)))
    return [*named, *(f"{card}|{name}" for name in named)]


def _plain(said: str, card: str) -> str:
    """Short words whose meaning the card settles."""
    if _HELP.match(said):
        return "help"
    if card == "confirm_broadcast":
        return (
            "confirm"
            if _YES.match(said)
            else "cancel"
            if _NO.match(said)
            else "thanks"
            if _THANKS.match(said)
            else ""
        )
    if card == "did_you_mean":
        return "choose" if _CHOICE.match(said) else "reject_suggestions" if _NONE.match(said) else ""
    if card in ("action_assigned", "action_update_due"):
        return _of_action(said, card)
    if _THANKS.match(said):
        return "thanks"
    if card == "rsvp_request" and (_YES.match(said) or _NO.match(said)) and len(said.split()) < 4:
        return "rsvp"
    return ""


def _of_action(said: str, card: str) -> str:
    if _ACK.match(said):
        return "acknowledge"
    if _THANKS.match(said):
        return "thanks"
    return "decline_action" if _NOT_MINE.search(said) else ""
