"""A Message as a view: a modal that asks, a modal that shows, and App Home."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.fit import context, fitting, numbered, told_apart
from bot.channels.slack.inputs import input_block
from bot.channels.slack.render import part, parts
from bot.channels.slack.text import Block, escape, plain_object
from bot.wording.labels import label
from bot.wording.parts import Buttons, Field, Form, Heading, Message

FORM = "cp_form"
SHOWN = "cp_shown"
View = dict[str, Any]


def form_view(message: Message, form: Form) -> View:
    """A modal that asks the form's questions, with the message's other words above them."""
    kept, shown = _hidden_and_shown(form)
    inputs = [input_block(f) for f in shown]
    words = Message(tuple(p for p in message.parts if not isinstance(p, Buttons)))
    above = [*_whole_title(form, message), *parts(words)]
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_object(form.title, limits.VIEW_TITLE),
        "submit": plain_object(form.submit, limits.VIEW_BUTTON),
        "close": plain_object(label("cancel"), limits.VIEW_BUTTON),
        "private_metadata": _metadata(form.says, kept),
        "blocks": [*_fitted(above, limits.VIEW_BLOCKS - len(inputs)), *inputs] or [context("…")],
    }


def shown_view(message: Message) -> View:
    """A modal that shows an answer."""
    return {
        "type": "modal",
        "callback_id": SHOWN,
        "title": plain_object(_heading(message) or label("answer"), limits.VIEW_TITLE),
        "close": plain_object(label("close"), limits.VIEW_BUTTON),
        "blocks": _fitted(parts(message), limits.VIEW_BLOCKS) or [context("…")],
    }


def home_view(message: Message) -> View:
    """App Home."""
    return {"type": "home", "blocks": _fitted(parts(message), limits.VIEW_BLOCKS) or [context("…")]}


def errors_of(form: Form) -> dict[str, str]:
    """What is to be mended, by block, as a submitted view is answered with."""
    return {f.name: f.error for f in form.fields if f.error and f.kind != "hidden"}


def said_by(metadata: str) -> tuple[str, Mapping[str, str]] | None:
    """What a form of ours says and carries along unseen; None for a form that is not, or no longer, ours."""
    try:
        found = json.loads(metadata)
        return str(found["says"]), {str(k): str(v) for k, v in found["kept"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _fitted(shown: list[Block], most: int) -> list[Block]:
    return told_apart(numbered(fitting(shown, most, limits.VIEW_CHARACTERS)))


def _heading(message: Message) -> str:
    return next((p.text for p in message.parts if isinstance(p, Heading)), "")


def _whole_title(form: Form, message: Message) -> list[Block]:
    """A modal's title is short: one that is cut off stands above the questions, whole."""
    if len(escape(form.title)) <= limits.VIEW_TITLE or message.title == form.title:
        return []
    return part(Heading(form.title))


def _metadata(says: str, kept: Mapping[str, str]) -> str:
    # Nobody reads it but us, yet nothing in it shall look like a call to everybody.
    return json.dumps({"says": says, "kept": kept}, ensure_ascii=False).replace("<", "\\u003c")


def _hidden_and_shown(form: Form) -> tuple[dict[str, str], list[Field]]:
    """What the modal carries unseen, and its questions. What does not fit unseen is shown as a question."""
    kept = {f.name: f.value for f in form.fields if f.kind == "hidden"}
    while kept and len(_metadata(form.says, kept)) > limits.PRIVATE_METADATA:
        del kept[max(kept, key=lambda name: len(kept[name]))]
    shown = [replace(f, kind="long") if f.kind == "hidden" else f for f in form.fields if f.name not in kept]
    return kept, shown
