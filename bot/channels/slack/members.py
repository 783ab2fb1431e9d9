"""Who is behind a Slack id: matched by e-mail through Slack's own directory, never by what is typed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.arrivals import CHANNEL
from bot.channels.slack.failures import FAILURES, reason, retry_after, status
from bot.channels.slack.identity import Identity, Ourselves
from bot.channels.slack.stage import LONGEST
from bot.conversation.inbound import Inbound, Sender

log = structlog.get_logger()
PAGE = 200
WAIT = 30.0
"""Seconds to wait when Slack asks us to, without saying for how long."""
LONGEST_WAIT = 120.0
BARRED = (
    "deleted",
    "is_bot",
    "is_app_user",
    "is_workflow_bot",
    "is_restricted",
    "is_ultra_restricted",
    "is_stranger",
)
"""Slack's marks of those who are not, or no longer, full members of the workspace."""
NOBODY = frozenset({"user_not_found", "user_not_visible"})
"""What Slack says of those who are not in its directory."""
User = Mapping[str, Any]


class Roll(Protocol):
    """What the database knows of Slack accounts."""

    async def knows(self, sender: Sender) -> bool: ...
    async def match(self, sender: Sender) -> bool: ...
    async def drop(self, sender: Sender) -> None: ...


class Members:
    """Keeps accounts in step with Slack's directory. `names` are of people by their Slack ids."""

    def __init__(self, roll: Roll, client: AsyncWebClient, identity: Identity) -> None:
        self.roll = roll
        self.client = client
        self.identity = identity
        self.names: dict[str, str] = {}
        self._known: set[tuple[str, str]] = set()

    async def vouched(self, inbound: Inbound) -> Inbound | None:
        """The same message, with the e-mail address Slack vouches for if the account is new to us.

        None where Slack could not be asked just now: then nobody can say who the person is.
        """
        sender = inbound.sender
        key = (sender.tenant, sender.user_id)
        if key in self._known:
            return inbound
        if await self.roll.knows(sender):
            self._known.add(key)
            return inbound
        email = await self._email(sender.user_id)
        if email is None:
            return None
        return replace(inbound, sender=replace(sender, email=email)) if email else inbound

    async def changed(self, user: User) -> None:
        """A profile changed. A person who left Slack, or became a guest, loses access at once."""
        await self._take_in(user, await self.identity.ourselves())

    async def refresh(self) -> int:
        """Match everybody in Slack's directory; how many are known here. Raises one of FAILURES."""
        us = await self.identity.ourselves()
        matched = 0
        async for user in self._everybody():
            matched += await self._take_in(user, us)
        return matched

    async def _take_in(self, user: User, us: Ourselves) -> bool:
        tenant = us.team or str(user.get("team_id") or "")
        sender = Sender(CHANNEL, str(user["id"]), tenant, address(user, us))
        self._known.discard((tenant, sender.user_id))
        if not sender.email:
            self.names.pop(sender.user_id, None)
            await self.roll.drop(sender)
            return False
        self.names[sender.user_id] = str(user.get("real_name") or user["profile"].get("real_name") or "")
        return await self.roll.match(sender)

    async def _email(self, user_id: str) -> str | None:
        """Their confirmed address, empty for those who have none with us; None while Slack does not say."""
        try:
            async with asyncio.timeout(LONGEST):
                found = await self.client.users_info(user=user_id)
        except FAILURES as error:
            log.warning("slack.user_not_read", reason=reason(error))
            return "" if reason(error) in NOBODY else None
        return address(found["user"], await self.identity.ourselves())

    async def _everybody(self) -> AsyncIterator[User]:
        cursor = ""
        while True:
            page = await self._page(cursor)
            for user in page["members"]:
                yield user
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _page(self, cursor: str) -> Mapping[str, Any]:
        """One page of the directory; once more after as long as Slack asks us to wait."""
        try:
            return _data(await self.client.users_list(limit=PAGE, cursor=cursor))
        except SlackApiError as error:
            if status(error) != 429:
                raise
            await asyncio.sleep(min(retry_after(error, WAIT), LONGEST_WAIT))
        return _data(await self.client.users_list(limit=PAGE, cursor=cursor))


def address(user: User, us: Ourselves) -> str:
    """The confirmed e-mail of a full member of our own workspace; empty for everybody else.

    People of other organisations appear in shared channels. Nobody here vouches for their addresses.
    """
    if any(user.get(mark) for mark in BARRED) or user.get("is_email_confirmed") is False:
        return ""
    return str((user.get("profile") or {}).get("email") or "") if _one_of_us(user, us) else ""


def _one_of_us(user: User, us: Ourselves) -> bool:
    team, organisation = user.get("team_id") or "", (user.get("enterprise_user") or {}).get("enterprise_id")
    if not us.team or not team or team == us.team:
        return True
    return bool(us.enterprise) and us.enterprise in (organisation, team)


def _data(response: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = response.data
    return found
