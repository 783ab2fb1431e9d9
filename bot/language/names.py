"""Finds entries called by name: an officer's alias word for word, an id, a team or a service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.entry import Entry
from bot.language.stopwords import ASKING
from bot.language.text import stem, words

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """The entries that a question names, by their places, and how: "alias", "id", "team" or nothing."""

    places: tuple[int, ...]
    how: str


NOBODY = Named((), "")


class Names:
    """The aliases, ids and team names of one directory, compared without the words that only ask."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by_kind: dict[str, dict[Key, list[int]]] = {
            kind: defaultdict(list) for kind in ("alias", "id", "team")
        }
        for place, entry in enumerate(entries):
            for alias in entry.aliases:
                self._note("alias", alias, place)
            self._note("id", entry.id, place)
            self._note("team", entry.team, place)

    def _note(self, kind: str, name: str, place: int) -> None:
        key = _key(name)
        if key and place not in self._by_kind[kind][key]:
            self._by_kind[kind][key].append(place)

    def find(self, question: str) -> Named:
        """The entries named by the whole question, an alias before an id, an id before a team."""
        key = _key(question)
        for kind, known in self._by_kind.items():
            if key and key in known:
                return Named(tuple(known[key]), kind)
        return NOBODY


def _key(text: str) -> Key:
    said = words(text)
    kept = [word for word in said if word not in ASKING]
    return tuple(stem(word) for word in (kept or said))
