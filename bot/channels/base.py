"""What a channel promises to the delivery worker: send one message, and say honestly what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.wording.parts import Message


class Outcome(StrEnum):
    """What came of one send.

    SENT: the platform has it. LATER: surely not sent, worth another try. PAUSED: the platform asks the
    whole channel to wait. REFUSED: it will never arrive (blocked, gone). DOUBT: it may or may not have
    arrived; it is looked up or shown as unknown, never repeated blindly.
    """

    SENT = "sent"
    LATER = "later"
    PAUSED = "paused"
    REFUSED = "refused"
    DOUBT = "doubt"


@dataclass(frozen=True)
class Parcel:
    """One delivery on its way: to which account, and the message. `token` is its opaque, unique name."""

    token: str
    user_id: str
    tenant: str
    conversation: str
    service_url: str
    message: Message
    claimed_at: datetime


@dataclass(frozen=True)
class Result:
    """An outcome with its details. `conversation` is where it went, if that was learnt by sending."""

    outcome: Outcome
    remote_ref: str = ""
    reason: str = ""
    retry_after: float = 0.0
    conversation: str = ""


class Channel(Protocol):
    """A way to reach people. `rate` is messages a second over all workers; None is no limit."""

    name: str
    rate: float | None

    async def send(self, parcel: Parcel) -> Result:
        """Send one message. Never raises; every failure is a Result."""
        ...

    async def look_up(self, parcel: Parcel) -> Result | None:
        """Whether a doubtful message arrived: SENT, LATER (surely not), or None when it cannot be known.

        DOUBT, or an error, says that the platform could not be asked just now: it is asked again later.
        """
        ...

    async def update(self, parcel: Parcel, remote_ref: str) -> Result:
        """Put new words in the place of a message sent before, where the platform can."""
        ...
