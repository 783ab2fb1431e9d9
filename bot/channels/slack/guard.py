"""Stands before Bolt: size and signature are checked on the raw bytes, and nothing bad is logged.

Bolt answers 500 to some unsigned garbage, reads twenty megabytes before it refuses, and logs the body
of a request with a bad signature.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from bot.channels.slack.limits import REQUEST_BYTES, SIGNATURE_SECONDS

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class SlackGuard:
    """ASGI: lets a request through only when its signature is right and its size is sane."""

    def __init__(self, app: App, signing_secret: str, now: Callable[[], float] = time.time) -> None:
        if not signing_secret:
            raise ValueError("a signing secret is needed")
        self.app = app
        self.secret = signing_secret.encode()
        self.now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = await _read(scope, receive)
        if body is None:
            await _answer(send, 413)
        elif body.startswith(b"ssl_check=1") and b"&command=" not in body:
            await _answer(send, 200)
        elif not self._signed(dict(scope["headers"]), body):
            await _answer(send, 401)
        else:
            await self.app(scope, _replay(body), send)

    def _signed(self, headers: dict[bytes, bytes], body: bytes) -> bool:
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        given = headers.get(b"x-slack-signature", b"")
        if not stamp.isdigit() or len(stamp) > 12 or abs(self.now() - int(stamp)) > SIGNATURE_SECONDS:
            return False
        wanted = "v0=" + hmac.new(self.secret, b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(wanted.encode(), given)


async def _read(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body, or None as soon as it is known to be too large."""
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    if declared.isdigit() and int(declared) > REQUEST_BYTES:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > REQUEST_BYTES:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _replay(body: bytes) -> Receive:
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> MutableMapping[str, Any]:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


async def _answer(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
