"""The manifest: made from the code, within Slack's limits, and asking for no more than is used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.slack import manifest
from bot.channels.slack.listeners import RAISE_CONCERN, TRACK_MESSAGE
from bot.conversation.registry import Registry
from tests.channels.slack.conftest import U_AMARA, Process

ROOM = Path(manifest.__file__).parent


def made(socket: bool = False) -> dict:  # type: ignore[type-arg]
    return yaml.safe_load(manifest.as_yaml(socket=socket))


def test_the_file_is_up_to_date(deploy: Path) -> None:
    kept = (deploy / "manifest.yaml").read_text(encoding="utf-8")
    assert kept == manifest.as_yaml(), (
        "run: python -m bot.channels.slack.manifest > deploy/slack/manifest.yaml"
    )


def test_it_asks_for_the_least() -> None:
    assert set(made()["oauth_config"]["scopes"]["bot"]) == {
        "app_mentions:read",
        "chat:write",
        "commands",
        "im:history",
        "users:read",
        "users:read.email",
    }
    assert made()["oauth_config"].keys() == {"scopes"}
    assert made()["oauth_config"]["scopes"].keys() == {"bot"}


SCOPE_OF = {
    "auth_test": "",
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_update": "chat:write",
    "conversations_history": "im:history",
    "users_info": "users:read",
    "users_list": "users:read",
    "views_open": "",
    "views_update": "",
    "views_publish": "",
}


def test_every_method_that_is_called_has_its_scope() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in ROOM.glob("*.py"))
    called = set(re.findall(r"self\.client\.([a-z]+_\w+)\(", code))
    assert called == SCOPE_OF.keys(), "a method more or less: is its scope in the manifest?"
    assert {s for s in SCOPE_OF.values() if s} <= set(manifest.SCOPES)


async def test_every_event_asked_for_is_listened_for(one: Process, caplog: pytest.LogCaptureFixture) -> None:
    heard: dict[str, dict[str, Any]] = {
        "app_home_opened": {"user": U_AMARA, "channel": "D1", "tab": "home"},
        "app_mention": {"user": U_AMARA, "channel": "C1", "text": "help", "ts": "1.1"},
        "app_uninstalled": {},
        "message.im": {"user": U_AMARA, "channel": "D1", "channel_type": "im", "text": "help", "ts": "1.1"},
        "tokens_revoked": {"tokens": {}},
        "user_change": {"user": {"id": "U0GONE", "deleted": True}},
    }
    assert heard.keys() == set(manifest.EVENTS)
    listened = set(_events())
    assert listened == {e.partition(".")[0] for e in manifest.EVENTS}
    for name, more in heard.items():
        await one.door.event({"type": name.partition(".")[0], **more})


def _events() -> list[str]:
    code = (ROOM / "listeners.py").read_text(encoding="utf-8")
    return re.findall(r'app\.event\("(\w+)"\)', code)


def test_the_doors_are_our_route() -> None:
    found = made()
    address = "https://bot.council.example/slack/events"
    (command,) = found["features"]["slash_commands"]
    settings = found["settings"]
    assert command["url"] == settings["event_subscriptions"]["request_url"] == address
    assert settings["interactivity"]["request_url"] == address
    assert settings["interactivity"]["message_menu_options_url"] == address
    assert not found["features"]["app_home"]["messages_tab_read_only_enabled"], "or nobody could write to us"
    assert command["should_escape"] is True, "so that a colleague's name arrives as an id"


def test_for_socket_mode_there_is_no_address() -> None:
    found = made(socket=True)
    assert found["settings"]["socket_mode_enabled"] is True
    assert "https://" not in yaml.safe_dump(found)
    assert found["settings"]["event_subscriptions"]["bot_events"] == list(manifest.EVENTS)


def test_the_hint_is_what_the_commands_say(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry.discover()
    (command,) = made()["features"]["slash_commands"]
    for usage in command["usage_hint"].split(" | "):
        assert usage in {s.usage for s in registry.specs}
    with pytest.raises(KeyError):
        manifest.usage_hint([])


def test_the_shortcuts_are_those_that_are_listened_for() -> None:
    shortcuts = made()["features"]["shortcuts"]
    assert {(s["type"], s["callback_id"]) for s in shortcuts} == {
        ("global", RAISE_CONCERN),
        ("message", TRACK_MESSAGE),
    }


def test_everything_is_within_slacks_limits() -> None:
    found = made()
    shown = found["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
    (command,) = found["features"]["slash_commands"]
    assert re.fullmatch(r"/[a-z]{1,31}", command["command"])
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000
    for shortcut in found["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_it_can_be_printed_for_an_address(capsys: pytest.CaptureFixture[str]) -> None:
    manifest.main(["--url", "https://cp.westshire.example/"])
    assert "https://cp.westshire.example/slack/events" in capsys.readouterr().out
    manifest.main(["--socket"])
    assert "socket_mode_enabled: true" in capsys.readouterr().out
