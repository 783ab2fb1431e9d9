"""Names each click for the database, so that two presses in one go are one event."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from bot.channels.slack.arrivals import short

ONE_GO = 2.0
"""Seconds within which a second press of the same button is taken for a slip of the finger."""
REMEMBERED = 1000
Key = tuple[str, str, str]


class Clicks:
    """The latest clicks of this process. Slack delivers a click once, but people press twice."""

    def __init__(self) -> None:
        self._latest: OrderedDict[Key, tuple[str, float]] = OrderedDict()

    def event_id(self, body: Mapping[str, Any], says: str) -> str:
        """The name of the event; a second press within a moment has that of the first."""
        action = body["actions"][0]
        user, at = body["user"]["id"], _seconds(action.get("action_ts"))
        key = (user, _where(body), says)
        known = self._latest.get(key)
        if known is not None and abs(at - known[1]) <= ONE_GO:
            return known[0]
        made = f"click:{user}:{action.get('action_ts', '')}:{short(says)}"
        self._remember(key, made, at)
        return made

    def _remember(self, key: Key, event_id: str, at: float) -> None:
        self._latest[key] = (event_id, at)
        self._latest.move_to_end(key)
        if len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)


def _where(body: Mapping[str, Any]) -> str:
    """The message or the view that the button stands on."""
    container = body.get("container") or {}
    return str(container.get("message_ts") or container.get("view_id") or "")


def _seconds(stamp: object) -> float:
    try:
        return float(str(stamp))
    except ValueError:
        return 0.0
