"""Runs the application under uvicorn, and a worker by itself."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import structlog
import uvicorn

from bot.app import House, Roll, suggest_people
from bot.channels.base import Channel
from bot.delivery.metrics import Metrics
from bot.server import Staff, create_app

log = structlog.get_logger()
GRACE = 10


class Server(uvicorn.Server):
    """Ends live streams before it waits for open connections to finish."""

    def __init__(self, config: uvicorn.Config, closing: Callable[[], None]) -> None:
        super().__init__(config)
        self.closing = closing

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: first the streams, which would otherwise never end."""
        self.closing()
        await super().shutdown(sockets)


def run_server(app: Any, host: str, port: int, closing: Callable[[], None] = lambda: None) -> None:
    """Serve until a signal; what is under way is finished first."""
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    Server(config, closing).run()


def application(house: House, *, with_worker: bool) -> Any:
    """The production application with the platforms that are set up."""
    return create_app(house, with_worker=with_worker, sides=sides(house), channels=mail(house))


def sides(house: House) -> list[Any]:
    """The platforms that the settings name. Each is imported only when it is used."""
    found: list[Any] = []
    settings = house.settings
    if settings.has_slack:
        from bot.channels.slack.app import Slack, SlackSettings

        slack = SlackSettings(
            settings.slack_bot_token,
            settings.slack_signing_secret,
            settings.slack_app_token,
            settings.slack_api_url,
        )
        suggest = partial(suggest_people, house)
        found.append(Slack(slack, house.router.handle, house.router.later, Roll(house), suggest))
    if settings.has_teams:
        from bot.channels.teams.app import Teams

        found.append(Teams(settings, house.router.handle, Roll(house)))
    return found


def mail(house: House) -> dict[str, Channel]:
    """The e-mail channel, if one is set up."""
    from bot.channels.email import email_channel

    channel = email_channel(house.settings.smtp_url, house.settings.notify_key)
    return {channel.name: channel} if channel else {}


async def work_until_stopped(house: House) -> None:
    """Deliveries and schedules of this process, until a signal."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    platforms = sides(house)
    channels = {**mail(house), **{p.sender.name: p.sender for p in platforms}}
    staff = Staff(house, channels, Metrics())
    async with AsyncExitStack() as stack:
        for platform in platforms:
            # A worker sends but does not listen: with Socket Mode the server alone holds the socket.
            await stack.enter_async_context(platform.sending())
        await stack.enter_async_context(staff.at_work())
        log.info("working", channels=sorted(channels))
        await stop.wait()
