"""Writes a fitted needs model as the small file that the program reads."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.language.needs import MIDDLE, Need
from bot.language.training.ridge import BLOCK_SHARE, Array, Fit

CLIP = 0.9999
"""Weights beyond this share of all are clipped, so that a few giants do not coarsen the rest."""


def packed(needs: Sequence[Need], fitted: Fit) -> bytes:
    """The model as bytes: a line of JSON, then for each block its names, rarities and rows, compressed."""
    about, body = [], b""
    for vocabulary, weights, share in zip(fitted.vocabularies, fitted.weights, BLOCK_SHARE, strict=True):
        names = "\n".join(vocabulary.names).encode()
        rows, scale = _quantised(weights * vocabulary.rarity[:, None] * share)
        about.append({"bytes": len(names), "scale": scale})
        body += names + np.round(vocabulary.rarity * 1000).astype("<u2").tobytes() + rows
    head = {
        "needs": [[need.id, need.meaning, need.subject] for need in needs],
        "sharpness": fitted.sharpness,
        "blocks": about,
    }
    return zlib.compress(json.dumps(head).encode() + b"\n" + body, 9)


def _quantised(weights: Array) -> tuple[bytes, float]:
    top = float(np.quantile(np.abs(weights), CLIP))
    scale = round(top / (MIDDLE - 1), 9)
    steps = np.clip(np.round(weights / scale), -(MIDDLE - 1), MIDDLE - 1)
    return bytes((steps + MIDDLE).astype(np.uint8).tobytes()), scale


def write_model(file: Path, needs: Sequence[Need], fitted: Fit) -> int:
    """Write the model to a file; returns its size in bytes."""
    return file.write_bytes(packed(needs, fitted))
