"""Gathers what speaks for each entry as the answer to a question, and how sure the question itself lets us be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.language.cues import age_span, ages, is_night, open_at_night
from bot.language.entry import Entry
from bot.language.lexical import LexicalIndex, Matches, Part
from bot.language.needs import NeedsModel
from bot.language.text import normalise, words
from bot.language.thesaurus import Thesaurus
from bot.language.ties import Reading, Ties

CANDIDATES = 40
"""Entries that are looked at closely, out of all."""
FEATURES = (
    "needs_by_parts", "needs_at_peak", "direction", "words", "words_against_best", "phrase", "covered", "age", "night", "area",
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

    @property
    def best_covered(self) -> float:
        """How much of the question's words the entry that covers most of them covers, 0 to 1."""
        return max((candidate.features[COVERED] for candidate in self.candidates), default=0.0)


@dataclass(frozen=True, slots=True)
class _Place:
    """What an entry says of ages, hours and area."""

    span: tuple[int, int] | None
    open_at_night: bool
    area: frozenset[str]


class Gatherer:
    """Gathers evidence from one directory; built once."""

    def __init__(self, entries: Sequence[Entry], model: NeedsModel, thesaurus: Thesaurus) -> None:
        self._lexical = LexicalIndex(entries, thesaurus)
        self.ties = Ties(entries, model)
        self._places = [_place(entry) for entry in entries]
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
        )  # fmt: skip

    def _candidates(self, parts: list[Part], matches: Matches, reading: Reading, said: _Said) -> Candidates:
        look = _Look(self._lexical, self.ties, parts, matches, reading)
        chosen = nlargest(CANDIDATES, look.rough(), key=lambda found: (found[1], -found[0]))
        return tuple(
            Candidate(place, look.at(place) + said.of(self._places[place]), look.hit(place), look.need(place))
            for place, _ in chosen
        )


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
        self._ages = ages(tokens)
        self._night = is_night(normalise(question))
        self._areas = areas.intersection(tokens)

    def of(self, place: _Place) -> Features:
        """Whether the entry suits the age (-1 to 1), the hour (0 or 1) and the area (-1 to 1)."""
        return self._age(place.span), float(self._night and place.open_at_night), self._area(place.area)

    def _age(self, span: tuple[int, int] | None) -> float:
        if not span or not self._ages:
            return 0.0
        return 1.0 if any(span[0] <= age <= span[1] for age in self._ages) else -1.0

    def _area(self, area: frozenset[str]) -> float:
        if not self._areas or not area:
            return 0.0
        return 1.0 if self._areas & area else -1.0


_NOT_AN_AREA = frozenset(
    "the of and council borough district county city area whole all north south east west".split()
)


def _place(entry: Entry) -> _Place:
    area = frozenset(words(entry.area)) - _NOT_AN_AREA
    span = age_span(normalise(" ; ".join((*entry.audience, entry.team))))
    return _Place(span, open_at_night(f"{entry.hours} {entry.out_of_hours}"), area)
