"""`cpbot demo`, `chat`, `serve` and `work`: the bot itself."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from bot.cli.common import only_one, open_house
from bot.errors import SetupError
from bot.settings import Settings, load_settings, missing_for_serving

DEMO_PORT = 8765
COUNCIL = Path(__file__).resolve().parents[2] / "deploy" / "councils" / "westshire"


@click.command()
@click.option("--port", default=DEMO_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="A folder for the demo's database; kept. Else thrown away.",
)
def demo(port: int, data: Path | None) -> None:
    """Start the bot with a fictional council and a local web chat."""
    from bot.cli.demo import run

    run(port, data, COUNCIL)


@click.command()
@click.option("--as", "email", required=True, metavar="EMAIL", help="Who is talking.")
@click.option(
    "--private", "place", flag_value="personal", default=True, help="A private conversation (the default)."
)
@click.option("--channel", "channel_name", metavar="NAME", help="As if in the channel NAME.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a reply.")
def chat(email: str, place: str, channel_name: str | None, as_json: bool) -> None:
    """Talk to the bot in this terminal, or through a pipe."""
    from bot.cli.chatting import run

    run(email, channel_name or "", as_json)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-worker", is_flag=True, help="Leave deliveries and schedules to `cpbot work`.")
def serve(host: str, port: int, no_worker: bool) -> None:
    """The production server: Slack, Teams, calendar feeds, health, metrics."""
    from bot.app import warm
    from bot.cli.serving import application, run_server

    settings = load_settings()
    if missing := missing_for_serving(settings):
        raise SetupError("The bot cannot start yet.\n" + "\n".join(f"- {m}" for m in missing))
    with _alone(settings, no_worker), open_house(settings) as house:
        _must_go_live(house)
        warm(house)
        run_server(application(house, with_worker=not no_worker), host, port)


@click.command()
def work() -> None:
    """A worker for deliveries and schedules. On PostgreSQL, as many as wanted."""
    from bot.cli.serving import work_until_stopped

    settings = load_settings()
    with only_one(settings), open_house(settings) as house:
        asyncio.run(work_until_stopped(house))


def _must_go_live(house: Any) -> None:
    from bot.services.readiness import must_mend
    from bot.store.work import Work

    if wrong := house.db.run_sync(lambda s: must_mend(Work(s, house.clock.now()))):
        raise SetupError("The bot cannot start yet.\n" + "\n".join(f"- {w}" for w in wrong))


def _alone(settings: Settings, no_worker: bool) -> AbstractContextManager[None]:
    return nullcontext() if no_worker else only_one(settings)
