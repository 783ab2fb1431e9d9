"""The demonstration: a fictional council, a throw-away database, and the web chat on this machine only."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click
from fastapi import FastAPI

from bot.app import House, build
from bot.channels.web.app import create_web
from bot.channels.web.channel import WebChannel
from bot.channels.web.people import TENANT, PersonCard
from bot.cli.common import Progress
from bot.cli.serving import run_server
from bot.council.read import read_and_check
from bot.log import set_up_logging
from bot.server import create_app
from bot.services.accounts import web_accounts
from bot.services.loading import load
from bot.settings import Settings
from bot.store.council import council_row
from bot.store.people import Person, everyone
from bot.store.schema import migrate
from bot.store.work import Work

HOST = "127.0.0.1"
SUGGESTED = ("amara.osei@westshire.example", "olu.adeyemi@westshire.example", "dee.patel@westshire.example")


def run(port: int, data: Path | None, council: Path) -> None:
    """Load the council, say where the web chat is, and serve until stopped."""
    with _folder(data) as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        address = f"http://{HOST}:{port}"
        settings = Settings(
            database_url=f"sqlite:///{Path(folder) / 'demo.db'}",
            secret="a-demo-needs-no-real-secret-here",  # noqa: S106 - it guards invented people on this machine
            public_url=address,
            log="text",
        )
        set_up_logging(settings.log)
        house = build(settings)
        _furnish(house, council)
        click.echo(f"\nThe web chat is at {address}\nPress Ctrl-C to stop.\n")
        channel = WebChannel(house.clock)
        run_server(_application(house, channel), HOST, port, channel.close)


def _folder(data: Path | None) -> AbstractContextManager[str | Path]:
    return nullcontext(data) if data else tempfile.TemporaryDirectory(prefix="cpbot-demo-")


def _furnish(house: House, council: Path) -> None:
    """Bring the schema up, load the council and give everybody an account on the web chat."""
    migrate(house.db.engine)
    folder = read_and_check([council])
    progress = Progress()
    house.db.run_sync(lambda s: load(Work(s, house.clock.now()), folder, progress))
    house.db.run_sync(lambda s: web_accounts(Work(s, house.clock.now()), WebChannel.name, TENANT))


def _application(house: House, channel: WebChannel) -> FastAPI:
    app = create_app(house, with_worker=True, channels={channel.name: channel})
    name = house.db.run_sync(lambda s: getattr(council_row(s), "name", ""))

    async def people() -> list[PersonCard]:
        return await house.db.run(lambda s: [_card(p) for p in everyone(s, Work(s, house.clock.now()).today)])

    web = create_web(house.router.handle, people, channel, council=name, suggested=SUGGESTED)
    app.mount("/", web)
    return app


def _card(person: Person) -> PersonCard:
    return PersonCard(
        id=person.id,
        name=person.name,
        email=person.email,
        roles=tuple(person.roles),
        title=person.title,
        ward=person.ward,
        party=person.party,
        directorate=person.directorate.name if person.directorate else "",
    )
