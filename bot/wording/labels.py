"""The few words that a platform's frame needs around a message, such as "Cancel"."""

from __future__ import annotations

from functools import cache

from bot.wording.words import Words


@cache
def label(name: str) -> str:
    """A word of templates/labels.md."""
    return Words().line(f"labels.{name}")
