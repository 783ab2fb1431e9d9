"""What the needs model sees of a text: word stems, pairs of them, age bands, and pieces of words."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache

from bot.language.ages import age_bands
from bot.language.status import statuses
from bot.language.text import stem, words

SHORTEST_PIECE, LONGEST_PIECE = 3, 5
MOST_WORDS = 250


def word_features(tokens: Sequence[str]) -> set[str]:
    """The stems of the words, each pair of neighbours, the age bands and statuses stated, and both together.

    An age is a band such as "age:18-25", a status such as "status:left-care".
    """
    stems = [stem(token) for token in tokens]
    pairs = {f"{first} {second}" for first, second in itertools.pairwise(stems)}
    bands, told = age_bands(tokens), statuses(tokens)
    both = {f"{band} {status}" for band in bands for status in told}
    return pairs.union(stems, bands, told, both)


def piece_features(tokens: Sequence[str]) -> set[str]:
    """The pieces of three to five letters of each word, a space marking where the word begins and ends."""
    return set().union(*(_pieces(token) for token in tokens))


@lru_cache(maxsize=4_000)
def _pieces(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    found: set[str] = set()
    for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
        found.update(padded[start : start + size] for start in range(max(1, len(padded) - size + 1)))
    return tuple(found)


def features(text: str) -> tuple[set[str], set[str]]:
    """The word features and the piece features of a text, of which the first 250 words are read."""
    tokens = words(text)[:MOST_WORDS]
    return word_features(tokens), piece_features(tokens)
