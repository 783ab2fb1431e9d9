"""What Slack sends, as one Inbound. Only ids that Slack itself vouches for are taken from it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from bot.conversation.inbound import Inbound, PlaceKind, Sender

Payload = Mapping[str, Any]
CHANNEL = "slack"
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:mailto:|tel:)?([^>|]+)(?:\|([^>]*))?>")
_ESCAPED = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def plain_text(text: str) -> str:
    """A message's text as the person saw it: Slack's own mark-up and escapes undone."""
    text = _LINK.sub(lambda m: m.group(2) or m.group(1), _MENTION.sub("", text))
    for code, mark in _ESCAPED.items():
        text = text.replace(code, mark)
    return text.strip()


def from_event(body: Payload, event: Payload) -> Inbound:
    """A direct message or a mention."""
    place = place_of(event["channel"], event.get("channel_type", ""))
    return Inbound(
        event_id=body["event_id"],
        sender=_sender(event["user"], body.get("team_id", "")),
        text=plain_text(event.get("text", "")),
        place=place,
        conversation=event["channel"] if place == "personal" else "",
        by_delivery=place == "personal",
    )


def from_command(body: Payload) -> Inbound:
    """A slash command. Its answer rides on the request."""
    place = place_of(body["channel_id"], body.get("channel_name", ""))
    return Inbound(
        event_id=f"command:{body.get('trigger_id', '')}",
        sender=_sender(body["user_id"], body.get("team_id", "")),
        text=plain_text(body.get("text", "")),
        place=place,
    )


def from_click(body: Payload, says: str) -> Inbound:
    """A button. The same click sent twice is one event; two real clicks have two action times."""
    action = body["actions"][0]
    channel = (body.get("channel") or {}).get("id", "")
    place = place_of(channel, "") if channel else "personal"
    return Inbound(
        event_id=f"click:{body['user']['id']}:{action.get('action_ts', '')}:{_short(says)}",
        sender=_sender(body["user"]["id"], _team(body)),
        says=says,
        place=place,
    )


def from_form(body: Payload) -> Inbound:
    """A submitted modal. Sending the same view twice has one effect."""
    view = body["view"]
    kept = json.loads(view.get("private_metadata") or "{}")
    answers = {
        name: _answer(element)
        for values in view["state"]["values"].values()
        for name, element in values.items()
    }
    form = {**kept.get("kept", {}), **{k: v for k, v in answers.items() if v}}
    return Inbound(
        event_id=f"form:{view['id']}:{_short(json.dumps(form, sort_keys=True))}",
        sender=_sender(body["user"]["id"], _team(body)),
        says=kept.get("says", ""),
        form=form,
    )


def from_shortcut(body: Payload, says: str) -> Inbound:
    """A global or a message shortcut."""
    return Inbound(
        event_id=f"shortcut:{body.get('trigger_id', '')}",
        sender=_sender(body["user"]["id"], _team(body)),
        says=says,
    )


def place_of(channel: str, kind: str) -> PlaceKind:
    """Where a message was typed. Only a direct message with the bot is personal."""
    if kind in ("im", "directmessage") or channel.startswith("D"):
        return "personal"
    return "group" if kind in ("mpim", "privategroup") or channel.startswith("G") else "channel"


def _sender(user: str, team: str) -> Sender:
    return Sender(CHANNEL, user, team)


def _team(body: Payload) -> str:
    return (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id") or ""


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _answer(element: Payload) -> str:
    """What a person put into one input, as text."""
    if chosen := element.get("selected_option"):
        return str(chosen["value"])
    if "selected_options" in element:
        return ",".join(o["value"] for o in element["selected_options"] or [])
    names = ("value", "selected_date", "selected_time", "selected_user")
    return next((str(element[n]) for n in names if element.get(n)), "")
