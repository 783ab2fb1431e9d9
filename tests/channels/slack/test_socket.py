"""Socket Mode: the same listeners without a door, and the whole side as the server runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

from bot.app import build, warm
from bot.cli.serving import sides
from bot.server import create_app
from bot.services.contacts import directory
from bot.settings import Settings
from bot.store.work import Work
from tests.channels.slack.conftest import U_AMARA, U_DEE, Process
from tests.support.house import AMARA, Talk
from tests.support.slack import TEAM, FakeSlack
from tests.support.slack_door import SECRET


async def test_everything_works_over_the_socket(
    start: Callable[..., Awaitable[Process]], westshire: Talk, fake: FakeSlack
) -> None:
    bot = await start(westshire, app_token="xapp-1", secret="")
    assert (await bot.client.post("/slack/events")).status_code == 404, "there is no door"
    async with bot.slack.running():
        await asyncio.wait_for(fake.connected.wait(), 10)
        who = {"team": {"id": TEAM}, "user": {"id": U_AMARA, "team_id": TEAM}}
        command = {"command": "/cp", "user_id": U_AMARA, "team_id": TEAM, "channel_id": "D1"}
        shown = await fake.over_socket(
            "slash_commands", {**command, "text": "next meeting", "trigger_id": fake.trigger()}
        )
        assert shown is not None
        assert "Corporate Parenting Panel" in shown["text"]
        shortcut = {"type": "shortcut", "callback_id": "raise_concern", "trigger_id": fake.trigger()}
        assert await fake.over_socket("interactive", {**shortcut, **who}) == {}
        view = bot.door.modal()
        state = {"values": {"text": {"text": {"type": "plain_text_input", "value": "short"}}}}
        submitted = {"type": "view_submission", "view": {**view, "state": state}, **who}
        answer = await fake.over_socket("interactive", submitted)
        assert answer is not None
        assert answer["response_action"] == "errors"
        event = {"type": "message", "channel": "D1", "channel_type": "im", "user": U_AMARA, "ts": "1.1"}
        envelope = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1"}
        for _ in range(2):
            said = {**envelope, "event": {**event, "text": "my concerns"}}
            assert await fake.over_socket("events_api", said) == {}
        unknown = {**envelope, "event": {"type": "zz_unknown", "user": U_AMARA}}
        assert await fake.over_socket("events_api", unknown) == {}, "or Slack would wait for three seconds"
    assert len(westshire.told(AMARA, "reply")) == 1


async def test_a_socket_that_does_not_open_at_once_is_tried_again(
    start: Callable[..., Awaitable[Process]],
    westshire: Talk,
    fake: FakeSlack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.channels.slack.app.PING", 0.05)
    fake.will("apps.connections.open", "500", "invalid_auth")
    bot = await start(westshire, app_token="xapp-1")
    async with bot.slack.running():
        await asyncio.wait_for(fake.connected.wait(), 10)


async def test_the_directory_is_matched_when_the_server_starts(
    start: Callable[..., Awaitable[Process]],
    westshire: Talk,
    fake: FakeSlack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.channels.slack.app.SOON", 0.01)
    fake.will("users.list", "500", "500", "500")
    bot = await start(westshire)
    async with asyncio.timeout(20), bot.slack.running():
        while U_DEE not in bot.slack.members.names:
            await asyncio.sleep(0.01)
    assert not fake.connected.is_set()


def test_the_first_message_waits_for_no_index(westshire: Talk) -> None:
    house = westshire.house
    house.router.cache.pop("directory", None)
    warm(house)
    built = house.router.cache["directory"]
    house.db.run_sync(lambda s: directory(Work(s, house.clock.now(), cache=house.router.cache)))
    assert house.router.cache["directory"] is built


async def test_the_server_makes_the_side_from_the_settings(westshire: Talk, fake: FakeSlack) -> None:
    settings = Settings(
        database_url=westshire.house.settings.database_url,
        slack_bot_token="xoxb-1",
        slack_signing_secret=SECRET,
        slack_api_url=f"{fake.url}/api/",
    )
    house = build(settings, westshire.clock)
    (slack,) = sides(house)
    app = create_app(house, with_worker=False, sides=[slack])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.example") as client:
        assert (await client.post("/slack/events")).status_code == 401
    house.db.close()
    assert slack.sender.name == "slack"
