"""Weighs features with a small linear model that is stored as data and read in plain Python.

A model file is gzipped JSON: the labels, the known features with their weight of rarity (`idf`, one float in
sixteen bits each), one signed byte for each feature and label with a scale for each label, the biases, and
`settings` (thresholds fitted on authors that were left out of training).
"""

from __future__ import annotations

import base64
import gzip
import json
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

IDF_STEP = 1 / 2048
"""An idf is stored as a whole number of these steps."""


@dataclass(frozen=True)
class LinearModel:
    """A trained model; `scores` and `probabilities` never raise on unknown features."""

    labels: tuple[str, ...]
    index: Mapping[str, int]
    idf: array[int]
    weights: array[int]
    scale: tuple[float, ...]
    bias: tuple[float, ...]
    settings: Mapping[str, float]

    def scores(self, features: Iterable[str]) -> list[float]:
        """One number for each label: how far the features speak for it."""
        width = len(self.labels)
        totals = [0.0] * width
        square = 0.0
        for place, count in Counter(map(self.index.get, features)).items():
            if place is not None:
                value = (1 + math.log(count)) * self.idf[place] * IDF_STEP
                square += value * value
                row = self.weights[place * width : (place + 1) * width]
                totals = [total + value * weight for total, weight in zip(totals, row, strict=True)]
        length = math.sqrt(square) or 1.0
        return [t * s / length + b for t, s, b in zip(totals, self.scale, self.bias, strict=True)]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The labels with their probabilities, which add up to one (two labels or more)."""
        return dict(zip(self.labels, softmax(self.scores(features)), strict=True))


def softmax(scores: list[float]) -> list[float]:
    """The scores as probabilities."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


@cache
def load_model(name: str) -> LinearModel:
    """The shipped model of that name, read once."""
    packed = files("bot.language").joinpath("data", f"{name}.json.gz").read_bytes()
    return unpack(json.loads(gzip.decompress(packed)))


def unpack(stored: dict[str, Any]) -> LinearModel:
    """A model from its stored form."""
    idf, weights = array("H"), array("b")
    idf.frombytes(base64.b64decode(stored["idf"]))
    weights.frombytes(base64.b64decode(stored["weights"]))
    return LinearModel(
        labels=tuple(stored["labels"]),
        index={feature: place for place, feature in enumerate(stored["features"].split("\n"))},
        idf=idf,
        weights=weights,
        scale=tuple(stored["scale"]),
        bias=tuple(stored["bias"]),
        settings=stored["settings"],
    )
