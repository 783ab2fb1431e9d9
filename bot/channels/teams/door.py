"""The door for POST /api/messages: size, form and proof are checked before anybody hears of a message."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.channels.teams.limits import REQUEST_BYTES, REQUEST_SECONDS
from bot.channels.teams.trust import Activity, Gate, is_ours

log = structlog.get_logger()
Heard = tuple[int, Any]
"""The status and the JSON body, or None, that an activity is answered with."""
Listen = Callable[[Activity, str], Awaitable[Heard]]
"""Takes an activity that is proven to be ours, and the service address that its token proves."""


class Door:
    """What the SDK's own door leaves out: a size limit, a plain answer to nonsense, tenant and channel."""

    def __init__(self, gate: Gate, tenant: str, listen: Listen) -> None:
        self.gate = gate
        self.tenant = tenant
        self.listen = listen

    async def arrive(self, request: Request) -> Response:
        """Answer one request. 413 too large, 400 no activity, 401 no proof, 403 somebody else's."""
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        activity = _activity(body)
        if activity is None:
            return Response(status_code=400)
        proof = request.headers.get("authorization", "")
        service_url = await self.gate.proven(proof, activity.get("serviceUrl"))
        if not service_url:
            return Response(status_code=401)
        if not is_ours(activity, self.tenant):
            log.warning("teams.not_ours")
            return Response(status_code=403)
        status, answer = await self.listen(activity, service_url)
        return Response(status_code=status) if answer is None else JSONResponse(answer, status)


async def _read(request: Request) -> bytes | None:
    """The body, or None as soon as it is known to be too large or too slow."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > REQUEST_BYTES:
        return None
    body = bytearray()
    try:
        async with asyncio.timeout(REQUEST_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > REQUEST_BYTES:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(body)


def _activity(body: bytes) -> dict[str, Any] | None:
    """The activity in a body, if it is one: an object with a type, and an id of words if any."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("type"), str):
        return None
    return found if isinstance(found.get("id", ""), str) else None
