"""The field's own thesaurus: which phrases name one thing, and which lead from one thing to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from bot.language.text import stem, words

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One stretch of a text: the term it stands for, its words, and the terms that it leads to."""

    term: str
    words: Stems
    leads_to: tuple[str, ...] = ()


@dataclass
class Thesaurus:
    """Phrases (as stems) to the concept they name, and concepts or phrases to those they lead to."""

    concepts: dict[Stems, str] = field(default_factory=dict)
    leads: dict[Stems, tuple[str, ...]] = field(default_factory=dict)
    surface: set[str] = field(default_factory=set)
    longest: int = 1

    @classmethod
    def load(cls) -> Thesaurus:
        """The thesaurus shipped with the program; read once a process."""
        return _shipped()

    @classmethod
    def parse(cls, text: str) -> Thesaurus:
        """A thesaurus from the text of its file: `a = b; c` lines and `a; b > c; d` lines."""
        made = cls()
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        for line in lines:
            if "=" in line:
                made._same(*line.split("=", 1))
        for line in lines:
            if "=" not in line:
                made._leading(*line.split(">", 1))
        return made

    def _same(self, name: str, others: str) -> None:
        concept = "=" + name.strip()
        for phrase in (name, *others.split(";")):
            self.concepts.setdefault(self._known(phrase), concept)

    def _leading(self, phrases: str, targets: str) -> None:
        terms = tuple(term for target in targets.split(";") for term in self._terms(self._known(target)))
        for phrase in phrases.split(";"):
            stems = self._known(phrase)
            self.leads[stems] = self.leads.get(stems, ()) + terms

    def _known(self, phrase: str) -> Stems:
        found = words(phrase)
        self.surface.update(found)
        self.longest = max(self.longest, len(found))
        return tuple(stem(word) for word in found)

    def _terms(self, stems: Stems) -> Stems:
        concept = self.concepts.get(stems)
        return (concept,) if concept else stems

    def units(self, tokens: Sequence[str]) -> list[Unit]:
        """The words split from the left into the longest phrases known and single words between them."""
        return list(self._split(tokens, [stem(token) for token in tokens]))

    def _split(self, tokens: Sequence[str], stems: list[str]) -> Iterator[Unit]:
        place = 0
        while place < len(tokens):
            size = self._longest_at(stems, place)
            phrase = tuple(stems[place : place + size])
            term = self.concepts.get(phrase) or " ".join(phrase)
            yield Unit(term, tuple(tokens[place : place + size]), self.leads.get(phrase, ()))
            place += size

    def _longest_at(self, stems: list[str], place: int) -> int:
        for size in range(min(self.longest, len(stems) - place), 0, -1):
            phrase = tuple(stems[place : place + size])
            if phrase in self.concepts or phrase in self.leads:
                return size
        return 1


@lru_cache(maxsize=1)
def _shipped() -> Thesaurus:
    return Thesaurus.parse(resources.files("bot.language").joinpath("data/thesaurus.txt").read_text("utf-8"))
