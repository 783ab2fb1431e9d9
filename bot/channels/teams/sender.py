"""Sends one delivery to one person on Teams. Whether a doubtful one arrived cannot be asked."""

from __future__ import annotations

from collections.abc import Awaitable

import httpx

from bot.channels.base import Outcome, Parcel, Result
from bot.channels.teams.connector import Connector, Where
from bot.channels.teams.members import BLOCKED, NOT_INSTALLED
from bot.channels.teams.render import activity
from bot.channels.teams.replies import retry_after
from bot.channels.teams.tokens import NoToken

RATE = 10.0
"""Messages a second. Teams allows an app fifty requests a second in a tenant; opening costs one more."""
PAUSE = 5.0
"""Seconds to wait when Teams asks for a pause without saying how long."""
NOT_YET = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""Failures before anything was sent."""


class TeamsSender:
    """The delivery worker's way to Teams (see bot.channels.base.Channel)."""

    name = "teams"

    def __init__(self, connector: Connector, service_url: str, rate: float | None = RATE) -> None:
        self.connector = connector
        self.service_url = service_url
        self.rate = rate

    async def send(self, parcel: Parcel) -> Result:
        """Post into the conversation we know, else into the one that is opened by Entra object id."""
        where = Where(parcel.service_url or self.service_url, parcel.conversation)
        if not where.conversation:
            opened = await self._open(parcel)
            if isinstance(opened, Result):
                return opened
            where = opened
        return await _result(where, self.connector.post(where, activity(parcel.message)))

    async def look_up(self, parcel: Parcel) -> Result | None:
        """Never known: a bot cannot read back a conversation with one person."""
        return None

    async def update(self, parcel: Parcel, remote_ref: str) -> Result:
        """Replace the words of a message sent before."""
        conversation, _, message = remote_ref.rpartition("/")
        where = Where(parcel.service_url or self.service_url, conversation)
        return await _result(where, self.connector.replace(where, message, activity(parcel.message)))

    async def _open(self, parcel: Parcel) -> Where | Result:
        """The private conversation, or why there is none. Nothing has been said to anybody by then."""
        service_url = parcel.service_url or self.service_url
        try:
            where = await self.connector.open(service_url, parcel.user_id, parcel.tenant)
        except httpx.HTTPStatusError as error:
            said = _refused(error, NOT_INSTALLED)
            return Result(Outcome.LATER, reason=said.reason) if said.outcome is Outcome.DOUBT else said
        except (httpx.HTTPError, httpx.InvalidURL, NoToken, ValueError) as error:
            return Result(Outcome.LATER, reason=_named(error))
        return where if where.conversation else Result(Outcome.LATER, reason="no conversation was opened")


async def _result(where: Where, call: Awaitable[str]) -> Result:
    try:
        message = await call
    except httpx.HTTPStatusError as error:
        return _refused(error)
    except (*NOT_YET, NoToken) as error:
        return Result(Outcome.LATER, reason=_named(error))
    except httpx.InvalidURL as error:
        return Result(Outcome.REFUSED, reason=_named(error))
    except (httpx.HTTPError, OSError, ValueError) as error:
        return Result(Outcome.DOUBT, reason=_named(error))
    return Result(Outcome.SENT, f"{where.conversation}/{message}", conversation=where.conversation)


def _refused(error: httpx.HTTPStatusError, forbidden: str = BLOCKED) -> Result:
    """What a status means: 429 asks to wait, 4xx will never do, 5xx leaves it open whether it was sent."""
    status = error.response.status_code
    reason = _reason(error.response)
    if status == 429:
        return Result(Outcome.PAUSED, reason=reason, retry_after=retry_after(error) or PAUSE)
    if status in (401, 412):
        return Result(Outcome.LATER, reason=reason)
    if status == 408 or status >= 500:
        return Result(Outcome.DOUBT, reason=reason)
    return Result(Outcome.REFUSED, reason=f"{forbidden} ({reason})" if status == 403 else reason)


def _reason(response: httpx.Response) -> str:
    """The platform's own name for what went wrong, beside the status. Never its message: it may quote."""
    try:
        said = response.json()
        code = said.get("subCode") or said["error"].get("subCode") or said["error"]["code"]
    except (ValueError, KeyError, TypeError, AttributeError):
        code = ""
    return f"{response.status_code} {str(code)[:60]}".strip()


def _named(error: Exception) -> str:
    return f"no token: {error}" if isinstance(error, NoToken) else type(error).__name__
