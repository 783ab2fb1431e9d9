"""The local web chat of the demonstration: a conversation in the browser, with nothing to install."""

from __future__ import annotations

from bot.channels.web.app import create_web
from bot.channels.web.channel import WebChannel
from bot.channels.web.people import PersonCard

__all__ = ["PersonCard", "WebChannel", "create_web"]
