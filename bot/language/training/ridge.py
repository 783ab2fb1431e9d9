"""Fits the needs model: ridge regression from n-grams to needs, solved exactly in its dual form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve

from bot.language.features import features
from bot.language.training.corpus import Corpus

PENALTY = 1.0
LEAST_SEEN = (2, 3)
"""A word feature must occur in two lines, a piece of a word in three, to be kept."""
BLOCK_SHARE = (1.0, 0.7)
"""Words weigh more than pieces of words; chosen by leaving authors out."""

Array = Any


@dataclass(frozen=True)
class Vocabulary:
    """The features of one kind that the model knows, sorted, and how rare each is."""

    names: tuple[str, ...]
    rarity: Array

    def rows(self, found: Sequence[set[str]]) -> Array:
        """A sparse row of unit length a text: the rarity of each known feature in it."""
        place = {name: index for index, name in enumerate(self.names)}
        columns = [sorted(place[name] for name in names if name in place) for names in found]
        pointers = np.cumsum([0, *map(len, columns)])
        flat = np.fromiter((column for each in columns for column in each), dtype=np.int64)
        matrix = sparse.csr_matrix((self.rarity[flat], flat, pointers), shape=(len(found), len(self.names)))
        sizes = np.sqrt(matrix.multiply(matrix).sum(axis=1).A1)
        return sparse.diags(1 / np.maximum(sizes, 1e-12)) @ matrix


@dataclass(frozen=True)
class Fit:
    """A fitted model: a vocabulary and a weight matrix (features by needs) a block, and its sharpness."""

    vocabularies: tuple[Vocabulary, ...]
    weights: tuple[Array, ...]
    sharpness: float

    def leanings(self, texts: Sequence[str]) -> Array:
        """The bare score of each need for each text."""
        blocks = matrices(self.vocabularies, texts)
        return sum(block @ weights for block, weights in zip(blocks, self.weights, strict=True))


def matrices(vocabularies: Sequence[Vocabulary], texts: Sequence[str]) -> list[Array]:
    """The sparse matrix of each block for these texts, weighted by the block's share."""
    found = [features(text) for text in texts]
    return [
        vocabulary.rows([each[block] for each in found]) * BLOCK_SHARE[block]
        for block, vocabulary in enumerate(vocabularies)
    ]


def vocabularies_of(texts: Sequence[str]) -> tuple[Vocabulary, ...]:
    """The features that occur often enough in these texts, with their rarity (inverse document frequency)."""
    found = [features(text) for text in texts]
    return tuple(
        _vocabulary([each[block] for each in found], least) for block, least in enumerate(LEAST_SEEN)
    )


def _vocabulary(found: Sequence[set[str]], least: int) -> Vocabulary:
    seen = Counter(name for names in found for name in names)
    names = tuple(sorted(name for name, count in seen.items() if count >= least))
    counts = np.array([seen[name] for name in names], dtype=float)
    return Vocabulary(names, np.round(np.log((1 + len(found)) / (1 + counts)) + 1, 3))


@dataclass(frozen=True)
class Problem:
    """Everything the solver needs: the blocks, the wanted needs (one-hot) and the authors of the lines."""

    vocabularies: tuple[Vocabulary, ...]
    blocks: tuple[Array, ...]
    wanted: Array
    authors: Array
    is_entry: Array

    @property
    def likeness(self) -> Array:
        """How alike each pair of lines is."""
        return sum((block @ block.T).toarray() for block in self.blocks)


def problem_of(corpus: Corpus, vocabularies: tuple[Vocabulary, ...] | None = None) -> Problem:
    """The corpus as matrices, with its own vocabularies or the ones given."""
    texts = [line.text for line in corpus.lines]
    known = vocabularies or vocabularies_of(texts)
    place = {need.id: index for index, need in enumerate(corpus.needs)}
    wanted = np.zeros((len(texts), len(place)))
    wanted[np.arange(len(texts)), [place[line.need] for line in corpus.lines]] = 1
    authors = np.array([line.author for line in corpus.lines])
    entries = np.array([line.entry for line in corpus.lines])
    return Problem(known, tuple(matrices(known, texts)), wanted, authors, entries)


def fit(problem: Problem, kept: Array | None = None, sharpness: float = 15.0) -> Fit:
    """The ridge solution on all lines, or on those where `kept` is true."""
    rows = np.arange(len(problem.wanted)) if kept is None else np.flatnonzero(kept)
    blocks = [block[rows] for block in problem.blocks]
    alike = sum((block @ block.T).toarray() for block in blocks)
    alike[np.diag_indices_from(alike)] += PENALTY
    duals = cho_solve(cho_factor(alike, overwrite_a=True), problem.wanted[rows])
    weights = tuple(np.asarray(block.T @ duals) * 1.0 for block in blocks)
    return Fit(problem.vocabularies, weights, sharpness)


def left_out(problem: Problem) -> Array:
    """Leanings of every line from a model that has seen no line of the line's author: exact, in one inversion."""
    alike = problem.likeness
    alike[np.diag_indices_from(alike)] += PENALTY
    inverse = np.linalg.inv(alike)
    duals = inverse @ problem.wanted
    leanings = np.zeros_like(duals)
    for author in np.unique(problem.authors):
        own = np.flatnonzero(problem.authors == author)
        residual = np.linalg.solve(inverse[np.ix_(own, own)], duals[own])
        leanings[own] = problem.wanted[own] - residual
    return leanings


def pruned(fitted: Fit, most: tuple[int, int]) -> tuple[Vocabulary, ...]:
    """Vocabularies cut to the features whose weights matter most, at most so many a block."""
    return tuple(_cut(*each) for each in zip(fitted.vocabularies, fitted.weights, most, strict=True))


def _cut(vocabulary: Vocabulary, weights: Array, most: int) -> Vocabulary:
    weight = np.sqrt((weights**2).sum(axis=1)) * vocabulary.rarity
    order = np.argsort(-np.round(weight, 9), kind="stable")[:most]
    kept = np.sort(order)
    return Vocabulary(tuple(vocabulary.names[index] for index in kept), vocabulary.rarity[kept])
