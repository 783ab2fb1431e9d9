"""Who may speak to us: the Bot Connector's signed tokens, for our bot, from our tenant, from Teams."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
import structlog

from bot.channels.teams.sdk import CloudEnvironment, TokenValidator

log = structlog.get_logger()
Activity = Mapping[str, Any]
BEARER = "Bearer "
KEYS_TIMEOUT = 5
REFRESH = 240
"""Seconds between two looks at the signing keys; the SDK forgets them after 300."""
CHANNEL_ID = "msteams"


class Gate:
    """Checks a token as the SDK does, off the event loop, and asks for what the SDK lets pass.

    The SDK fetches keys inside the event loop, so a slow key server would stop everybody. It would also
    fetch keys of any Entra tenant that an unproven token names; here only the Bot Connector's count. And
    it takes a token that never ends.
    """

    def __init__(self, client_id: str, cloud: CloudEnvironment) -> None:
        self.validator = TokenValidator.for_service(client_id, cloud=cloud)
        self._keys.timeout = KEYS_TIMEOUT
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="teams-tokens")

    @property
    def _keys(self) -> jwt.PyJWKClient:
        return self.validator._jwks_client

    async def proven(self, authorization: str, service_url: object) -> str:
        """The service address that the token proves; empty when the request is not to be trusted."""
        if not authorization.startswith(BEARER) or not isinstance(service_url, str | None):
            return ""
        token = authorization.removeprefix(BEARER)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._proven, token, service_url)

    def _proven(self, token: str, service_url: str | None) -> str:
        try:
            claims = asyncio.run(self.validator.validate_token(token, service_url))
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as error:
            log.warning("teams.refused", why=type(error).__name__)
            return ""
        proven = claims.get("serviceurl")
        if "exp" not in claims or not isinstance(proven, str):
            log.warning("teams.refused", why="no exp or serviceurl")
            return ""
        return proven.rstrip("/")

    async def stay_fresh(self) -> None:
        """Fetch the signing keys now and every few minutes, so that nobody's message waits for them."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                await loop.run_in_executor(self._threads, self._keys.get_jwk_set, True)
            except (jwt.PyJWTError, OSError, ValueError) as error:
                log.warning("teams.keys_not_read", error=type(error).__name__)
            await asyncio.sleep(REFRESH)

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def is_ours(activity: Activity, tenant: str) -> bool:
    """Whether an activity comes from Teams and from our tenant. Both places that name it must agree."""
    named = {_at(activity, "conversation", "tenantId"), _at(activity, "channelData", "tenant", "id")} - {""}
    return activity.get("channelId") == CHANNEL_ID and {t.lower() for t in named} == {tenant.lower()}


def _at(thing: Any, *path: str) -> str:
    for step in path:
        thing = thing.get(step) if isinstance(thing, Mapping) else None
    return thing if isinstance(thing, str) else ""
