"""How sending goes: what became of a broadcast, whether all goes out, and who cannot be reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot.rules.states import DeliveryState
from bot.store.broadcasts import cancel_unsent, counts, readers, reasons, send_again
from bot.store.deliveries import Broadcast
from bot.store.people import Person
from bot.store.routes import unreachable_people
from bot.store.workers import Standing, standing

LATE = timedelta(minutes=15)
STUCK = timedelta(hours=1)
SILENT = timedelta(minutes=1)


@dataclass(frozen=True)
class BroadcastReport:
    """What became of a broadcast. `unknown` may or may not have arrived; `cancelled` counts in no total."""

    sent: int
    due: int
    sending: int
    failed: int
    unknown: int
    cancelled: int
    read: int
    why_failed: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many it was meant for, without those that were cancelled."""
        return self.sent + self.due + self.sending + self.failed + self.unknown


@dataclass(frozen=True)
class Health:
    """Whether everything is going out, and if not, what is wrong."""

    standing: Standing
    late: bool
    stuck: bool
    silent: bool

    @property
    def well(self) -> bool:
        return not (self.late or self.stuck or self.silent)


@dataclass(frozen=True)
class Unreached:
    """Somebody whom no message can reach by chat, and why; "" when they never wrote to the bot."""

    person: Person
    reason: str


def report(session: Session, broadcast: Broadcast) -> BroadcastReport:
    """What became of a broadcast, as it stands."""
    count = counts(session, broadcast)
    return BroadcastReport(
        **{state.value: count.get(state, 0) for state in DeliveryState},
        read=readers(session, broadcast),
        why_failed=reasons(session, broadcast),
    )


def health(session: Session, now: datetime) -> Health:
    """Whether all goes out. Nothing due may wait a quarter of an hour, unless a platform asked us to.

    Nothing may be held for an hour, and some worker must have been heard of in the last minute.
    """
    now_standing = standing(session, now, STUCK)
    late = now_standing.oldest_due is not None and now - now_standing.oldest_due > LATE
    silent = now_standing.last_beat is None or now - now_standing.last_beat > SILENT
    return Health(now_standing, late and not now_standing.paused, now_standing.stuck > 0, silent)


def unreachable(session: Session, day: date, channels: Collection[str] | None = None) -> list[Unreached]:
    """Everybody with access on a day whom chat cannot reach, by name: to be shown before a send."""
    return [Unreached(p, reason) for p, reason in unreachable_people(session, day, channels)]


__all__ = [
    "BroadcastReport",
    "Health",
    "Unreached",
    "cancel_unsent",
    "health",
    "report",
    "send_again",
    "unreachable",
]
