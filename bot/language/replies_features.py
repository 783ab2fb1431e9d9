"""The features of a reply to a card: those of any message, and again under the card's own name."""

from __future__ import annotations

from collections.abc import Iterator

from bot.language.intents_features import Reading, features
from bot.language.replies_patterns import phrases

_OWN_FAMILIES = frozenset("wbskeq")
_SURE = 0.6


def reply_features(reading: Reading, card: str, asked: dict[str, float]) -> Iterator[str]:
    """Features of a reading as a reply to `card`; `asked` is what the message would ask for without a card."""
    general = list(features(reading))
    yield from general
    yield f"i:card|{card}"
    yield from (f"{card}|{feature}" for feature in general if feature[0] in _OWN_FAMILIES)
    for name in sorted(phrases(reading.folded)):
        yield f"r:{name}"
        yield f"{card}|r:{name}"
    top = max(asked, key=lambda intent: asked[intent])
    strength = "!" if asked[top] > _SURE else ""
    yield f"i:{top}{strength}"
    yield f"{card}|i:{top}{strength}"
