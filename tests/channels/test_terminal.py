"""The terminal: lines in, replies out, through a pipe, as JSON, and at a real keyboard."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from bot.channels.terminal import ONLY_YOU, as_json, chat, prompt, wrapped
from bot.conversation.inbound import Answer, Inbound, PlaceKind
from bot.wording.markup import parse
from bot.wording.parts import Message

ROOT = Path(__file__).resolve().parents[2]
CARD = """
# Send it?
To 87 councillors.

[*Send it] send now 12
[Throw it away] throw away 12
"""


def said(text: str) -> Message:
    return Message(parse(text, str))


class Bot:
    """Remembers what reached it; a line that asks for the card gets it, all else is said back."""

    def __init__(self, **flags: object) -> None:
        self.taken: list[Inbound] = []
        self.flags = flags

    async def handle(self, inbound: Inbound) -> Answer:
        self.taken.append(inbound)
        line = inbound.says or inbound.text
        message = said(CARD) if line == "broadcast" else said(f"You said: {line}")
        return Answer(message, command="send now" if inbound.says else "", **self.flags)  # type: ignore[arg-type]


async def no_messages() -> list[Message]:
    raise AssertionError("nobody sits there to read them")


async def talk(
    bot: Bot,
    lines: Iterable[str] | AsyncIterator[str],
    *,
    place: PlaceKind = "personal",
    as_objects: bool = False,
) -> str:
    out = io.StringIO()
    await chat(
        bot.handle,
        "Amara.Osei@westshire.example",
        place=place,
        channel_name="panel",
        lines=lines,
        out=out,
        json=as_objects,
        interactive=False,
        inbox=no_messages,
    )
    return out.getvalue()


async def test_a_line_in_a_reply_out() -> None:
    bot = Bot()
    assert await talk(bot, ["hello\n", "\n", "   \n", "  bye  "]) == "You said: hello\n\nYou said: bye\n\n"
    assert [(t.text, t.says) for t in bot.taken] == [("hello", ""), ("bye", "")]
    [sender] = {t.sender for t in bot.taken}
    assert (sender.channel, sender.user_id) == ("terminal", "amara.osei@westshire.example")
    assert sender.email == "Amara.Osei@westshire.example"
    assert len({t.event_id for t in bot.taken}) == 2


async def test_lines_may_come_one_by_one() -> None:
    async def lines() -> AsyncIterator[str]:
        yield "hello"
        yield "bye"

    assert (await talk(Bot(), lines())).count("You said") == 2


async def test_a_button_is_pressed_by_typing_what_it_says() -> None:
    bot = Bot()
    await talk(bot, ["send now 12", "broadcast", "send now 12", "send now 12", "broadcast", "Send now 12"])
    assert [(t.text, t.says) for t in bot.taken] == [
        ("send now 12", ""),
        ("broadcast", ""),
        ("", "send now 12"),
        ("send now 12", ""),
        ("broadcast", ""),
        ("Send now 12", ""),
    ]


async def test_what_buttons_say_is_shown() -> None:
    assert await talk(Bot(), ["broadcast"]) == (
        "Send it?\n\nTo 87 councillors.\n\n[Send it] send now 12\n[Throw it away] throw away 12\n\n"
    )


async def test_json_is_one_object_a_reply() -> None:
    lines = (await talk(Bot(), ["broadcast", "send now 12"], as_objects=True)).splitlines()
    card, sent = (json.loads(line) for line in lines)
    assert set(card) == {"text", "parts", "command", "buttons", "private"}
    assert card["buttons"] == [
        {"label": "Send it", "says": "send now 12"},
        {"label": "Throw it away", "says": "throw away 12"},
    ]
    assert [p["is"] for p in card["parts"]] == ["Heading", "Paragraph", "Buttons"]
    assert (card["command"], sent["command"], card["private"]) == (None, "send now", True)
    assert sent["text"] == "You said: send now 12"


def test_an_empty_answer_is_an_object_too() -> None:
    assert as_json(Answer(Message(()), private=False)) == {
        "text": "",
        "parts": [],
        "command": None,
        "buttons": [],
        "private": False,
    }


@pytest.mark.parametrize(
    ("place", "private", "marked"),
    [("personal", True, False), ("channel", True, True), ("channel", False, False)],
)
async def test_in_a_channel_a_private_reply_is_marked(place: PlaceKind, private: bool, marked: bool) -> None:
    bot = Bot(private=private)
    out = await talk(bot, ["hello"], place=place)
    assert out.startswith(ONLY_YOU) == marked
    assert bot.taken[0].place == place
    assert bool(bot.taken[0].conversation) == (place == "personal"), "a shared place is nobody's own"


async def test_what_was_typed_cannot_steer_the_terminal() -> None:
    out = await talk(Bot(), ["red \x1b[31m\x9b31m\x07\r alert"])
    assert out == "You said: red [31m31m alert\n\n"


def test_the_prompt_names_the_channel() -> None:
    assert prompt("personal", "") == "> "
    assert prompt("channel", "panel") == prompt("channel", "#panel") == "#panel> "


def test_long_lines_are_broken_at_spaces_and_keep_their_indent() -> None:
    text = wrapped("word " * 30 + "\n\n- " + "point " * 20 + "\n  " + "x" * 60, 40)
    assert all(len(line) <= 40 or "x" * 60 in line for line in text.splitlines())
    assert "\n\n- point point" in text
    assert "\n  point" in text
    assert "\n  " + "x" * 60 in text


AT_THE_KEYBOARD = """
import asyncio, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started deaf to Ctrl-C
from bot.channels.keyboard import Keyboard
from bot.channels.terminal import chat
from tests.channels.test_terminal import Bot, said

waiting = [[], [said("# The agenda is out")], []]

async def inbox():
    return waiting.pop(0) if waiting else []

asyncio.run(chat(
    Bot().handle, "amara.osei@westshire.example", place="channel", channel_name="panel",
    lines=Keyboard(), out=sys.stdout,
    json=False, interactive=True, inbox=inbox,
))
print("ended well")
"""


class AtKeyboard:
    """A person at a pseudo-terminal, and the program that runs in it."""

    def __init__(self, program: str) -> None:
        self.screen, terminal = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT), "COLUMNS": "60"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=environment,
            close_fds=True,
        )
        os.close(terminal)
        self.seen = ""

    def type(self, keys: str) -> None:
        os.write(self.screen, keys.encode())

    def wait_for(self, words: str) -> str:
        """What came onto the screen up to these words; they must come."""
        until = time.monotonic() + 20
        while words not in self.seen:
            assert time.monotonic() < until, f"waited for {words!r}, saw {self.seen!r}"
            if select.select([self.screen], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.screen, 4096).decode()
                except OSError:  # the program has ended
                    until = 0
        before, _, self.seen = self.seen.partition(words)
        return before

    def end(self) -> int:
        status = self.process.wait(20)
        os.close(self.screen)
        return status


def test_at_a_keyboard_there_is_a_prompt_history_and_news() -> None:
    person = AtKeyboard(AT_THE_KEYBOARD)
    person.wait_for("#panel> ")
    person.type("half a li")
    person.wait_for("--- New message ---")
    person.wait_for("The agenda is out")
    person.wait_for("#panel> half a li")
    person.type("ne\n")
    person.wait_for("You said: half a line")
    person.wait_for("#panel> ")
    person.type("\x1b[A\n")  # the arrow key brings back the last line
    person.wait_for("You said: half a line")
    person.wait_for("#panel> ")
    person.type("\x04")  # Ctrl-D
    person.wait_for("ended well")
    assert person.end() == 0


def test_an_interrupt_ends_at_once_and_gives_the_terminal_back() -> None:
    import termios

    person = AtKeyboard(AT_THE_KEYBOARD)
    before = termios.tcgetattr(person.screen)
    person.wait_for("#panel> ")
    person.type("half a li")
    person.wait_for("half a li")
    person.process.send_signal(signal.SIGINT)
    person.wait_for("KeyboardInterrupt")
    assert person.process.wait(20) != 0
    after = termios.tcgetattr(person.screen)
    assert (after[3] & termios.ECHO, after[3] & termios.ICANON) == (
        before[3] & termios.ECHO,
        before[3] & termios.ICANON,
    )
    person.end()
