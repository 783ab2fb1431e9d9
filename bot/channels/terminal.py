"""The terminal channel: a line in, a reply out as plain text or as one JSON object."""

from __future__ import annotations

import asyncio
import json as jsons
import re
import secrets
import shutil
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from bot.channels.keyboard import Keyboard
from bot.conversation.inbound import Answer, Handle, Inbound, PlaceKind, Sender
from bot.wording.codec import to_json
from bot.wording.parts import Message
from bot.wording.plain import plain

Lines = AsyncIterator[str] | Iterable[str]
Inbox = Callable[[], Awaitable[Sequence[Message]]]
ONLY_YOU = "(only you can see this)"
INBOX_PAUSE = 1.0
"""Seconds between two looks for messages while somebody sits at the keyboard."""
WIDEST = 100
NARROWEST = 30
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


async def chat(
    handle: Handle,
    email: str,
    *,
    place: PlaceKind,
    channel_name: str,
    lines: Lines,
    out: TextIO,
    json: bool,
    interactive: bool,
    inbox: Inbox,
) -> None:
    """Answer each line until there are no more. Empty lines are passed over.

    `email` is who is talking, vouched for by whoever may start this command. `inbox` gives the messages
    sent to this person since it was last asked; it is asked only when `interactive`. At a real keyboard
    `lines` is a `Keyboard`, so that messages can be shown while somebody is typing.
    """
    talk = Talk(handle, email, place, channel_name, out, json, interactive)
    keyboard = lines if isinstance(lines, Keyboard) else None
    if keyboard:
        keyboard.prompt = prompt(place, channel_name)
    arriving = _as_async(lines)
    try:
        while (line := await _next_line(arriving, talk, inbox, keyboard)) is not None:
            if line.strip():
                await talk.say(line.strip())
    finally:
        if keyboard:
            keyboard.close()


@dataclass
class Talk:
    """One person's conversation in a terminal, and the buttons in front of them."""

    handle: Handle
    email: str
    place: PlaceKind
    channel_name: str
    out: TextIO
    json: bool
    interactive: bool
    buttons: frozenset[str] = field(default_factory=frozenset)

    async def say(self, line: str) -> None:
        """Send one line. What a button of the last reply says counts as pressing it."""
        pressed = line in self.buttons
        answer = await self.handle(
            Inbound(
                event_id=secrets.token_hex(16),
                sender=Sender("terminal", self.email.lower(), email=self.email),
                text="" if pressed else line,
                says=line if pressed else "",
                place=self.place,
                conversation=self.email.lower() if self.place == "personal" else "",
            )
        )
        self.buttons = frozenset(b.says for b in answer.message.buttons)
        if self.json:
            self._print(jsons.dumps(as_json(answer), ensure_ascii=False) + "\n")
        else:
            self._print(self._shown(self._mark(answer) + plain(answer.message)))

    def tell(self, message: Message) -> None:
        """Show a message that somebody else caused. Its buttons can be pressed as well."""
        self.buttons |= {b.says for b in message.buttons}
        self._print(self._shown(f"--- New message ---\n{plain(message)}"))

    def _mark(self, answer: Answer) -> str:
        """In a channel, which replies the others do not see."""
        return "" if self.place == "personal" or not answer.private else f"{ONLY_YOU}\n"

    def _shown(self, text: str) -> str:
        """As wide as the terminal, as it is through a pipe; then a blank line to part two replies."""
        text = _CONTROL.sub("", text)
        return (wrapped(text, shutil.get_terminal_size().columns) if self.interactive else text) + "\n\n"

    def _print(self, text: str) -> None:
        self.out.write(text)
        self.out.flush()


def as_json(answer: Answer) -> dict[str, Any]:
    """A reply as the one object that `--json` prints. `command` is null when nothing was carried out."""
    return {
        "text": plain(answer.message),
        "parts": to_json(answer.message)["parts"],
        "command": answer.command or None,
        "buttons": [{"label": b.label, "says": b.says} for b in answer.message.buttons],
        "private": answer.private,
    }


def prompt(place: PlaceKind, channel_name: str) -> str:
    """What stands before the line one types: the channel's name, where there is one."""
    return "> " if place == "personal" else f"#{channel_name.removeprefix('#')}> "


def wrapped(text: str, columns: int) -> str:
    """The text with long lines broken at spaces, each keeping its indent."""
    width = max(NARROWEST, min(columns, WIDEST))
    return "\n".join(_wrap_line(line, width) for line in text.split("\n"))


def _wrap_line(line: str, width: int) -> str:
    bare = line.lstrip()
    first = line[: len(line) - len(bare)]
    rest = first + ("  " if bare.startswith(("- ", "! ")) else "")
    fill = textwrap.TextWrapper(
        width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return fill.fill(bare)


async def _next_line(
    lines: AsyncIterator[str], talk: Talk, inbox: Inbox, keyboard: Keyboard | None
) -> str | None:
    """The next line, or None at the end. In a terminal, what arrives meanwhile is shown."""
    if not talk.interactive:
        return await anext(lines, None)
    await _show_new(talk, inbox, keyboard)
    waiting = asyncio.ensure_future(anext(lines, None))
    try:
        while not (await asyncio.wait({waiting}, timeout=INBOX_PAUSE))[0]:
            await _show_new(talk, inbox, keyboard)
        return waiting.result()
    finally:
        waiting.cancel()


async def _show_new(talk: Talk, inbox: Inbox, keyboard: Keyboard | None) -> None:
    messages = await inbox()
    if messages and keyboard:
        keyboard.step_aside()
    for message in messages:
        talk.tell(message)
    if messages and keyboard:
        keyboard.come_back()


async def _as_async(lines: Lines) -> AsyncIterator[str]:
    if isinstance(lines, AsyncIterator):
        async for line in lines:
            yield line
        return
    for line in lines:
        yield line
