"""The web chat as a channel: a delivery is appended to the person's transcript in memory."""

from __future__ import annotations

from bot.channels.base import Outcome, Parcel, Result
from bot.channels.web.transcript import Transcript
from bot.clock import Clock, SystemClock


class WebChannel:
    """Every person's transcript, and sending as appending to it. `user_id` is the person's id as text."""

    name = "web"
    rate: float | None = None

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self._transcripts: dict[str, Transcript] = {}

    def transcript(self, user_id: str) -> Transcript:
        """The person's transcript, begun when first asked for."""
        return self._transcripts.setdefault(user_id, Transcript())

    async def send(self, parcel: Parcel) -> Result:
        """Append the message and wake the person's open pages. The same token is never shown twice."""
        entry = self.transcript(parcel.user_id).add(
            "message", self.clock.now(), key=f"token:{parcel.token}", message=parcel.message
        )
        return Result(Outcome.SENT, remote_ref=str(entry.id))

    async def look_up(self, parcel: Parcel) -> Result | None:
        """Whether the transcript holds the message. A transcript lost with its process held nothing."""
        known = self.transcript(parcel.user_id).known(f"token:{parcel.token}")
        return Result(Outcome.LATER) if known is None else Result(Outcome.SENT, remote_ref=str(known))

    async def update(self, parcel: Parcel, remote_ref: str) -> Result:
        """Put new words in the place of a message that is still in the transcript."""
        number = int(remote_ref) if remote_ref.isdecimal() else 0
        entry = self.transcript(parcel.user_id).change(number, message=parcel.message)
        if entry is None:
            return Result(Outcome.REFUSED, reason="the message is no longer in the transcript")
        return Result(Outcome.SENT, remote_ref=remote_ref)

    def close(self) -> None:
        """End every live stream, so that the server can stop."""
        for transcript in self._transcripts.values():
            transcript.close()
