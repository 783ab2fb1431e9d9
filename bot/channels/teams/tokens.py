"""Tokens for what the bot sends: from Entra through msal, or from an endpoint on this machine."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from typing import Any, Protocol

import httpx
import msal

from bot.channels.teams.config import TeamsSettings, certificate, check

BOT_SCOPE = "https://api.botframework.com/.default"
GRAPH_SCOPE = "https://graph.microsoft.com/.default"
AUTHORITY = "https://login.microsoftonline.com"
TIMEOUT = 10
EARLY = 60
"""Seconds before its end at which a token counts as used up."""
_BLOCK = re.compile(r"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----", re.DOTALL)


class NoToken(Exception):
    """No token was given; the text says why, without any secret."""


class Tokens(Protocol):
    """Where access tokens come from. Each scope's is kept until shortly before it ends."""

    def take(self, scope: str) -> str:
        """A token for the scope, fetched if need be. NoToken when it is refused or out of reach."""
        ...

    async def get(self, scope: str = BOT_SCOPE) -> str:
        """The same, without holding up anybody else."""
        ...


class EntraTokens:
    """Tokens of the council's own Entra tenant. Nothing connects until the first one is needed."""

    def __init__(self, client_id: str, tenant: str, credential: Any, http_client: Any = None) -> None:
        self._options = {
            "client_id": client_id,
            "client_credential": credential,
            "authority": f"{AUTHORITY}/{tenant}",
            "http_client": http_client,
            "timeout": None if http_client else TIMEOUT,
        }
        self._lock = threading.Lock()
        self._client: Any = None

    def take(self, scope: str) -> str:
        """msal keeps the token and fetches the next one in time."""
        try:
            found = self._made().acquire_token_for_client([scope])
        except Exception as error:  # msal lets errors of requests, of PyJWT and its own through
            raise NoToken(type(error).__name__) from error
        if "access_token" not in found:
            raise NoToken(str(found.get("error") or "no access token"))
        return str(found["access_token"])

    async def get(self, scope: str = BOT_SCOPE) -> str:
        """In a thread: msal waits for the network."""
        return await asyncio.to_thread(self.take, scope)

    def _made(self) -> Any:
        with self._lock:
            if self._client is None:
                self._client = msal.ConfidentialClientApplication(**self._options)
            return self._client


class LocalTokens:
    """Tokens of a plain endpoint on this machine, asked in the same way. For tests."""

    def __init__(self, url: str, client_id: str, secret: str) -> None:
        self._url = url
        self._form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        self._kept: dict[str, tuple[str, float]] = {}

    def take(self, scope: str) -> str:
        """The kept token, or a new one."""
        token, until = self._kept.get(scope, ("", 0.0))
        if time.monotonic() >= until:
            token, until = self._fetched(scope)
            self._kept[scope] = token, until
        return token

    async def get(self, scope: str = BOT_SCOPE) -> str:
        """In a thread, as with msal."""
        return await asyncio.to_thread(self.take, scope)

    def _fetched(self, scope: str) -> tuple[str, float]:
        try:
            found = httpx.post(self._url, data={**self._form, "scope": scope}, timeout=TIMEOUT)
            said = found.raise_for_status().json()
            return str(said["access_token"]), time.monotonic() + float(said.get("expires_in", 3600)) - EARLY
        except (httpx.HTTPError, KeyError, TypeError, ValueError) as error:
            raise NoToken(type(error).__name__) from error


def tokens_for(settings: TeamsSettings) -> Tokens:
    """Where the settings say that tokens come from. SetupError when they say it wrongly."""
    check(settings)
    if settings.teams_token_url:
        return LocalTokens(settings.teams_token_url, settings.teams_client_id, settings.teams_client_secret)
    credential: Any = settings.teams_client_secret
    if settings.teams_client_certificate:
        credential = _signed_with(certificate(settings.teams_client_certificate))
    return EntraTokens(settings.teams_client_id, settings.teams_tenant_id, credential)


def _signed_with(pem: str) -> dict[str, str]:
    """A certificate as msal takes it: the key and the certificates apart."""
    blocks = [(m.group(1), m.group()) for m in _BLOCK.finditer(pem)]
    key = next((text for kind, text in blocks if kind.endswith("PRIVATE KEY")), "")
    shown = "\n".join(text for kind, text in blocks if kind == "CERTIFICATE")
    return {"private_key": key, "public_certificate": shown}
