"""Shows an answer on one of Slack's surfaces, and says honestly whether Slack took it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.channels.slack.failures import FAILURES, reason

log = structlog.get_logger()
Shown = dict[str, Any]
LONGEST = 1.2
"""Seconds for one call; two may follow each other. Slack gives up on us after three."""


class Stage:
    """The places where Slack shows something. Each method is True once Slack took it, and never raises."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client

    async def post(self, channel: str, thread: str | None, shown: Shown) -> bool:
        """A message that everybody there sees."""
        return await _taken("post", self.client.chat_postMessage(channel=channel, thread_ts=thread, **shown))

    async def replace(self, channel: str, ts: str, shown: Shown) -> bool:
        """New words in the place of a message of ours."""
        return await _taken("replace", self.client.chat_update(channel=channel, ts=ts, **shown))

    async def whisper(self, channel: str, user: str, thread: str | None, shown: Shown) -> bool:
        """A message in a channel that only one person sees."""
        call = self.client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread, **shown)
        return await _taken("whisper", call)

    async def respond(self, url: str, shown: Shown, *, private: bool, replace: bool) -> bool:
        """What follows a click: in the place of its message, or below it."""
        kind = "ephemeral" if private else "in_channel"
        said = {**shown, "response_type": kind, "replace_original": replace}
        return bool(url) and await _taken("respond", self._send(url, said))

    async def open(self, trigger: str, view: Shown) -> bool:
        """A new modal."""
        return bool(trigger) and await _taken("open", self.client.views_open(trigger_id=trigger, view=view))

    async def change(self, view_id: str, view: Shown) -> bool:
        """Another content for an open modal."""
        return await _taken("change", self.client.views_update(view_id=view_id, view=view))

    async def publish(self, user: str, view: Shown) -> bool:
        """A person's App Home. A second try can do no harm: it shows the same."""
        for _ in range(2):
            if await _taken("publish", self.client.views_publish(user_id=user, view=view)):
                return True
        return False

    async def _send(self, url: str, said: Shown) -> None:
        # No retry handler: the client's own would answer twice.
        pooled, proxy = self.client.session, self.client.proxy
        hook = AsyncWebhookClient(url, session=pooled, proxy=proxy, retry_handlers=[])
        response = await hook.send_dict(said)
        if response.status_code != 200:
            raise aiohttp.ClientError(f"response_url answered {response.status_code}")


async def _taken(what: str, call: Awaitable[Any]) -> bool:
    try:
        async with asyncio.timeout(LONGEST):
            await call
    except FAILURES as error:
        log.warning("slack.not_shown", what=what, reason=reason(error))
        return False
    return True
