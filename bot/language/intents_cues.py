"""Finds the cues of ``data/cues.tsv`` (words that mean the same kind of thing) in a cut message.

A cue file line is ``name<TAB>phrase``. In a phrase, ``word*`` is any word that begins so, and ``_`` is any one
word. Matching walks the words once with dictionaries, so it is linear and safe on hostile text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from bot.language.intents_text import rows

_SHORTEST_STEM = 2


@dataclass(frozen=True)
class Cue:
    """A cue found: its name, and the words ``[start, end)`` that show it."""

    name: str
    start: int
    end: int


@dataclass
class CueBook:
    """The cues, arranged for look-up by the first word of each phrase."""

    exact: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    stems: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)

    def add(self, name: str, phrase: str) -> None:
        """Adds one phrase; the first word may be a stem but not ``_``."""
        first, *rest = phrase.split()
        shelf = self.stems if first.endswith("*") else self.exact
        shelf.setdefault(first.rstrip("*"), []).append((name, tuple(rest)))

    def find(self, words: list[str]) -> list[Cue]:
        """Every cue in the words, in order of place."""
        return [
            Cue(name, at, at + 1 + len(rest))
            for at, word in enumerate(words)
            for name, rest in self._starting(word)
            if _follows(words, at + 1, rest)
        ]

    def _starting(self, word: str) -> list[tuple[str, tuple[str, ...]]]:
        found = list(self.exact.get(word, ()))
        for length in range(_SHORTEST_STEM, min(len(word), 16) + 1):
            found += self.stems.get(word[:length], ())
        return found


def _follows(words: list[str], at: int, rest: tuple[str, ...]) -> bool:
    if at + len(rest) > len(words):
        return False
    return all(_fits(words[at + i], wanted) for i, wanted in enumerate(rest))


def _fits(word: str, wanted: str) -> bool:
    if wanted == "_":
        return True
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


@cache
def cue_book() -> CueBook:
    """The shipped cues, read once."""
    book = CueBook()
    for name, phrase in rows("cues.tsv"):
        book.add(name, phrase)
    return book


def find_cues(words: list[str]) -> list[Cue]:
    """Every shipped cue in the words (see `CueBook.find`)."""
    return cue_book().find(words)
