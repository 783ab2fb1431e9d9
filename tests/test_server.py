"""The application's own routes: health, metrics, calendar feeds."""

from __future__ import annotations

import httpx
import pytest
from icalendar import Calendar

from bot.server import create_app
from bot.services.calendar_feed import feed_token
from bot.settings import Settings
from bot.store.people import by_email
from tests.support.house import AMARA, Talk

SECRET = "a-secret-for-tests-of-more-than-32-characters"


@pytest.fixture
def served(talk: Talk) -> tuple[Talk, httpx.AsyncClient]:
    """The application of a house, called in process; its worker is at rest."""
    object.__setattr__(talk.house, "settings", Settings(secret=SECRET))
    app = create_app(talk.house, with_worker=False)
    return talk, httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot")


async def test_healthz_answers_without_saying_more(served: tuple[Talk, httpx.AsyncClient]) -> None:
    _, client = served
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert "server" not in answer.headers


async def test_readyz_is_not_ready_without_a_worker(served: tuple[Talk, httpx.AsyncClient]) -> None:
    _, client = served
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["no_worker"] is True


async def test_readyz_with_a_worker_at_work(talk: Talk) -> None:
    app = create_app(talk.house, with_worker=True)
    async with app.router.lifespan_context(app):
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot")
        for _ in range(100):
            answer = await client.get("/readyz")
            if answer.status_code == 200:
                break
        assert answer.json() == {"ready": True, "late": False, "stuck": False, "no_worker": False}


async def test_metrics_hold_figures_and_nobody_s_name(served: tuple[Talk, httpx.AsyncClient]) -> None:
    _, client = served
    text = (await client.get("/metrics")).text
    assert "cpbot_delivery_oldest_due_seconds" in text
    assert "westshire" not in text.lower()


async def test_a_calendar_feed_opens_with_its_signed_address_only(
    served: tuple[Talk, httpx.AsyncClient],
) -> None:
    talk, client = served
    person = talk.house.db.run_sync(by_email, AMARA)
    assert person is not None
    token = feed_token(SECRET, person.id)
    answer = await client.get(f"/calendar/{token}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.text).walk("VEVENT")
    assert any("Corporate Parenting Panel" in str(e["SUMMARY"]) for e in events)
    assert "Reg" not in answer.text.replace("REQUEST", "") or "exempt" not in answer.text, "no private titles"
    for bad in (token[:-2] + "00", f"{person.id + 1}-{token.partition('-')[2]}", "x", "1-"):
        assert (await client.get(f"/calendar/{bad}.ics")).status_code == 404


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json", "/as/1"])
async def test_nothing_else_is_served(served: tuple[Talk, httpx.AsyncClient], path: str) -> None:
    _, client = served
    assert (await client.get(path)).status_code == 404
