"""Reads what a message without a card asks for: rules vote, a small model weighs, short phrases are known.

The chances come true on authors left out of training (see `bot.language.intents_leaveout`), so "sure" means what
it says: below the fitted threshold nothing may be changed without asking.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.language.intents_changes import CHANGING
from bot.language.intents_features import Reading
from bot.language.intents_known import known_intent
from bot.language.intents_model import load_model
from bot.language.intents_rules import votes
from bot.language.intents_weighed import weighed

_KNOWN = 0.97
_NEEDS_A_CARD = frozenset(
    "yes no maybe okay y n thumbsup thumbsdown ticksign crosssign mine done accept accepted agreed noted received "
    "fine sure in coming finished complete closed sorted confirmed decline".split()
)
_ENOUGH_TO_SHOW = 0.3
_MOST_ALTERNATIVES = 3
_LEAST_ALTERNATIVE = 0.03


@dataclass(frozen=True)
class Likely:
    """The likeliest intent with its chance, the next ones, all chances, and whether to rely on it."""

    intent: str
    p: float
    alternatives: tuple[tuple[str, float], ...]
    chances: dict[str, float]
    sure: bool


def chances(reading: Reading) -> dict[str, float]:
    """The chance of each intent, urgency apart; they add up to one."""
    base = weighed(reading)
    cast = votes(reading.folded)
    powers = {intent: p * math.exp(cast.get(intent, 0.0)) for intent, p in base.items()}
    known = known_intent(reading, None)
    if known in powers:
        powers[known] = max(powers[known], _KNOWN / (1 - _KNOWN) * (sum(powers.values()) - powers[known]))
    total = sum(powers.values())
    return {intent: power / total for intent, power in powers.items()}


def read_intent(reading: Reading) -> Likely:
    """What the reading asks for."""
    said = chances(reading)
    ranked = sorted(said.items(), key=lambda pair: (-pair[1], pair[0]))
    intent, p = ranked[0]
    others = tuple(
        (name, round(q, 4)) for name, q in ranked[1 : 1 + _MOST_ALTERNATIVES] if q >= _LEAST_ALTERNATIVE
    )
    return Likely(intent, p, others, said, _is_sure(intent, p, reading))


def _is_sure(intent: str, p: float, reading: Reading) -> bool:
    if intent not in CHANGING:
        return p >= _ENOUGH_TO_SHOW
    words = [word for word in reading.words if word not in "?!"]
    bare = len(words) == 1 and words[0] in _NEEDS_A_CARD
    return not bare and p >= load_model("intents_model").settings["sure"]
