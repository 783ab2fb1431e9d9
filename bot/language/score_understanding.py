"""Measures understanding against labelled sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.language.understand import CHANGING, URGENT, understand

NOW = datetime.fromisoformat("2026-11-23T09:30:00+00:00")


@dataclass(frozen=True)
class Utterance:
    """A sentence, its intent, and other intents that are also right."""

    text: str
    intent: str
    alt: tuple[str, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        return frozenset({self.intent, *self.alt})


def read_utterances(path: Path) -> list[Utterance]:
    """The lines of a JSONL file. ValueError names the line that cannot be used."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            found.append(_utterance(line, f"{path.name} line {number}"))
    if not found:
        raise ValueError(f"{path.name} holds no sentence.")
    return found


def _utterance(line: str, where: str) -> Utterance:
    try:
        data: dict[str, Any] = json.loads(line)
        text, intent = data["text"], data["intent"]
    except (ValueError, KeyError, TypeError):
        raise ValueError(f'{where}: write {{"text": "...", "intent": "..."}}.') from None
    if not isinstance(text, str) or not isinstance(intent, str):
        raise ValueError(f'{where}: "text" and "intent" must be words.')
    return Utterance(text, intent, tuple(str(a) for a in data.get("alt") or ()))


def score(utterances: Sequence[Utterance]) -> dict[str, Any]:
    """Accuracy, macro F1, urgent recall and false rate, and the share of false actions.

    A false action is a sentence that would have changed something wrongly without a further question.
    """
    rows = [(u, understand(u.text, now=NOW)) for u in utterances]
    urgent = [(u, m) for u, m in rows if u.intent == URGENT]
    calm = [(u, m) for u, m in rows if u.intent != URGENT]
    false = sum(m.intent in CHANGING and m.sure and m.intent not in u.right for u, m in rows)
    return {
        "accuracy": sum(m.intent in u.right for u, m in rows) / len(rows),
        "macro_f1": _macro_f1([(u, m.intent) for u, m in rows]),
        "urgent_recall": sum(m.urgent for _, m in urgent) / len(urgent) if urgent else None,
        "urgent_false_rate": sum(m.urgent for _, m in calm) / len(calm) if calm else None,
        "false_actions": false / len(rows),
        "n": len(rows),
    }


def _macro_f1(rows: Sequence[tuple[Utterance, str]]) -> float:
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for u, intent in rows:
        label = intent if intent in u.right else u.intent
        meant[label] += 1
        said[intent] += 1
        right[intent] += intent in u.right
    return sum(2 * right[i] / (said[i] + meant[i]) for i in meant) / len(meant)
