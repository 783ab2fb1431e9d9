"""Literal text for Slack: nothing in it can mention, link or format, because no mark-up is ever used.

Words go out as rich text, whose runs are literal by construction; labels as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bot.channels.slack import limits
from bot.wording.parts import Rich, Span

Block = dict[str, Any]
_CALL = re.compile("<(?=[!@#])")
_ENTITY_CUT_SHORT = re.compile(r"&[a-z]{0,3}$")
_LINK = re.compile(r"https?://[^\s<>|]+|mailto:[^\s<>|@]+@[^\s<>|@]+", re.IGNORECASE)
_MARKS = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_JOINED = "<\u2060"


def escape(text: str) -> str:
    """The three characters that Slack reads as mark-up in text objects, made harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What a person saw, from what Slack sends: the three characters back again."""
    for code in ("&lt;", "&gt;", "&amp;"):
        text = text.replace(code, _MARKS[code])
    return text


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def escaped(text: str, limit: int) -> str:
    """Escaped text of at most `limit` characters, cut between characters of the original."""
    whole = escape(text)
    if len(whole) <= limit:
        return whole
    return _ENTITY_CUT_SHORT.sub("", whole[: limit - 1]) + "…"


def plain_object(text: str, limit: int) -> Block:
    """A text object that shows its words as they are."""
    shown = escaped(" ".join(text.split()), limit)
    return {"type": "plain_text", "text": shown or "…", "emoji": False}


def rich(*sections: Block) -> Block:
    """A block of rich text."""
    return {"type": "rich_text", "elements": list(sections)}


def section(runs: list[Block]) -> Block:
    """Runs, one after the other."""
    return {"type": "rich_text_section", "elements": runs}


def bullets(items: list[list[Block]]) -> Block:
    """A list that screen readers know as one."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [section(i) for i in items]}


def run(text: str, bold: bool = False) -> Block:
    """One run of literal words."""
    shown = {"type": "text", "text": uncalled(text)}
    return shown | {"style": {"bold": True}} if bold else shown


def uncalled(text: str) -> str:
    """With a break that nobody sees, so that no program on the way takes "<!channel>" for a call to all."""
    return _CALL.sub(_JOINED, text)


def as_typed(text: str) -> str:
    """What `uncalled` was made from."""
    return text.replace(_JOINED, "<")


def runs(spans: Rich) -> list[Block]:
    """Spans as runs, each within its limit; a link only where the address is one that Slack opens."""
    return [r for s in _merged(spans) if s.text for r in _runs(s)]


def size(thing: Any) -> int:
    """What a block counts for among the characters of a message: its words, and something for itself."""
    if isinstance(thing, list):
        return sum(size(t) for t in thing)
    if not isinstance(thing, dict):
        return 0
    words = sum(len(v) for k in ("text", "url") if isinstance(v := thing.get(k), str))
    return limits.BLOCK_COST + words + sum(size(v) for v in thing.values())


def _merged(spans: Rich) -> Iterator[Span]:
    """Neighbours that look the same are one span: there are fewer runs, and the words are the same."""
    for (bold, href), same in groupby(spans, key=lambda s: (s.bold, s.href)):
        yield Span("".join(s.text for s in same), bold, href)


def _runs(span: Span) -> list[Block]:
    if not span.href:
        return [run(piece, span.bold) for piece in pieces(span.text, limits.RUN)]
    if not _LINK.fullmatch(span.href) or len(span.href) > limits.RUN:
        beside = "" if span.href == span.text else f" ({span.href})"
        return [run(piece, span.bold) for piece in pieces(span.text + beside, limits.RUN)]
    shown = {"type": "link", "url": span.href, "text": uncalled(cut(span.text, limits.RUN // 2))}
    return [shown | {"style": {"bold": True}} if span.bold else shown]


def pieces(text: str, limit: int) -> list[str]:
    """Text in pieces of at most `limit` characters, from which it can be put together again."""
    # A call is broken by one more character, so a piece keeps room for as many as it may hold.
    step = max(1, limit - limit // 3)
    return [text[n : n + step] for n in range(0, len(text), step)] if len(text) > step else [text]
