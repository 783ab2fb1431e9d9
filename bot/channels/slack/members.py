"""Who is behind a Slack id: matched by e-mail through Slack's own directory, never by what is typed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation.inbound import Inbound, Sender

log = structlog.get_logger()
PAGE = 200
User = Mapping[str, Any]


class Roll(Protocol):
    """What the database knows of Slack accounts."""

    async def knows(self, sender: Sender) -> bool: ...
    async def match(self, sender: Sender) -> bool: ...
    async def drop(self, sender: Sender) -> None: ...


class Members:
    """Keeps accounts in step with Slack's directory."""

    def __init__(self, roll: Roll, team: Callable[[], Awaitable[str]] | None = None) -> None:
        self.roll = roll
        self.team = team
        self._known: set[tuple[str, str]] = set()

    async def vouched(self, client: AsyncWebClient, inbound: Inbound) -> Inbound:
        """The same message, with the e-mail address Slack vouches for if the account is new to us."""
        key = (inbound.sender.tenant, inbound.sender.user_id)
        if key in self._known:
            return inbound
        if await self.roll.knows(inbound.sender):
            self._known.add(key)
            return inbound
        email = await self._email(client, inbound.sender.user_id)
        return replace(inbound, sender=replace(inbound.sender, email=email)) if email else inbound

    async def changed(self, user: User) -> None:
        """A profile changed. A person who left Slack, or became a guest, loses access at once."""
        sender = Sender("slack", user["id"], user.get("team_id", ""), address(user))
        self._known.discard((sender.tenant, sender.user_id))
        if sender.email:
            await self.roll.match(sender)
        else:
            await self.roll.drop(sender)

    async def refresh(self, client: AsyncWebClient) -> int:
        """Match everybody in Slack's directory; how many are known here."""
        matched = 0
        async for user in _everybody(client):
            sender = Sender("slack", user["id"], user.get("team_id", ""), address(user))
            if sender.email and await self.roll.match(sender):
                matched += 1
            elif not sender.email:
                await self.roll.drop(sender)
        self._known.clear()
        return matched

    async def _email(self, client: AsyncWebClient, user_id: str) -> str:
        try:
            found = await client.users_info(user=user_id)
        except (SlackApiError, TimeoutError, OSError) as error:
            log.warning("slack.user_not_read", error=type(error).__name__)
            return ""
        return address(found["user"])


def address(user: User) -> str:
    """The e-mail of a full member of the workspace; empty for bots, guests and people who left."""
    barred = ("deleted", "is_bot", "is_app_user", "is_restricted", "is_ultra_restricted", "is_stranger")
    if any(user.get(flag) for flag in barred):
        return ""
    return str((user.get("profile") or {}).get("email") or "")


async def _everybody(client: AsyncWebClient) -> AsyncIterator[User]:
    cursor = ""
    while True:
        page = await client.users_list(limit=PAGE, cursor=cursor)
        for user in page["members"]:
            yield user
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
