"""The fields of a form as Block Kit inputs, and what a person put into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.text import Block, as_typed, plain_object, uncalled, unescape
from bot.wording.parts import Field

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
TICKED = "yes"


def input_block(field: Field) -> Block:
    """One question. Its block carries the field's name, so that an error can be set beside it."""
    block: Block = {
        "type": "input",
        "block_id": field.name[: limits.ACTION_ID],
        "label": plain_object(field.label, limits.LABEL),
        "optional": not field.required,
        "element": {"action_id": field.name[: limits.ACTION_ID]} | _element(field),
    }
    return block | ({"hint": plain_object(field.hint, limits.LABEL)} if field.hint else {})


def option(value: str, shown: str) -> Block:
    """One thing to choose."""
    return {"text": plain_object(shown, limits.OPTION_TEXT), "value": value[: limits.OPTION_VALUE] or "-"}


def answer_of(element: Mapping[str, Any]) -> str:
    """What a person put into one input, as text. A ticked box is "yes"."""
    if chosen := element.get("selected_option"):
        return unescape(str(chosen["value"]))
    if "selected_options" in element:
        return ",".join(str(o["value"]) for o in element["selected_options"] or [])
    names = ("value", "selected_date", "selected_time", "selected_user")
    return next((as_typed(str(element[n])) for n in names if element.get(n)), "")


def is_chosen(element: Mapping[str, Any]) -> bool:
    """Whether the answer was picked from a list, or ticked, and not typed."""
    return bool(element.get("selected_option") or element.get("selected_options"))


def _element(field: Field) -> Block:
    match field.kind:
        case "choice" if field.choices:
            return _choice(field)
        case "check":
            return _check(field)
        case "date":
            return {"type": "datepicker"} | _start("initial_date", field.value, _DAY)
        case "time":
            return {"type": "timepicker"} | _start("initial_time", field.value, _TIME)
        case "people":
            return _people(field)
        case _:
            return _typed(field)


def _choice(field: Field) -> Block:
    options = [option(c.value, c.label) for c in field.choices[: limits.OPTIONS]]
    chosen = next((o for o in options if o["value"] == field.value), None)
    return {"type": "static_select", "options": options} | ({"initial_option": chosen} if chosen else {})


def _check(field: Field) -> Block:
    box = option(TICKED, field.label)
    return {"type": "checkboxes", "options": [box]} | (
        {"initial_options": [box]} if field.value == TICKED else {}
    )


def _people(field: Field) -> Block:
    """Names are asked for as somebody types; the field's answer is an e-mail address."""
    named = {"initial_option": option(field.value, field.value)} if field.value else {}
    return {"type": "external_select", "min_query_length": 2} | named


def _typed(field: Field) -> Block:
    # Words that were typed elsewhere may be longer than the field wants: they are not cut off unseen.
    value = uncalled(field.value)
    longest = min(max(field.max_length, len(value), 1), limits.INPUT)
    start = {"initial_value": value[:longest]} if value else {}
    return {"type": "plain_text_input", "multiline": field.kind == "long", "max_length": longest} | start


def _start(name: str, value: str, allowed: re.Pattern[str]) -> Block:
    return {name: value} if allowed.fullmatch(value) else {}
