"""A web chat with a small bot behind it, asked over HTTP without a network."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

from bot.channels.web import PersonCard, WebChannel, create_web
from tests.channels.web.desk import AMARA, DEE, NOW, OLU, Desk, everybody
from tests.channels.web.serving import Served, launch, serving
from tests.channels.web.windows import Open, windows
from tests.support.house import SetClock

HOME = "http://127.0.0.1:8765"


class Window:
    """One person's browser window without scripts: opens the page, posts what stands in it."""

    def __init__(self, client: httpx.AsyncClient, person: PersonCard) -> None:
        self.client = client
        self.person = person
        self.html = ""

    async def open(self) -> str:
        """The conversation as it stands now."""
        self.html = (await self.client.get(f"/as/{self.person.id}")).text
        return self.html

    def seal(self) -> dict[str, str]:
        """The hidden fields of the page as it was last opened."""
        return {name: _value(self.html, name) for name in ("csrf", "nonce")}

    async def post(self, headers: dict[str, str] | None = None, **fields: Any) -> httpx.Response:
        """Post fields from the page as it was last opened; fields with a dot are written f__name."""
        named = {k.replace("f__", "f."): str(v) for k, v in fields.items()}
        data = self.seal() | {k.removesuffix("_"): v for k, v in named.items()}
        return await self.client.post(f"/as/{self.person.id}/say", data=data, headers=headers)

    async def say(self, **fields: Any) -> str:
        """Open, post, and the page that follows."""
        await self.open()
        response = await self.post(**fields)
        assert response.status_code == 303, response.text
        return await self.open()

    def last_card(self) -> int:
        """The number of the newest card on the page."""
        return max(int(n) for n in re.findall(r'id="m(\d+)-card"', self.html))


def _value(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found.group(1)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def channel(clock: SetClock) -> WebChannel:
    return WebChannel(clock)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def app(desk: Desk, channel: WebChannel) -> FastAPI:
    suggested = (AMARA.email, OLU.email, DEE.email)
    return create_web(
        desk.handle, everybody, channel, council="Westshire County Council", suggested=suggested
    )


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers={"origin": HOME}) as client:
        yield client


@pytest.fixture
def amara(client: httpx.AsyncClient) -> Window:
    return Window(client, AMARA)


@pytest.fixture
def olu(client: httpx.AsyncClient) -> Window:
    return Window(client, OLU)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def served(app: FastAPI, channel: WebChannel) -> Iterator[Served]:
    with serving(app, before_stop=channel.close) as served:
        yield served


@pytest.fixture
def window(browser: Browser, served: Served) -> Iterator[Open]:
    with windows(browser, served.address) as open_:
        yield open_
