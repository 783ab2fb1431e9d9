"""Lines typed at a terminal, with history, read in a thread so that messages can arrive meanwhile."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, TextIO

_CLEAR_LINE = "\r\x1b[K"


class Keyboard(AsyncIterator[str]):
    """Each line that is typed after the prompt; Ctrl-D ends. `close` gives the terminal back as it was."""

    def __init__(self, out: TextIO | None = None, prompt: str = "> ") -> None:
        self.out = out or sys.stdout
        self.prompt = prompt
        self._waiting = False
        self._before: list[Any] | None = None

    async def __anext__(self) -> str:
        self._prepare()
        loop = asyncio.get_running_loop()
        typed: asyncio.Future[str | None] = loop.create_future()
        # A daemon of its own: a pool's thread would keep the process alive until the next Enter.
        threading.Thread(target=self._read, args=(loop, typed), daemon=True).start()
        self._waiting = True
        try:
            line = await typed
        finally:
            self._waiting = False
        if line is None:
            self.out.write("\n")
            raise StopAsyncIteration
        return line

    def step_aside(self) -> None:
        """Take the prompt away, so that a message can stand in its line."""
        if self._waiting:
            self.out.write(_CLEAR_LINE)

    def come_back(self) -> None:
        """Show the prompt again, with what had been typed so far."""
        if self._waiting:
            self.out.write(self.prompt + _typed_so_far())
            self.out.flush()

    def close(self) -> None:
        """Give the terminal back as it was, even when somebody was in the middle of a line."""
        if self._before is not None:
            import termios

            with suppress(termios.error):
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._before)

    def _prepare(self) -> None:
        if self._before is not None:
            return
        with suppress(ImportError):  # neither exists on Windows; both are comforts
            import readline
            import termios

            readline.set_auto_history(True)
            with suppress(termios.error):
                self._before = termios.tcgetattr(sys.stdin)

    def _read(self, loop: asyncio.AbstractEventLoop, typed: asyncio.Future[str | None]) -> None:
        try:
            line: str | None = input(self.prompt)
        except EOFError:
            line = None
        with suppress(RuntimeError):  # the loop is closed: nobody waits for this line any more
            loop.call_soon_threadsafe(_deliver, typed, line)


def _deliver(typed: asyncio.Future[str | None], line: str | None) -> None:
    if not typed.done():
        typed.set_result(line)


def _typed_so_far() -> str:
    with suppress(ImportError):
        import readline

        return readline.get_line_buffer()
    return ""
