"""Puts the Slack side together: Bolt behind the guard over HTTP, or the same listeners over Socket Mode."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import aiohttp
import structlog
from fastapi import FastAPI
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.channels.slack.desk import Desk
from bot.channels.slack.failures import FAILURES, reason
from bot.channels.slack.guard import SlackGuard
from bot.channels.slack.identity import Identity
from bot.channels.slack.listeners import Listeners, Suggest
from bot.channels.slack.members import Members, Roll
from bot.channels.slack.sender import SlackSender
from bot.channels.slack.stage import Stage
from bot.conversation.inbound import Handle, Later

ROUTE = "/slack/events"
TIMEOUT = 10
A_DAY = 24 * 60 * 60.0
SOON = 5.0
TEN_MINUTES = 600.0
"""Seconds until Slack's directory is asked again after a failure: at first, and at most."""
PING = 10.0
"""Seconds between two pings of the socket, and between two tries to connect it."""
log = structlog.get_logger()


@dataclass(frozen=True)
class SlackSettings:
    """What one internal app of one council needs. With `app_token`, Socket Mode is used."""

    bot_token: str
    signing_secret: str
    app_token: str
    api_url: str


class Slack:
    """The Slack side. `running` holds its connections; nothing connects before."""

    def __init__(
        self, settings: SlackSettings, handle: Handle, later: Later, roll: Roll, suggest: Suggest
    ) -> None:
        self.settings = settings
        # Retries are the delivery worker's: the client's own would post a message twice.
        self.client = AsyncWebClient(
            token=settings.bot_token, base_url=settings.api_url, timeout=TIMEOUT, retry_handlers=[]
        )
        self.sender = SlackSender(self.client)
        self.identity = Identity(self.client)
        self.members = Members(roll, self.client, self.identity)
        self.bolt = self._bolt()
        desk = Desk(handle, later, self.members, Stage(self.client))
        Listeners(desk, suggest).register(self.bolt)
        self._handler = AsyncSlackRequestHandler(self.bolt)

    def mount(self, app: FastAPI) -> None:
        """Add POST /slack/events. Without a signing secret there is no such door, only the socket."""
        if self.settings.signing_secret:
            guard = SlackGuard(self._serve, self.settings.signing_secret)
            app.router.routes.append(Route(ROUTE, guard, methods=["POST"]))

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
            tasks = [asyncio.create_task(self._match_members())]
            if self.settings.app_token:
                tasks.append(asyncio.create_task(self._hold_socket()))
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _match_members(self) -> None:
        """Match accounts with Slack's directory now, and again every night."""
        again = SOON
        while True:
            try:
                log.info("slack.matched", people=await self.members.refresh())
                wait, again = A_DAY, SOON
            except FAILURES as error:
                log.warning("slack.not_matched", reason=reason(error))
                # Until it is done, nobody who never wrote can be reached: the first try may come too early.
                wait, again = again, min(2 * again, TEN_MINUTES)
            await asyncio.sleep(wait)

    async def _hold_socket(self) -> None:
        """Socket Mode, until the task is cancelled. Slack's client connects again for as long as it takes."""
        socket = AsyncSocketModeHandler(
            self.bolt, self.settings.app_token, web_client=self.client, ping_interval=PING
        )
        try:
            await socket.connect_async()  # type: ignore[no-untyped-call]
            log.info("slack.connected")
            await asyncio.Event().wait()
        finally:
            with suppress(*FAILURES):
                await socket.close_async()  # type: ignore[no-untyped-call]

    def _bolt(self) -> AsyncApp:
        quiet = logging.getLogger("slack_bolt")
        quiet.setLevel(logging.WARNING)
        return AsyncApp(
            # Its own client, without our token: Bolt would warn that it has two ways to authorise.
            client=AsyncWebClient(base_url=self.settings.api_url, retry_handlers=[]),
            authorize=self.identity,
            process_before_response=True,
            raise_error_for_unhandled_request=True,
            # The guard has checked the signature and the size already. A socket needs no signature.
            request_verification_enabled=False,
            logger=quiet,
        )

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._handler.handle(Request(scope, receive))
        await response(scope, receive, send)
