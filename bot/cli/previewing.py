"""A block of words as each platform would show it, without sending."""

from __future__ import annotations

import json

from bot.errors import SetupError
from bot.wording.parts import Message
from bot.wording.plain import plain
from bot.wording.preview import preview
from bot.wording.words import Words


def show(template: str, block: str, form: str) -> str:
    """The block as text, or as the JSON that Slack or Teams would get."""
    name = f"{template.removesuffix('.md')}.{block}"
    try:
        message = preview(name)
    except (KeyError, FileNotFoundError):
        known = [b for b in Words().blocks() if b.startswith(f"{template}.")]
        hint = f" It has {', '.join(b.partition('.')[2] for b in known)}." if known else ""
        raise SetupError(f"There is no block {block} in templates/{template}.md.{hint}") from None
    return (
        plain(message)
        if form == "text"
        else json.dumps(_payload(message, form), indent=1, ensure_ascii=False)
    )


def _payload(message: Message, form: str) -> object:
    if form == "slack":
        from bot.channels.slack.render import blocks

        return {"text": plain(message, buttons=False), "blocks": blocks(message)}
    from bot.channels.teams.render import card

    return card(message)
