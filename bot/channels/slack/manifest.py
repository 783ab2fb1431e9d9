"""The Slack app's manifest: the least that it may do, with the command's hint made from the commands.

`python -m bot.channels.slack.manifest [--url URL] [--socket]` prints it as YAML.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

import yaml

from bot.channels.slack.app import ROUTE
from bot.channels.slack.listeners import COMMAND, RAISE_CONCERN, TRACK_MESSAGE
from bot.conversation.registry import CommandSpec, Registry
from bot.rules.access import EVERYONE
from bot.wording.labels import label

URL = "https://bot.council.example"
SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history", "users:read", "users:read.email")
"""What each is for: mentions, answers, the command, direct messages and what became of a doubtful send,
the directory, and the addresses by which people are recognised."""
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked", "user_change")
HINTED = ("help", "next meeting", "agenda", "apologies", "contact", "concern", "duties")
COLOUR = "#1d4f91"
HEADER = """\
# Made by: python -m bot.channels.slack.manifest. Put your own address in the place of {url}
# (or give it with --url), then paste this at api.slack.com/apps, "Create New App", "From a manifest".
"""


def manifest(url: str, specs: Iterable[CommandSpec], socket: bool = False) -> dict[str, Any]:
    """The manifest of one council's own app. With `socket`, for Socket Mode, which needs no address."""
    address = f"{url.rstrip('/')}{ROUTE}"
    return {
        "display_information": {
            "name": label("app_name"),
            "description": label("app_description"),
            "long_description": label("app_long_description"),
            "background_color": COLOUR,
        },
        "features": _features({} if socket else {"url": address}, usage_hint(specs)),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": ({} if socket else {"request_url": address})
            | {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True}
            | ({} if socket else {"request_url": address, "message_menu_options_url": address}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def usage_hint(specs: Iterable[CommandSpec]) -> str:
    """How to type what most people want, as the commands themselves say it; in one line."""
    usages = {s.name: s.usage for s in specs if not s.hidden and s.roles == EVERYONE}
    return " | ".join(usages[name] for name in HINTED)


def as_yaml(url: str = URL, socket: bool = False) -> str:
    """The manifest as it is pasted into Slack."""
    made = manifest(url, Registry.discover().specs, socket)
    return HEADER.format(url=url) + yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=110)


def _features(door: dict[str, str], hint: str) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": label("app_name"), "always_online": True},
        "shortcuts": [
            _shortcut("global", RAISE_CONCERN, "concern_shortcut"),
            _shortcut("message", TRACK_MESSAGE, "track_shortcut"),
        ],
        "slash_commands": [
            {
                "command": COMMAND,
                **door,
                "description": label("command_description"),
                "usage_hint": hint,
                "should_escape": True,
            }
        ],
    }


def _shortcut(kind: str, callback: str, words: str) -> dict[str, str]:
    return {
        "name": label(words),
        "type": kind,
        "callback_id": callback,
        "description": label(f"{words}_description"),
    }


def main(arguments: list[str] | None = None) -> None:
    """Print the manifest."""
    parser = argparse.ArgumentParser(description="Print the Slack app's manifest as YAML.")
    parser.add_argument("--url", default=URL, help="the https address of the bot")
    parser.add_argument("--socket", action="store_true", help="for Socket Mode, without an address")
    given = parser.parse_args(arguments)
    print(as_yaml(given.url, given.socket), end="")  # noqa: T201 - printing is its purpose


if __name__ == "__main__":
    main()
