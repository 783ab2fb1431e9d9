"""A channel over HTTP to the sink, as honest about its outcomes as a real one must be."""

from __future__ import annotations

import aiohttp

from bot.channels.base import Outcome, Parcel, Result


class HttpChannel:
    """Posts to the sink. `knows` is whether it can be asked what arrived."""

    name = "slack"

    def __init__(self, base: str, rate: float | None = None, *, knows: bool = True) -> None:
        self.base = base
        self.rate = rate
        self.knows = knows
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100))
        return self._session

    async def send(self, parcel: Parcel) -> Result:
        body = {"token": parcel.token, "to": parcel.user_id, "text": parcel.message.title}
        try:
            async with self.session.post(f"{self.base}/send", json=body) as answer:
                await answer.read()
                return self._result(answer, parcel)
        except aiohttp.ClientConnectorError:
            return Result(Outcome.LATER, reason="no connection")
        except aiohttp.ClientError as error:
            return Result(Outcome.DOUBT, reason=type(error).__name__)

    def _result(self, answer: aiohttp.ClientResponse, parcel: Parcel) -> Result:
        if answer.status == 429:
            return Result(Outcome.PAUSED, retry_after=float(answer.headers["Retry-After"]))
        if answer.status == 200:
            return Result(Outcome.SENT, remote_ref=parcel.token[:8])
        return Result(Outcome.DOUBT, reason=str(answer.status))

    async def look_up(self, parcel: Parcel) -> Result | None:
        if not self.knows:
            return None
        async with self.session.get(f"{self.base}/known/{parcel.token}") as answer:
            known = (await answer.json())["known"]
        return Result(Outcome.SENT) if known else Result(Outcome.LATER)

    async def update(self, parcel: Parcel, remote_ref: str) -> Result:
        return Result(Outcome.REFUSED, reason="the sink keeps no messages")

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
