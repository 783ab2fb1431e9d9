"""Puts the Teams side together: the door, what listens behind it, and the way out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from bot.channels.teams import config
from bot.channels.teams.config import TeamsSettings
from bot.channels.teams.connector import TIMEOUT, Connector
from bot.channels.teams.door import Door
from bot.channels.teams.listeners import Listeners
from bot.channels.teams.members import Members, Roll
from bot.channels.teams.replies import Replies
from bot.channels.teams.sdk import Client, ClientOptions, cloud, quieten
from bot.channels.teams.sender import TeamsSender
from bot.channels.teams.tokens import tokens_for
from bot.channels.teams.trust import Gate
from bot.conversation.inbound import Handle

ROUTE = "/api/messages"


class Teams:
    """The Teams side of one council's bot. Nothing connects before `sending` or `running`.

    SetupError when the settings cannot be used. Of Microsoft's SDK only the token checks and the HTTP
    client are used: its application answers activities that it does not know with an error.
    """

    def __init__(self, settings: TeamsSettings, handle: Handle, roll: Roll) -> None:
        tokens = tokens_for(settings)
        client_id, tenant = settings.teams_client_id, settings.teams_tenant_id
        http = Client(ClientOptions(timeout=TIMEOUT, token=tokens.get))
        quieten()
        self.connector = Connector(http, client_id, tenant)
        self.sender = TeamsSender(self.connector, config.service_url(settings))
        self.gate = Gate(client_id, cloud(settings.teams_openid_metadata_url))
        members = Members(roll, self.connector)
        listeners = Listeners(handle, members, Replies(self.connector, members), tenant)
        self.door = Door(self.gate, tenant, listeners.hear)

    def mount(self, app: FastAPI) -> None:
        """Add POST /api/messages."""
        app.add_api_route(ROUTE, self.door.arrive, methods=["POST"], include_in_schema=False)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """The connections to Teams, open until the end."""
        try:
            yield
        finally:
            await self.connector.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Sending, and the keys that prove who speaks to us kept fresh."""
        async with self.sending():
            keys = asyncio.create_task(self.gate.stay_fresh())
            try:
                yield
            finally:
                keys.cancel()
                self.gate.close()
