"""Measures what is learnt on hands that were left out, and fits the thresholds there (training only).

The lines of one hand are never split. Hands are dealt into a few folds; for each fold the models are fitted
without it and then judge it. A random split would flatter: the same author's habits would stand on both sides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.language import guard_words
from bot.language.guard import parts_of
from bot.language.intents_corpus import URGENT, Line
from bot.language.intents_features import features, read
from bot.language.intents_fit import Recipe, fit
from bot.language.intents_model import LinearModel, unpack

GUARD_RECIPE = Recipe(cues=0.5, pairs=0.25, freedom=8.0, keep=40000, at_least=2)
KINDS_RECIPE = Recipe(cues=2.0, pairs=1.0, freedom=8.0, keep=3000, at_least=1)
INTENTS_RECIPE = Recipe(cues=0.5, pairs=0.25, freedom=8.0, keep=24000, at_least=2)
REPLIES_RECIPE = Recipe(cues=0.5, pairs=0.25, freedom=8.0, keep=16000, at_least=2)
_QUESTIONS_TAKEN = 8
_TEMPERATURES = [step / 10 for step in range(5, 31)]


@dataclass
class Judged:
    """What the models said of a line whose hand they had not read: whole, and of its parts how worrying."""

    line: Line
    parts: tuple[Part, ...] = ()
    said: dict[str, float] = field(default_factory=dict)


@dataclass
class Part:
    """A part of a line as the guard judges it: the model's score, the word list's vote, what it would ask for."""

    score: float
    vote: int
    said: dict[str, float]


def featured(line: Line) -> list[str]:
    """The features of a line's text."""
    return list(features(read(line.text)))


def is_urgent(line: Line) -> bool:
    """Whether the line describes a child at risk."""
    return line.label in ("urgent", URGENT)


def guard_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines from which the guard learns: everything sorted as urgent or not."""
    settled = [line for line in lines if line.form != "reply"]
    sorted_by_hand = {line.text for line in settled if line.form == "safety"}
    return [
        line
        for line in settled
        if line.label != "grey" and (line.form == "safety" or line.text not in sorted_by_hand)
    ]


def intent_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines from which intents are learnt; of the directory's many questions, one in eight."""
    found: list[Line] = []
    questions = 0
    for line in lines:
        if line.form != "intent" or line.label == URGENT:
            continue
        asked = line.voice.startswith("needs") and line.label == "contact_lookup"
        questions += asked
        if not asked or questions % _QUESTIONS_TAKEN == 0:
            found.append(line)
    return found


def fit_guard(lines: Sequence[Line], examples: Sequence[list[str]]) -> dict[str, Any]:
    """The guard's model; ``urgent`` comes second in ABC order, so its probability is what the model gives."""
    return fit(examples, ["urgent" if is_urgent(line) else "ordinary" for line in lines], GUARD_RECIPE)


def fit_intents(lines: Sequence[Line], examples: Sequence[list[str]]) -> dict[str, Any]:
    """The model of what is asked, urgency apart."""
    return fit(examples, [line.label for line in lines], INTENTS_RECIPE)


def folds(lines: Sequence[Line], most: int) -> list[frozenset[str]]:
    """The hands, dealt out largest first to the fold that has fewest lines."""
    sizes: dict[str, int] = {}
    for line in lines:
        sizes[line.hand] = sizes.get(line.hand, 0) + 1
    dealt: list[set[str]] = [set() for _ in range(min(most, len(sizes)))]
    for hand in sorted(sizes, key=lambda h: (-sizes[h], h)):
        min(dealt, key=lambda fold: sum(sizes[h] for h in fold)).add(hand)
    return [frozenset(fold) for fold in dealt]


def judge_left_out(
    lines: Sequence[Line], tell: Callable[[str], None], most_folds: int = 6
) -> Iterator[Judged]:
    """Every guard line and intent line, judged by models fitted without its hand."""
    watched, asked = guard_lines(lines), intent_lines(lines)
    cut = {line.text: featured(line) for line in {*watched, *asked}}
    for fold in folds(watched, most_folds):
        guard, intents = _without(fold, watched, asked, cut)
        tell(f"left out: {', '.join(sorted(fold))}")
        for line in watched:
            if line.hand in fold:
                parts = tuple(_judged(part, guard, intents) for part in parts_of(line.text))
                yield Judged(line, parts, parts[0].said)


def _judged(text: str, guard: LinearModel, intents: LinearModel) -> Part:
    reading = read(text)
    named = list(features(reading))
    return Part(guard.scores(named)[0], guard_words.vote(reading), intents.probabilities(named))


def _without(
    fold: frozenset[str], watched: list[Line], asked: list[Line], cut: dict[str, list[str]]
) -> tuple[LinearModel, LinearModel]:
    kept = [line for line in watched if line.hand not in fold]
    known = [line for line in asked if line.hand not in fold]
    guard = fit_guard(kept, [cut[line.text] for line in kept])
    intents = fit_intents(known, [cut[line.text] for line in known])
    return unpack(guard), unpack(intents)


def best_temperature(judged: Sequence[Judged]) -> float:
    """What to multiply the scores by so that the probabilities come true on hands left out."""
    asked = [j for j in judged if j.line.form == "intent" and j.line.label in j.said]

    def surprise(temperature: float) -> float:
        return sum(-math.log(max(_tempered(j.said, temperature, j.line.label), 1e-9)) for j in asked)

    return min(_TEMPERATURES, key=surprise)


def tempered(said: dict[str, float], temperature: float) -> dict[str, float]:
    """Probabilities as they are when the scores are multiplied by the temperature."""
    powers = {label: p**temperature for label, p in said.items()}
    total = sum(powers.values()) or 1.0
    return {label: power / total for label, power in powers.items()}


def _tempered(said: dict[str, float], temperature: float, label: str) -> float:
    return tempered(said, temperature)[label]
