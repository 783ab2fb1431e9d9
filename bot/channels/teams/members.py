"""Who is behind a Teams account: matched by the roster's address, never by anything that is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

import httpx
import structlog

from bot.channels.teams.arrivals import Arrival
from bot.channels.teams.config import GUEST
from bot.channels.teams.connector import Connector, Where
from bot.channels.teams.tokens import NoToken
from bot.conversation.inbound import Sender

log = structlog.get_logger()
BLOCKED = "blocked or removed the app in Teams"
NOT_INSTALLED = "does not have the app in Teams yet"
"""Why somebody cannot be written to, after their name."""


class Roll(Protocol):
    """What the database knows of Teams accounts."""

    async def knows(self, sender: Sender) -> bool: ...
    async def match(self, sender: Sender) -> bool: ...
    async def reach(self, sender: Sender) -> tuple[str, str]: ...
    async def close(self, sender: Sender, why: str) -> None: ...


class Members:
    """Ties a new account to a person once, and knows where people are written to in private."""

    def __init__(self, roll: Roll, connector: Connector) -> None:
        self.roll = roll
        self.connector = connector

    async def vouched(self, arrival: Arrival) -> Sender:
        """The sender; one we do not know yet carries the address under which we know the person."""
        if await self.roll.knows(arrival.sender):
            return arrival.sender
        for address in addresses(await self._member(arrival), arrival.sender.tenant):
            named = replace(arrival.sender, email=address)
            if await self.roll.match(named):
                return named
        return arrival.sender

    async def private(self, arrival: Arrival) -> list[Where]:
        """The conversation we know to be theirs alone; empty when they never wrote to us in one."""
        conversation, service_url = await self.roll.reach(arrival.sender)
        return [Where(service_url or arrival.where.service_url, conversation)] if conversation else []

    async def removed(self, arrival: Arrival) -> None:
        """Somebody removed the app from their own chat: nothing can be sent there until it is back."""
        await self.roll.close(arrival.sender, BLOCKED)

    async def _member(self, arrival: Arrival) -> Mapping[str, Any]:
        try:
            return await self.connector.member(arrival.where, arrival.member)
        except (httpx.HTTPError, httpx.InvalidURL, NoToken, ValueError) as error:
            log.warning("teams.member_not_read", error=type(error).__name__)
            return {}


def addresses(member: Mapping[str, Any], tenant: str) -> list[str]:
    """The addresses of a full member of our tenant, the sign-in name first; none for guests.

    The sign-in name is the council's own to give; the mail address of an account can be edited.
    """
    name = str(member.get("userPrincipalName") or "")
    elsewhere = str(member.get("tenantId") or tenant).lower() != tenant.lower()
    role = str(member.get("userRole") or "").lower()
    if elsewhere or GUEST in name.upper() or role in ("guest", "anonymous"):
        return []
    found = [name, str(member.get("email") or "")]
    return [a for a in dict.fromkeys(found) if "@" in a]
