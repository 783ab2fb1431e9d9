"""Ties a directory's entries to needs, from each entry's own plain wording or as an officer corrected it."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.entry import Entry
from bot.language.needs import NeedsModel, shares

FAINTEST = 0.02
"""A tie below this share is noise and is dropped."""
_TRACE = 0.002
"""A share below this in one text cannot matter in the mean of several."""
FULL_TIE = 0.35
"""The share at which a need counts as wholly served by an entry."""
CORRECTED = 0.8
"""What an officer's own ties weigh against the reading of the words."""

Shares = dict[int, float]
Posting = tuple["array[int]", "array[float]"]
"""The entries that serve a need, by place, and how much (as square roots)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read into needs: all shares, and the ones that matter, as square roots of unit length."""

    shares: tuple[float, ...]
    roots: Shares

    @property
    def top(self) -> int:
        """The place of the likeliest need."""
        return max(range(len(self.shares)), key=self.shares.__getitem__)


def reading_of(found: Sequence[float]) -> Reading:
    """A reading from its shares, one a need."""
    return Reading(tuple(found), _roots(_kept(found)))


class Ties:
    """The needs that each entry of a directory serves, and how near a question's needs come to them."""

    def __init__(self, entries: Sequence[Entry], model: NeedsModel) -> None:
        self._model = model
        self._services: dict[str, list[float]] = {}
        self._places = {need.id: place for place, need in enumerate(model.needs)}
        read = [self._of_entry(entry) for entry in entries]
        parts = [each for each, _ in read]
        self._services.clear()
        self.served = _served(parts)
        self._by_parts, self._by_whole = _inverted(parts), _inverted([each for _, each in read])

    def _of_entry(self, entry: Entry) -> tuple[Shares, Shares]:
        """The needs that an entry serves: the mean over its parts, and its parts taken as one text."""
        read = [self._model.leanings(text) for text in (entry.team, *entry.topics) if text]
        if entry.service:
            read.append(self._of_service(entry.service))
        if not read:
            return self._corrected(entry, {}), {}
        sharpness = self._model.sharpness
        mean = _mean([_kept(shares(each, sharpness), _TRACE) for each in read])
        size = math.sqrt(len(read))
        whole = [sum(column) / size for column in zip(*read, strict=True)]
        return self._corrected(entry, mean), self._corrected(entry, _kept(shares(whole, sharpness)))

    def _of_service(self, service: str) -> list[float]:
        found = self._services.get(service)
        if found is None:
            found = self._services[service] = self._model.leanings(service)
        return found

    def _corrected(self, entry: Entry, read: Shares) -> Shares:
        own = [self._places[need] for need in entry.needs if need in self._places]
        if not own:
            return read
        blended = {place: share * (1 - CORRECTED) for place, share in read.items()}
        return blended | {place: blended.get(place, 0.0) + CORRECTED / len(own) for place in own}

    def read(self, text: str) -> Reading:
        """A question read into needs."""
        return reading_of(self._model.read(text))

    def near(self, reading: Reading) -> tuple[dict[int, float], dict[int, float]]:
        """How near each entry comes to the question's needs, 0 to 1: by its parts, and read as a whole."""
        return _cosines(reading.roots, self._by_parts), _cosines(reading.roots, self._by_whole)

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


def _kept(shares: Sequence[float], least: float = FAINTEST) -> Shares:
    return {place: share for place, share in enumerate(shares) if share >= least}


def _mean(readings: Sequence[Shares]) -> Shares:
    summed: Shares = defaultdict(float)
    for shares in readings:
        for place, share in shares.items():
            summed[place] += share / len(readings)
    return {place: summed[place] for place in sorted(summed) if summed[place] >= FAINTEST}


def _roots(shares: Mapping[int, float]) -> Shares:
    size = math.sqrt(sum(shares.values())) or 1.0
    return {place: math.sqrt(share) / size for place, share in shares.items()}


def _served(parts: Sequence[Shares]) -> Shares:
    most: Shares = {}
    for shares in parts:
        for place, share in shares.items():
            most[place] = max(most.get(place, 0.0), share)
    return {place: min(1.0, share / FULL_TIE) for place, share in most.items()}


def _inverted(entries: Sequence[Shares]) -> dict[int, Posting]:
    postings: dict[int, Posting] = {}
    for entry, shares in enumerate(entries):
        for place, root in _roots(shares).items():
            holders, roots = postings.setdefault(place, (array("I"), array("f")))
            holders.append(entry)
            roots.append(root)
    return postings


def _cosines(roots: Shares, postings: Mapping[int, Posting]) -> dict[int, float]:
    near: dict[int, float] = defaultdict(float)
    for place, root in roots.items():
        if place in postings:
            for entry, other in zip(*postings[place], strict=True):
                near[entry] += root * other
    return near
