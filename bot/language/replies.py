"""Reads a message as the reply to the card in front of the person.

Short phrases are known for each card; otherwise a small model weighs words and turns of phrase, among the replies
that the card can have. What is unclear becomes ``ask``: the caller asks back and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.language.intents import chances
from bot.language.intents_changes import CHANGING_REPLIES
from bot.language.intents_features import Reading, features
from bot.language.intents_known import known_intent
from bot.language.intents_model import load_model
from bot.language.replies_features import reply_features
from bot.language.replies_patterns import phrases

_KNOWN = 0.95
_TOO_UNCLEAR = 0.22
_SURE = 0.45
_MOST_ALTERNATIVES = 3
_LEAST_ALTERNATIVE = 0.05
_DOUBTS = frozenset({"asks", "conditional", "unsure_of_it", "both_ways", "yes_but"})


@dataclass(frozen=True)
class LikelyReply:
    """The likeliest reply with its chance, the next ones, whether to rely on it, and the chances without a card."""

    intent: str
    p: float
    alternatives: tuple[tuple[str, float], ...]
    sure: bool
    chances: dict[str, float]


def read_reply(reading: Reading, card: str) -> LikelyReply:
    """What the reading says to the card (one of ``intents_corpus.CARDS``)."""
    asked = chances(reading)
    said = _weighed(reading, card, asked)
    ranked = sorted(said.items(), key=lambda pair: (-pair[1], pair[0]))
    intent, p = ranked[0]
    if intent in CHANGING_REPLIES and (p < _TOO_UNCLEAR or _is_no_plain_yes(intent, reading)):
        intent, p = "ask", 1 - p
    others = tuple((name, round(q, 4)) for name, q in ranked if name != intent and q >= _LEAST_ALTERNATIVE)
    sure = p >= _SURE or intent not in CHANGING_REPLIES
    return LikelyReply(intent, p, others[:_MOST_ALTERNATIVES], sure, asked)


def _weighed(reading: Reading, card: str, asked: dict[str, float]) -> dict[str, float]:
    known = known_intent(reading, card)
    if known is not None:
        return {known: _KNOWN}
    model = load_model("replies_model")
    if not any(feature in model.index for feature in features(reading) if feature.startswith("w:")):
        return {
            "ask": _KNOWN
        }  # of words that nobody has written only pieces would be weighed, which is guesswork
    chance = model.probabilities(reply_features(reading, card, asked))
    allowed = _allowed(card)
    total = sum(p for intent, p in chance.items() if intent in allowed) or 1.0
    return {intent: p / total for intent, p in chance.items() if intent in allowed}


@cache
def _allowed(card: str) -> frozenset[str]:
    """The replies that a card can have: those that its training lines show, and what any card can have."""
    known = (name.partition("|") for name in load_model("replies_model").settings)
    shown = {intent for shown_card, _, intent in known if shown_card == card}
    return frozenset(shown | {"fresh", "ask", "help", "thanks"})


def _is_no_plain_yes(intent: str, reading: Reading) -> bool:
    """House rule: a broadcast is confirmed only by a plain confirmation."""
    return intent == "confirm" and bool(phrases(reading.folded) & _DOUBTS)
