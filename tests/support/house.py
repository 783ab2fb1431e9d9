"""A house for tests: a small fictional council, a clock that we set, and people who talk to it."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import House, build
from bot.conversation.inbound import Answer, Inbound, Sender
from bot.council.read import read_and_check
from bot.rules.states import DeliveryState
from bot.services.loading import load
from bot.settings import Settings
from bot.store.deliveries import Delivery
from bot.store.people import Account, by_email
from bot.store.tables import Base
from bot.store.work import Work
from bot.wording.codec import from_json
from bot.wording.parts import Message
from bot.wording.plain import plain

COUNCILS = Path(__file__).resolve().parents[2] / "deploy" / "councils"
START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # a Monday
AMARA = "amara.osei@westshire.example"
OLU = "olu.adeyemi@westshire.example"
DEE = "dee.patel@westshire.example"


class SetClock:
    """A clock that moves only when told to."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class Talk:
    """Talks to the bot as anybody, in a private conversation unless said otherwise."""

    def __init__(self, url: str, load_council: str | None = "westshire") -> None:
        self.clock = SetClock()
        self.house: House = build(Settings(database_url=url), self.clock)
        self._numbers = itertools.count(1)
        if load_council:
            Base.metadata.create_all(self.house.db.engine)
            self.load(COUNCILS / load_council)

    def load(self, *paths: Path) -> None:
        folder = read_and_check(list(paths))
        self.house.db.run_sync(lambda s: load(Work(s, self.clock.now()), folder))

    async def say(
        self,
        who: str,
        text: str = "",
        *,
        press: str = "",
        form: dict[str, str] | None = None,
        place: str = "personal",
        event_id: str = "",
    ) -> Answer:
        """What the bot answers when `who` types `text`, or presses a button that says `press`."""
        return await self.house.router.handle(
            Inbound(
                event_id=event_id or f"e{next(self._numbers)}",
                sender=Sender("terminal", who, email=who),
                text=text,
                says=press,
                form=form or {},
                place=place,  # type: ignore[arg-type]
            )
        )

    async def ask(self, who: str, text: str = "", **more: object) -> str:
        """The same, as plain text."""
        return words(await self.say(who, text, **more))  # type: ignore[arg-type]

    def told(self, who: str, kind: str = "") -> list[Message]:
        """What has been written to be sent to somebody, oldest first."""

        def read(s):  # type: ignore[no-untyped-def]
            person = by_email(s, who)
            rows = s.query(Delivery).filter(Delivery.person_id == person.id).order_by(Delivery.id)
            return [
                from_json(d.message)
                for d in rows
                if d.state != DeliveryState.CANCELLED and (not kind or d.kind == kind)
            ]

        return self.house.db.run_sync(read)

    def close(self) -> None:
        self.house.db.close()


def words(answer: Answer | Message) -> str:
    """An answer as plain text, buttons and all."""
    return plain(answer.message if isinstance(answer, Answer) else answer)


def button(answer: Answer | Message, label: str) -> str:
    """What the button with that label says."""
    message = answer.message if isinstance(answer, Answer) else answer
    found = [b for b in message.buttons if b.label == label]
    assert found, f"no button {label!r} among {[b.label for b in message.buttons]}"
    return found[0].says


def reference(text: str) -> str:
    """The first action reference in a text."""
    found = re.search(r"[A-Z]+-\d\d/\d\d-\d{3}", text)
    assert found, text
    return found.group()


__all__ = [
    "AMARA",
    "COUNCILS",
    "DEE",
    "OLU",
    "START",
    "Account",
    "SetClock",
    "Talk",
    "button",
    "reference",
    "words",
]
