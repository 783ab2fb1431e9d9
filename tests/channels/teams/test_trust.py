"""Only the Bot Connector may speak to us, for our bot, from our tenant, from Teams."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import jwt
import pytest
from fastapi import FastAPI

from bot.channels.teams.app import Teams
from bot.channels.teams.limits import REQUEST_BYTES
from tests.channels.teams.conftest import AMARA, Desk, Roll
from tests.support.teams import BOT, TENANT, FakeTeams, Line, TeamsOptions, signing_key

HOUR = 3600
REFUSED: dict[str, dict[str, Any]] = {
    "for another bot": {"aud": "99999999-9999-4999-8999-999999999999"},
    "from another issuer": {"iss": "https://elsewhere.example"},
    "from Entra, spoofed": {"iss": f"https://login.microsoftonline.com/{TENANT}/v2.0", "tid": TENANT},
    "over": {"exp": int(time.time()) - HOUR},
    "without an end": {"exp": None},
    "not begun": {"nbf": int(time.time()) + HOUR},
    "for another service address": {"serviceurl": "https://elsewhere.example/"},
    "for no service address": {"serviceurl": None},
    "for a service address that is no text": {"serviceurl": ["x"]},
    "signed by another key of the same name": {"key": signing_key("other")},
    "signed by an unknown key": {"key": signing_key("other"), "kid": "key-9"},
    "signed with a shared secret": {"key": "k" * 32, "algorithm": "HS256"},
}


@pytest.mark.parametrize("what", REFUSED)
async def test_a_token_that_is_wrong_is_refused(what: str, line: Line, fake: FakeTeams, desk: Desk) -> None:
    said = await line(fake.message(AMARA, "help"), fake.token(**REFUSED[what]))
    assert said.status_code == 401
    assert not desk.heard
    assert not fake.sent()


async def test_an_unsigned_token_is_refused(line: Line, fake: FakeTeams, desk: Desk) -> None:
    claims = {"iss": "https://api.botframework.com", "aud": BOT, "serviceurl": fake.url, "exp": 4e9}
    unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": "key-1"})
    assert (await line(fake.message(AMARA, "help"), unsigned)).status_code == 401
    assert not desk.heard


@pytest.mark.parametrize("token", ["", "garbage", "a.b.c", "é"])
async def test_garbage_is_refused(token: str, line: Line, fake: FakeTeams, desk: Desk) -> None:
    sent = httpx.Headers({b"Authorization": f"Bearer {token}".encode()})
    said = await line.client.post("/api/messages", json=fake.message(AMARA, "help"), headers=sent)
    assert said.status_code == 401
    assert not desk.heard


async def test_no_proof_at_all_is_refused(line: Line, fake: FakeTeams, desk: Desk) -> None:
    said = await line.client.post("/api/messages", json=fake.message(AMARA, "help"))
    assert said.status_code == 401
    assert not desk.heard


@pytest.mark.parametrize("audience", [BOT, f"api://{BOT}", f"api://botid-{BOT}"])
async def test_our_own_names_are_accepted(audience: str, line: Line, fake: FakeTeams, desk: Desk) -> None:
    assert (await line(fake.message(AMARA, "help"), fake.token(aud=audience))).status_code == 200
    assert len(desk.heard) == 1


async def test_a_trailing_slash_is_no_other_address(line: Line, fake: FakeTeams, desk: Desk) -> None:
    await line(fake.message(AMARA, "help"), fake.token(serviceurl=f"{fake.url}/"))
    assert fake.sent(AMARA.conversation)


async def test_the_answer_goes_where_the_token_says(line: Line, fake: FakeTeams, desk: Desk) -> None:
    """A body that names no service address is answered at the proven one, and at no other."""
    activity = {**fake.message(AMARA, "help"), "service_url": "http://127.0.0.1:9"}
    del activity["serviceUrl"]
    assert (await line(activity)).status_code == 200
    assert desk.heard[0].service_url == fake.url
    assert fake.sent(AMARA.conversation)


@pytest.mark.parametrize("url", [7, ["x"], {"a": 1}])
async def test_a_service_address_must_be_text(url: object, line: Line, fake: FakeTeams) -> None:
    assert (await line({**fake.message(AMARA, "help"), "serviceUrl": url})).status_code == 401


OTHERS: dict[str, dict[str, Any]] = {
    "another tenant": {
        "conversation": {"id": "x", "tenantId": "t2"},
        "channelData": {"tenant": {"id": "t2"}},
    },
    "two tenants": {"channelData": {"tenant": {"id": "t2"}}},
    "no tenant": {"conversation": {"id": "x"}, "channelData": {}},
    "a tenant that is no text": {"conversation": {"id": "x", "tenantId": 5}, "channelData": None},
    "another channel": {"channelId": "directline"},
    "no channel": {"channelId": None},
}


@pytest.mark.parametrize("what", OTHERS)
async def test_what_is_not_ours_is_turned_away(what: str, line: Line, fake: FakeTeams, desk: Desk) -> None:
    said = await line({**fake.message(AMARA, "help"), **OTHERS[what]})
    assert said.status_code == 403
    assert not desk.heard
    assert not fake.calls


async def test_a_tenant_may_be_named_in_one_place(line: Line, fake: FakeTeams, desk: Desk) -> None:
    activity = fake.message(AMARA, "help")
    del activity["channelData"]
    activity["conversation"]["tenantId"] = TENANT.upper()
    assert (await line(activity)).status_code == 200
    assert desk.heard[0].sender.tenant == TENANT


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"7", b'"x"', b"{}", b'{"type": 7}', b'{"type": "message", "id": 7}', b"[" * 90_000],
    ids=range(9),
)
async def test_what_is_no_activity_is_answered_400(body: bytes, line: Line, fake: FakeTeams) -> None:
    proof = {"Authorization": f"Bearer {fake.token()}"}
    assert (await line.client.post("/api/messages", content=body, headers=proof)).status_code == 400


async def test_a_length_that_is_a_lie_is_not_believed(line: Line, fake: FakeTeams, desk: Desk) -> None:
    body = json.dumps(fake.message(AMARA, "x" * REQUEST_BYTES)).encode()

    async def pieces() -> AsyncIterator[bytes]:
        yield body

    said = await line.client.post("/api/messages", content=pieces(), headers={"Content-Length": "-1"})
    assert said.status_code == 413
    assert not desk.heard


async def test_a_second_delivery_is_answered_and_does_nothing(
    line: Line, fake: FakeTeams, desk: Desk
) -> None:
    activity = fake.message(AMARA, "help")
    assert [(await line(activity)).status_code for _ in range(2)] == [200, 200]
    assert len(fake.sent()) == 1
    other = {**activity, "conversation": {**activity["conversation"], "id": "a:another"}}
    await line(other)
    assert len(fake.sent()) == 2, "another conversation counts its activities for itself"


@pytest.mark.parametrize("declared", [True, False])
async def test_a_large_body_is_refused_before_it_is_read(
    declared: bool, line: Line, fake: FakeTeams, desk: Desk
) -> None:
    body = json.dumps(fake.message(AMARA, "x" * REQUEST_BYTES)).encode()
    read = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal read
        for start in range(0, len(body), 1000):
            read += 1000
            yield body[start : start + 1000]

    headers = {"Content-Length": str(len(body))} if declared else {}
    said = await line.client.post("/api/messages", content=pieces(), headers=headers)
    assert said.status_code == 413
    assert read <= (0 if declared else REQUEST_BYTES + 2000)
    assert not desk.heard


async def test_only_post_is_answered(line: Line) -> None:
    assert (await line.client.get("/api/messages")).status_code == 405


async def test_a_slow_key_server_holds_up_nobody_else(fake: FakeTeams, desk: Desk, roll: Roll) -> None:
    """The keys come only once this very loop has let them go: fetched inside it, they never would."""
    fake.keys_wait = threading.Event()
    teams = Teams(TeamsOptions(fake.url), desk.handle, roll)
    app = FastAPI()
    teams.mount(app)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot")
    async with teams.sending(), client:
        under_way = asyncio.create_task(Line(client, fake)(fake.message(AMARA, "help")))
        while not fake.keys_asked.is_set():
            await asyncio.sleep(0.01)
        fake.keys_wait.set()
        assert (await under_way).status_code == 200
    teams.gate.close()


async def test_the_keys_are_fetched_before_anybody_writes(side: Teams, fake: FakeTeams) -> None:
    while not fake.keys_asked.is_set():
        await asyncio.sleep(0.01)


async def test_keys_of_a_tenant_that_an_unproven_token_names_are_not_fetched(
    line: Line, fake: FakeTeams, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def fetch(client: jwt.PyJWKClient) -> dict[str, Any]:
        fetched.append(client.uri)
        return {}

    monkeypatch.setattr(jwt.PyJWKClient, "fetch_data", fetch)
    spoof = fake.token(iss="https://sts.windows.net/t9/", tid="t9", azp="x", kid="key-9")
    assert (await line(fake.message(AMARA, "help"), spoof)).status_code == 401
    assert not [uri for uri in fetched if not uri.startswith(fake.url)]
