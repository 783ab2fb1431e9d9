"""Cuts a message into clauses and trims what people say around the matter itself."""

from __future__ import annotations

import re

LONGEST = 1500
"""Slots are read from this many characters from the start; what follows is still kept in free text."""

_CLAUSE_ENDS = re.compile(r"\s*(?:[;\n!?]+|,(?=\s)|\.(?=\s|$)|:(?=\s)|\s[-–—]+\s)\s*")
_JOINED_BY = re.compile(
    r"\s+(?:because|cos|coz|due to|owing to|so that|as (?=i|we|my|our|the|it)|since (?=i|we|my|our|the|it))\s*|\s+(?:but|so)\s+",
    re.I,
)
_TRIM = " \t\r\n.,;:!?-–—\"'“”"
_COURTESY = re.compile(
    r"^(?:(?:so|very|really|ever so)\s)*(?:sorry|soz|apologies|please|pls|plz|thanks|thank you|ta|many thanks|cheers|hi|"
    r"hello|dear all|morning|unfortunately|regrettably|i'?m afraid|and|but|so|ok|okay|x+)(?:[\s,.!-]+|$)",
    re.I,
)
_CLOSING = re.compile(
    r"[\s,.!-]+(?:please|pls|plz|thanks|thank you|ta|many thanks|cheers|x+|sorry|soz|duck|pet|love)$", re.I
)


def shown(text: str) -> str:
    """The part of a message from which slots are read."""
    return text[:LONGEST]


def clauses(text: str) -> list[str]:
    """The clauses of a message, as typed, in order; empty ones left out."""
    pieces = (piece for end in _CLAUSE_ENDS.split(shown(text)) for piece in _JOINED_BY.split(end))
    return [piece.strip(_TRIM) for piece in pieces if piece and piece.strip(_TRIM)]


def tidy(text: str) -> str:
    """A clause without the courtesies at its two ends and without loose punctuation."""
    for _ in range(3):
        shorter = _CLOSING.sub("", _COURTESY.sub("", text.strip(_TRIM))).strip(_TRIM)
        if shorter == text:
            break
        text = shorter
    return text


def without_lead(text: str, lead: re.Pattern[str]) -> str:
    """The text without a lead-in such as "log this:"; the text itself when nothing would be left."""
    rest = text.strip()
    for _ in range(3):
        shorter = lead.sub("", rest, count=1).lstrip(" ,.:;-–—\n\t")
        if shorter == rest or not shorter:
            break
        rest = shorter
    return rest or text.strip()
