"""Trains what understanding and the guard weigh: `python -m bot.language.train_understanding`.

Four small models are written to `data/`: intents, the guard, the kinds of risk, and replies to cards. Needs
scikit-learn and numpy. The same lines give the same bytes. Thresholds come from voices left out of training.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from bot.language.intents_corpus import URGENT, Line, data_folder, read_corpus, read_questions
from bot.language.intents_features import features, read
from bot.language.intents_fit import Recipe, fit
from bot.language.intents_model import LinearModel, unpack

FOLDS = 4
MOST_FALSE_ALARMS = 0.008
THRESHOLD = -0.75
"""No higher than this: a missed child is worse than a card that was not needed."""
REPLIES = Recipe(keep=9000)
INTENTS = Recipe(keep=14000)
GUARD = Recipe(keep=9000)
KINDS = Recipe(keep=3000)


def main() -> None:
    """Train everything and print what was measured on voices left out."""
    lines = corpus()
    _write("intents_model", _intents(lines))
    guard = _guard(lines)
    guard["settings"] = {"threshold": _threshold(lines)}
    _write("guard_model", guard)
    _write(
        "guard_kinds", _fit([li for li in lines if _is_urgent(li) and li.under], lambda li: li.under, KINDS)
    )
    _write("replies_model", _replies(lines))


def corpus() -> tuple[Line, ...]:
    """Every authored line: utterances, and the directory's questions as ordinary ones."""
    folder = data_folder()
    questions = read_questions(folder / "needs", folder / "needs_roles.tsv")
    return (*read_corpus(folder / "utterances"), *questions[::3])


def _is_urgent(line: Line) -> bool:
    return line.label in ("urgent", URGENT)


def _intents(lines: Sequence[Line]) -> dict[str, Any]:
    wanted = [li for li in lines if li.form == "intent" or (li.form == "safety" and li.label == "urgent")]
    return _fit(wanted, lambda li: URGENT if _is_urgent(li) else li.label, INTENTS)


def _guard(lines: Sequence[Line]) -> dict[str, Any]:
    return _fit(_for_guard(lines), lambda li: "urgent" if _is_urgent(li) else "calm", GUARD)


def _for_guard(lines: Sequence[Line]) -> list[Line]:
    return [li for li in lines if li.form != "reply" and li.label != "grey"]


def _replies(lines: Sequence[Line]) -> dict[str, Any]:
    wanted = [li for li in lines if li.form == "reply" and li.label != "safeguarding"]
    examples = [list(reply_features(li.text, li.under)) for li in wanted]
    return fit(examples, [li.label for li in wanted], REPLIES)


def reply_features(text: str, card: str) -> list[str]:
    """A reply's features, each also as the card's own."""
    named = list(features(read(text)))
    return [*named, *(f"{card}|{name}" for name in named)]


def _fit(lines: Sequence[Line], label: Callable[[Line], str], recipe: Recipe) -> dict[str, Any]:
    return fit([list(features(read(li.text))) for li in lines], [label(li) for li in lines], recipe)


def _threshold(lines: Sequence[Line]) -> float:
    """The score above which the guard calls a line urgent, from voices it was not trained on."""
    wanted = _for_guard(lines)
    voices = sorted({li.voice for li in wanted})
    calm: list[float] = []
    urgent: list[float] = []
    for fold in range(FOLDS):
        out = set(voices[fold::FOLDS])
        model = unpack(_guard([li for li in wanted if li.voice not in out]))
        for line in wanted:
            if line.voice in out:
                (urgent if _is_urgent(line) else calm).append(_score(model, line))
    calm.sort(reverse=True)
    threshold = calm[int(len(calm) * MOST_FALSE_ALARMS)]
    caught = sum(s >= threshold for s in urgent) / len(urgent)
    click.echo(
        f"guard model alone, voices left out: recall {caught:.3f} at {MOST_FALSE_ALARMS:.3f} false alarms"
    )
    return float(min(threshold, THRESHOLD))


def _score(model: LinearModel, line: Line) -> float:
    return float(model.scores(features(read(line.text)))[0])


def _write(name: str, stored: dict[str, Any]) -> None:
    packed = gzip.compress(json.dumps(stored, separators=(",", ":")).encode(), 9, mtime=0)
    path: Path = data_folder() / f"{name}.json.gz"
    path.write_bytes(packed)
    click.echo(f"{name}: {len(stored['labels'])} labels, {len(packed) // 1024} kB")


if __name__ == "__main__":
    main()
