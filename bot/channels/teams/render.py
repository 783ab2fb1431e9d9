"""A Message as an Adaptive Card of schema 1.5, always within the limits, and as an activity that holds it."""

from __future__ import annotations

from bot.channels.teams import limits
from bot.channels.teams.fit import at_most, fitting, size
from bot.channels.teams.inputs import form
from bot.channels.teams.literal import Element, block, cut, heading, run, runs
from bot.channels.teams.rows import rows
from bot.wording.labels import label
from bot.wording.parts import (
    Bullets,
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
THUMBNAIL = "application/vnd.microsoft.card.thumbnail"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


def card(message: Message) -> Element:
    """The card of a message. What does not fit is left out and said to be; buttons and forms stay."""
    words, body = text_of(message), _body(message)
    made = {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": "1.5",
        "fallbackText": at_most(words, limits.FALLBACK_BYTES),
        "body": body,
        "msteams": {"width": "full"},
    }
    made["body"] = fitting(body, limits.CARD_BYTES - size({**made, "body": []}))
    return made


def activity(message: Message) -> Element:
    """A message to send. The words ride as its summary: text beside a card would be refused."""
    return {
        "type": "message",
        "summary": cut(text_of(message), limits.SUMMARY),
        "attachments": [{"contentType": CARD, "content": card(message)}],
    }


def results(message: Message, apart: bool) -> list[Element]:
    """The hits of a search, one a heading if `apart`; none for a message without a heading.

    Cards without buttons, for they may be posted where others could press them.
    """
    words = only_words(message)
    heads = [n for n, part in enumerate(words.parts) if isinstance(part, Heading)]
    starts = heads if apart else [0] * bool(heads)
    ends = [*starts[1:], len(words.parts)]
    return [_result(Message(words.parts[a:b])) for a, b in zip(starts, ends, strict=False)]


def _result(words: Message) -> Element:
    text = text_of(words).removeprefix(words.title).strip()
    return {
        "contentType": CARD,
        "content": card(words),
        "preview": {"contentType": THUMBNAIL, "content": {"title": words.title, "text": text[:200]}},
    }


def only_words(message: Message) -> Message:
    """The message without what can be pressed, for places where others could press it."""
    return Message(tuple(p for p in message.parts if not isinstance(p, Buttons | Form)))


def text_of(message: Message) -> str:
    """The same words as plain text."""
    return plain(message, buttons=False) or message.title or "…"


# --- parts


def _body(message: Message) -> list[Element]:
    body: list[Element] = []
    asked = message.form
    buttons = [p.buttons for p in message.parts if isinstance(p, Buttons)]
    shown = iter(rows(buttons, beside_form=asked is not None))
    for part in message.parts:
        if isinstance(part, Form):
            # Only one: the answers of two forms in one card could not be told apart.
            body += _form(part, message) if part is asked else []
        elif isinstance(part, Buttons):
            body += next(shown)
        else:
            body += _part(part, first=not body)
    return body or [block([run("…")])]


def _form(asked: Form, message: Message) -> list[Element]:
    told = any(isinstance(p, Heading) and p.text == asked.title for p in message.parts)
    above = [] if told else [heading(asked.title, "Medium")]
    return [*above, *form(asked)]


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
        case _:
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
