"""What the workers share: how fast each channel may go, that they are alive, and how far broadcasts are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.rules.states import BroadcastState, DeliveryState
from bot.store.deliveries import Broadcast, Delivery, Pace, WorkerBeat

LONG_AGO = timedelta(days=1)
_QUIETLY = {"synchronize_session": False}
_MOVING = (BroadcastState.SCHEDULED, BroadcastState.SENDING)
_UNSETTLED = (DeliveryState.DUE, DeliveryState.SENDING)


def know_channels(s: Session, channels: Collection[str], now: datetime) -> None:
    """Give each channel a pace of its own, if it has none yet."""
    new = {"rate": None, "next_at": now, "blocked_until": now, "changed_at": now - LONG_AGO}
    rows = [{"channel": c, **new} for c in sorted(channels)]
    if rows:
        s.execute(_dialect(s).insert(Pace).values(rows).on_conflict_do_nothing())


def known_channels(s: Session) -> set[str]:
    """The channels that some worker sends on, or has sent on."""
    return set(s.scalars(select(Pace.channel)))


def hold_paces(s: Session, channels: Collection[str]) -> Sequence[Pace]:
    """The paces of channels, held until the transaction ends: workers reserve one after the other."""
    query = select(Pace).where(Pace.channel.in_(channels)).order_by(Pace.channel)
    return s.scalars(query.with_for_update()).all()


def beat(s: Session, worker: str, now: datetime) -> None:
    """Say that a worker is alive."""
    row = _dialect(s).insert(WorkerBeat).values(worker=worker, at=now)
    s.execute(row.on_conflict_do_update(index_elements=["worker"], set_={"at": now}))


def forget_beats(s: Session, before: datetime) -> None:
    """Forget workers that have not been heard of since."""
    s.execute(delete(WorkerBeat).where(WorkerBeat.at < before), execution_options=_QUIETLY)


def advance_broadcasts(s: Session, now: datetime) -> None:
    """Begin the broadcasts whose time has come; end those of which nothing is left to send."""
    moving = select(Broadcast.id).where(Broadcast.state.in_(_MOVING)).limit(1)
    if s.scalar(moving) is None:
        return
    theirs = Delivery.broadcast_id == Broadcast.id
    queued = exists().where(theirs)
    _move(
        s,
        (Broadcast.state == BroadcastState.SCHEDULED) & (Broadcast.send_at <= now) & queued,
        {"state": BroadcastState.SENDING, "started_at": now},
    )
    left = exists().where(theirs, Delivery.state.in_(_UNSETTLED))
    _move(
        s,
        (Broadcast.state == BroadcastState.SENDING) & ~left,
        {"state": BroadcastState.SENT, "ended_at": now},
    )


LATE, STUCK, SILENT = timedelta(minutes=15), timedelta(hours=1), timedelta(minutes=1)
"""How long something may be due, may be held, and how long every worker may be silent."""


@dataclass(frozen=True)
class Standing:
    """How the queue stands at a moment, and whether everything is going out.

    `waiting`: due by now; `stuck`: held, in doubt or not, for too long.
    """

    at: datetime
    oldest_due: datetime | None
    waiting: int
    in_doubt: int
    stuck: int
    last_beat: datetime | None
    paused: tuple[tuple[str, datetime], ...]

    @property
    def late(self) -> bool:
        """Something has been due for too long, and no platform asked us to wait: that is no fault of ours."""
        return self.oldest_due is not None and self.at - self.oldest_due > LATE and not self.paused

    @property
    def silent(self) -> bool:
        """No worker has been heard of lately."""
        return self.last_beat is None or self.at - self.last_beat > SILENT

    @property
    def well(self) -> bool:
        return not (self.late or self.stuck or self.silent)


def standing(s: Session, now: datetime) -> Standing:
    """How the queue stands now."""
    due = (Delivery.state == DeliveryState.DUE) & (Delivery.due_at <= now)
    sending = Delivery.state == DeliveryState.SENDING
    oldest, waiting = s.execute(select(func.min(Delivery.due_at), func.count()).where(due)).one()
    doubtful = _count(s, sending & Delivery.in_doubt_since.is_not(None))
    since = func.coalesce(Delivery.in_doubt_since, Delivery.claimed_at)
    stuck = _count(s, sending & (since < now - STUCK))
    last = s.scalar(select(func.max(WorkerBeat.at)))
    paused = select(Pace.channel, Pace.blocked_until).where(Pace.blocked_until > now).order_by(Pace.channel)
    return Standing(
        now, oldest, waiting, doubtful, stuck, last, tuple((c, at) for c, at in s.execute(paused))
    )


def _count(s: Session, where: Any) -> int:
    return s.scalar(select(func.count()).select_from(Delivery).where(where)) or 0


def _move(s: Session, where: Any, values: dict[str, Any]) -> None:
    s.execute(update(Broadcast).where(where).values(**values), execution_options=_QUIETLY)


def _dialect(s: Session) -> Any:
    return postgresql if s.get_bind().dialect.name == "postgresql" else sqlite
