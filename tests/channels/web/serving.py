"""Serves an application on a free loopback port, in a thread, for a browser to open."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Playwright

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PATIENCE = 20.0


class Served:
    """A running server: its address, and a way to do something in its event loop."""

    def __init__(self, app: Any, before_stop: Callable[[], None]) -> None:
        self._before_stop = before_stop
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            app, ws="none", lifespan="off", log_level="error", timeout_graceful_shutdown=1
        )
        self.server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        await self.server.serve(sockets=[self._socket])

    def start(self) -> None:
        self._thread.start()
        until = time.monotonic() + PATIENCE
        while not self.server.started:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        if not self._thread.is_alive():
            return
        self.loop.call_soon_threadsafe(self._before_stop)
        self.server.should_exit = True
        self._thread.join(PATIENCE)
        self._socket.close()
        assert not self._thread.is_alive(), "the server did not stop"

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine in the server's loop and wait for its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)


@contextmanager
def serving(app: Any, before_stop: Callable[[], None]) -> Iterator[Served]:
    """The application, served for the length of the block. `before_stop` runs in its loop at the end."""
    served = Served(app, before_stop)
    served.start()
    try:
        yield served
    finally:
        served.stop()


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium: the one that Playwright knows, else the machine's own."""
    own = playwright.chromium.executable_path
    path = own if Path(own).is_file() else shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "These tests need Chromium: run 'apt-get install chromium' or 'playwright install chromium'."
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))
