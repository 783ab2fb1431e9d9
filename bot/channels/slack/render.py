"""A Message as Block Kit for a message, with the same words as plain text. Always within the limits."""

from __future__ import annotations

import re
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.fit import context, fitting, numbered, told_apart
from bot.channels.slack.text import (
    Block,
    bullets,
    cut,
    escape,
    escaped,
    plain_object,
    rich,
    run,
    runs,
    section,
)
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
    plain_spans,
)
from bot.wording.plain import plain

_NOT_ID = re.compile(r"[^a-z0-9]+")
_NUMBER_ROOM = 5


def payload(message: Message, opens: str = "") -> dict[str, Any]:
    """Text and blocks, as chat.postMessage takes them. `opens`: see `blocks`."""
    return {**quiet(message, opens), "unfurl_links": False, "unfurl_media": False}


def quiet(message: Message, opens: str = "") -> dict[str, Any]:
    """Text and blocks, as ephemeral messages and response_url take them."""
    return {"text": text_of(message), "blocks": blocks(message, opens)}


def text_of(message: Message) -> str:
    """The same words as plain text, for the notification and for screen readers."""
    words = plain(message, buttons=False).strip() or _title(message).strip()
    return escaped(words, limits.MESSAGE_TEXT) or "…"


def blocks(message: Message, opens: str = "") -> list[Block]:
    """The blocks of a message. A form becomes a button that says `opens`, which asks for it again."""
    shown = [b for p in message.parts for b in (_opener(p, opens) if isinstance(p, Form) else part(p))]
    fitted = fitting(shown, limits.MESSAGE_BLOCKS, limits.MESSAGE_CHARACTERS)
    return told_apart(numbered(fitted)) or [context("…")]


def parts(message: Message) -> list[Block]:
    """Everything but forms, not yet fitted."""
    return [b for p in message.parts if not isinstance(p, Form) for b in part(p)]


def part(one: Part) -> list[Block]:
    """The blocks of one part; none where there is nothing to see."""
    match one:
        case Heading(text):
            return [{"type": "header", "text": plain_object(text, limits.HEADER)}] if text.strip() else []
        case Paragraph(spans):
            return _words(runs(spans))
        case Notice(spans):
            return _words(runs(spans), run(f"{label('important')}: ", bold=True))
        case Small(spans):
            return _small(spans)
        case Bullets(items):
            return _list([made for i in items if _seen(made := runs(i))])
        case Facts(pairs):
            return _facts(pairs)
        case Buttons(found):
            return buttons(found)
        case _:
            return []


def buttons(found: tuple[Button, ...]) -> list[Block]:
    """Rows of buttons. One whose command Slack could not carry whole is left out: it would say another."""
    fit = [_button(b) for b in found if b.says.strip() and len(escape(b.says)) <= limits.BUTTON_VALUE]
    rows = [fit[n : n + limits.BUTTONS_IN_A_ROW] for n in range(0, len(fit), limits.BUTTONS_IN_A_ROW)]
    return [{"type": "actions", "elements": row} for row in rows]


def action_id(says: str) -> str:
    """A readable id from the first two words that a button says: "rsvp yes M-3" is rsvp_yes."""
    words = "_".join(says.lower().split()[:2])
    return _NOT_ID.sub("_", words).strip("_")[: limits.ACTION_ID - _NUMBER_ROOM] or "say"


def _opener(form: Form, opens: str) -> list[Block]:
    return buttons((Button(form.title or label("open_form"), opens, "primary"),)) if opens else []


def _button(button: Button) -> Block:
    shown: Block = {
        "type": "button",
        "text": plain_object(button.label, limits.BUTTON_LABEL),
        "value": escape(button.says),
        "action_id": action_id(button.says),
    }
    return shown if button.style == "default" else shown | {"style": button.style}


def _words(made: list[Block], *before: Block) -> list[Block]:
    return _sections([*before, *made]) if _seen(made) else []


def _small(spans: Rich) -> list[Block]:
    """Small print has no rich text: with a link or bold words in it, it is shown at full size."""
    if any(s.bold or s.href for s in spans):
        return _words(runs(spans))
    words = plain_spans(spans)
    return [context(cut(words, limits.CONTEXT))] if words.strip() else []


def _list(items: list[list[Block]]) -> list[Block]:
    return [rich(bullets(items[n : n + limits.RUNS])) for n in range(0, len(items), limits.RUNS)]


def _facts(pairs: tuple[tuple[str, Rich], ...]) -> list[Block]:
    lines = [[run(f"{name}: ", bold=True), *runs(value)] for name, value in pairs]
    return _sections([r for n, line in enumerate(lines) for r in ([run("\n")] if n else []) + line])


def _sections(made: list[Block]) -> list[Block]:
    return [rich(section(made[n : n + limits.RUNS])) for n in range(0, len(made), limits.RUNS)]


def _seen(made: list[Block]) -> bool:
    """Whether there is anything to see in some runs."""
    return any(r["text"].strip() for r in made)


def _title(message: Message) -> str:
    form = message.form
    return message.title or (form.title if form else "")
