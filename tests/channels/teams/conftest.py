"""The Teams side with a small bot behind it, spoken to as the Bot Connector speaks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.teams.app import Teams
from bot.conversation.inbound import Answer, Inbound, Sender
from bot.wording.parts import Heading, Message, Paragraph, Span
from tests.support.teams import FakeTeams, Line, TeamsOptions, User

AMARA = User("Amara", "aaaaaaaa-0000-4000-8000-000000000001", "amara.osei@westshire.example")
HANA = User("Hana", "aaaaaaaa-0000-4000-8000-000000000002", "hana.lind@westshire.example")
GUEST = User("Gus", "aaaaaaaa-0000-4000-8000-000000000003", "gus@elsewhere.example", guest=True)


def says(text: str, title: str = "An answer") -> Message:
    """A short message."""
    return Message((Heading(title), Paragraph((Span(text),))))


@dataclass
class Desk:
    """Takes what comes in and gives the answer that a test has laid out. Knows an event it had before."""

    heard: list[Inbound] = field(default_factory=list)
    answer: Answer = field(default_factory=lambda: Answer(says("Here you are.")))
    fails: bool = False

    async def handle(self, inbound: Inbound) -> Answer:
        if self.fails:
            raise RuntimeError("the desk fell over")
        again = any(i.event_id == inbound.event_id for i in self.heard)
        self.heard.append(inbound)
        return replace(self.answer, again=True) if again else self.answer


@dataclass
class Roll:
    """Who is known by account, and whose e-mail addresses are on the books."""

    accounts: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    conversations: dict[str, tuple[str, str]] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)

    async def knows(self, sender: Sender) -> bool:
        return sender.user_id in self.accounts

    async def match(self, sender: Sender) -> bool:
        if sender.email in self.emails:
            self.accounts.add(sender.user_id)
        return sender.email in self.emails

    async def reach(self, sender: Sender) -> tuple[str, str]:
        return self.conversations.get(sender.user_id, ("", ""))

    async def close(self, sender: Sender, why: str) -> None:
        self.closed[sender.user_id] = why


@pytest.fixture
def fake() -> Iterator[FakeTeams]:
    """Microsoft's side, on this machine."""
    teams = FakeTeams()
    teams.add(AMARA, HANA, GUEST)
    with teams.serving():
        yield teams


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def roll() -> Roll:
    return Roll(accounts={AMARA.object_id})


@pytest.fixture
async def side(fake: FakeTeams, desk: Desk, roll: Roll) -> AsyncIterator[Teams]:
    """The Teams side, running."""
    teams = Teams(TeamsOptions(fake.url), desk.handle, roll)
    async with teams.running():
        yield teams


@pytest.fixture
async def line(side: Teams, fake: FakeTeams) -> AsyncIterator[Line]:
    """The way in."""
    app = FastAPI()
    side.mount(app)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield Line(client, fake)
