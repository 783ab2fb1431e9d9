"""A Message as Block Kit: in a message, in a modal, on App Home. Always within the limits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.text import cut, escape, literal, mrkdwn, pieces
from bot.wording.labels import label
from bot.wording.parts import (
    Bullets,
    Button,
    Buttons,
    Facts,
    Field,
    Form,
    Heading,
    Message,
    Notice,
    Paragraph,
    Part,
    Small,
)
from bot.wording.plain import plain

Block = dict[str, Any]
FORM = "cp_form"
SHOWN = "cp_shown"
_NOT_ID = re.compile(r"[^a-z0-9]+")


def text_of(message: Message) -> str:
    """The same words as plain text, for the notification and for screen readers."""
    return cut(escape(plain(message, buttons=False)), limits.MESSAGE_TEXT) or "…"


def blocks(message: Message, opens: str = "") -> list[Block]:
    """The blocks of a message. A form becomes a button that says `opens`, which asks for it again."""
    shown: list[Block] = []
    for part in message.parts:
        if isinstance(part, Form):
            shown += (
                _buttons((Button(part.title or label("open_form"), opens or part.says, "primary"),))
                if opens
                else []
            )
        else:
            shown += _part(part)
    return _unique(_fitting(shown, limits.MESSAGE_BLOCKS))


def payload(message: Message, opens: str = "") -> dict[str, Any]:
    """Text and blocks, as chat.postMessage and response_url take them."""
    return {
        "text": text_of(message),
        "blocks": blocks(message, opens),
        "unfurl_links": False,
        "unfurl_media": False,
    }


def form_view(message: Message, form: Form) -> dict[str, Any]:
    """A modal that asks the form's questions, with the message's other words above them."""
    above = [b for p in message.parts if not isinstance(p, Form | Buttons) for b in _part(p)]
    kept = {f.name: f.value for f in form.fields if f.kind == "hidden"}
    inputs = [_input(f) for f in form.fields if f.kind != "hidden"]
    room = limits.VIEW_BLOCKS - len(inputs)
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": _plain(form.title, limits.VIEW_TITLE),
        "submit": _plain(form.submit, limits.VIEW_BUTTON),
        "close": _plain(label("cancel"), limits.VIEW_BUTTON),
        "private_metadata": json.dumps({"says": form.says, "kept": kept})[: limits.PRIVATE_METADATA],
        "blocks": _unique([*_fitting(above, room), *inputs]),
    }


def shown_view(message: Message) -> dict[str, Any]:
    """A modal that shows an answer."""
    return {
        "type": "modal",
        "callback_id": SHOWN,
        "title": _plain(message.title or label("answer"), limits.VIEW_TITLE),
        "close": _plain(label("close"), limits.VIEW_BUTTON),
        "blocks": blocks(message) or [_section_plain("…")],
    }


def home_view(messages: list[Message]) -> dict[str, Any]:
    """App Home: several messages, one under the other."""
    shown: list[Block] = []
    for number, message in enumerate(messages):
        shown += [{"type": "divider"}] if number else []
        shown += [b for p in message.parts if not isinstance(p, Form) for b in _part(p)]
    return {"type": "home", "blocks": _unique(_fitting(shown, limits.VIEW_BLOCKS)) or [_section_plain("…")]}


def errors_of(form: Form) -> dict[str, str]:
    """The errors of a form, by block id, as a view submission is answered with."""
    return {f.name: f.error for f in form.fields if f.error and f.kind != "hidden"}


def person_option(value: str, name: str) -> Block:
    """One suggestion of a people field."""
    return _option(value, name)


# --- parts


def _part(part: Part) -> list[Block]:
    match part:
        case Heading(text):
            return [{"type": "header", "text": _plain(text, limits.HEADER)}]
        case Paragraph(spans):
            return _sections(mrkdwn(spans))
        case Notice(spans):
            return _sections(f"*{label('important')}:* {mrkdwn(spans)}")
        case Small(spans):
            return [{"type": "context", "elements": [_mrkdwn(cut(mrkdwn(spans), limits.SECTION))]}]
        case Bullets(items):
            return _sections("\n".join(f"• {mrkdwn(i)}" for i in items))
        case Facts(pairs):
            return _sections("\n".join(f"*{literal(label)}:* {mrkdwn(value)}" for label, value in pairs))
        case Buttons(buttons):
            return _buttons(buttons)
        case _:
            return []


def _sections(text: str) -> list[Block]:
    return [{"type": "section", "text": _mrkdwn(p)} for p in pieces(text, limits.SECTION)]


def _section_plain(text: str) -> Block:
    return {"type": "section", "text": {"type": "plain_text", "text": text}}


def _mrkdwn(text: str) -> Block:
    # verbatim: Slack must not turn words into links or channel names of its own accord.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": cut(escape(text), limit) or "…", "emoji": False}


def _buttons(buttons: tuple[Button, ...]) -> list[Block]:
    rows = [buttons[n : n + limits.BUTTONS_IN_A_ROW] for n in range(0, len(buttons), limits.BUTTONS_IN_A_ROW)]
    return [{"type": "actions", "elements": [_button(b) for b in row]} for row in rows]


def _button(button: Button) -> Block:
    shown: Block = {
        "type": "button",
        "text": _plain(button.label, limits.BUTTON_LABEL),
        "value": button.says[: limits.BUTTON_VALUE],
        "action_id": action_id(button.says),
    }
    if button.style != "default":
        shown["style"] = button.style
    return shown


def action_id(says: str) -> str:
    """A readable id from the first two words that a button says: "rsvp yes M-3" is rsvp_yes."""
    words = says.lower().split()[:2]
    return _NOT_ID.sub("_", "_".join(words)).strip("_")[: limits.ACTION_ID - 4] or "say"


def _input(f: Field) -> Block:
    block: Block = {
        "type": "input",
        "block_id": f.name,
        "label": _plain(f.label, limits.LABEL),
        "optional": not f.required,
        "element": _element(f),
    }
    if f.hint:
        block["hint"] = _plain(f.hint, limits.LABEL)
    return block


def _element(f: Field) -> Block:
    base: Block = {"action_id": f.name}
    match f.kind:
        case "choice":
            options = [_option(c.value, c.label) for c in f.choices[: limits.OPTIONS]]
            chosen = next((o for o in options if o["value"] == f.value), None)
            return (
                base
                | {"type": "static_select", "options": options}
                | ({"initial_option": chosen} if chosen else {})
            )
        case "check":
            option = _option("yes", f.label)
            ticked = {"initial_options": [option]} if f.value == "yes" else {}
            return base | {"type": "checkboxes", "options": [option]} | ticked
        case "date":
            return base | {"type": "datepicker"} | ({"initial_date": f.value} if f.value else {})
        case "time":
            return base | {"type": "timepicker"} | ({"initial_time": f.value} if f.value else {})
        case "people":
            named = {"initial_option": _option(f.value, f.value)} if f.value else {}
            return base | {"type": "external_select", "min_query_length": 1} | named
        case _:
            return base | _text_input(f)


def _text_input(f: Field) -> Block:
    longest = min(f.max_length, limits.INPUT)
    value = {"initial_value": f.value[:longest]} if f.value else {}
    return {"type": "plain_text_input", "multiline": f.kind == "long", "max_length": longest} | value


def _option(value: str, label: str) -> Block:
    return {"text": _plain(label, limits.OPTION_TEXT), "value": value[: limits.OPTION_VALUE] or "-"}


# --- limits over the whole


def _fitting(shown: list[Block], most: int) -> list[Block]:
    """As many blocks as Slack takes. Buttons are kept: without them a person is stuck."""
    keep: list[Block] = []
    room = limits.ALL_BLOCKS
    spare = sum(b["type"] == "actions" for b in shown)
    for block in shown:
        size = sum(len(t) for t in _texts(block))
        if block["type"] != "actions" and (size > room or len(keep) + spare >= most):
            continue
        if len(keep) >= most:
            break
        spare -= block["type"] == "actions"
        room -= size
        keep.append(block)
    return keep


def _texts(block: Block) -> Iterator[str]:
    for value in block.values():
        if isinstance(value, dict):
            yield from _texts(value)
        elif isinstance(value, list):
            for item in value:
                yield from _texts(item) if isinstance(item, dict) else ()
        elif isinstance(value, str):
            yield value


def _unique(shown: list[Block]) -> list[Block]:
    """Action ids must differ within a message: a repeated one gets a number."""
    seen: dict[str, int] = {}
    for block in shown:
        for element in block.get("elements", []):
            if name := element.get("action_id"):
                seen[name] = seen.get(name, 0) + 1
                if seen[name] > 1:
                    element["action_id"] = f"{name}_{seen[name]}"
    return shown
