"""Sends one delivery to one person on Slack, and finds out later whether a doubtful one arrived."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.base import Outcome, Parcel, Result
from bot.channels.slack import render
from bot.channels.slack.failures import FAILURES, reason, retry_after, status

log = structlog.get_logger()
EVENT = "cp_delivery"
RATE = 4.0
"""Messages a second over the workspace; Slack names "several hundred a minute"."""
LOOK_BACK = 30
PAGE = 100
MOST_PAGES = 5
GONE = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
"""Errors after which this person will never get it."""
OURS = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
"""Errors of our own token or installation: nobody gets anything until an administrator mends it."""
UNTIL_MENDED = 60.0
"""Seconds until it is tried again."""
PAUSE = 5.0


class SlackSender:
    """The delivery worker's way to Slack (see bot.channels.base.Channel)."""

    name = "slack"

    def __init__(self, client: AsyncWebClient, rate: float | None = RATE) -> None:
        self.client = client
        self.rate = rate

    async def send(self, parcel: Parcel) -> Result:
        """Post straight to the person's id: opening the conversation first would cost a call a person."""
        result = await self._post(parcel, parcel.conversation or parcel.user_id)
        if parcel.conversation and result.reason == "channel_not_found":
            # The conversation was another installation's. The person may still be there.
            return await self._post(parcel, parcel.user_id)
        return result

    async def update(self, parcel: Parcel, remote_ref: str) -> Result:
        """Replace the words of a message sent before."""
        channel, _, ts = remote_ref.partition("/")
        shown = render.quiet(parcel.message)
        return await _outcome(self.client.chat_update(channel=channel, ts=ts, **shown))

    async def look_up(self, parcel: Parcel) -> Result | None:
        """Look for the delivery's opaque name in the conversation's recent history.

        None where it cannot be known: nobody ever wrote in a conversation with this person.
        """
        if not parcel.conversation:
            return None
        try:
            return await self._found(parcel)
        except SlackApiError as error:
            if reason(error) in GONE or reason(error) == "missing_scope":
                return None
            return Result(Outcome.DOUBT, reason=reason(error), retry_after=retry_after(error, 0.0))
        except FAILURES as error:
            return Result(Outcome.DOUBT, reason=reason(error))

    async def _found(self, parcel: Parcel) -> Result:
        """SENT, or LATER once the whole time since it was sent has been read; DOUBT if that is too much."""
        oldest, cursor = str(parcel.claimed_at.timestamp() - LOOK_BACK), ""
        for _ in range(MOST_PAGES):
            page = await self.client.conversations_history(
                channel=parcel.conversation,
                oldest=oldest,
                limit=PAGE,
                cursor=cursor,
                include_all_metadata=True,
            )
            for message in page["messages"]:
                if _token(message) == parcel.token:
                    ref = f"{parcel.conversation}/{message['ts']}"
                    return Result(Outcome.SENT, ref, conversation=parcel.conversation)
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Result(Outcome.LATER, reason="not in the history")
        return Result(Outcome.DOUBT, reason="the history is too long")

    async def _post(self, parcel: Parcel, channel: str) -> Result:
        metadata = {"event_type": EVENT, "event_payload": {"delivery_id": parcel.token}}
        shown = render.payload(parcel.message)
        return await _outcome(self.client.chat_postMessage(channel=channel, metadata=metadata, **shown))


async def _outcome(call: Awaitable[Any]) -> Result:
    try:
        said = await call
    except SlackApiError as error:
        return _refused(error)
    except aiohttp.ClientConnectorError as error:
        return Result(Outcome.LATER, reason=type(error).__name__)
    except FAILURES as error:
        return Result(Outcome.DOUBT, reason=type(error).__name__)
    return Result(Outcome.SENT, f"{said['channel']}/{said['ts']}", conversation=said["channel"])


def _refused(error: SlackApiError) -> Result:
    why, code = reason(error), status(error)
    if code == 429 or why in ("ratelimited", "rate_limited"):
        return Result(Outcome.PAUSED, reason=why, retry_after=retry_after(error, PAUSE))
    if why in OURS:
        log.error("slack.refuses_us", reason=why)
        return Result(Outcome.PAUSED, reason=why, retry_after=UNTIL_MENDED)
    if code >= 500 or why in ("internal_error", "fatal_error", "request_timeout"):
        return Result(Outcome.DOUBT, reason=why)
    if code == 200 and not why.isdigit():
        return Result(Outcome.REFUSED if why in GONE else Outcome.LATER, reason=why)
    return Result(Outcome.DOUBT, reason=why)


def _token(message: Mapping[str, Any]) -> str:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("delivery_id") or "")
