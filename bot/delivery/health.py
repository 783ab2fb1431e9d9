"""Whether everything is going out, and if not, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.store.workers import Standing, standing

LATE = timedelta(minutes=15)
STUCK = timedelta(hours=1)
SILENT = timedelta(minutes=1)


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


def health(session: Session, now: datetime) -> Health:
    """Whether all goes out. Nothing due may wait a quarter of an hour, unless a platform asked us to.

    Nothing may be held for an hour, and some worker must have been heard of in the last minute.
    """
    now_standing = standing(session, now, STUCK)
    late = now_standing.oldest_due is not None and now - now_standing.oldest_due > LATE
    silent = now_standing.last_beat is None or now - now_standing.last_beat > SILENT
    return Health(now_standing, late and not now_standing.paused, now_standing.stuck > 0, silent)
