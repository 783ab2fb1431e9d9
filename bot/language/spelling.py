"""Repairs misspelt words to words of the directory or the field, and never touches a common English word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.text import is_common

SHORTEST = 5
LONG = 9
"""Words of nine letters or more may be wrong in two places, shorter ones in one."""
MOST_REPAIRS = 12
"""Words of one message that are looked up; more would be another language, or an attack on the clock."""


class Speller:
    """Knows the words of one directory and of the thesaurus, and how often the directory says each."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = frozenset(known)
        groups: dict[str, list[str]] = defaultdict(list)
        for word in sorted(known, key=lambda each: (-known[each], each)):
            if len(word) >= SHORTEST - 1 and word.isalpha():
                groups[word[0]].append(word)
        self._by_first = dict(groups)

    def repair(self, tokens: Sequence[str]) -> list[str]:
        """The tokens, each unknown one replaced by the nearest known word that begins with the same letter."""
        left = MOST_REPAIRS
        repaired = []
        for token in tokens:
            strange = left > 0 and self._is_strange(token)
            left -= strange
            repaired.append(self._nearest(token) if strange else token)
        return repaired

    def _is_strange(self, token: str) -> bool:
        return (
            len(token) >= SHORTEST and token.isalpha() and token not in self._known and not is_common(token)
        )

    def _nearest(self, token: str) -> str:
        allowed = 2 if len(token) >= LONG else 1
        group = self._by_first.get(token[0], [])
        found = process.extractOne(token, group, scorer=OSA.distance, score_cutoff=allowed)
        return found[0] if found else token
