"""The calls to the Bot Connector: post, replace, open a private conversation, ask who somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from bot.channels.teams.sdk import Client

TIMEOUT = 10
_PLAIN = ":@;=,+!*'()"
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Where:
    """A conversation, and the service address it is reached under. That address was proven by a token."""

    service_url: str
    conversation: str


class Connector:
    """Calls go out once, with a token and a time limit. Errors are httpx's; NoToken passes through."""

    def __init__(self, http: Client, client_id: str, tenant: str) -> None:
        self.http = http
        self.bot = {"id": client_id}
        self.tenant = tenant

    async def post(self, where: Where, activity: Json) -> str:
        """Put a new message into a conversation; its id."""
        said = await self.http.post(_activities(where), json=self._from_us(where, activity))
        return _id(said)

    async def replace(self, where: Where, message: str, activity: Json) -> str:
        """Put other words in the place of a message of ours; its id."""
        url = f"{_activities(where)}/{quote(message, safe=_PLAIN)}"
        said = await self.http.put(url, json=self._from_us(where, activity))
        return _id(said) or message

    async def open(self, service_url: str, user: str, tenant: str = "") -> Where:
        """The private conversation with somebody, known by Entra object id or by an id of this bot's.

        Asking again gives the same conversation.
        """
        within = tenant or self.tenant
        asked = {
            "bot": self.bot,
            "members": [{"id": user}],
            "isGroup": False,
            "tenantId": within,
            "channelData": {"tenant": {"id": within}},
        }
        said = await self.http.post(f"{service_url}/v3/conversations", json=asked)
        return Where(service_url, _id(said))

    async def member(self, where: Where, user: str) -> Json:
        """What the roster of a conversation says of one of its members."""
        url = f"{where.service_url}/v3/conversations/{quote(where.conversation, safe=_PLAIN)}/members"
        said = (await self.http.get(f"{url}/{quote(user, safe=_PLAIN)}")).json()
        return said if isinstance(said, Mapping) else {}

    async def close(self) -> None:
        """Close the connections."""
        await self.http.http.aclose()

    def _from_us(self, where: Where, activity: Json) -> Json:
        return {**activity, "from": self.bot, "conversation": {"id": where.conversation}}


def _activities(where: Where) -> str:
    return f"{where.service_url}/v3/conversations/{quote(where.conversation, safe=_PLAIN)}/activities"


def _id(said: httpx.Response) -> str:
    found = said.json()
    return str(found.get("id") or "") if isinstance(found, Mapping) else ""
