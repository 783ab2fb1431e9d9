"""What a sentence says about coming to a meeting: for whom, how, with whom in one's place, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_WORDS = {w: w for w in ("yes", "no", "maybe", "late", "remote")} | {"leave_early": "early"}
_INTENTS = {"rsvp_yes": "yes", "rsvp_no": "no", "rsvp_maybe": "maybe"}
_COMING = frozenset({"yes", "late", "early", "remote"})
_NOT_IN_NAMES = re.compile(r"[^\w\s'’.@-]")
_SELF = frozenset({"me", "myself", "i", "us"})
_SENT_BY = re.compile(
    r"(?P<name>(?:Cllr |Councillor )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?),? "
    r"(?:sends|gives|has (?:sent|given)|is sending|asked me to (?:send|give)|has asked me to (?:send|give))"
    r" (?:you )?(?:his |her |their )?(?:apologies|apols)"
)


@dataclass(frozen=True)
class Said:
    """`answer` is one of yes, no, maybe, late, early, remote. `others` are people it is also said for.

    `for_self` is False where it is said for others alone. `is_clear` is False where the words and the
    reading of them disagree: then the person must be asked.
    """

    answer: str
    note: str = ""
    substitute: str = ""
    others: tuple[str, ...] = ()
    for_self: bool = True
    is_clear: bool = True


def said(text: str, intent: str, slots: Mapping[str, Any]) -> Said:
    """The answer in a sentence that was understood as a reply (`rsvp`) or as rsvp_yes, _no or _maybe."""
    slot = _WORDS.get(str(slots.get("answer", "")), "")
    general = _INTENTS.get(intent, slot)
    people = _people(text, slots)
    others = tuple(p for p in people if p.casefold() not in _SELF)
    return Said(
        answer=slot if _agree(slot, general) else general,
        note=_note(text, slot, slots),
        substitute=_name(slots.get("substitute")),
        others=others,
        for_self=not others or len(others) < len(people),
        is_clear=not slot or _agree(slot, general),
    )


def _agree(slot: str, general: str) -> bool:
    return bool(slot) and (slot == general or {slot, general} <= _COMING)


def _people(text: str, slots: Mapping[str, Any]) -> list[str]:
    """For whom it is said; nobody named means the speaker."""
    named = slots.get("for")
    found = [_name(p) for p in (named if isinstance(named, list | tuple) else [named]) if p]
    sent_by = _SENT_BY.search(text)
    return found or ([_name(sent_by["name"])] if sent_by else [])


def _note(text: str, answer: str, slots: Mapping[str, Any]) -> str:
    """What the officer should know: the reason, or the whole sentence where its times or needs matter."""
    if answer in ("late", "early") or slots.get("requirement") or slots.get("minutes") or slots.get("time"):
        return " ".join(text.split())
    return str(slots.get("reason") or "")


def _name(value: Any) -> str:
    """A name as it can stand in a command: letters, marks of names, an e-mail address."""
    return " ".join(_NOT_IN_NAMES.sub(" ", str(value or "")).split())
