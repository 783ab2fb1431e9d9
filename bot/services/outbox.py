"""How everything that leaves the house is going, for people rather than machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.audiences import out_of_reach, without_chat
from bot.store import workers
from bot.store.deliveries import Delivery, failed_lately, unknown_lately
from bot.store.people import Person, everyone
from bot.store.work import Work

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class State:
    """Whether everything is going out. `in_doubt`: being asked after; `unknown`: the platform cannot say."""

    waiting: int
    oldest_due: datetime | None
    late: bool
    stuck: int
    in_doubt: int
    unknown: int
    silent: bool
    paused: tuple[tuple[str, datetime], ...]
    failures: dict[str, int]
    by_mail: list[Person]
    out_of_reach: list[Person]

    @property
    def well(self) -> bool:
        return not (self.late or self.stuck or self.silent or self.unknown)


def standing(work: Work) -> State:
    """How the queue stands now, what failed this week and why, and who cannot be reached by chat."""
    found = workers.standing(work.session, work.now)
    people = everyone(work.session, work.today)
    return State(
        waiting=found.waiting,
        oldest_due=found.oldest_due,
        late=found.late,
        stuck=found.stuck,
        in_doubt=found.in_doubt,
        unknown=unknown_lately(work.session, work.now - LATELY),
        silent=found.silent,
        paused=found.paused,
        failures=failed_lately(work.session, work.now - LATELY),
        by_mail=without_chat(work, people),
        out_of_reach=out_of_reach(work, people),
    )


def title_of(delivery: Delivery) -> str:
    """The heading of a delivered message, as its stored form holds it."""
    stored = delivery.message or (delivery.broadcast.message if delivery.broadcast else {})
    headings = [p.get("text", "") for p in stored.get("parts", []) if p.get("is") == "Heading"]
    return headings[0] if headings else delivery.kind.replace("_", " ")
