"""Matches a question's own words with a directory's: weighted fields, stems, the thesaurus, spelling repair."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.language.entry import Entry
from bot.language.spelling import Speller
from bot.language.stopwords import ASKING, GRAMMAR
from bot.language.text import common_rank, stem, words
from bot.language.thesaurus import Thesaurus, Unit

FIELDS: dict[str, float] = {"team": 2.4, "service": 1.4, "topics": 2.0, "role": 0.9, "audience": 0.6, "area": 1.0}
LENGTH_SHARE = 0.4
"""How far a long field is discounted (the b of BM25)."""
SATURATION = 1.4
"""How soon more of one term stops counting (the k1 of BM25)."""
RAW_SHARE = 0.45
"""What a word is worth beside the concept that it is part of."""
LEAD_SHARE = 0.5
"""What a term is worth that another merely leads to."""
_RARITY_STEPS = ((700, 0.35), (1500, 0.55), (3000, 0.8))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the question: the terms it may match (each with its worth) and its weight."""

    said: str
    terms: dict[str, float]
    weight: float


@dataclass(slots=True)
class Match:
    """How an entry's words answer a question."""

    score: float = 0.0
    parts: dict[int, float] = field(default_factory=dict)


class LexicalIndex:
    """An index of one directory's words, built once."""

    def __init__(self, entries: Sequence[Entry], thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._size = len(entries)
        texts = [_texts(entry) for entry in entries]
        self._own = {word for each in texts for name in ("team", "service") for text in each[name] for word in words(text)}
        seen = Counter(word for each in texts for parts in each.values() for text in parts for word in words(text))
        self._speller = Speller({word: 0 for word in thesaurus.surface} | seen)
        counts = [{name: self._count(parts) for name, parts in each.items()} for each in texts]
        self._postings = _postings(counts)
        self.rarity = {term: _rarity(self._size, len(found)) for term, found in self._postings.items()}
        self.top_rarity = _rarity(self._size, 1)
        self._phrases = [[self._terms(text) for text in (entry.team, *entry.topics) if text] for entry in entries]

    def _count(self, parts: Sequence[str]) -> dict[str, float]:
        counts: dict[str, float] = defaultdict(float)
        for text in parts:
            for term, worth in self._entry_terms(text):
                counts[term] += worth
        return counts

    def _entry_terms(self, text: str) -> Iterator[tuple[str, float]]:
        for unit in self._thesaurus.units(words(text)):
            if unit.term.startswith("="):
                yield unit.term, 1.0
                yield from ((stem(word), RAW_SHARE) for word in unit.words if word not in GRAMMAR)
            else:
                yield from ((stem(word), 1.0) for word in unit.words if word not in GRAMMAR)

    def _terms(self, text: str) -> dict[str, float]:
        return dict(self._entry_terms(text))

    def repaired(self, question: str) -> list[str]:
        """The question's words with misspellings of the directory's or the field's words put right."""
        return self._speller.repair(words(question))

    def parts(self, tokens: Sequence[str]) -> list[Part]:
        """The question's words as parts to match; words that only ask ("who do I contact") are left out."""
        made = (self._part(unit) for unit in self._thesaurus.units(tokens))
        return [part for part in made if part]

    def _part(self, unit: Unit) -> Part | None:
        single = len(unit.words) == 1
        if single and unit.words[0] in ASKING and not unit.leads_to and unit.words[0] not in self._own:
            return None
        terms = {stem(word): (1.0 if single else RAW_SHARE) for word in unit.words if word not in ASKING}
        if unit.term.startswith("="):
            terms = {term: RAW_SHARE for term in terms} | {unit.term: 1.0}
        terms |= {term: LEAD_SHARE for term in unit.leads_to if term not in terms}
        return Part(" ".join(unit.words), terms, self._weight(unit, terms)) if terms else None

    def _weight(self, unit: Unit, terms: dict[str, float]) -> float:
        known = [self.rarity[term] * (worth if worth < RAW_SHARE else 1.0) for term, worth in terms.items() if term in self.rarity]
        plain = len(unit.words) == 1 and not unit.term.startswith("=") and unit.words[0] not in self._own
        common = _commonness(unit.words[0]) if plain else 1.0
        return common * (max(known) if known else self.top_rarity * 0.6)

    def match(self, parts: Sequence[Part]) -> dict[int, Match]:
        """Every entry that shares a term with the question, by its place, with its score and matched parts."""
        found: dict[int, Match] = defaultdict(Match)
        for index, part in enumerate(parts):
            for place, value in self._best(part).items():
                found[place].score += value
                found[place].parts[index] = value
        return found

    def _best(self, part: Part) -> dict[int, float]:
        best: dict[int, float] = {}
        top = max((self.rarity.get(term, 0.0) for term in part.terms), default=0.0) or 1.0
        for term, worth in part.terms.items():
            factor = worth * self.rarity.get(term, 0.0) * min(1.0, part.weight / top)
            for place, value in self._postings.get(term, ()):
                best[place] = max(best.get(place, 0.0), factor * value)
        return best

    def phrase_cover(self, place: int, parts: Sequence[Part]) -> float:
        """How much of the entry's best topic or name the question says, 0 to 1, weighted by rarity."""
        said: dict[str, float] = {}
        for part in parts:
            for term, worth in part.terms.items():
                said[term] = max(said.get(term, 0.0), worth)
        return max((self._cover(phrase, said) for phrase in self._phrases[place]), default=0.0)

    def _cover(self, phrase: dict[str, float], said: dict[str, float]) -> float:
        whole = sum(self.rarity.get(term, 0.0) * worth for term, worth in phrase.items())
        shared = sum(self.rarity.get(term, 0.0) * worth * said.get(term, 0.0) for term, worth in phrase.items())
        return shared / whole * math.sqrt(min(1.0, shared / self.top_rarity)) if whole else 0.0


def _texts(entry: Entry) -> dict[str, tuple[str, ...]]:
    return {
        "team": (entry.team,), "service": (entry.service,), "topics": entry.topics, "role": (entry.role,),
        "audience": entry.audience, "area": (entry.area,),
    }  # fmt: skip


def _postings(counts: Sequence[dict[str, dict[str, float]]]) -> dict[str, list[tuple[int, float]]]:
    usual = {name: _mean([sum(each[name].values()) for each in counts]) for name in FIELDS}
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, fields in enumerate(counts):
        for term, amount in _merged(fields, usual).items():
            postings[term].append((place, amount / (SATURATION + amount) * (SATURATION + 1)))
    return dict(postings)


def _merged(fields: dict[str, dict[str, float]], usual: dict[str, float]) -> dict[str, float]:
    merged: dict[str, float] = defaultdict(float)
    for name, counts in fields.items():
        length = 1 - LENGTH_SHARE + LENGTH_SHARE * sum(counts.values()) / usual[name]
        for term, count in counts.items():
            merged[term] += FIELDS[name] * min(count, 3.0) / length
    return merged


def _mean(sizes: Sequence[float]) -> float:
    filled = [size for size in sizes if size]
    return sum(filled) / len(filled) if filled else 1.0


def _rarity(entries: int, holding: int) -> float:
    return math.log(1 + (entries - holding + 0.5) / (holding + 0.5))


def _commonness(word: str) -> float:
    rank = common_rank(word)
    return next((share for limit, share in _RARITY_STEPS if rank is not None and rank < limit), 1.0)
