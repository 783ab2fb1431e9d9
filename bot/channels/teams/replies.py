"""Answers on their way back: into the conversation, or to the person alone when others could read them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx
import structlog

from bot.channels.teams.arrivals import Arrival
from bot.channels.teams.connector import Connector, Where
from bot.channels.teams.members import Members
from bot.channels.teams.render import activity
from bot.channels.teams.tokens import NoToken
from bot.conversation.inbound import Answer
from bot.wording.labels import label
from bot.wording.parts import Message

T = TypeVar("T")
log = structlog.get_logger()
SURELY_NOT_SENT = frozenset({412, 429})
WAITS = (0.5, 1.5)
LONGEST_WAIT = 3.0
"""Teams gives up on us after ten seconds or so."""
FAILURES = (httpx.HTTPError, httpx.InvalidURL, NoToken)


class Replies:
    """Puts answers where they belong. Raises what the connector raises (FAILURES)."""

    def __init__(self, connector: Connector, members: Members) -> None:
        self.connector = connector
        self.members = members

    async def here(self, arrival: Arrival, message: Message) -> None:
        """A new message in the conversation where somebody wrote."""
        await self._post(arrival.where, message)

    async def instead(self, arrival: Arrival, message: Message) -> None:
        """In the place of the card whose button was pressed."""
        await patiently(lambda: self.connector.replace(arrival.where, arrival.reply_to, activity(message)))

    async def line(self, arrival: Arrival, words: str) -> None:
        """A plain line that everybody there may read."""
        said = {"type": "message", "text": words, "textFormat": "plain"}
        await patiently(lambda: self.connector.post(arrival.where, said))

    async def in_private(self, arrival: Arrival, answer: Answer) -> str:
        """Write to the person alone; the line that tells the others nothing but where the answer is.

        What a child's safety needs is shown on the spot when there is no other way: it repeats nothing.
        """
        if await self._delivered(arrival, answer.message):
            return label("sent_privately")
        if answer.urgent:
            await self.here(arrival, answer.message)
        return label("not_in_private")

    async def _delivered(self, arrival: Arrival, message: Message) -> bool:
        """Where they wrote to us before, else in a conversation that is opened: by the id they have
        here, which works for members of a team, or by their Entra object id, which works for users."""
        for known in await self.members.private(arrival):
            if await self._tried(known, message):
                return True
        for user in dict.fromkeys((arrival.member, arrival.sender.user_id)):
            opened = await self._opened(arrival, user)
            if opened and await self._tried(opened, message):
                return True
        return False

    async def _opened(self, arrival: Arrival, user: str) -> Where | None:
        try:
            return await patiently(lambda: self.connector.open(arrival.where.service_url, user))
        except FAILURES as error:
            log.warning("teams.not_opened", error=type(error).__name__)
            return None

    async def _tried(self, where: Where, message: Message) -> bool:
        try:
            await self._post(where, message)
        except FAILURES as error:
            log.warning("teams.not_in_private", error=type(error).__name__)
            return False
        return True

    async def _post(self, where: Where, message: Message) -> None:
        shown = activity(message)
        await patiently(lambda: self.connector.post(where, shown))


async def patiently(send: Callable[[], Awaitable[T]]) -> T:
    """Send, and again after a moment while it is sure that nothing was sent."""
    for wait in WAITS:
        try:
            return await send()
        except (httpx.HTTPStatusError, httpx.ConnectError) as error:
            if isinstance(error, httpx.HTTPStatusError) and error.response.status_code not in SURELY_NOT_SENT:
                raise
            await asyncio.sleep(min(max(wait, retry_after(error)), LONGEST_WAIT))
    return await send()


def retry_after(error: Exception) -> float:
    """The seconds that an answer asks us to wait; 0 when it says nothing readable."""
    if not isinstance(error, httpx.HTTPStatusError):
        return 0.0
    said = error.response.headers.get("retry-after", "")
    return float(said) if said.isdigit() else 0.0
