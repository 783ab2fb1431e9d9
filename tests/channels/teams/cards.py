"""What every card must be: valid by Microsoft's schema, within Teams' limits, and fit for a screen reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft6Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]

from tests.support.teams import each

MOST_BYTES = 25_000
MOST_ACTIONS = 6


@cache
def _schema() -> Draft6Validator:
    path = files("adaptive_cards") / "schemas" / "schema-1.5.json"
    return Draft6Validator(json.loads(path.read_text(encoding="utf-8")))


def faults(card: dict[str, Any]) -> list[str]:
    """Everything that is wrong with a card, in words; empty when it is right."""
    # The schema is not Teams' own: it knows neither `msteams` nor that a label may stand on every input.
    bare = {k: v for k, v in card.items() if k != "msteams"}
    wrong = best_match(_schema().iter_errors(bare))
    found = [f"{wrong.json_path}: {wrong.message[:300]}"] if wrong else []
    return [*found, *_of_the_whole(card), *(f for e in each(card) for f in _of_one(e))]


def _of_the_whole(card: dict[str, Any]) -> Iterator[str]:
    size = len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
    if size > MOST_BYTES:
        yield f"{size} bytes"
    if card["version"] != "1.5" or card["msteams"] != {"width": "full"}:
        yield "not a full-width card of schema 1.5"
    if not card["fallbackText"].strip():
        yield "no words for clients that show no cards"
    if "actions" in card:
        yield "buttons outside the body"
    pressed = [e for e in each(card) if str(e.get("type", "")).startswith("Action.") and "url" not in e]
    if len(pressed) > MOST_ACTIONS:
        yield f"{len(pressed)} buttons"
    ids = [e["id"] for e in each(card) if "id" in e]
    if len(ids) != len(set(ids)):
        yield f"ids twice: {ids}"


def _of_one(e: dict[str, Any]) -> Iterator[str]:
    kind = str(e.get("type", ""))
    if kind == "TextBlock" and (e.get("wrap") is not True or not e.get("text")):
        yield f"text that does not wrap: {e}"
    if kind.startswith("Input.") and not e.get("label"):
        yield f"an input without a label: {e}"
    if e.get("isRequired") and not e.get("errorMessage"):
        yield f"a required input without words for a missing answer: {e}"
    if kind == "ActionSet" and not 1 <= len(e["actions"]) <= 5:
        yield f"{len(e['actions'])} buttons in a set"
    if kind == "Action.Execute":
        yield from _of_a_button(e)
    if kind == "RichTextBlock" and not e["inlines"]:
        yield "a paragraph of nothing"


def _of_a_button(e: dict[str, Any]) -> Iterator[str]:
    if not e.get("title"):
        yield f"a button without words: {e}"
    data = e.get("data", {})
    if data.get("action") != "cp" or not (data.get("says") or data.get("pick")):
        yield f"a button that says nothing: {e}"
    other = e.get("fallback", {"type": "Action.Submit", "data": data})
    if other["type"] != "Action.Submit" or other["data"] != data:
        yield f"an older client would send something else: {other}"
