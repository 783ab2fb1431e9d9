"""The training run: read the lines, fit, report what left-out authors show, write the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from bot.language.needs import NeedsModel
from bot.language.ranking import Ranker
from bot.language.score_directory import score
from bot.language.training.calibrate import calibrated, write_ranking
from bot.language.training.cases import cases_of
from bot.language.training.corpus import Corpus, read_corpus
from bot.language.training.councils import Council, read_councils
from bot.language.training.pack import packed
from bot.language.training.ridge import (
    Array,
    Problem,
    fitted,
    left_out,
    problem_of,
    pruned,
    rough_fit,
    solved,
)

DATA = Path(__file__).parent.parent / "data"
MOST_FEATURES = (8000, 8000)
"""Word features and pieces of words that the shipped model keeps."""
SHARPNESS = 15.0
"""Softer than what fits the lines best (about 25): a question's second and third need still find entries."""

Say = Callable[[str], object]


def train(out: Path | None, say: Say) -> None:
    """Fit on all lines and write `needs.model`, then `ranking.json` from the labelled councils."""
    folder = out or DATA
    corpus = read_corpus()
    problem = _kept_problem(corpus)
    solution = solved(problem)
    leanings = left_out(problem, solution)
    for line in report(problem, leanings):
        say(line + "\n")
    model = packed(corpus.needs, fitted(problem, solution, SHARPNESS))
    (folder / "needs.model").write_bytes(model)
    say(f"needs.model: {len(model)} bytes, {len(corpus.needs)} needs, {len(corpus.lines)} lines\n")
    _calibrate(read_councils(), corpus, NeedsModel(model), leanings, folder / "ranking.json", say)


def _kept_problem(corpus: Corpus) -> Problem:
    first = problem_of(corpus)
    return problem_of(corpus, pruned(rough_fit(first), MOST_FEATURES))


def report(problem: Problem, leanings: Array) -> Iterator[str]:
    """A line an author: how many questions were read rightly first, and among three, with the author left out."""
    wanted = problem.wanted.argmax(axis=1)
    order = np.argsort(-leanings, axis=1, kind="stable")[:, :3]
    for author in np.unique(problem.authors[~problem.is_entry]):
        rows = np.flatnonzero((problem.authors == author) & ~problem.is_entry)
        first = (order[rows, 0] == wanted[rows]).mean()
        three = (order[rows] == wanted[rows][:, None]).any(axis=1).mean()
        yield f"author {author} left out: {len(rows)} questions, need right {first:.3f}, in three {three:.3f}"


def _calibrate(
    councils: Sequence[Council], corpus: Corpus, model: NeedsModel, leanings: Array, file: Path, say: Say
) -> None:
    cases = {council.name: cases_of(council, corpus, model, leanings) for council in councils}
    for council in councils:
        others = [case for name, found in cases.items() if name != council.name for case in found]
        if others:
            say(f"{council.name} left out: {_measured(council, model, calibrated(others))}\n")
    numbers = calibrated([case for found in cases.values() for case in found])
    for council in councils:
        say(f"{council.name} seen: {_measured(council, model, numbers)}\n")
    write_ranking(file, numbers)


def _measured(council: Council, model: NeedsModel, numbers: dict[str, list[float]]) -> dict[str, float | int]:
    from bot.language.directory import Directory

    return score(Directory(council.entries, model, Ranker(numbers)), council.questions)
