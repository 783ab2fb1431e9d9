"""Puts questions to labelled councils, by authors whom the model has not read: what the ranking is trained on."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.language.evidence import Evidence, Gatherer
from bot.language.needs import NeedsModel
from bot.language.thesaurus import Thesaurus
from bot.language.ties import Reading, reading_of
from bot.language.training.corpus import Corpus
from bot.language.training.councils import Council, thinned

OWN_WEIGHT = 3.0
"""What a council's own question weighs beside an author's line put to its directory."""
LINES_A_NEED = 8
"""Lines of all authors together put to a directory for each need."""
THINNED = 4
"""How often each directory is asked again with only some of its entries."""
THINNED_WEIGHT = 1 / 3
"""What a case of a thinned directory weighs beside the same of the whole one."""

Array = Any


@dataclass(frozen=True)
class Case:
    """One labelled question: its evidence, the places of the right entries (none: no entry answers), its weight."""

    evidence: Evidence
    right: frozenset[int]
    weight: float


def cases_of(council: Council, corpus: Corpus, model: NeedsModel, leanings: Array) -> list[Case]:
    """The council's own questions, and authors' lines read by a model that has not seen their author.

    They are put to the whole directory, then to parts of it: a question whose entries are gone is one that
    nothing answers, however well it is understood. So the confidence learns what a gap looks like.
    """
    asking = _Asking(corpus, model, leanings)
    found = asking.cases(council, LINES_A_NEED, 1.0)
    for number in range(THINNED if council.served else 0):
        part = thinned(council, random.Random(f"{council.name} {number}"))
        found += asking.cases(part, LINES_A_NEED // THINNED, THINNED_WEIGHT)
    return found


class _Asking:
    """Puts questions to directories: councils' own, and the authors' lines of needs known to be served or not."""

    def __init__(self, corpus: Corpus, model: NeedsModel, leanings: Array) -> None:
        self._corpus, self._model, self._leanings = corpus, model, leanings
        self._lines: dict[str, list[int]] = defaultdict(list)
        for index, line in enumerate(corpus.lines):
            if not line.entry:
                self._lines[line.need].append(index)
        self._outside = {need.id for need in corpus.needs if need.subject}

    def cases(self, council: Council, lines_a_need: int, weight: float) -> list[Case]:
        """The council's own questions, and so many lines for each need that it serves or that lies out of scope."""
        gatherer = Gatherer(council.entries, self._model, Thesaurus.load())
        places = {entry.id: place for place, entry in enumerate(council.entries)}
        own = [
            Case(gatherer.gather(q.text), frozenset(places[each] for each in q.gold), OWN_WEIGHT * weight)
            for q in council.questions
        ]
        others = self._others(council, lines_a_need)
        return own + [Case(gatherer.gather(text, reading), right, weight) for text, reading, right in others]

    def _others(self, council: Council, lines_a_need: int) -> Iterator[tuple[str, Reading, frozenset[int]]]:
        chance = random.Random(council.name)
        for need in sorted(self._lines) if council.served else ():
            right = council.served.get(need, frozenset())
            if right or need in self._outside:
                for index in chance.sample(self._lines[need], min(lines_a_need, len(self._lines[need]))):
                    reading = reading_of(list(self._leanings[index]), self._model.sharpness)
                    yield self._corpus.lines[index].text, reading, right
