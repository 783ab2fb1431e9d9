"""What Slack refuses in a message or a view, by the limits that its reference states. Says what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

MASS_CALL = re.compile(r"<!(?:channel|here|everyone)|<@[UW][A-Z0-9]+>|<!subteam")
ANYWHERE = {"rich_text", "header", "section", "context", "actions", "divider", "input", "image"}
TEXTS = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}
DAY, TIME = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d\d:\d\d")
FEW, MANY, WORDS_IN_ALL = 50, 100, 12_000


def problems(shown: dict[str, Any]) -> list[str]:
    """Everything wrong with a message (`text`, `blocks`) or a view (`type`, `blocks`)."""
    checks = _view if shown.get("type") in ("modal", "home") else _message
    return [*checks(shown), *_calls(shown)]


def words(shown: Any) -> str:
    """Everything that can be read in blocks or a view, in order."""
    return "\n".join(_texts(shown))


def _message(message: dict[str, Any]) -> Iterator[str]:
    text, blocks = message.get("text"), message.get("blocks", [])
    if not isinstance(text, str) or not text.strip():
        yield "no plain text beside the blocks"
    elif len(text) > 4000:
        yield "more text than Slack advises"
    if not 1 <= len(blocks) <= FEW:
        yield f"{len(blocks)} blocks in a message"
    if sum(map(len, _texts(blocks))) > WORDS_IN_ALL:
        yield "the blocks are too long together"
    if any(b["type"] == "input" for b in blocks):
        yield "an input outside a view"
    yield from _blocks(blocks)


def _view(view: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(view["blocks"]) <= MANY:
        yield f"{len(view['blocks'])} blocks in a view"
    if len(view.get("private_metadata", "")) > 3000:
        yield "too much private metadata"
    if view["type"] == "modal":
        for name in ("title", "submit", "close"):
            if name in view or name == "title":
                yield from _text(view.get(name), 24, name, only="plain_text")
        if any(b["type"] == "input" for b in view["blocks"]) and "submit" not in view:
            yield "inputs that nobody can submit"
    elif {"title", "submit", "close"} & view.keys():
        yield "a home view has no frame"
    yield from _blocks(view["blocks"])


def _blocks(blocks: list[dict[str, Any]]) -> Iterator[str]:
    named = Counter(b["block_id"] for b in blocks if "block_id" in b)
    yield from (f"block_id {name!r} twice" for name, n in named.items() if n > 1)
    for block in blocks:
        if block["type"] not in ANYWHERE:
            yield f"a {block['type']} block"
        if not 1 <= len(block.get("block_id", "x")) <= 255:
            yield "a block_id too long"
        yield from _CHECKS.get(block["type"], lambda _: iter(()))(block)


def _header(block: dict[str, Any]) -> Iterator[str]:
    yield from _text(block.get("text"), 150, "header", only="plain_text")


def _context(block: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield "too few or too many elements in a context"
    for element in block["elements"]:
        yield from _text(element, 3000, "context")


def _actions(block: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 25:
        yield "too few or too many buttons in a row"
    ids = Counter(e["action_id"] for e in block["elements"])
    yield from (f"action_id {name!r} twice" for name, n in ids.items() if n > 1)
    for element in block["elements"]:
        yield from _button(element)


def _button(button: dict[str, Any]) -> Iterator[str]:
    if button["type"] != "button":
        yield f"a {button['type']} among the buttons"
    yield from _text(button.get("text"), 75, "button", only="plain_text")
    if not 1 <= len(button["action_id"]) <= 255 or len(button.get("value", "")) > 2000:
        yield "an action_id or a value too long"
    if button.get("style") not in (None, "primary", "danger"):
        yield f"the style {button['style']!r}"
    if len(button.get("accessibility_label", "")) > 75:
        yield "an accessibility label too long"


def _rich(block: dict[str, Any]) -> Iterator[str]:
    for element in block["elements"]:
        sections = element["elements"] if element["type"] == "rich_text_list" else [element]
        if not sections:
            yield "an empty list"
        for one in sections:
            if one["type"] != "rich_text_section" or not one["elements"]:
                yield "an empty section of rich text"
            for run in one["elements"]:
                yield from _run(run)
    if not block["elements"]:
        yield "an empty block of rich text"


def _run(run: dict[str, Any]) -> Iterator[str]:
    if run["type"] not in ("text", "link"):
        yield f"a {run['type']} in rich text: only words and links of ours may be there"
    if not 1 <= len(run["text"]) <= 3000:
        yield "a run that is empty or too long"
    if run["type"] == "link" and not re.match(r"https?://\S+$|mailto:\S+@\S+$", run["url"]):
        yield f"a link to {run['url']!r}"


def _input(block: dict[str, Any]) -> Iterator[str]:
    yield from _text(block.get("label"), 2000, "label", only="plain_text")
    if "hint" in block:
        yield from _text(block["hint"], 2000, "hint", only="plain_text")
    element = block["element"]
    if not 1 <= len(element["action_id"]) <= 255:
        yield "an action_id too long"
    yield from _ELEMENTS[element["type"]](element)


def _typed(element: dict[str, Any]) -> Iterator[str]:
    most = element.get("max_length", 3000)
    if not 1 <= most <= 3000 or len(element.get("initial_value", "")) > most:
        yield "a text input with impossible lengths"


def _chosen(element: dict[str, Any]) -> Iterator[str]:
    options = element["options"]
    if not 1 <= len(options) <= (10 if element["type"] == "checkboxes" else 100):
        yield f"{len(options)} options"
    for option in options:
        yield from _option(option)
    chosen = [element[k] for k in ("initial_option",) if k in element] + element.get("initial_options", [])
    if any(c not in options for c in chosen):
        yield "something is chosen that cannot be"


def _asked(element: dict[str, Any]) -> Iterator[str]:
    if "initial_option" in element:
        yield from _option(element["initial_option"])


def _option(option: dict[str, Any]) -> Iterator[str]:
    yield from _text(option["text"], 75, "option")
    if not 1 <= len(option["value"]) <= 150:
        yield "an option's value too long"


def _day(element: dict[str, Any]) -> Iterator[str]:
    if not DAY.fullmatch(element.get("initial_date", "2026-01-01")):
        yield "no such day"


def _clock(element: dict[str, Any]) -> Iterator[str]:
    if not TIME.fullmatch(element.get("initial_time", "09:00")):
        yield "no such time"


def _text(text: Any, most: int, where: str, only: str = "") -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in TEXTS:
        yield f"{where}: no text object"
        return
    if only and text["type"] != only:
        yield f"{where}: {text['type']} instead of {only}"
    if text.keys() - TEXTS[text["type"]]:
        yield f"{where}: unknown fields"
    if not 1 <= len(text["text"]) <= most or not text["text"].strip():
        yield f"{where}: {len(text['text'])} characters, at most {most}"


def _calls(shown: Any) -> Iterator[str]:
    """Mark-up that Slack would act on: a call to everybody, or a mention, that a member typed."""
    yield from (f"would act on {m.group()}" for t in _texts(shown) for m in MASS_CALL.finditer(t))


def _texts(shown: Any) -> Iterator[str]:
    if isinstance(shown, dict):
        for key, value in shown.items():
            if key in ("text", "alt_text", "accessibility_label") and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(shown, list):
        for one in shown:
            yield from _texts(one)


_CHECKS = {
    "header": _header,
    "context": _context,
    "actions": _actions,
    "rich_text": _rich,
    "input": _input,
}
_ELEMENTS = {
    "plain_text_input": _typed,
    "static_select": _chosen,
    "checkboxes": _chosen,
    "external_select": _asked,
    "datepicker": _day,
    "timepicker": _clock,
}
