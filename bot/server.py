"""The ASGI application: Slack, Teams, calendar feeds, health and metrics, and in the demo the web chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import generate_latest

from bot.app import House
from bot.channels.base import Channel
from bot.delivery.metrics import Metrics
from bot.delivery.schedules import Ticker
from bot.delivery.worker import Worker
from bot.services.calendar_feed import ics, person_of_token
from bot.store.people import Person
from bot.store.work import Work
from bot.store.workers import standing

log = structlog.get_logger()


class Staff:
    """What works in the background of this process: the delivery worker and the ticker of schedules."""

    def __init__(self, house: House, channels: Mapping[str, Channel], metrics: Metrics) -> None:
        self.worker = Worker(house.db, channels, house.clock, metrics=metrics)
        self.ticker = Ticker(
            house.db,
            house.words,
            house.effects,
            house.clock,
            due_for=house.due_for,
            nightly=house.nightly,
            wake=self.worker.wake,
        )

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Both at work until the end; what is under way then is finished."""
        tasks = [asyncio.create_task(self.worker.run()), asyncio.create_task(self.ticker.run())]
        try:
            yield
        finally:
            self.ticker.stop()
            self.worker.stop()
            await asyncio.gather(*tasks, return_exceptions=True)


def create_app(
    house: House,
    *,
    with_worker: bool,
    sides: list[Any] | None = None,
    channels: dict[str, Channel] | None = None,
) -> FastAPI:
    """The application. `sides` are the platforms: each adds its routes, a channel, and what it holds open."""
    metrics = Metrics()
    sides = sides or []
    senders = {**(channels or {}), **{s.sender.name: s.sender for s in sides}}

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for side in sides:
                await stack.enter_async_context(side.running())
            if with_worker:
                staff = Staff(house, senders, metrics)
                await stack.enter_async_context(staff.at_work())
                house.router.wake = staff.worker.wake
            yield

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    for side in sides:
        side.mount(app)
    _health(app, house, metrics)
    _calendar(app, house)
    return app


def _health(app: FastAPI, house: House, metrics: Metrics) -> None:
    @app.get("/healthz")
    async def alive() -> Response:
        """The process answers."""
        return PlainTextResponse("ok")

    @app.get("/readyz")
    async def ready() -> Response:
        """The database answers, a worker is at work, and nothing is late."""
        try:
            state = await house.db.run(lambda s: standing(s, house.clock.now()))
        except Exception as error:
            log.error("not_ready", error=type(error).__name__)
            return JSONResponse({"ready": False, "database": "unreachable"}, 503)
        shown = {"ready": state.well, "late": state.late, "stuck": state.stuck > 0, "no_worker": state.silent}
        return JSONResponse(shown, 200 if state.well else 503)

    @app.get("/metrics")
    async def figures() -> Response:
        """Figures for Prometheus."""
        now = house.clock.now()
        state = await house.db.run(lambda s: standing(s, now))
        metrics.show(state, now)
        return Response(generate_latest(metrics.registry), media_type="text/plain; version=0.0.4")


def _calendar(app: FastAPI, house: House) -> None:
    @app.get("/calendar/{token}.ics")
    async def feed(token: str) -> Response:
        """A person's own calendar, for whoever holds its signed address."""
        person_id = person_of_token(house.settings.secret, token)
        found = None if person_id is None else await house.db.run(lambda s: _feed(house, s, person_id))
        if found is None:
            return PlainTextResponse("This calendar address is not valid.", 404)
        return Response(found, media_type="text/calendar", headers={"Cache-Control": "private, max-age=900"})


def _feed(house: House, session: Any, person_id: int) -> bytes | None:
    work = Work(session, house.clock.now(), cache=house.router.cache)
    person = session.get(Person, person_id)
    return ics(work, person) if person is not None and person.active_on(work.today) else None
