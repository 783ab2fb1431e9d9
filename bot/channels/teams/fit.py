"""Keeps a card within its size: what can be pressed or filled in stays, words give way, and it says so."""

from __future__ import annotations

import json
from typing import Any

from bot.channels.teams.literal import Element, block, cut, run
from bot.wording.labels import label

FOR_WORDS = 2_000
"""Bytes that are kept for words, however much there is to press."""


def size(thing: Any) -> int:
    """Bytes on the wire."""
    return len(json.dumps(thing, ensure_ascii=False, separators=(",", ":")).encode())


def at_most(text: str, room: int) -> str:
    """Text of at most so many bytes."""
    while size(text) > room:
        text = cut(text, len(text) * 3 // 4)
    return text


def fitting(body: list[Element], room: int) -> list[Element]:
    """The body in at most `room` bytes. Where words are left out, a last line says so."""
    if size(body) <= room:
        return body
    note = block([run(label("cut_short"), isSubtle=True)])
    slim = _slim(body, room - size(note) - FOR_WORDS)
    left = room - size(note) - sum(_cost(e) for e in slim if _needed(e))
    kept: list[Element] = []
    for element in slim:
        cost = 0 if _needed(element) else _cost(element)
        if cost <= left:
            left -= cost
            kept.append(element)
    return [*kept, note]


def _cost(element: Element) -> int:
    return size(element) + 1


def _needed(element: Element) -> bool:
    return str(element["type"]).startswith(("ActionSet", "Input."))


def _slim(body: list[Element], room: int) -> list[Element]:
    """What is needed, smaller until it fits: the buttons' fallbacks go first, then the largest shrinks."""
    slim = [dict(e) for e in body]
    needed = [e for e in slim if _needed(e)]

    def over() -> bool:
        return sum(_cost(e) for e in needed) > room

    if over():
        for row in (e for e in needed if "actions" in e):
            row["actions"] = [{k: v for k, v in a.items() if k != "fallback"} for a in row["actions"]]
    while over() and _shrink(max(needed, key=size)):
        pass
    return [e for e in slim if e.get("actions", True)]


def _shrink(element: Element) -> bool:
    """Make one element smaller; False when nothing of it can go."""
    if element.get("value"):
        element["value"] = element["value"][: len(element["value"]) * 3 // 4]
    elif element.get("choices"):
        element["choices"] = element["choices"][: len(element["choices"]) * 3 // 4]
    elif element.get("actions"):
        element["actions"].remove(max(element["actions"], key=size))
    else:
        return False
    return True
