"""Reads labelled councils and asks their directories questions by authors whom the model has not read."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.language.entry import Entry
from bot.language.evidence import Gatherer
from bot.language.needs import NeedsModel
from bot.language.score_directory import Question, read_questions
from bot.language.thesaurus import Thesaurus
from bot.language.ties import Reading, reading_of
from bot.language.training.calibrate import Case
from bot.language.training.corpus import Corpus, CorpusError, Line
from bot.language.training.ridge import Array

OWN_WEIGHT = 3.0
"""What a council's own question weighs beside an author's line put to its directory."""
LINES_A_NEED = 2
"""Lines of each author put to a directory for each need."""


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


def cases_of(council: Council, corpus: Corpus, model: NeedsModel, leanings: Array) -> list[Case]:
    """The council's own questions, and authors' lines read by a model that has not seen their author."""
    gatherer = Gatherer(council.entries, model, Thesaurus.load())
    places = {entry.id: place for place, entry in enumerate(council.entries)}
    own = [
        Case(gatherer.gather(each.text), frozenset(places[gold] for gold in each.gold), OWN_WEIGHT)
        for each in council.questions
    ]
    return own + [
        Case(gatherer.gather(line.text, reading), council.served.get(line.need, frozenset()), 1.0)
        for line, reading in _foreign(council, corpus, model, leanings)
    ]


def _foreign(
    council: Council, corpus: Corpus, model: NeedsModel, leanings: Array
) -> Iterator[tuple[Line, Reading]]:
    """Some lines of every author: of the needs that this directory serves, and of those out of scope."""
    if not council.served:
        return
    wanted = set(council.served) | {need.id for need in corpus.needs if need.subject}
    heaps: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, line in enumerate(corpus.lines):
        if line.need in wanted and not line.entry:
            heaps[line.author, line.need].append(index)
    chance = random.Random(council.name)
    for key in sorted(heaps):
        for index in chance.sample(heaps[key], min(LINES_A_NEED, len(heaps[key]))):
            yield corpus.lines[index], reading_of(list(leanings[index]), model.sharpness)
