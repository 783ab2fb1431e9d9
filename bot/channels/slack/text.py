"""Literal text for Slack: nothing in it can mention, link or format."""

from __future__ import annotations

import re

from bot.wording.parts import Rich

_START_OF_FORMAT = re.compile(r"(?<![^\W_])([*_~`])(?=\S)")
_BREAK = "\u200b"


def escape(text: str) -> str:
    """The three characters that Slack reads as mark-up everywhere, made harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(text: str) -> str:
    """Text for mrkdwn that stays as it is. An invisible break stops a * or _ from starting a format.

    Only where a format could start: an address such as a_b@c.example is copied unharmed.
    """
    return _START_OF_FORMAT.sub(_BREAK + r"\1", escape(text))


def mrkdwn(spans: Rich) -> str:
    """Spans as mrkdwn, with our own bold and links."""
    return "".join(_span(s.text, s.bold, s.href) for s in spans)


def _span(text: str, bold: bool, href: str) -> str:
    said = literal(text)
    if href:
        return f"<{escape(href)}|{said}>"
    return f"*{said}*" if bold and text.strip() else said


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def pieces(text: str, limit: int) -> list[str]:
    """Text in pieces of at most `limit` characters, broken at line ends where possible."""
    found = []
    while len(text) > limit:
        at = text.rfind("\n", 0, limit)
        at = at if at > 0 else limit
        found.append(text[:at])
        text = text[at:].lstrip("\n")
    return [*found, text] if text else found
