"""Reads labelled councils: a directory, questions put to it, and the needs that its entries serve."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.language.entry import Entry
from bot.language.score_directory import Question, read_questions
from bot.language.training.corpus import CorpusError

FOLDER = Path(__file__).parent.parent / "data" / "councils"
KEPT = 0.75
"""The share of its entries that a thinned directory keeps."""


@dataclass(frozen=True)
class Council:
    """A directory, its own questions, and for some entries the needs that they serve, tied by hand."""

    name: str
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    served: Mapping[str, frozenset[int]]


def read_council(folder: Path) -> Council:
    """A folder with `directory.yaml`, `questions.jsonl` and, optionally, `needs.txt` (`entry: need need`)."""
    told = yaml.safe_load((folder / "directory.yaml").read_text("utf-8"))
    entries = tuple(Entry.from_mapping(each) for each in told["entries"])
    ties = folder / "needs.txt"
    served = _served(ties, [entry.id for entry in entries]) if ties.exists() else {}
    return Council(folder.name, entries, tuple(read_questions(folder / "questions.jsonl")), served)


def _served(file: Path, ids: Sequence[str]) -> dict[str, frozenset[int]]:
    served: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        entry, colon, needs = line.partition(":")
        if not colon or entry.strip() not in ids:
            raise CorpusError(f"{file}:{number}: expected the id of an entry, a colon and needs")
        for need in needs.split():
            served[need].add(ids.index(entry.strip()))
    return {need: frozenset(places) for need, places in served.items()}


def read_councils(folder: Path = FOLDER) -> list[Council]:
    """Every council in a folder of councils, by name."""
    return [read_council(each) for each in sorted(folder.iterdir()) if each.is_dir()]


def thinned(council: Council, chance: random.Random) -> Council:
    """The council with some of its entries, and the questions of which it is still clear what answers them.

    A question whose entries are all gone stays, without an answer, where no entry left serves a need of theirs.
    """
    kept = sorted(chance.sample(range(len(council.entries)), int(len(council.entries) * KEPT)))
    place = {old: new for new, old in enumerate(kept)}
    served = {
        need: frozenset(place[old] for old in places if old in place)
        for need, places in council.served.items()
    }
    entries = tuple(council.entries[old] for old in kept)
    questions = tuple(_still_clear(council, {each.id for each in entries}, served))
    return Council(f"{council.name}, thinned", entries, questions, served)


def _still_clear(
    council: Council, left: set[str], served: Mapping[str, frozenset[int]]
) -> Iterator[Question]:
    places = {entry.id: place for place, entry in enumerate(council.entries)}
    for question in council.questions:
        gold = tuple(each for each in question.gold if each in left)
        lost = [places[each] for each in question.gold]
        needs = [need for need, holders in council.served.items() if holders.intersection(lost)]
        if gold or not lost or (needs and not any(served[need] for need in needs)):
            yield Question(question.text, gold)
