"""Sends one delivery to one person on Slack, and finds out later whether a doubtful one arrived."""

from __future__ import annotations

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.base import Outcome, Parcel, Result
from bot.channels.slack import render

EVENT = "cp_delivery"
RATE = 4.0
"""Messages a second over the workspace; Slack names "several hundred a minute"."""
LOOK_BACK = 30
HISTORY = 100
GONE = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "ekm_access_denied",
        "is_archived",
        "messages_tab_disabled",
        "not_in_channel",
        "restricted_action",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
"""Errors after which this person will never get it."""


class SlackSender:
    """The delivery worker's way to Slack (see bot.channels.base.Channel)."""

    name = "slack"

    def __init__(self, client: AsyncWebClient, rate: float | None = RATE) -> None:
        self.client = client
        self.rate = rate

    async def send(self, parcel: Parcel) -> Result:
        """Post straight to the person's id: opening the conversation first would cost a call a person."""
        call = self.client.chat_postMessage
        extra = {"metadata": {"event_type": EVENT, "event_payload": {"delivery_id": parcel.token}}}
        shown = render.payload(parcel.message)
        return await self._call(call, channel=parcel.conversation or parcel.user_id, **shown, **extra)

    async def update(self, parcel: Parcel, remote_ref: str) -> Result:
        """Replace the words of a message sent before."""
        channel, _, ts = remote_ref.partition("/")
        return await self._call(
            self.client.chat_update, channel=channel, ts=ts, **render.payload(parcel.message)
        )

    async def look_up(self, parcel: Parcel) -> Result | None:
        """Look for the delivery's opaque name in the conversation's recent history."""
        if not parcel.conversation:
            return None
        try:
            found = await self.client.conversations_history(
                channel=parcel.conversation,
                oldest=str(parcel.claimed_at.timestamp() - LOOK_BACK),
                limit=HISTORY,
                include_all_metadata=True,
            )
        except (SlackApiError, aiohttp.ClientError, TimeoutError):
            return None
        for message in found["messages"]:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("delivery_id") == parcel.token:
                return Result(
                    Outcome.SENT, f"{parcel.conversation}/{message['ts']}", conversation=parcel.conversation
                )
        return Result(Outcome.LATER, reason="not in the history")

    async def _call(self, call: Any, **arguments: Any) -> Result:
        try:
            said = await call(**arguments)
        except SlackApiError as error:
            return _refused(error)
        except aiohttp.ClientConnectorError as error:
            return Result(Outcome.LATER, reason=type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Result(Outcome.DOUBT, reason=type(error).__name__)
        return Result(Outcome.SENT, f"{said['channel']}/{said['ts']}", conversation=said["channel"])


def _refused(error: SlackApiError) -> Result:
    status = error.response.status_code
    reason = str(error.response.get("error") or status)
    if status == 429:
        return Result(
            Outcome.PAUSED, reason=reason, retry_after=float(error.response.headers.get("Retry-After", 1))
        )
    if status >= 500:
        return Result(Outcome.DOUBT, reason=reason)
    return Result(Outcome.REFUSED if reason in GONE else Outcome.LATER, reason=reason)
