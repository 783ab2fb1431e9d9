"""Trains the models of intents, replies and risk from authored lines: ``python -m bot.language.train_understanding``.

Needs the ``train`` dependencies (scikit-learn, numpy). It prints what the models reach on hands left out, fits the
thresholds on those, then fits everything on all lines and writes ``data/*.json.gz`` and ``data/known_phrases.json``.
The same lines give the same files. With ``--evaluate`` nothing is written.
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
from bot.language.intents_corpus import Line, data_folder, digest, read_corpus, read_questions
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
    tempered,
)
from bot.language.intents_model import LinearModel, unpack
from bot.language.replies_features import reply_features

Tell = Callable[[str], None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train everything from the lines that ship with the project."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--evaluate", action="store_true", help="Only print the figures on hands left out.")
    only_measure: bool = parser.parse_args(arguments).evaluate
    folder = data_folder()
    questions = read_questions(folder / "needs", folder / "needs_roles.tsv")
    lines = read_corpus(folder / "utterances") + questions
    settings = measure(lines, _tell)
    if not only_measure:
        train(lines, settings, folder)


def _tell(row: str) -> None:
    sys.stdout.write(f"{row}\n")
    sys.stdout.flush()


def measure(lines: Sequence[Line], tell: Tell) -> dict[str, float]:
    """Prints the figures on hands left out, and gives the thresholds that follow from them."""
    judged = list(judge_left_out(lines, tell))
    temperature = best_temperature(judged)
    for one in judged:
        one.said = tempered(one.said, temperature)
        for part in one.parts:
            part.said = tempered(part.said, temperature)
    threshold, sure = intents_figures.guard_threshold(judged), intents_figures.sure_from(judged)
    tell(f"temperature {temperature}, urgent from {threshold}, sure from {sure}")
    _print(judged, threshold, sure, tell)
    return {"temperature": temperature, "threshold": threshold, "sure": sure}


def _print(judged: Sequence[Judged], threshold: float, sure: float, tell: Tell) -> None:
    for row in intents_figures.table(judged, threshold, sure):
        tell(row)


def train(lines: Sequence[Line], settings: dict[str, float], out: Path) -> None:
    """Fits all models on all lines and writes them into `out`."""
    guard, intents = _fit_both(lines)
    guard["settings"] = {"threshold": settings["threshold"]}
    intents["settings"] = {"sure": settings["sure"]}
    for part in ("scale", "bias"):
        intents[part] = [value * settings["temperature"] for value in intents[part]]
    _write(out, "guard_model", guard)
    _write(out, "intents_model", intents)
    _write(out, "guard_kinds", _fit_kinds(lines))
    _write(out, "replies_model", _fit_replies(lines, unpack(intents)))
    (out / "trained_on.txt").write_text(f"{digest(lines)}\n", encoding="utf-8")
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
    replies = [line for line in lines if line.form == "reply" and line.label != "safeguarding"]
    stored = fit(
        [replied(line, intents) for line in replies], [line.label for line in replies], REPLIES_RECIPE
    )
    stored["settings"] = {f"{line.under}|{line.label}": 1.0 for line in replies}
    return stored


def replied(line: Line, intents: LinearModel) -> list[str]:
    """The features of a reply line, with what the message would ask for without a card."""
    reading = read(line.text)
    return list(reply_features(reading, line.under, intents.probabilities(features(reading))))


def _write(out: Path, name: str, stored: dict[str, Any]) -> None:
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    (out / f"{name}.json.gz").write_bytes(gzip.compress(text, 9, mtime=0))


if __name__ == "__main__":
    main()
