"""What stands before Bolt: only what Slack signed, of a sane size, gets through, and nothing breaks."""

from __future__ import annotations

import json
import time
from urllib.parse import urlencode

import pytest

from tests.channels.slack.conftest import U_AMARA, Process
from tests.support.slack import TEAM
from tests.support.slack_door import FORM, JSON, signed

COMMAND = {"command": "/cp", "text": "help", "user_id": U_AMARA, "team_id": TEAM, "channel_id": "D1"}
BODY = urlencode({**COMMAND, "trigger_id": "1.1"}).encode()
STAMP, MARK = "X-Slack-Request-Timestamp", "X-Slack-Signature"


async def status(one: Process, body: bytes, kind: str = FORM, **headers: str) -> int:
    sent = {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}}
    response = await one.client.post("/slack/events", content=body, headers=sent)
    return response.status_code


async def test_a_signed_request_gets_through(one: Process) -> None:
    assert await status(one, BODY, **signed(BODY)) == 200


@pytest.mark.parametrize("ago", [-299, 299])
async def test_a_clock_may_be_five_minutes_off(one: Process, ago: int) -> None:
    assert await status(one, BODY, **signed(BODY, time.time() - ago)) == 200


BAD = {
    "another secret": lambda: signed(BODY, secret="f" * 32),
    "six minutes old": lambda: signed(BODY, time.time() - 361),
    "six minutes ahead": lambda: signed(BODY, time.time() + 361),
    "signed for another body": lambda: signed(BODY + b"&text=x"),
    "no headers": dict,
    "no signature": lambda: {STAMP: str(int(time.time()))},
    "no time": lambda: {MARK: signed(BODY)[MARK]},
    "both empty": lambda: {STAMP: "", MARK: ""},
    "a time that is none": lambda: {**signed(BODY), STAMP: "abc"},
    "a negative time": lambda: {**signed(BODY), STAMP: "-5"},
    "a time with a point": lambda: {**signed(BODY), STAMP: f"{time.time()}"},
    "a time of a thousand digits": lambda: {**signed(BODY), STAMP: "1" * 1000},
    "digits of another script": lambda: {**signed(BODY), STAMP: "١٧٦٣٧٦٣٧٦٣".encode().decode("latin-1")},
    "a signature that is no ASCII": lambda: {**signed(BODY), MARK: "v0=é"},
    "a signature of another version": lambda: {
        **signed(BODY),
        MARK: signed(BODY)[MARK].replace("v0", "v1"),
    },
    "a signature in capitals": lambda: {**signed(BODY), MARK: signed(BODY)[MARK].upper()},
}


@pytest.mark.parametrize("why", BAD)
async def test_what_slack_did_not_sign_is_refused(one: Process, why: str) -> None:
    made = BAD[why]()
    headers = {"Content-Type": FORM.encode(), **{k: v.encode("latin-1") for k, v in made.items()}}
    response = await one.client.post("/slack/events", content=BODY, headers=headers)
    assert response.status_code == 401
    assert not one.talk.told("amara.osei@westshire.example")


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"{not json", JSON), (b"\xff\xfe\xff", FORM), (b"", FORM), (BODY + b"&ssl_check=1", FORM)],
)
async def test_unsigned_garbage_is_refused_and_never_breaks(one: Process, body: bytes, kind: str) -> None:
    assert await status(one, body, kind) == 401


async def test_a_check_cannot_smuggle_a_command(one: Process) -> None:
    assert await status(one, b"ssl_check=1&token=x") == 200
    assert await status(one, b"ssl_check=1&" + BODY) == 401


async def test_a_huge_body_is_refused_before_it_is_read(one: Process) -> None:
    read = 0

    async def pour():  # type: ignore[no-untyped-def]
        nonlocal read
        for _ in range(200):
            read += 100_000
            yield b"x" * 100_000

    response = await one.client.post("/slack/events", content=pour(), headers=signed(b""))
    assert response.status_code == 413
    assert read <= 1_200_000
    declared = await one.client.post(
        "/slack/events", content=b"x", headers={**signed(b"x"), "Content-Length": "20000000"}
    )
    assert declared.status_code == 413


async def test_slack_can_check_the_address(one: Process) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-1", "token": "x"}).encode()
    response = await one.client.post(
        "/slack/events", content=body, headers={"Content-Type": JSON, **signed(body)}
    )
    assert (response.status_code, response.json()) == (200, {"challenge": "c-1"})


async def test_only_posts_are_taken(one: Process) -> None:
    assert (await one.client.get("/slack/events")).status_code == 405
    assert (await one.client.get("/slack/install")).status_code == 404


async def test_signed_garbage_is_answered_without_breaking(one: Process) -> None:
    for body, kind in ((b"{}", JSON), (b"payload=%7B%7D", FORM), (b"a=b", FORM)):
        assert await status(one, body, kind, **signed(body)) in (200, 400, 404)


def test_a_door_without_a_secret_is_never_built() -> None:
    from bot.channels.slack.guard import SlackGuard

    with pytest.raises(ValueError, match="signing secret"):
        SlackGuard(lambda *_: None, "")  # type: ignore[arg-type, return-value]
