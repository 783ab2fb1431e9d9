"""The unit of work: one transaction, who acts, and what others must be told when it commits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.clock import london_day
from bot.store.audit import AuditEvent
from bot.store.people import Person


@dataclass(frozen=True)
class Notice:
    """Something a person is to be told: a block of words, its values, and a key that makes it once.

    `card` and `subject` say what a short reply to it would answer. `due` is when it may leave.
    """

    person_id: int
    kind: str
    once: str
    block: str
    values: Mapping[str, Any]
    card: str = ""
    subject: str = ""
    due: datetime | None = None
    broadcast_id: int | None = None


Render = Callable[[str, Mapping[str, Any], str, str], dict[str, Any]]
"""Block, values, card and its subject, as a stored message."""

Welcome = Callable[["Work", Person, datetime, str], datetime]
"""The first moment, from one on, at which a message of a kind is welcome to a person."""


@dataclass
class Work:
    """One use case in progress. Services change rows through `session`; nothing commits but the end.

    `cache` outlives the unit of work: it holds what is costly to build, keyed by version. `render` makes
    the stored form of a block of words, for messages that are kept with what they belong to. `welcome` says
    when a message may reach somebody who wants quiet at times.
    """

    session: Session
    now: datetime
    actor: Person | None = None
    cache: dict[str, Any] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    render: Render | None = None
    welcome: Welcome | None = None

    @property
    def today(self) -> date:
        """The day it is in London."""
        return london_day(self.now)

    @property
    def me(self) -> Person:
        """Who acts. Only for use cases that somebody asked for."""
        if self.actor is None:
            raise ValueError("nobody acts in this unit of work")
        return self.actor

    def audit(self, what: str, subject: str = "", /, **detail: Any) -> None:
        """Record a fact: references and outcomes, never message text."""
        by = self.actor.id if self.actor else None
        self.session.add(AuditEvent(at=self.now, person_id=by, what=what, subject=subject, detail=detail))

    def tell(
        self,
        person: Person,
        kind: str,
        once: str,
        block: str,
        values: Mapping[str, Any],
        *,
        card: str = "",
        subject: str = "",
        due: datetime | None = None,
        broadcast_id: int | None = None,
    ) -> None:
        """Tell somebody once. The message is written with everything else, and leaves after commit."""
        self.notices.append(Notice(person.id, kind, once, block, values, card, subject, due, broadcast_id))
