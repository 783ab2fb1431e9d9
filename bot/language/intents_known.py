"""Short phrases that are known word for word: their reading needs no weighing.

``data/known_phrases.json`` is made by `bot.language.train_understanding` from authored lines of a few words on
which nearly all hands agree: for each card (and for no card, under ``""``) the words as cut, and the intent.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from bot.language.intents_corpus import Line
from bot.language.intents_features import Reading, read

MOST_WORDS = 4
NEARLY_ALL = 0.8
_SAID_DONE = re.compile(r"(?:done|completed?|finished|closed)\s*:\s*\S")
_OF_ACTIONS = frozenset({None, "none", "action_assigned", "action_update_due"})


def phrase(reading: Reading) -> str:
    """The reading as the key under which a short phrase is known; empty when it is too long."""
    words = [word for word in reading.words if word != "!"]
    return " ".join(words) if len(words) <= MOST_WORDS else ""


def known_intent(reading: Reading, card: str | None) -> str | None:
    """The intent of a phrase known word for word, or of one that names itself ("done: ..."), else None."""
    if card in _OF_ACTIONS and _SAID_DONE.match(reading.folded):
        return "complete_action"
    key = phrase(reading)
    return _known_phrases().get(card or "", {}).get(key) if key else None


@cache
def _known_phrases() -> dict[str, dict[str, str]]:
    text = files("bot.language").joinpath("data", "known_phrases.json").read_text(encoding="utf-8")
    stored: dict[str, dict[str, str]] = json.loads(text)
    return stored


def gather(lines: Iterable[Line]) -> dict[str, dict[str, str]]:
    """The short phrases of authored lines, by card; phrases that hands read differently are left out."""
    read_by: dict[str, dict[str, dict[str, str]]] = {}
    for line in lines:
        key = phrase(read(line.text))
        if key and line.form != "safety" and not line.also:
            card = line.under if line.form == "reply" else ""
            read_by.setdefault(card, {}).setdefault(key, {})[line.hand] = line.label
    return {
        card: {key: intent for key, hands in sorted(keys.items()) if (intent := _agreed(hands.values()))}
        for card, keys in sorted(read_by.items())
    }


def _agreed(readings: Iterable[str]) -> str | None:
    """What nearly all hands read in a phrase."""
    counts = Counter(readings)
    intent, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return intent if times >= NEARLY_ALL * counts.total() else None
