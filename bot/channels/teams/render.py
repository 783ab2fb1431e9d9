"""A Message as an Adaptive Card of schema 1.5, always within the limits, and as an activity that holds it."""

from __future__ import annotations

import json
from typing import Any

from bot.channels.teams import limits
from bot.channels.teams.inputs import action, alone, form
from bot.channels.teams.literal import Element, block, cut, heading, run, runs
from bot.wording.labels import label
from bot.wording.parts import (
    Bullets,
    Button,
    Buttons,
    Facts,
    Form,
    Heading,
    Message,
    Notice,
    Paragraph,
    Part,
    Rich,
    Small,
)
from bot.wording.plain import plain

CARD = "application/vnd.microsoft.card.adaptive"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


def card(message: Message) -> Element:
    """The card of a message. What does not fit is left out and said to be; buttons and forms stay."""
    words, body = text_of(message), _body(message)
    made = {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": "1.5",
        "lang": "en",
        "fallbackText": _at_most(words, limits.FALLBACK_BYTES),
        "body": body,
        "msteams": {"width": "full"},
    }
    room = limits.CARD_BYTES - size({**made, "body": []})
    made["body"] = _fitting(body, room)
    return made


def activity(message: Message) -> Element:
    """A message to send. The words ride as its summary: text beside a card would be refused."""
    return {
        "type": "message",
        "summary": cut(text_of(message), limits.SUMMARY),
        "attachments": [{"contentType": CARD, "content": card(message)}],
    }


def only_words(message: Message) -> Message:
    """The message without what can be pressed, for places where others could press it."""
    return Message(tuple(p for p in message.parts if not isinstance(p, Buttons | Form)))


def text_of(message: Message) -> str:
    """The same words as plain text."""
    return plain(message, buttons=False) or message.title or "…"


def size(thing: Any) -> int:
    """Bytes on the wire."""
    return len(json.dumps(thing, ensure_ascii=False, separators=(",", ":")).encode())


# --- parts


def _body(message: Message) -> list[Element]:
    body: list[Element] = []
    asked = message.form
    for number, part in enumerate(message.parts):
        if isinstance(part, Form) and part is not asked:
            continue  # the answers of two forms in one card could not be told apart
        made = _part(part, first=number == 0)
        body += [alone_in(e) for e in made] if asked and isinstance(part, Buttons) else made
    return body or [block([run("…")])]


def alone_in(actions: Element) -> Element:
    """A row of buttons beside a form: they leave its answers alone."""
    return {**actions, "actions": [alone(a) for a in actions["actions"]]}


def _part(part: Part, first: bool) -> list[Element]:
    match part:
        case Heading(text):
            return [heading(cut(text, limits.TEXT), "Large" if first else "Medium")]
        case Paragraph(spans):
            return [block(runs(spans, limits.TEXT))]
        case Notice(spans):
            return [_notice(spans)]
        case Small(spans):
            return [block(runs(spans, limits.TEXT, size="Small", isSubtle=True))]
        case Bullets(items):
            return [_line("•", item) for item in items]
        case Facts(pairs):
            return [_fact(name, value, spaced=n == 0) for n, (name, value) in enumerate(pairs)]
        case Buttons(buttons):
            return _rows(buttons)
        case Form():
            title = [] if first else [heading(part.title, "Medium")]
            return [*title, *form(part)]
    return []


def _notice(spans: Rich) -> Element:
    """Set apart by a box and by a word, never by colour alone."""
    told = [run(f"{label('important')}: ", weight="Bolder"), *runs(spans, limits.TEXT)]
    return {"type": "Container", "style": "attention", "items": [block(told)]}


def _line(mark: str, spans: Rich) -> Element:
    return block([run(f"{mark} "), *runs(spans, limits.TEXT)], spacing="Small")


def _fact(name: str, value: Rich, spaced: bool) -> Element:
    told = [run(f"{name}: ", weight="Bolder"), *runs(value, limits.TEXT)]
    return block(told, spacing="Default" if spaced else "Small")


def _rows(buttons: tuple[Button, ...]) -> list[Element]:
    shown = [action(b.label, b.says, b.style) for b in buttons[: limits.ACTIONS]]
    step = limits.ACTIONS_IN_A_SET
    return [{"type": "ActionSet", "actions": shown[n : n + step]} for n in range(0, len(shown), step)]


# --- limits over the whole


def _fitting(body: list[Element], room: int) -> list[Element]:
    """As much of the body as fits. What can be pressed or filled in comes first: one is stuck without."""
    note = block([run(label("cut_short"), isSubtle=True)])
    held = sum(size(e) + 1 for e in body if _needed(e))
    if held > room:
        return _shortened(body, room)
    kept: list[Element] = []
    left = room - held
    spare = size(note) + 1
    whole = sum(size(e) + 1 for e in body if not _needed(e)) <= left
    for element in body:
        cost = 0 if _needed(element) else size(element) + 1
        if cost + (0 if whole else spare) <= left:
            left -= cost
            kept.append(element)
    return kept if whole else [*kept, note]


def _needed(element: Element) -> bool:
    return element["type"] == "ActionSet" or element["type"].startswith("Input.")


def _shortened(body: list[Element], room: int) -> list[Element]:
    """Only what is needed, the longest answers cut until it fits."""
    kept = [dict(e) for e in body if _needed(e)]
    while sum(size(e) + 1 for e in kept) > room:
        longest = max(kept, key=lambda e: len(e.get("value", "")))
        if not longest.get("value"):
            kept.remove(max(kept, key=size))
            continue
        longest["value"] = longest["value"][: len(longest["value"]) * 3 // 4]
    return kept


def _at_most(text: str, room: int) -> str:
    """Text of at most so many bytes in JSON."""
    while size(text) > room:
        text = cut(text, len(text) * 3 // 4)
    return text
