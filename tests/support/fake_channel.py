"""A platform in memory: it keeps what it accepts, and can be told to misbehave as real ones do."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from enum import Enum

from bot.channels.base import Outcome, Parcel, Result


class Will(Enum):
    """What the platform does with the next message to somebody."""

    ACCEPT = "accepts it"
    TOO_MANY = "answers 429"
    BROKEN = "accepts it and answers 502"
    DROP = "cuts the connection before it took anything in"
    HANG = "accepts it and never answers"
    DOWN = "refuses the connection"
    BLOCKED = "says that the person blocked the bot"
    CRASH = "makes the channel's own code fail"


class FakeChannel:
    """Accepts what it is sent, unless `will` said otherwise. `accepted` is what people really have.

    `updated` holds the new first words of messages that were changed, by what they are called here.
    """

    def __init__(self, name: str = "slack", rate: float | None = None, *, knows: bool = True) -> None:
        self.name = name
        self.rate = rate
        self.knows = knows
        self.answers = True
        self.retry_after = 2.0
        self.latency = 0.0
        self.accepted: list[Parcel] = []
        self.looks: list[str] = []
        self.updated: dict[str, str] = {}
        self.will_not_update: set[str] = set()
        self.tries = 0
        self._script: dict[str, deque[Will]] = defaultdict(deque)

    def will(self, user_id: str, *what: Will) -> None:
        """What happens with the next messages to somebody, in turn. After that they are accepted."""
        self._script[user_id].extend(what)

    def tokens(self) -> list[str]:
        return [p.token for p in self.accepted]

    def got(self, user_id: str) -> list[str]:
        """The first words of each message that somebody has."""
        return [p.message.title for p in self.accepted if p.user_id == user_id]

    async def send(self, parcel: Parcel) -> Result:
        self.tries += 1
        await asyncio.sleep(self.latency)
        script = self._script[parcel.user_id]
        what = script.popleft() if script else Will.ACCEPT
        if what in (Will.ACCEPT, Will.BROKEN, Will.HANG):
            self.accepted.append(parcel)
        if what is Will.HANG:
            await asyncio.Event().wait()
        if what is Will.CRASH:
            raise RuntimeError("the channel broke")
        return self._result(what, parcel)

    def _result(self, what: Will, parcel: Parcel) -> Result:
        match what:
            case Will.TOO_MANY:
                return Result(Outcome.PAUSED, retry_after=self.retry_after)
            case Will.BROKEN | Will.DROP:
                return Result(Outcome.DOUBT, reason="502")
            case Will.DOWN:
                return Result(Outcome.LATER, reason="connection refused")
            case Will.BLOCKED:
                return Result(Outcome.REFUSED, reason="blocked the bot")
        return Result(Outcome.SENT, remote_ref=f"ref-{parcel.token}", conversation=f"D-{parcel.user_id}")

    async def look_up(self, parcel: Parcel) -> Result | None:
        self.looks.append(parcel.token)
        if not self.answers:
            raise ConnectionError("nobody answers")
        if not self.knows:
            return None
        there = parcel.token in self.tokens()
        return Result(Outcome.SENT, remote_ref=f"ref-{parcel.token}") if there else Result(Outcome.LATER)

    async def update(self, parcel: Parcel, remote_ref: str) -> Result:
        if parcel.user_id in self.will_not_update:
            return Result(Outcome.REFUSED, reason="too old to change")
        self.updated[remote_ref] = parcel.message.title
        return Result(Outcome.SENT, remote_ref=remote_ref)
