"""Parts a message that asks several things at once ("apologies for Dec, and who is chairing Jan?")."""

from __future__ import annotations

import re

from bot.language.intents import read_intent
from bot.language.intents_features import read
from bot.language.slots_text import shown

_MOST = 5
_SHORTEST = 2
_SURE_ENOUGH = 0.5
_ASKS = r"(?:who|what|when|where|which|how|is|are|can|could|please|pls|do|does|has|have|will|tell|send|log|raise|remind|apols?|apologies|put|add|a[- ]?\d)"
_STRONG = re.compile(
    rf"\s*(?:[,;.]\s*|\s)(?:and |& |\+ )?(?:also|plus|and another thing|oh and|ps|btw|by the way|one more thing|while i'?m (?:here|at it))\b[\s,:]*"
    rf"|\s*[;\n]+\s*|\s*[.?!]+\s+(?=\w)|,?\s+(?:and|&|then)\s+(?={_ASKS}\b)|,\s+(?={_ASKS}\b)",
    re.I,
)
_FAMILIES = (
    frozenset({"rsvp_yes", "rsvp_no", "rsvp_maybe"}),
    frozenset({"acknowledge_action", "update_action", "complete_action"}),
)
_NEVER_SECOND = frozenset({"help", "out_of_scope"})


def parted(text: str) -> list[str]:
    """The asks of a message, as typed, two or more; empty when it asks one thing only."""
    pieces = [piece.strip(" ,.;:&+-") for piece in _STRONG.split(shown(text))]
    pieces = [piece for piece in pieces if len(piece.split()) >= _SHORTEST]
    if not 1 < len(pieces) <= 3 * _MOST:
        return []
    joined = _joined(pieces)
    return joined if 1 < len(joined) <= _MOST else []


def _joined(pieces: list[str]) -> list[str]:
    """Pieces that do not ask for something of their own go back to the piece before them."""
    kept: list[tuple[str, str | None]] = []
    for piece in pieces:
        intent = _own_intent(piece)
        if kept and (intent is None or _same(intent, kept[-1][1])):
            kept[-1] = (f"{kept[-1][0]}, {piece}", kept[-1][1])
        elif kept and kept[-1][1] is None:
            kept[-1] = (f"{kept[-1][0]}, {piece}", intent)
        else:
            kept.append((piece, intent))
    return [piece for piece, intent in kept if intent is not None]


def _own_intent(piece: str) -> str | None:
    likely = read_intent(read(piece))
    if likely.p < _SURE_ENOUGH or likely.intent in _NEVER_SECOND:
        return None
    return likely.intent


def _same(one: str, other: str | None) -> bool:
    return one == other or any(one in family and other in family for family in _FAMILIES)
