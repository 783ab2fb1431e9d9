"""Matches a question's own words with a directory's: weighted fields, stems, the thesaurus, spelling repair."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

from bot.language.entry import Entry
from bot.language.spelling import Speller
from bot.language.stopwords import ASKING, GRAMMAR
from bot.language.text import common_rank, stem, words
from bot.language.thesaurus import Thesaurus, Unit

FIELDS: dict[str, float] = {
    "team": 2.4,
    "service": 1.4,
    "topics": 2.0,
    "role": 0.9,
    "audience": 0.6,
    "area": 1.0,
}
LENGTH_SHARE = 0.4
"""How far a long field is discounted (the b of BM25)."""
SATURATION = 1.4
"""How soon more of one term stops counting (the k1 of BM25)."""
RAW_SHARE = 0.45
"""What a word is worth beside the concept that it is part of."""
LEAD_SHARE = 0.5
"""What a term is worth that another merely leads to."""
MOST_PARTS = 40
"""Parts of one question that are matched; the rest of a very long message are the commonest words."""
Posting = tuple["array[int]", "array[float]"]
"""The places of the entries that hold a term, and its worth in each."""
Told = dict[str, list[tuple[str, ...]]]
"""The words of each text of each field of an entry."""
Phrase = tuple[tuple[tuple[str, float], ...], float]
"""The terms of one topic or name with their weights, and the sum of these."""
_RARITY_STEPS = ((700, 0.35), (1500, 0.55), (3000, 0.8))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the question: the terms it may match (each with its worth) and its weight."""

    said: str
    terms: dict[str, float]
    weight: float


@dataclass(frozen=True, slots=True)
class Matches:
    """For each part of a question, what it is worth to each entry (by place); and the sums, an entry each."""

    by_part: tuple[Mapping[int, float], ...]
    scores: Mapping[int, float]

    def hit(self, place: int) -> tuple[int, ...]:
        """The parts that an entry answers, the weightiest first."""
        worth = {index: values[place] for index, values in enumerate(self.by_part) if place in values}
        return tuple(sorted(worth, key=lambda index: (-worth[index], index)))

    def best(self) -> float:
        """The highest score of any entry, nought where nothing matches."""
        return max(self.scores.values(), default=0.0)


class LexicalIndex:
    """An index of one directory's words, built once."""

    def __init__(self, entries: Sequence[Entry], thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._size = len(entries)
        told = [_told(entry) for entry in entries]
        self._own = {
            word for each in told for name in ("team", "service") for text in each[name] for word in text
        }
        seen = Counter(word for each in told for texts in each.values() for text in texts for word in text)
        self._speller = Speller(dict.fromkeys(thesaurus.surface, 0) | seen)
        usual = {name: _mean([sum(map(len, each[name])) for each in told]) for name in FIELDS}
        self._postings = _postings(self._weighed(each, usual) for each in told)
        self.rarity = {term: _rarity(self._size, len(found[0])) for term, found in self._postings.items()}
        self.top_rarity = _rarity(self._size, 1)
        self._phrases = [
            [self._phrase(text) for text in (*each["team"], *each["topics"]) if text] for each in told
        ]

    def _weighed(self, told: Told, usual: Mapping[str, float]) -> dict[str, float]:
        """The terms of one entry, each with its weight over all fields, long fields discounted."""
        weighed: dict[str, float] = defaultdict(float)
        for name, texts in told.items():
            length = 1 - LENGTH_SHARE + LENGTH_SHARE * sum(map(len, texts)) / usual[name]
            counts: dict[str, float] = defaultdict(float)
            for text in texts:
                for term, worth in self._entry_terms(text):
                    counts[term] += worth
            for term, count in counts.items():
                weighed[term] += FIELDS[name] * min(count, 3.0) / length
        return weighed

    def _entry_terms(self, text: Sequence[str]) -> Iterator[tuple[str, float]]:
        for unit in self._thesaurus.units(text):
            concept = unit.term.startswith("=")
            if concept:
                yield unit.term, 1.0
            for word in unit.words:
                if word not in GRAMMAR:
                    yield stem(word), RAW_SHARE if concept else 1.0

    def _phrase(self, text: Sequence[str]) -> Phrase:
        terms = tuple(
            (term, self.rarity[term] * worth) for term, worth in dict(self._entry_terms(text)).items()
        )
        return terms, sum(weight for _, weight in terms)

    def repaired(self, question: str) -> list[str]:
        """The question's words with misspellings of the directory's or the field's words put right."""
        return self._speller.repair(words(question))

    def parts(self, tokens: Sequence[str]) -> list[Part]:
        """The question's words as parts to match, each once, at most MOST_PARTS.

        Words that only ask ("who do I contact") are left out.
        """
        made = (self._part(unit) for unit in self._thesaurus.units(tokens))
        distinct = {part.said: part for part in made if part}
        return sorted(distinct.values(), key=lambda part: -part.weight)[:MOST_PARTS]

    def _part(self, unit: Unit) -> Part | None:
        single = len(unit.words) == 1
        if single and unit.words[0] in ASKING and not unit.leads_to and unit.words[0] not in self._own:
            return None
        terms = {stem(word): (1.0 if single else RAW_SHARE) for word in unit.words if word not in ASKING}
        if unit.term.startswith("="):
            terms = dict.fromkeys(terms, RAW_SHARE) | {unit.term: 1.0}
        terms |= {term: LEAD_SHARE for term in unit.leads_to if term not in terms}
        return Part(" ".join(unit.words), terms, self._weight(unit, terms)) if terms else None

    def _weight(self, unit: Unit, terms: dict[str, float]) -> float:
        whole = {term: worth if worth < RAW_SHARE else 1.0 for term, worth in terms.items()}
        known = [self.rarity[term] * worth for term, worth in whole.items() if term in self.rarity]
        plain = len(unit.words) == 1 and not unit.term.startswith("=") and unit.words[0] not in self._own
        common = _commonness(unit.words[0]) if plain else 1.0
        return common * (max(known) if known else self.top_rarity * 0.6)

    def match(self, parts: Sequence[Part]) -> Matches:
        """What each part of the question is worth to the entries that share a term with it."""
        by_part = tuple(self._worth(part) for part in parts)
        scores: dict[int, float] = defaultdict(float)
        for values in by_part:
            for place, value in values.items():
                scores[place] += value
        return Matches(by_part, scores)

    def _worth(self, part: Part) -> dict[int, float]:
        top = max((self.rarity.get(term, 0.0) for term in part.terms), default=0.0) or 1.0
        common = min(1.0, part.weight / top)
        worth: dict[int, float] = {}
        for term, share in sorted(part.terms.items(), key=lambda each: each[1]):
            posting = self._postings.get(term)
            if posting:
                factor = share * self.rarity[term] * common
                for place, value in zip(*posting, strict=True):
                    if factor * value > worth.get(place, 0.0):
                        worth[place] = factor * value
        return worth

    def said(self, parts: Sequence[Part]) -> dict[str, float]:
        """Each term that the question says or hints at, with its best worth."""
        said: dict[str, float] = {}
        for part in parts:
            for term, worth in part.terms.items():
                said[term] = max(said.get(term, 0.0), worth)
        return said

    def phrase_cover(self, place: int, said: Mapping[str, float]) -> float:
        """How much of the entry's best topic or name the question says, 0 to 1, weighted by rarity."""
        return max((self._cover(phrase, said) for phrase in self._phrases[place]), default=0.0)

    def _cover(self, phrase: Phrase, said: Mapping[str, float]) -> float:
        terms, whole = phrase
        shared = sum([weight * said[term] for term, weight in terms if term in said])
        return shared / whole * math.sqrt(min(1.0, shared / self.top_rarity)) if shared else 0.0


def _told(entry: Entry) -> Told:
    texts = {
        "team": (entry.team,), "service": (entry.service,), "topics": (*entry.topics, *entry.aliases),
        "role": (entry.role,), "audience": entry.audience, "area": (entry.area,),
    }  # fmt: skip
    return {name: [tuple(map(intern, words(text))) for text in each] for name, each in texts.items()}


def _postings(entries: Iterable[Mapping[str, float]]) -> dict[str, Posting]:
    postings: dict[str, Posting] = {}
    for place, weighed in enumerate(entries):
        for term, amount in weighed.items():
            places, values = postings.setdefault(term, (array("I"), array("f")))
            places.append(place)
            values.append(amount / (SATURATION + amount) * (SATURATION + 1))
    return postings


def _mean(sizes: Sequence[int]) -> float:
    filled = [size for size in sizes if size]
    return sum(filled) / len(filled) if filled else 1.0


def _rarity(entries: int, holding: int) -> float:
    return math.log(1 + (entries - holding + 0.5) / (holding + 0.5))


def _commonness(word: str) -> float:
    rank = common_rank(word)
    return next((share for limit, share in _RARITY_STEPS if rank is not None and rank < limit), 1.0)
