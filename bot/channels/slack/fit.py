"""Keeps blocks within what Slack takes: what can be pressed and must be read stays, the rest gives way."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels.slack import limits
from bot.channels.slack.text import Block, escaped, plain_object, size, unescape
from bot.wording.labels import label

LAST_TO_GO = ("actions", "input", "context")
"""Buttons and fields: without them a person is stuck. Footnotes: there stands whom to ring about a child."""


def fitting(shown: list[Block], most: int, characters: int) -> list[Block]:
    """At most so many blocks and characters, in their order. Where any is left out, a last line says so."""
    if len(shown) <= most and size(shown) <= characters:
        return shown
    note = context(label("cut_short"))
    kept = _kept(shown, most - 1, characters - size(note))
    return [*(b for n, b in enumerate(shown) if n in kept), note]


def context(words: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [plain_object(words, limits.CONTEXT)]}


def numbered(shown: list[Block]) -> list[Block]:
    """Action ids that differ within a message: a repeated one gets a number."""
    seen: dict[str, int] = {}
    for element in _pressable(shown):
        name = element["action_id"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            element["action_id"] = f"{name}_{seen[name]}"
    return shown


def told_apart(shown: list[Block]) -> list[Block]:
    """Buttons with the same label say to a screen reader what each of them does."""
    buttons = [e for e in _pressable(shown) if e["type"] == "button"]
    labels = [b["text"]["text"] for b in buttons]
    for button in buttons:
        if labels.count(button["text"]["text"]) > 1:
            words = unescape(f"{button['text']['text']}: {button['value']}")
            button["accessibility_label"] = escaped(words, limits.BUTTON_LABEL)
    return shown


def _kept(shown: list[Block], most: int, characters: int) -> set[int]:
    """The places of the blocks that stay: first come those that are the last to go."""
    kept: set[int] = set()
    order = sorted(range(len(shown)), key=lambda n: (shown[n]["type"] not in LAST_TO_GO, n))
    for place in order:
        cost = size(shown[place])
        if len(kept) < most and cost <= characters:
            kept.add(place)
            characters -= cost
    return kept


def _pressable(shown: list[Block]) -> Iterable[Block]:
    return (e for b in shown if b["type"] == "actions" for e in b["elements"])
