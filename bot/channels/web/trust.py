"""What is let in: our own address, our own pages, pages that we signed. And what goes out with headers."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.clock import Clock

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
PAGE_LIFE = timedelta(hours=24)
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    # Not "no-referrer": with that, browsers send "Origin: null" with our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Turned(Exception):
    """A request that is turned away: the HTTP status, and which words say why."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


class Doorway:
    """Turns away other hosts' names (DNS rebinding) and other sites' posts, before anything is read."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = LOOPBACK) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(host) not in self.hosts:
            return PlainTextResponse("This chat answers only at the address of its own machine.\n", 421)
        if scope["method"] not in ("GET", "HEAD") and headers.get("origin") != f"{scope['scheme']}://{host}":
            return PlainTextResponse("This chat takes messages from its own pages only.\n", 403)
        return None


class Seal:
    """Signs each page for the person it was made for, with a key that dies with the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)

    def make(self, user_id: str) -> str:
        """A token for a page made now."""
        return self._signed(str(int(self._clock.now().timestamp())), user_id)

    def holds(self, token: str, user_id: str) -> bool:
        """Whether we made the token, for this person, within the life of a page."""
        made, _, _ = token.partition(".")
        ours = hmac.compare_digest(token.encode(), self._signed(made, user_id).encode())
        if not ours or not made.isdecimal():
            return False
        return self._clock.now().timestamp() - int(made) <= PAGE_LIFE.total_seconds()

    def _signed(self, made: str, user_id: str) -> str:
        return f"{made}.{hmac.new(self._key, f'{made}/{user_id}'.encode(), hashlib.sha256).hexdigest()}"


def _name(host: str) -> str:
    """A Host header without its port."""
    name, colon, port = host.rpartition(":")
    return name.lower() if colon and port.isdecimal() else host.lower()


def _with_headers(send: Send) -> Send:
    async def send_(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: Any = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            # Static files say for themselves how long they keep.
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return send_
