"""Turns evidence into an order of entries and into how sure to be; the numbers are trained, see `training`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from bot.language.evidence import FEATURES, Candidate, Evidence

Tier = Literal["sure", "unsure", "unknown"]
COVERED_TOO = ("needs_by_parts", "needs_at_peak", "direction", "words", "phrase", "covered")
"""Features that count differently the more of the question's words some entry covers."""
TOLD = FEATURES[: FEATURES.index("age")]
"""Features that rest on words and needs. They count differently the clearer the question's need is, and more where
no other entry has as much."""
FIRSTS = ("needs_by_parts", "needs_at_peak", "direction", "phrase", "covered", "words")
"""Features of the first entry that the confidence rests on."""
SIGNS = (
    "score", "lead", "share", "unserved", "out_of_scope", "top_need", "best_covered", "unknown_words", "shortness",
    *FIRSTS,
)  # fmt: skip
"""What the confidence is judged by, in the order of `signs`."""
_HIGHEST_SCORE, _WIDEST_LEAD = 12.0, 4.0
_PLACES = {name: place for place, name in enumerate(FEATURES)}
_ALSO = tuple(_PLACES[name] for name in COVERED_TOO)
_TOLD = range(len(TOLD))
WEIGHTS = len(FEATURES) + len(COVERED_TOO) + 2 * len(TOLD)
"""How many numbers each candidate's score is made of, see `weighed`."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score and its share among all candidates (shares sum to one)."""

    candidate: Candidate
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """How likely, 0 to 1, the first entry is right, and the directory knows an answer at all."""

    right: float
    known: float


def weighed(evidence: Evidence) -> list[list[float]]:
    """A row of WEIGHTS numbers a candidate: its features, those of COVERED_TOO times how well the question's words
    are covered, those of TOLD times the share of the question's likeliest need, and for each of TOLD 1 where no
    candidate has more of it and it has any."""
    covered, clear = evidence.best_covered, max(evidence.reading.shares)
    rows = [candidate.features for candidate in evidence.candidates]
    most = [max((row[place] for row in rows), default=0.0) for place in _TOLD]
    return [
        [
            *row,
            *(row[place] * covered for place in _ALSO),
            *(row[place] * clear for place in _TOLD),
            *(float(row[place] >= most[place] > 0) for place in _TOLD),
        ]
        for row in rows
    ]


def signs(evidence: Evidence, ranked: Sequence[Ranked]) -> list[float]:
    """What the confidence is judged by, in the order of SIGNS."""
    first = ranked[0]
    lead = first.score - ranked[1].score if len(ranked) > 1 else _WIDEST_LEAD
    said = first.candidate.features
    return [
        min(first.score, _HIGHEST_SCORE), min(lead, _WIDEST_LEAD), first.share,
        evidence.unserved, evidence.out_of_scope, max(evidence.reading.shares),
        evidence.best_covered, evidence.unknown_words, 1 / math.sqrt(max(1, len(evidence.parts))),
        *(said[_PLACES[name]] for name in FIRSTS),
    ]  # fmt: skip


class Ranker:
    """Orders candidates and judges the first. Build it with `Ranker.load()`."""

    def __init__(self, numbers: Mapping[str, Sequence[float]]) -> None:
        self._weights = tuple(numbers["weights"])
        self._right = tuple(numbers["right"])
        self._known = tuple(numbers["known"])
        self.sure, self.unsure = numbers["tiers"]

    @classmethod
    def load(cls) -> Ranker:
        """The numbers shipped with the program; read once a process."""
        return _shipped()

    def rank(self, evidence: Evidence) -> list[Ranked]:
        """The candidates, best first; ties keep the directory's order."""
        scored = [
            (_dot(self._weights, row), each)
            for row, each in zip(weighed(evidence), evidence.candidates, strict=True)
        ]
        scored.sort(key=lambda found: (-found[0], found[1].place))
        raised = [math.exp(score - scored[0][0]) for score, _ in scored]
        whole = sum(raised)
        return [
            Ranked(each, score, up / whole) for (score, each), up in zip(scored, raised, strict=True)
        ]  # fmt: skip

    def judge(self, evidence: Evidence, ranked: Sequence[Ranked]) -> Confidence:
        """How sure to be of the first of the ranked; none at all where nothing was found."""
        if not ranked:
            return Confidence(0.0, 0.0)
        seen = [1.0, *signs(evidence, ranked)]
        return Confidence(_chance(_dot(self._right, seen)), _chance(_dot(self._known, seen)))

    def tier(self, confidence: Confidence) -> Tier:
        """ "sure", "unsure" or "unknown"."""
        if confidence.right >= self.sure:
            return "sure"
        return "unsure" if confidence.known >= self.unsure else "unknown"


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def _chance(value: float) -> float:
    return 1 / (1 + math.exp(-value))


@lru_cache(maxsize=1)
def _shipped() -> Ranker:
    return Ranker(
        json.loads(resources.files("bot.language").joinpath("data/ranking.json").read_text("utf-8"))
    )
