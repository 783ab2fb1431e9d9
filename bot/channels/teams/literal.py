"""Text for cards that stays as it is: nothing in it can format, link or become a date.

A TextBlock reads a subset of Markdown; the runs of a RichTextBlock do not. Both replace {{DATE(...)}}.
"""

from __future__ import annotations

import re
from typing import Any

from bot.wording.parts import Rich, Span

Element = dict[str, Any]
_JOINER = "\u2060"
_SET_IN = "\n\u2003"
_NO_MARKDOWN = re.compile(r"(?!\d+[.)]|[-+] )[^\W_](?:[\w ,;:.'’“”\"?!/()£%€–—-](?<!_))*")


def literal(text: str) -> str:
    """Text for a run. A line break is set in, so that it cannot pass for a line of ours."""
    return text.replace("{{", "{" + _JOINER + "{").replace("\n", _SET_IN)


def run(text: str, **look: Any) -> Element:
    """A run of literal text, with a look such as weight="Bolder"."""
    return {"type": "TextRun", "text": literal(text), **look}


def runs(spans: Rich, limit: int, **look: Any) -> list[Element]:
    """Spans as runs, with our own bold and links; at most `limit` characters over all of them."""
    made: list[Element] = []
    room = limit
    for span in spans:
        if room <= 0:
            break
        made.append(_run(Span(cut(span.text, room), span.bold, span.href), look))
        room -= len(span.text)
    return made


def block(inlines: list[Element], **look: Any) -> Element:
    """A paragraph made of runs. It wraps by nature."""
    return {"type": "RichTextBlock", "inlines": inlines or [run(" ")], **look}


def heading(text: str, size: str) -> Element:
    """A heading. One that Markdown could read otherwise gives up being announced as a heading instead."""
    if _NO_MARKDOWN.fullmatch(text):
        return {
            "type": "TextBlock",
            "text": text,
            "style": "heading",
            "size": size,
            "weight": "Bolder",
            "wrap": True,
        }
    return block([run(text, size=size, weight="Bolder")])


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _run(span: Span, look: dict[str, Any]) -> Element:
    made = run(span.text, **look)
    if span.bold:
        made["weight"] = "Bolder"
    if span.href:
        made["selectAction"] = {"type": "Action.OpenUrl", "url": span.href, "title": span.text}
    return made
