"""Puts the Slack side together: Bolt behind the guard over HTTP, or the same listeners over Socket Mode."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import structlog
from fastapi import FastAPI
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from bot.channels.slack.guard import SlackGuard
from bot.channels.slack.listeners import Listeners, Suggest
from bot.channels.slack.members import Members, Roll
from bot.channels.slack.sender import SlackSender
from bot.conversation.inbound import Handle

TIMEOUT = 10
A_DAY = 24 * 60 * 60
log = structlog.get_logger()
SOCKET_SECRET = "socket-mode-needs-none"  # noqa: S105 - Bolt wants a value; no request is ever signed with it


@dataclass(frozen=True)
class SlackSettings:
    """What one internal app of one council needs. With `app_token`, Socket Mode is used."""

    bot_token: str
    signing_secret: str
    app_token: str
    api_url: str


class Slack:
    """The Slack side. `endpoint` is the ASGI app for /slack/events; `running` holds its connections."""

    def __init__(self, settings: SlackSettings, handle: Handle, roll: Roll, suggest: Suggest) -> None:
        self.settings = settings
        # Retries are the delivery worker's: the client's own would post a message twice.
        self.client = AsyncWebClient(
            token=settings.bot_token, base_url=settings.api_url, timeout=TIMEOUT, retry_handlers=[]
        )
        self.sender = SlackSender(self.client)
        self.members = Members(roll)
        self.bolt = self._bolt()
        Listeners(handle, self.members, suggest).register(self.bolt)
        self._handler = AsyncSlackRequestHandler(self.bolt)
        self._bot: AuthorizeResult | None = None

    @property
    def endpoint(self) -> SlackGuard:
        """The guarded ASGI app for HTTP mode."""
        return SlackGuard(self._serve, self.settings.signing_secret)

    def mount(self, app: FastAPI) -> None:
        """Add /slack/events, unless Socket Mode needs no door."""
        if self.settings.signing_secret:
            app.mount("/slack/events", self.endpoint)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """One pool of connections for everything that goes to Slack."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT)) as session:
            self.client.session = session
            try:
                yield
            finally:
                self.client.session = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Sending, the socket where Socket Mode is chosen, and members kept in step with the directory."""
        async with self.sending():
            socket = await self._connect()
            matching = asyncio.create_task(self._match_members())
            try:
                yield
            finally:
                matching.cancel()
                if socket is not None:
                    await socket.close_async()  # type: ignore[no-untyped-call]

    async def _match_members(self) -> None:
        """Match accounts with Slack's directory now, and again every night."""
        while True:
            try:
                log.info("slack.matched", people=await self.members.refresh(self.client))
            except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("slack.not_matched", error=type(error).__name__)
            await asyncio.sleep(A_DAY)

    async def _connect(self) -> AsyncSocketModeHandler | None:
        if not self.settings.app_token:
            return None
        socket = AsyncSocketModeHandler(self.bolt, self.settings.app_token)
        await socket.connect_async()  # type: ignore[no-untyped-call]
        return socket

    def _bolt(self) -> AsyncApp:
        quiet = logging.getLogger("slack_bolt")
        quiet.setLevel(logging.WARNING)
        return AsyncApp(
            client=self.client,
            signing_secret=self.settings.signing_secret or SOCKET_SECRET,
            authorize=self._authorize,
            process_before_response=True,
            raise_error_for_unhandled_request=True,
            request_verification_enabled=bool(self.settings.signing_secret),
            logger=quiet,
        )

    async def _authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        """Who we are. Asked of Slack once."""
        if self._bot is None:
            me = await self.client.auth_test()
            self._bot = AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_token=self.settings.bot_token,
                bot_id=me.get("bot_id"),
                bot_user_id=me.get("user_id"),
            )
        return self._bot

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._handler.handle(Request(scope, receive))
        await response(scope, receive, send)
