"""The two servers that `tests.bench.slack` compares, each in a process of its own.

`python -m tests.bench.slack_servers (plain|ours) DATABASE PORT SLACK`
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from bot.app import Roll, build, suggest_people, warm
from bot.channels.slack.app import Slack, SlackSettings
from bot.cli.serving import run_server
from bot.log import set_up_logging
from bot.server import create_app
from bot.settings import Settings
from bot.store.audit import AuditEvent
from bot.store.people import Account, Person
from bot.store.session import POSTGRES_POOL, make_engine
from tests.support.house import START

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM = "T0BENCH"


class MovingClock:
    """The right time of a day on which a meeting lies ahead."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def now(self) -> datetime:
        return START + timedelta(seconds=time.monotonic() - self.began)


def plain(database: str) -> FastAPI:
    """Bolt as its guide shows it: signature, listener, one transaction in a thread, an answer."""
    logging.getLogger("slack_bolt").setLevel(logging.WARNING)
    engine = make_engine(database)
    sessions = sessionmaker(engine)
    threads = ThreadPoolExecutor(1 if engine.dialect.name == "sqlite" else POSTGRES_POOL)

    async def authorize(team_id: str) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb-1", bot_user_id="U0BOT")

    bolt = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    def transaction(user: str) -> str:
        with sessions() as s, s.begin():
            who = (Account.channel == "slack", Account.tenant == TEAM, Account.user_id == user)
            person = s.scalars(select(Person).join(Person.accounts).where(*who)).one()
            s.add(AuditEvent(at=datetime.now(UTC), person_id=person.id, what="bench", subject="", detail={}))
            person.welcomed_at = datetime.now(UTC)
            return person.name

    async def done(user: str) -> str:
        return await asyncio.get_running_loop().run_in_executor(threads, transaction, user)

    async def on_button(ack: Any, body: Any, respond: Any) -> None:
        name = await done(body["user"]["id"])
        await ack()
        await respond(text=f"Thank you, {name}.", replace_original=True)

    async def on_command(ack: Any, body: Any) -> None:
        await ack(f"Thank you, {await done(body['user_id'])}.")

    bolt.action("rsvp")(on_button)
    bolt.command("/cp")(on_command)
    handler, app = AsyncSlackRequestHandler(bolt), FastAPI()

    @app.post("/slack/events")
    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return app


def ours(database: str, slack: str) -> FastAPI:
    """The bot as `cpbot serve --no-worker` runs it."""
    set_up_logging("json")
    house = build(Settings(database_url=database), MovingClock())
    warm(house)
    settings = SlackSettings("xoxb-1", SECRET, "", f"{slack}/api/")
    router = house.router
    side = Slack(settings, router.handle, router.later, Roll(house), partial(suggest_people, house))
    return create_app(house, with_worker=False, sides=[side])


def main() -> None:
    kind, database, port, slack = sys.argv[1:]
    structlog.reset_defaults()
    app = plain(database) if kind == "plain" else ours(database, slack)

    @app.get("/cpu")
    async def cpu() -> Response:
        """The seconds of processor time that this process has used."""
        return PlainTextResponse(repr(time.process_time()))

    run_server(app, "127.0.0.1", int(port))


if __name__ == "__main__":
    main()
