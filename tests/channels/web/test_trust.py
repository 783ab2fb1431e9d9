"""Who is let in: our own address, our own pages, pages that we signed, posts of a sane size."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.web.forms import LARGEST_BODY
from bot.channels.web.trust import Seal
from tests.channels.web.conftest import HOME, Window
from tests.channels.web.desk import Desk
from tests.support.house import SetClock


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8765", "localhost:99", "LOCALHOST", "[::1]:8765", "[::1]"]
)
async def test_our_own_names_are_answered(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["westshire.example", "127.0.0.1.rebind.example:8765", "localhost.", "evil.example:127.0.0.1", "", "::1"],
)
@pytest.mark.parametrize("path", ["/", "/as/4", "/as/4/live", "/static/page.css"])
async def test_another_name_for_this_machine_is_turned_away(
    client: httpx.AsyncClient, host: str, path: str
) -> None:
    response = await client.get(path, headers={"host": host})
    assert response.status_code == 421
    assert "Amara" not in response.text


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:8765", "https://127.0.0.1:8765", HOME + "1"]
)
async def test_a_post_from_another_site_is_turned_away(amara: Window, desk: Desk, origin: str) -> None:
    await amara.open()
    assert (await amara.post({"origin": origin}, text="hello")).status_code == 403
    assert desk.taken == []


async def test_a_post_without_an_origin_is_turned_away(app: FastAPI, amara: Window, desk: Desk) -> None:
    await amara.open()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOME) as bare:
        response = await bare.post("/as/4/say", data={**amara.seal(), "text": "hello"})
    assert response.status_code == 403
    assert desk.taken == []


async def test_a_page_is_signed_for_one_person(amara: Window, olu: Window, desk: Desk) -> None:
    await amara.open()
    await olu.open()
    olu.html = olu.html.replace(olu.seal()["csrf"], amara.seal()["csrf"])
    response = await olu.post(text="hello")
    assert response.status_code == 403
    assert "This page is out of date" in response.text
    assert desk.taken == []


@pytest.mark.parametrize("token", ["", "x", "1.2", "٣.x", "é"])
async def test_a_forged_token_is_refused(amara: Window, desk: Desk, token: str) -> None:
    await amara.open()
    assert (await amara.post(csrf=token, text="hello")).status_code == 403
    assert desk.taken == []


async def test_a_page_ages_and_dies_with_its_server(clock: SetClock) -> None:
    seal = Seal(clock)
    token = seal.make("4")
    assert seal.holds(token, "4")
    assert not Seal(clock).holds(token, "4")
    clock.forward(hours=25)
    assert not seal.holds(token, "4")


@pytest.mark.parametrize("nonce", ["", "short", "x" * 65, "has a space in it here", "é" * 20])
async def test_a_nonce_of_another_shape_is_refused(amara: Window, desk: Desk, nonce: str) -> None:
    await amara.open()
    assert (await amara.post(nonce=nonce, text="hello")).status_code == 400
    assert desk.taken == []


async def test_a_body_is_limited_and_must_be_a_form(
    amara: Window, client: httpx.AsyncClient, desk: Desk
) -> None:
    await amara.open()
    assert (await amara.post(text="x" * LARGEST_BODY)).status_code == 413
    big = await amara.post({"accept": "application/json"}, text="x" * LARGEST_BODY)
    assert (big.status_code, big.json()) == (413, {"problem": "too_large"})
    form = {"content-type": "application/x-www-form-urlencoded"}
    for body, headers, status in [
        (b"{}", {"content-type": "application/json"}, 415),
        (b"text=%ff%fe", form, 400),
        (b"text=\xff", form, 400),
        (b"&".join(b"a=1" for _ in range(101)), form, 400),
    ]:
        response = await client.post("/as/4/say", content=body, headers=headers)
        assert response.status_code == status, body[:20]
    assert desk.taken == []


async def test_a_body_that_does_not_say_its_size_is_limited_too(client: httpx.AsyncClient) -> None:
    async def endless():  # type: ignore[no-untyped-def]
        for _ in range(100):
            yield b"text=" + b"x" * 4096

    form = {"content-type": "application/x-www-form-urlencoded"}
    assert (await client.post("/as/4/say", content=endless(), headers=form)).status_code == 413


async def test_pages_allow_nothing_from_elsewhere_and_are_not_stored(client: httpx.AsyncClient) -> None:
    for path in ("/", "/as/4", "/as/99"):
        headers = (await client.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"


async def test_pages_and_their_files_name_no_other_host(client: httpx.AsyncClient) -> None:
    files = ("page.css", "talk.css", "talk.js", "people.js", "live.js", "entries.js")
    for path in ("/", "/as/4", *(f"/static/{name}" for name in files)):
        response = await client.get(path)
        assert response.status_code == 200, path
        assert "//" not in response.text.replace("// ", ""), path


async def test_the_stream_says_what_it_is(client: httpx.AsyncClient, channel) -> None:  # type: ignore[no-untyped-def]
    channel.transcript("4").close()
    response = await client.get("/as/4/live")
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert response.text.startswith("retry:")
