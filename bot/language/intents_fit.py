"""Fits the small linear models from authored lines (scikit-learn and numpy, needed for training only).

Two passes: all features first, then only those that weigh most, so that what is stored is what was fitted.
Nothing is random: the same lines give the same bytes.
"""

from __future__ import annotations

import base64
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.language.intents_model import IDF_STEP

_FAMILIES = {"w": 1.0, "b": 1.0, "t": 0.7, "c": 0.4, "l": 0.5, "q": 1.0, "s": 1.0, "e": 1.0}


@dataclass(frozen=True)
class Recipe:
    """How one model is fitted: how much cues count, how free the weights are, how many features are kept."""

    cues: float = 1.0
    pairs: float = 0.5
    freedom: float = 8.0
    keep: int = 14000
    at_least: int = 2

    def family_weight(self, feature: str) -> float:
        """How much a feature's family counts; a card's own copy of a feature counts as the feature does."""
        own = feature.partition("|")[2] or feature
        return {"k": self.cues, "p": self.pairs}.get(own[0], _FAMILIES.get(own[0], 1.0))


def fit(
    examples: Sequence[Sequence[str]],
    labels: Sequence[str],
    recipe: Recipe,
    weights: Sequence[float] | None = None,
) -> dict[str, Any]:
    """A stored model (see `bot.language.intents_model`). Two labels give a model for the second in ABC order."""
    counted = [Counter(example) for example in examples]
    idf = _rarity(counted, recipe)
    first = _weigh(counted, labels, idf, recipe, weights)
    strongest = sorted(zip(first.strength(), idf, strict=True), key=lambda pair: (-pair[0], pair[1]))
    kept = {feature: idf[feature] for _, feature in strongest[: recipe.keep]}
    return _weigh(counted, labels, dict(sorted(kept.items())), recipe, weights).stored()


def _rarity(examples: list[Counter[str]], recipe: Recipe) -> dict[str, float]:
    seen = Counter(feature for example in examples for feature in example)
    kept = sorted(feature for feature, count in seen.items() if count >= recipe.at_least)
    raw = {
        feature: (math.log((1 + len(examples)) / (1 + seen[feature])) + 1) * recipe.family_weight(feature)
        for feature in kept
    }
    return {feature: round(value / IDF_STEP) * IDF_STEP for feature, value in raw.items() if value > 0}


@dataclass(frozen=True)
class _Weighed:
    labels: list[str]
    idf: dict[str, float]
    coefficients: Any
    intercepts: Any

    def strength(self) -> list[float]:
        spread = abs(self.coefficients).max(axis=0)
        return [float(s) * i for s, i in zip(spread, self.idf.values(), strict=True)]

    def stored(self) -> dict[str, Any]:
        import numpy as np

        scale = np.maximum(abs(self.coefficients).max(axis=1), 1e-9) / 127
        whole = np.rint(self.coefficients / scale[:, None]).astype(np.int8)
        steps = np.rint(np.array(list(self.idf.values())) / IDF_STEP).astype("<u2")
        return {
            "labels": self.labels,
            "features": "\n".join(self.idf),
            "idf": base64.b64encode(steps.tobytes()).decode(),
            "weights": base64.b64encode(np.ascontiguousarray(whole.T).tobytes()).decode(),
            "scale": [float(s) for s in scale],
            "bias": [float(b) for b in self.intercepts],
            "settings": {},
        }


def _weigh(
    examples: list[Counter[str]],
    labels: Sequence[str],
    idf: dict[str, float],
    recipe: Recipe,
    weights: Sequence[float] | None,
) -> _Weighed:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=recipe.freedom, max_iter=400, class_weight="balanced")
    model.fit(_matrix(examples, idf), list(labels), sample_weight=weights)
    names = [str(name) for name in model.classes_]
    return _Weighed(names if len(names) > 2 else names[1:], idf, model.coef_, model.intercept_)


def _matrix(examples: list[Counter[str]], idf: dict[str, float]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {feature: at for at, feature in enumerate(idf)}
    values: list[float] = []
    columns: list[int] = []
    starts = [0]
    for example in examples:
        row = {place[f]: (1 + math.log(n)) * idf[f] for f, n in example.items() if f in place}
        length = math.sqrt(sum(value * value for value in row.values())) or 1.0
        columns += sorted(row)
        values += [row[column] / length for column in sorted(row)]
        starts.append(len(columns))
    return csr_matrix((np.array(values), columns, starts), shape=(len(examples), len(idf)))
