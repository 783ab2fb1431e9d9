"""Slack on both sides: a small Slack on loopback, and the real application behind its door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import httpx
import pytest

from bot.app import Roll, suggest_people
from bot.channels.slack.app import Slack, SlackSettings
from bot.delivery.limits import Limits
from bot.delivery.worker import Worker
from bot.server import create_app
from tests.support.house import AMARA, DEE, OLU, Talk
from tests.support.queue import drain, no_wait
from tests.support.slack import FakeSlack
from tests.support.slack_door import SECRET, Door

U_AMARA, U_OLU, U_DEE, U_NOBODY = "U0AMARA", "U0OLU", "U0DEE", "U0NOBODY"


class Process:
    """One process of the bot: its door, and its worker."""

    def __init__(self, talk: Talk, fake: FakeSlack, app_token: str = "", secret: str = SECRET) -> None:
        house = talk.house
        self.talk = talk
        fake.now = lambda: talk.clock.now().timestamp()
        self.slack = Slack(
            SlackSettings("xoxb-1", secret, app_token, f"{fake.url}/api/"),
            house.router.handle,
            house.router.later,
            Roll(house),
            partial(suggest_people, house),
        )
        self.app = create_app(house, with_worker=False, sides=[self.slack])
        transport = httpx.ASGITransport(self.app)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://bot.example")
        self.door = Door(self.client, fake)
        self.worker = Worker(
            house.db,
            {"slack": self.slack.sender},
            talk.clock,
            limits=Limits(sure_after=0.0, grace=0.0),
            sleep=no_wait,
        )

    async def deliver(self) -> int:
        """Send everything that is due; how many messages that touched."""
        return await drain(self.worker, self.talk.clock, step=2.0)


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    """A Slack with four people. Whatever it would have refused fails the test."""
    made = FakeSlack()
    made.join(U_AMARA, AMARA, "Amara Osei")
    made.join(U_OLU, OLU, "Olu Adeyemi")
    made.join(U_DEE, DEE.upper(), "Dee Patel")
    made.join(U_NOBODY, "nobody@elsewhere.example", "Somebody Else")
    async with made.running():
        yield made
    assert not made.problems, "\n".join(made.problems)


@pytest.fixture
async def start(fake: FakeSlack) -> AsyncIterator[Callable[..., Awaitable[Process]]]:
    """Starts a process of the bot on a house."""
    async with AsyncExitStack() as stack:

        async def begin(talk: Talk, **settings: str) -> Process:
            process = Process(talk, fake, **settings)
            await stack.enter_async_context(process.client)
            await stack.enter_async_context(process.slack.sending())
            return process

        yield begin


@pytest.fixture
async def bot(start: Callable[..., Awaitable[Process]], talk: Talk) -> Process:
    """The bot of Westshire, on each database in turn."""
    return await start(talk)


@pytest.fixture
async def one(start: Callable[..., Awaitable[Process]], westshire: Talk) -> Process:
    """The bot of Westshire on SQLite only."""
    return await start(westshire)


@pytest.fixture
def deploy() -> Path:
    """Where the project's manifests stand."""
    return Path(__file__).resolve().parents[3] / "deploy" / "slack"
