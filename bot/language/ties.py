"""Ties a directory's entries to needs, from each entry's own plain wording or as an officer corrected it."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from operator import mul

from bot.language.ages import ages
from bot.language.entry import Entry
from bot.language.needs import NeedsModel, shares
from bot.language.text import words

FAINTEST = 0.02
"""A tie below this share is noise and is dropped."""
_TRACE = 0.002
"""A share below this in one text cannot matter in the mean of several."""
FULL_TIE = 0.35
"""The share at which a need counts as wholly served by an entry."""
CORRECTED = 0.8
"""What an officer's own ties weigh against the reading of the words."""

LEAST_SHARED = 0.02
"""A need shared less than this is no reason to give."""

OUT_OF_AGE = 0.1
"""What a need's leaning loses where a young person's age is stated that it does not concern."""
OLDEST_YOUNG = 30
"""Older ages are a carer's or a neighbour's, and say nothing of whom the question is about."""

Shares = dict[int, float]
Posting = tuple["array[int]", "array[float]"]
"""The entries that serve a need, by place, and how much (as square roots)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read into needs: its bare leanings, the shares made of them, and their roots of unit length."""

    bent: tuple[float, ...]
    shares: tuple[float, ...]
    roots: Shares

    @property
    def top(self) -> int:
        """The place of the likeliest need."""
        return max(range(len(self.shares)), key=self.shares.__getitem__)


def reading_of(leanings: Sequence[float], sharpness: float) -> Reading:
    """A reading from the model's leanings, one a need."""
    found = shares(leanings, sharpness)
    return Reading(_bent(leanings), tuple(found), _roots(_kept(found)))


@dataclass(frozen=True, slots=True)
class _Served:
    """What one entry serves: its mean shares, its highest shares, and its leanings as one direction."""

    mean: Shares
    peak: Shares
    bent: tuple[float, ...]


class Ties:
    """The needs that each entry of a directory serves, and how near a question's needs come to them."""

    def __init__(self, entries: Sequence[Entry], model: NeedsModel) -> None:
        self._model = model
        self._places = {need.id: place for place, need in enumerate(model.needs)}
        self._services: dict[str, list[float]] = {}
        read = [self._of_entry(entry) for entry in entries]
        self._services.clear()
        self.served = _best_served([each.mean for each in read])
        self._mean = _inverted([_roots(each.mean) for each in read])
        self._peak = [each.peak for each in read]
        self._bent = [array("f", each.bent) for each in read]

    def _of_entry(self, entry: Entry) -> _Served:
        read = [self._model.leanings(text) for text in (entry.team, *entry.topics) if text]
        if entry.service:
            read.append(self._of_service(entry.service))
        told = [_kept(shares(each, self._model.sharpness), _TRACE) for each in read]
        whole = [sum(column) for column in zip(*read, strict=True)] or [0.0] * len(self._places)
        return self._corrected(entry, _Served(_mean(told), _peak(told), _bent(whole)))

    def _of_service(self, service: str) -> list[float]:
        found = self._services.get(service)
        if found is None:
            found = self._services[service] = self._model.leanings(service)
        return found

    def _corrected(self, entry: Entry, read: _Served) -> _Served:
        own = sorted({self._places[need] for need in entry.needs if need in self._places})
        if not own:
            return read
        told = dict.fromkeys(own, CORRECTED / len(own))
        left = {place: share * (1 - CORRECTED) for place, share in read.mean.items()}
        mean = {place: told.get(place, 0.0) + left.get(place, 0.0) for place in sorted({*told, *left})}
        direction = _bent([float(place in told) for place in range(len(self._places))])
        bent = [CORRECTED * to + (1 - CORRECTED) * by for to, by in zip(direction, read.bent, strict=True)]
        return _Served(mean, {**read.peak, **dict.fromkeys(own, CORRECTED)}, tuple(bent))

    def knows(self, text: str) -> bool:
        """Whether the model knows any word of a text."""
        return self._model.knows(text)

    def read(self, text: str) -> Reading:
        """A question read into needs, away from those that do not concern a young person's stated age."""
        leanings = list(self._model.leanings(text))
        stated = [age for age in ages(words(text)) if age <= OLDEST_YOUNG]
        for need, (youngest, oldest) in _spans().items() if stated else ():
            if need in self._places and not any(youngest <= age <= oldest for age in stated):
                leanings[self._places[need]] -= OUT_OF_AGE
        return reading_of(leanings, self._model.sharpness)

    def near(self, reading: Reading) -> dict[int, float]:
        """How near each entry comes to the question's needs, 0 to 1; entries that serve none are left out."""
        near: dict[int, float] = defaultdict(float)
        for need, root in reading.roots.items():
            if need in self._mean:
                for place, other in zip(*self._mean[need], strict=True):
                    near[place] += root * other
        return near

    def peak(self, place: int, reading: Reading) -> float:
        """How near an entry's likeliest parts come to the question's needs, 0 to 1."""
        return math.sqrt(sum([share * reading.shares[need] for need, share in self._peak[place].items()]))

    def shared(self, place: int, reading: Reading) -> int | None:
        """The need that an entry and the question share most, by its place, or None where they share none."""
        common = {need: share * reading.shares[need] for need, share in self._peak[place].items()}
        best = max(common, key=common.__getitem__, default=None)
        return best if best is not None and common[best] >= LEAST_SHARED else None

    def direction(self, place: int, reading: Reading) -> float:
        """How far an entry leans the way the question does, -1 to 1, over all needs at once."""
        return float(sum(map(mul, self._bent[place], reading.bent)))

    def unserved(self, reading: Reading) -> float:
        """How much of the question, 0 to 1, speaks of needs that no entry of this directory serves."""
        return sum(share * (1 - self.served.get(place, 0.0)) for place, share in enumerate(reading.shares))

    def out_of_scope(self, reading: Reading) -> float:
        """How much of the question speaks of out-of-scope subjects that no entry serves either."""
        return sum(
            share * (1 - self.served.get(place, 0.0))
            for place, share in enumerate(reading.shares)
            if self._model.needs[place].subject
        )


@lru_cache(maxsize=1)
def _spans() -> dict[str, tuple[int, int]]:
    """The ages that needs concern, from `data/needs_ages.tsv`; needs that it leaves out concern any age."""
    rows = resources.files("bot.language").joinpath("data/needs_ages.tsv").read_text("utf-8").splitlines()
    told = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {need: (int(youngest), int(oldest)) for need, youngest, oldest in told}


def _kept(found: Sequence[float], least: float = FAINTEST) -> Shares:
    return {place: share for place, share in enumerate(found) if share >= least}


def _mean(readings: Sequence[Shares]) -> Shares:
    summed: Shares = defaultdict(float)
    for found in readings:
        for place, share in found.items():
            summed[place] += share / len(readings)
    return {place: summed[place] for place in sorted(summed) if summed[place] >= FAINTEST}


def _peak(readings: Sequence[Shares]) -> Shares:
    most: Shares = {}
    for found in readings:
        for place, share in found.items():
            if share >= FAINTEST and share > most.get(place, 0.0):
                most[place] = share
    return most


def _bent(leanings: Sequence[float]) -> tuple[float, ...]:
    """Leanings as a direction: their mean taken off, of unit length."""
    middle = sum(leanings) / len(leanings)
    size = math.sqrt(sum([(value - middle) ** 2 for value in leanings])) or 1.0
    return tuple([(value - middle) / size for value in leanings])


def _roots(found: Mapping[int, float]) -> Shares:
    size = math.sqrt(sum(found.values())) or 1.0
    return {place: math.sqrt(share) / size for place, share in found.items()}


def _best_served(entries: Sequence[Shares]) -> Shares:
    return {place: min(1.0, share / FULL_TIE) for place, share in _peak(entries).items()}


def _inverted(entries: Sequence[Shares]) -> dict[int, Posting]:
    postings: dict[int, Posting] = {}
    for entry, found in enumerate(entries):
        for place, value in found.items():
            holders, values = postings.setdefault(place, (array("I"), array("f")))
            holders.append(entry)
            values.append(value)
    return postings
