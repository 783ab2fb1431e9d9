"""Measures understanding against labelled sentences, as ``cpbot score understanding`` prints it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.language.intents_changes import changes
from bot.language.intents_corpus import URGENT
from bot.language.understand import Understanding, understand

NOW = datetime.fromisoformat("2026-11-23T09:30:00+00:00")
"""The moment at which sentences are read; their intent does not hang on it."""


@dataclass(frozen=True)
class Utterance:
    """A sentence, its intent, and other intents that are also right."""

    text: str
    intent: str
    alt: tuple[str, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        """Every intent that counts as right."""
        return frozenset({self.intent, *self.alt})


def read_utterances(path: Path) -> list[Utterance]:
    """The lines of a JSONL file of ``{"text", "intent"}``, with ``"alt"`` for other right intents.

    ValueError names the file and the line that cannot be used.
    """
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    found = [_utterance(line, f"{path.name} line {number}") for number, line in lines if line.strip()]
    if not found:
        raise ValueError(f"{path.name} holds no sentence.")
    return found


def _utterance(line: str, where: str) -> Utterance:
    try:
        data: dict[str, Any] = json.loads(line)
        text, intent, alt = data["text"], data["intent"], data.get("alt") or []
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError(f'{where}: write {{"text": "...", "intent": "..."}}.') from None
    if not isinstance(text, str) or not isinstance(intent, str):
        raise ValueError(f'{where}: "text" and "intent" must be words.')
    if not isinstance(alt, list) or not all(isinstance(name, str) for name in alt):
        raise ValueError(f'{where}: "alt" must be a list of intents.')
    return Utterance(text, intent, tuple(alt))


def score(utterances: Sequence[Utterance]) -> dict[str, Any]:
    """Accuracy, macro F1, urgent recall and false rate, and the share of false actions, each from 0 to 1.

    A false action is a sentence that would have changed something wrongly without a further question.
    """
    rows = [(said, understand(said.text, now=NOW)) for said in utterances]
    urgent = [meant.urgent for said, meant in rows if said.intent == URGENT]
    calm = [meant.urgent for said, meant in rows if URGENT not in said.right]
    return {
        "accuracy": _share([meant.intent in said.right for said, meant in rows]),
        "macro_f1": _macro_f1([(said, meant.intent) for said, meant in rows]),
        "urgent_recall": _share(urgent),
        "urgent_false_rate": _share(calm),
        "false_actions": _share([_acts_wrongly(said, meant) for said, meant in rows]),
        "n": len(rows),
    }


def _share(found: Sequence[bool]) -> float | None:
    return round(sum(found) / len(found), 4) if found else None


def _acts_wrongly(said: Utterance, meant: Understanding) -> bool:
    detail = meant.slots.get("detail")
    acts = meant.sure and changes(meant.intent, detail if isinstance(detail, str) else None)
    return acts and meant.intent not in said.right


def _macro_f1(rows: Sequence[tuple[Utterance, str]]) -> float | None:
    right: Counter[str] = Counter()
    guessed: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for said, intent in rows:
        label = intent if intent in said.right else said.intent
        meant[label] += 1
        guessed[intent] += 1
        right[intent] += intent in said.right
    return (
        round(sum(2 * right[i] / (guessed[i] + meant[i]) for i in meant) / len(meant), 4) if meant else None
    )
