"""Answers "who do I contact about X" from one council's directory, and says how sure it is and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.entry import Entry
from bot.language.evidence import Evidence, Gatherer
from bot.language.explain import because, named_exactly, reading_in_words
from bot.language.names import Names
from bot.language.needs import NeedsModel
from bot.language.ranking import Ranked, Ranker, Tier
from bot.language.thesaurus import Thesaurus

MOST_HITS = 3
_CLEAR_READING = 0.3
"""The share at which the likeliest need is named."""
_CLEAR_SUBJECT = 0.5
"""The share at which an out-of-scope subject is named."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may answer. `score` is its share, 0 to 1, of all that speaks for any entry."""

    entry_id: str
    title: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the directory answers: at most three hits, best first, whatever the tier.

    "sure": show the first. "unsure": offer them all. "unknown": show none unless asked; `subject` names an
    out-of-scope topic where one is recognised. `need` is the id of the need that the question was read as.
    `why` says in a few words what the tier rests on.
    """

    tier: Tier
    hits: tuple[Hit, ...]
    subject: str | None
    need: str | None
    why: str


class Directory:
    """One council's directory, indexed once and safe to ask from several threads."""

    def __init__(
        self, entries: Sequence[Entry], model: NeedsModel | None = None, ranker: Ranker | None = None
    ) -> None:
        self._entries = tuple(entries)
        self._model = model or NeedsModel.load()
        self._ranker = ranker or Ranker.load()
        self._names = Names(self._entries)
        self._gatherer = Gatherer(self._entries, self._model, Thesaurus.load())

    def answer(self, question: str) -> Answer:
        """The entries that answer a question of any length or content; never raises on what people type."""
        evidence = self._gatherer.gather(question)
        ranked = self._ranker.rank(evidence)
        named = self._names.find(question)
        if named.places:
            return self._named(evidence, ranked, named.places, named.how)
        confidence = self._ranker.judge(evidence, ranked)
        tier = self._ranker.tier(confidence) if evidence.understood else "unknown"
        hits = tuple(self._hit(each, evidence) for each in ranked[:MOST_HITS])
        subject = self._subject(evidence) if tier == "unknown" else None
        why = subject or reading_in_words(self._model, evidence)
        return Answer(tier, hits, subject, self._need(evidence), why)

    def _named(
        self, evidence: Evidence, ranked: Sequence[Ranked], places: tuple[int, ...], how: str
    ) -> Answer:
        first = [
            Hit(
                self._entries[place].id,
                self._entries[place].title,
                round(1 / len(places), 4),
                named_exactly(how),
            )
            for place in places[:MOST_HITS]
        ]
        others = [each for each in ranked if each.candidate.place not in places]
        rest = [self._hit(each, evidence) for each in others[: MOST_HITS - len(first)]]
        tier: Tier = "sure" if len(places) == 1 else "unsure"
        return Answer(tier, (*first, *rest), None, self._need(evidence), named_exactly(how))

    def _hit(self, ranked: Ranked, evidence: Evidence) -> Hit:
        entry = self._entries[ranked.candidate.place]
        told = because(entry, ranked.candidate, evidence, self._model)
        return Hit(entry.id, entry.title, round(ranked.share, 4), told)

    def _need(self, evidence: Evidence) -> str | None:
        top = evidence.reading.top
        return self._model.needs[top].id if evidence.reading.shares[top] >= _CLEAR_READING else None

    def _subject(self, evidence: Evidence) -> str | None:
        shares: dict[str, float] = defaultdict(float)
        for need, share in zip(self._model.needs, evidence.reading.shares, strict=True):
            if need.subject:
                shares[need.subject] += share
        if sum(shares.values()) < _CLEAR_SUBJECT:
            return None
        return max(sorted(shares), key=shares.__getitem__)
