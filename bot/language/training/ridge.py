"""Fits the needs model: ridge regression from n-grams to needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, cg

from bot.language.features import features
from bot.language.training.corpus import Corpus

PENALTY = 1.0
LEAST_SEEN = (2, 3)
"""A word feature must occur in two lines, a piece of a word in three, to be kept."""
BLOCK_SHARE = (1.0, 0.7)
"""Words weigh more than pieces of words; chosen by leaving authors out."""

ROUGHLY = 25
"""Steps of the rough solution that says which features matter."""

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
    """Everything the solver needs: lines by features, the wanted needs (one-hot) and the authors of the lines."""

    vocabularies: tuple[Vocabulary, ...]
    lines: Array
    wanted: Array
    authors: Array
    is_entry: Array


def problem_of(corpus: Corpus, vocabularies: tuple[Vocabulary, ...] | None = None) -> Problem:
    """The corpus as matrices, with its own vocabularies or the ones given."""
    texts = [line.text for line in corpus.lines]
    known = vocabularies or vocabularies_of(texts)
    place = {need.id: index for index, need in enumerate(corpus.needs)}
    wanted = np.zeros((len(texts), len(place)))
    wanted[np.arange(len(texts)), [place[line.need] for line in corpus.lines]] = 1
    authors = np.array([line.author for line in corpus.lines])
    entries = np.array([line.entry for line in corpus.lines])
    return Problem(known, sparse.hstack(matrices(known, texts), format="csr"), wanted, authors, entries)


@dataclass(frozen=True)
class Solution:
    """The exact ridge solution on all lines, and the inverse it was found with (features by features)."""

    inverse: Array
    weights: Array


def solved(problem: Problem) -> Solution:
    """Solve by one inversion. It takes twice the square of the number of features in memory."""
    normal = (problem.lines.T @ problem.lines).toarray()
    normal[np.diag_indices_from(normal)] += PENALTY
    inverse = np.linalg.inv(normal)
    return Solution(inverse, inverse @ (problem.lines.T @ problem.wanted))


def fitted(problem: Problem, solution: Solution, sharpness: float) -> Fit:
    """The solution as a model."""
    return _in_blocks(problem, solution.weights, sharpness)


def rough_fit(problem: Problem) -> Fit:
    """The solution after a few steps of conjugate gradients, for any number of features."""
    lines = problem.lines
    width = lines.shape[1]
    normal = LinearOperator((width, width), matvec=lambda x: lines.T @ (lines @ x) + PENALTY * x, dtype=float)
    columns = (lines.T @ problem.wanted).T
    weights = np.stack([cg(normal, column, maxiter=ROUGHLY)[0] for column in columns], axis=1)
    return _in_blocks(problem, weights, 0.0)


def _in_blocks(problem: Problem, weights: Array, sharpness: float) -> Fit:
    ends = np.cumsum([len(vocabulary.names) for vocabulary in problem.vocabularies])
    return Fit(problem.vocabularies, tuple(np.split(weights, ends[:-1])), sharpness)


def left_out(problem: Problem, solution: Solution) -> Array:
    """Leanings of every line from a model that has seen no line of the line's author: exact, without refitting."""
    leanings = np.zeros_like(problem.wanted)
    for author in np.unique(problem.authors):
        own = np.flatnonzero(problem.authors == author)
        lines = problem.lines[own]
        pull = lines @ (lines @ solution.inverse).T
        missed = problem.wanted[own] - lines @ solution.weights
        leanings[own] = problem.wanted[own] - np.linalg.solve(np.eye(len(own)) - pull, missed)
    return leanings


def pruned(fitted: Fit, most: tuple[int, int]) -> tuple[Vocabulary, ...]:
    """Vocabularies cut to the features whose weights matter most, at most so many a block."""
    return tuple(_cut(*each) for each in zip(fitted.vocabularies, fitted.weights, most, strict=True))


def _cut(vocabulary: Vocabulary, weights: Array, most: int) -> Vocabulary:
    weight = np.sqrt((weights**2).sum(axis=1)) * vocabulary.rarity
    order = np.argsort(-np.round(weight, 9), kind="stable")[:most]
    kept = np.sort(order)
    return Vocabulary(tuple(vocabulary.names[index] for index in kept), vocabulary.rarity[kept])
