"""Trains the models of intents, replies and risk from the authored lines: ``python -m bot.language.train_understanding``.

Needs the ``train`` dependencies (scikit-learn, numpy). It prints what the models reach on hands left out, fits the
thresholds on those, then fits everything on all lines and writes ``data/*.json.gz`` and ``data/known_phrases.json``.
The same lines give the same files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.language import intents_figures
from bot.language.intents_corpus import CARDS, Line, data_folder, read_corpus, read_questions
from bot.language.intents_features import features, read
from bot.language.intents_fit import fit
from bot.language.intents_known import gather
from bot.language.intents_leaveout import (
    KINDS_RECIPE,
    REPLIES_RECIPE,
    Judged,
    best_temperature,
    featured,
    fit_guard,
    fit_intents,
    guard_lines,
    intent_lines,
    is_urgent,
    judge_left_out,
)
from bot.language.intents_model import LinearModel, unpack
from bot.language.replies_features import reply_features

Tell = Callable[[str], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    asked = _arguments(arguments)
    lines = read_corpus(asked.utterances) + read_questions(asked.needs, data_folder() / "needs_roles.tsv")
    train(lines, asked.out, _tell, evaluate_only=asked.evaluate)
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="train_understanding", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--utterances", type=Path, default=data_folder() / "utterances")
    parser.add_argument("--needs", type=Path, default=data_folder() / "needs")
    parser.add_argument("--out", type=Path, default=data_folder())
    parser.add_argument("--evaluate", action="store_true", help="only print the figures on hands left out")
    return parser.parse_args(arguments)


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def train(lines: Sequence[Line], out: Path, tell: Tell, *, evaluate_only: bool = False) -> None:
    """Measures on hands left out, then fits on all lines and writes the models into `out`."""
    judged = list(judge_left_out(lines, tell))
    temperature = best_temperature(judged)
    threshold = intents_figures.guard_threshold(judged)
    sure = intents_figures.sure_from(judged, temperature)
    for row in intents_figures.table(judged, temperature, threshold, sure):
        tell(row)
    if evaluate_only:
        return
    guard, intents = _fit_both(lines)
    guard["settings"] = {"threshold": threshold}
    intents["settings"] = {"sure": sure}
    intents["scale"] = [value * temperature for value in intents["scale"]]
    intents["bias"] = [value * temperature for value in intents["bias"]]
    _write(out, "guard_model", guard)
    _write(out, "intents_model", intents)
    _write(out, "guard_kinds", _fit_kinds(lines))
    _write(out, "replies_model", _fit_replies(lines, unpack(intents)))
    known = json.dumps(gather(lines), ensure_ascii=False, indent=0, sort_keys=True)
    (out / "known_phrases.json").write_text(known + "\n", encoding="utf-8")


def _fit_both(lines: Sequence[Line]) -> tuple[dict[str, Any], dict[str, Any]]:
    watched, asked = guard_lines(lines), intent_lines(lines)
    guard = fit_guard(watched, [featured(line) for line in watched])
    return guard, fit_intents(asked, [featured(line) for line in asked])


def _fit_kinds(lines: Sequence[Line]) -> dict[str, Any]:
    urgent = [line for line in lines if line.form == "safety" and is_urgent(line)]
    return fit([featured(line) for line in urgent], [line.under for line in urgent], KINDS_RECIPE)


def _fit_replies(lines: Sequence[Line], intents: LinearModel) -> dict[str, Any]:
    replies = [line for line in lines if line.form == "reply"]
    examples = [replied(line, intents) for line in replies]
    stored = fit(examples, [line.label for line in replies], REPLIES_RECIPE)
    stored["settings"] = {
        f"{card}|{label}": 1.0 for card in CARDS for label in sorted(_labels(replies, card))
    }
    return stored


def replied(line: Line, intents: LinearModel) -> list[str]:
    """The features of a reply line, with what the message would ask for without a card."""
    reading = read(line.text)
    return list(reply_features(reading, line.under, intents.probabilities(features(reading))))


def _labels(replies: Sequence[Line], card: str) -> set[str]:
    return {line.label for line in replies if line.under == card}


def _write(out: Path, name: str, stored: dict[str, Any]) -> None:
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True).encode()
    (out / f"{name}.json.gz").write_bytes(gzip.compress(text, mtime=0))


if __name__ == "__main__":
    raise SystemExit(main())
