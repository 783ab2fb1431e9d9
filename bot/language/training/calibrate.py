"""Trains the order of entries and the confidence in it, on labelled councils."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from bot.language.evidence import FEATURES
from bot.language.ranking import Ranker, signs, weighed
from bot.language.training.cases import Array, Case

PULL = 1e-3
"""How strongly the ranking weights, on features of like spread, are drawn to nought."""
CONFIDENCE_FREEDOM = 0.3
AREA_WEIGHT = 1.5
"""Set by hand: no labelled council has entries for different areas yet."""
SURE, UNSURE = 0.93, 0.6
"""From which chance of being right a single entry is shown, and of being known at all several are."""


def calibrated(cases: Sequence[Case]) -> dict[str, list[float]]:
    """The numbers that `Ranker` reads, trained on these cases."""
    weights = _ranking_weights(cases)
    ranker = Ranker({"weights": weights, "right": [], "known": [], "tiers": (SURE, UNSURE)})
    found = [(case, ranker.rank(case.evidence)) for case in cases if case.evidence.candidates]
    seen = np.array([signs(case.evidence, ranked) for case, ranked in found])
    importance = np.array([case.weight for case, _ in found])
    first_right = np.array([ranked[0].candidate.place in case.right for case, ranked in found])
    known = np.array([bool(case.right) for case, _ in found])
    return {
        "weights": weights,
        "right": _logistic(seen, first_right, importance),
        "known": _logistic(seen, known, importance),
        "tiers": [SURE, UNSURE],
    }


def _logistic(seen: Array, wanted: Array, importance: Array) -> list[float]:
    """A bias and a weight a sign, of a logistic regression on standardised signs, put back to their own scale."""
    centre, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    model = LogisticRegression(C=CONFIDENCE_FREEDOM, max_iter=5000, tol=1e-8)
    model.fit((seen - centre) / spread, wanted, sample_weight=importance)
    slopes = model.coef_[0] / spread
    return _rounded([float(model.intercept_[0] - (slopes * centre).sum()), *map(float, slopes)])


def _rounded(numbers: Sequence[float]) -> list[float]:
    return [round(number, 5) for number in numbers]


def _ranking_weights(cases: Sequence[Case]) -> list[float]:
    """Weights that make the right entries likely among the candidates (a conditional logit)."""
    rows = list(_rows(cases))
    sizes = [len(features) for features, _, _ in rows]
    starts = np.cumsum([0, *sizes[:-1]])
    owner = np.repeat(np.arange(len(rows)), sizes)
    features = np.concatenate([each for each, _, _ in rows])
    spread = features.std(axis=0) + 1e-9
    features /= spread
    right = np.concatenate([each for _, each, _ in rows])
    importance = np.array([each for _, _, each in rows])
    importance /= importance.sum()

    def loss(weights: Array) -> tuple[float, Array]:
        scores = features @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        whole, good = np.add.reduceat(raised, starts), np.add.reduceat(raised * right, starts)
        slope = features.T @ ((raised / whole[owner] - raised * right / good[owner]) * importance[owner])
        value = (importance * (np.log(whole) - np.log(good))).sum() + PULL * weights @ weights
        return float(value), slope + 2 * PULL * weights

    found = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B")
    weights = _rounded(list(map(float, found.x / spread)))
    weights[FEATURES.index("area")] = AREA_WEIGHT
    return weights


def _rows(cases: Sequence[Case]) -> Iterator[tuple[Array, Array, float]]:
    for case in cases:
        right = np.array([float(each.place in case.right) for each in case.evidence.candidates])
        if right.any():
            yield np.array(weighed(case.evidence)), right, case.weight


def write_ranking(file: Path, numbers: dict[str, list[float]]) -> None:
    """Write the numbers as JSON, one line a kind."""
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(values)}" for name, values in numbers.items())
    file.write_text("{\n" + lines + "\n}\n", "utf-8")
