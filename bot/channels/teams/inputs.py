"""A form inside a card: its questions, what is wrong with them, and its submit button."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.channels.teams import limits
from bot.channels.teams.literal import Element, block, cut, run
from bot.wording.labels import label
from bot.wording.parts import Field, Form, Style

ACTION = "cp"
"""What marks the data of our own buttons."""
PICK = "pick"
"""Names the list whose choice says the command, in the data of the button below it."""
OURS = frozenset({"action", "says", "kept", "msteams", PICK})
"""Names in a button's data that are not answers to a form."""
_STYLES: dict[Style, str] = {"primary": "positive", "danger": "destructive", "default": "default"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"[0-2]\d:[0-5]\d")


def form(asked: Form) -> list[Element]:
    """The questions of a form and the button that sends the answers."""
    shown = [element for f in asked.fields if f.kind != "hidden" for element in _question(f)]
    kept = {f.name: f.value for f in asked.fields if f.kind == "hidden" and f.value}
    send = action(asked.submit, asked.says, "primary", {"kept": kept} if kept else {})
    return [*shown, {"type": "ActionSet", "actions": [send], "spacing": "Medium"}]


def action(title: str, says: str, style: Style = "default", more: dict[str, Any] | None = None) -> Element:
    """A button that says a command."""
    return button(title, {"action": ACTION, "says": says, **(more or {})}, style)


def button(title: str, data: dict[str, Any], style: Style = "default") -> Element:
    """A button that carries data. Older clients send the same as a message (Action.Submit)."""
    shown = cut(title, limits.ACTION_TITLE) or "…"
    common = {"title": shown, "style": _STYLES[style], "data": data}
    if shown != title:
        common["tooltip"] = cut(title, limits.TOOLTIP)
    return {
        "type": "Action.Execute",
        "verb": ACTION,
        **common,
        "fallback": {"type": "Action.Submit", **common},
    }


def alone(button: Element) -> Element:
    """The same button, pressed without sending or checking the answers of a form in the same card."""
    apart = {"associatedInputs": "none"}
    return {**button, **apart, "fallback": {**button["fallback"], **apart}}


def _question(f: Field) -> Iterator[Element]:
    if f.error:
        told = [run(f"{label('to_mend')}: ", weight="Bolder", color="Attention"), run(f.error)]
        yield block(told, spacing="Medium")
    yield _input(f)
    if f.hint:
        yield block([run(f.hint, size="Small", isSubtle=True)], spacing="None")


def _input(f: Field) -> Element:
    asked = f.label if f.required else f"{f.label} ({label('optional')})"
    common: Element = {"id": name(f.name), "label": asked}
    if f.required:
        common |= {"isRequired": True, "errorMessage": label("please_answer")}
    if f.value:
        common["value"] = f.value
    match f.kind:
        case "check":
            # Its own words stand beside the box, so the line above says only that it may be left.
            beside = {"title": f.label, "label": label("tick") if f.required else label("may_tick")}
            return {"type": "Input.Toggle", **common, **beside, "valueOn": "yes", "valueOff": ""}
        case "choice" if f.choices:
            return {"type": "Input.ChoiceSet", **common, **_choices(f)}
        case "date" if not f.value or _DATE.fullmatch(f.value):
            return {"type": "Input.Date", **common}
        case "time" if not f.value or _TIME.fullmatch(f.value):
            return {"type": "Input.Time", **common}
        case _:
            longest = min(f.max_length, limits.INPUT)
            return {"type": "Input.Text", **common, "maxLength": longest, "isMultiline": f.kind == "long"}


def _choices(f: Field) -> Element:
    """A list to choose from. A compact one shows its lines as they are; others would read Markdown."""
    known = f.choices[: limits.CHOICES]
    made = [{"title": cut(c.label, limits.CHOICE_TITLE) or "…", "value": c.value} for c in known]
    return {"style": "compact", "choices": made, "wrap": True}


def name(field: str) -> str:
    """The id of a field's input: its name, which must not be one that a button's own data uses."""
    if field in OURS:
        raise ValueError(f"a form field must not be called {field!r}")
    return field
