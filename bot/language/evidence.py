"""Gathers what speaks for each entry as the answer to a question, and how sure the question itself lets us be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.language.ages import Span, fit, stated
from bot.language.entry import Entry
from bot.language.entry_ages import age_span
from bot.language.hours import Open, open_at, said, suits
from bot.language.lexical import LexicalIndex, Matches, Part
from bot.language.needs import NeedsModel
from bot.language.text import normalise, words
from bot.language.thesaurus import Thesaurus
from bot.language.ties import Reading, Ties

CANDIDATES = 40
"""Entries that are looked at closely, out of all."""
FEATURES = (
    "needs_by_parts", "needs_at_peak", "direction", "words", "words_against_best", "phrase", "covered", "age", "hour", "area",
)  # fmt: skip
COVERED = FEATURES.index("covered")

Features = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer: its place in the directory, its features in the order of FEATURES,
    the question's parts that it says, and the place of the need that it shares with the question."""

    place: int
    features: Features
    parts: tuple[int, ...]
    need: int | None


Candidates = tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found for one question."""

    tokens: tuple[str, ...]
    parts: tuple[Part, ...]
    reading: Reading
    candidates: Candidates
    unserved: float
    out_of_scope: float
    unknown_words: float
    understood: bool = True
    """Whether any word was one that the directory or the needs model knows."""

    @property
    def best_covered(self) -> float:
        """How much of the question's words the entry that covers most of them covers, 0 to 1."""
        return max((candidate.features[COVERED] for candidate in self.candidates), default=0.0)


@dataclass(frozen=True, slots=True)
class _Place:
    """What an entry says of ages, hours and area."""

    span: Span | None
    open: Open
    area: frozenset[str]


class Gatherer:
    """Gathers evidence from one directory; built once."""

    def __init__(self, entries: Sequence[Entry], model: NeedsModel, thesaurus: Thesaurus) -> None:
        self._lexical = LexicalIndex(entries, thesaurus)
        self.ties = Ties(entries, model)
        self._places = [_place(entry) for entry in entries]
        self._when_shut = [n for n, place in enumerate(self._places) if place.open.only_when_shut][
            :CANDIDATES
        ]
        self._areas = frozenset().union(*(place.area for place in self._places))

    def gather(self, question: str, reading: Reading | None = None) -> Evidence:
        """The evidence for a question, read into needs by the model unless a reading is given."""
        tokens = self._lexical.repaired(question)
        parts = self._lexical.parts(tokens)
        reading = reading or self.ties.read(" ".join(tokens))
        matches = self._lexical.match(parts)
        said = _Said(question, tokens, self._areas)
        candidates = self._candidates(parts, matches, reading, said)
        return Evidence(
            tuple(tokens), tuple(parts), reading, candidates, self.ties.unserved(reading),
            self.ties.out_of_scope(reading), _unknown_share(parts, matches),
            any(matches.by_part) or self.ties.knows(" ".join(tokens)),
        )  # fmt: skip

    def _candidates(self, parts: list[Part], matches: Matches, reading: Reading, said: _Said) -> Candidates:
        look = _Look(self._lexical, self.ties, parts, matches, reading)
        likely = nlargest(CANDIDATES, look.rough(), key=lambda found: (found[1], -found[0]))
        chosen = dict.fromkeys([*(place for place, _ in likely), *self._there_now(said)])
        return tuple(
            Candidate(place, look.at(place) + said.of(self._places[place]), look.hit(place), look.need(place))
            for place in chosen
        )

    def _there_now(self, said: _Said) -> Iterator[int]:
        """Entries that are there for just the hour said: then they may answer whatever else is told."""
        return (place for place in self._when_shut if said.hour_suits(self._places[place]) > 0)


class _Look:
    """One question's matches and nearness, looked at entry by entry."""

    def __init__(
        self, lexical: LexicalIndex, ties: Ties, parts: Sequence[Part], matches: Matches, reading: Reading
    ) -> None:
        self._lexical, self._ties, self._parts = lexical, ties, parts
        self._matches, self._reading = matches, reading
        self._near = ties.near(reading)
        self._scale = 3 * lexical.top_rarity
        self._said = lexical.said(parts)
        self._best = matches.best() or 1.0
        self._whole = sum(part.weight for part in parts) or 1.0

    def hit(self, place: int) -> tuple[int, ...]:
        """The question's parts that the entry says, the weightiest first."""
        return self._matches.hit(place)

    def need(self, place: int) -> int | None:
        """The need that the entry and the question share."""
        return self._ties.shared(place, self._reading)

    def rough(self) -> Iterator[tuple[int, float]]:
        """Every entry that anything speaks for, with a first rough score."""
        scores, scale = self._matches.scores, self._scale
        for place in scores.keys() | self._near.keys():
            yield place, self._near.get(place, 0.0) + scores.get(place, 0.0) / scale

    def at(self, place: int) -> Features:
        """The features of an entry that rest on needs and words."""
        score = self._matches.scores.get(place, 0.0)
        covered = sum(self._parts[index].weight for index in self.hit(place)) / self._whole
        phrase = self._lexical.phrase_cover(place, self._said) if score else 0.0
        near, peak = self._near.get(place, 0.0), self._ties.peak(place, self._reading)
        direction = self._ties.direction(place, self._reading)
        return (near, peak, direction, min(2.0, score / self._scale), score / self._best, phrase, covered)


def _unknown_share(parts: Sequence[Part], matches: Matches) -> float:
    whole = sum(part.weight for part in parts)
    missed = sum(part.weight for part, worth in zip(parts, matches.by_part, strict=True) if not worth)
    return missed / whole if whole else 1.0


class _Said:
    """What the question says of ages, the hour and places."""

    def __init__(self, question: str, tokens: Sequence[str], areas: frozenset[str]) -> None:
        self._ages = stated(tokens)
        self._hour = said(normalise(question))
        self._areas = areas.intersection(tokens)

    def of(self, place: _Place) -> Features:
        """How the entry suits the age, the hour and the area that are said, each -1 to 1; 0 where nothing is."""
        return fit(self._ages, place.span), self.hour_suits(place), self._area(place.area)

    def hour_suits(self, place: _Place) -> float:
        """How the entry suits the hour."""
        return suits(self._hour, place.open)

    def _area(self, area: frozenset[str]) -> float:
        if not self._areas or not area:
            return 0.0
        return 1.0 if self._areas & area else -1.0


_NOT_AN_AREA = frozenset(
    "the of and council borough district county city area whole all north south east west ward wards wide countywide"
    " boroughwide citywide town centre estate division parish locality unitary".split()
)


def _place(entry: Entry) -> _Place:
    area = frozenset(words(entry.area)) - _NOT_AN_AREA
    return _Place(age_span(entry), open_at(entry.hours), area)
