"""Short phrases that are known word for word: their reading needs no weighing.

``data/known_phrases.json`` is made by `bot.language.train_understanding` from authored lines of a few words on
which all authors agree: for each card (and for no card, under ``""``) the words as cut, and the intent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from bot.language.intents_corpus import Line
from bot.language.intents_features import Reading, read

MOST_WORDS = 4


def phrase(reading: Reading) -> str:
    """The reading as the key under which a short phrase is known; empty when it is too long."""
    words = [word for word in reading.words if word != "!"]
    return " ".join(words) if len(words) <= MOST_WORDS else ""


def known_intent(reading: Reading, card: str | None) -> str | None:
    """The intent of a phrase known word for word, else None."""
    key = phrase(reading)
    return _known_phrases().get(card or "", {}).get(key) if key else None


@cache
def _known_phrases() -> dict[str, dict[str, str]]:
    text = files("bot.language").joinpath("data", "known_phrases.json").read_text(encoding="utf-8")
    stored: dict[str, dict[str, str]] = json.loads(text)
    return stored


def gather(lines: Iterable[Line]) -> dict[str, dict[str, str]]:
    """The short phrases of authored lines, by card; phrases that two lines read differently are left out."""
    found: dict[str, dict[str, set[str]]] = {}
    for line in lines:
        key = phrase(read(line.text))
        if key and line.form != "safety" and not line.also:
            card = line.under if line.form == "reply" else ""
            found.setdefault(card, {}).setdefault(key, set()).add(line.label)
    return {
        card: {key: intents.pop() for key, intents in sorted(keys.items()) if len(intents) == 1}
        for card, keys in sorted(found.items())
    }
