"""What Slack sends, as one Inbound. Only ids that Slack itself vouches for are taken from it."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from bot.channels.slack.inputs import answer_of, is_chosen
from bot.channels.slack.text import unescape
from bot.conversation.inbound import Inbound, PlaceKind, Sender

Payload = Mapping[str, Any]
Names = Mapping[str, str]
"""The names of people by their Slack ids."""
CHANNEL = "slack"
_MENTION = re.compile(r"<@([UWB][A-Z0-9]+)(?:\|([^>]*))?>")
_MARKED = re.compile(r"<(?:mailto:|tel:|[!#@])?([^>|]+)(?:\|([^>]*))?>")
NO_NAMES: Names = {}


def plain_text(text: str, names: Names = NO_NAMES) -> str:
    """A message's text as the person saw it: mark-up and escapes undone, colleagues by their names.

    Our own name is left out: we are not in `names`, and our mention carries no label.
    """
    named = _MENTION.sub(lambda m: names.get(m[1]) or m[2] or "", text)
    return unescape(_MARKED.sub(lambda m: m[2] or m[1], named)).strip()


def from_event(body: Payload, event: Payload, names: Names = NO_NAMES) -> Inbound:
    """A direct message or a mention."""
    place = place_of(event["channel"], event.get("channel_type", ""))
    return Inbound(
        event_id=body["event_id"],
        sender=_sender(event["user"], body.get("team_id", "")),
        text=plain_text(event.get("text") or "", names),
        place=place,
        conversation=event["channel"] if place == "personal" else "",
        by_delivery=place == "personal",
        forms_later=True,
    )


def from_command(body: Payload, names: Names = NO_NAMES) -> Inbound:
    """A slash command. Its answer rides on the request, and only the person sees it.

    It may be typed in a conversation of two people, so the conversation is never taken for our own.
    """
    return Inbound(
        event_id=f"command:{body.get('trigger_id') or uuid.uuid4().hex}",
        sender=_sender(body["user_id"], body.get("team_id", "")),
        text=plain_text(body.get("text") or "", names),
        place=place_of(body["channel_id"], body.get("channel_name", "")),
        forms_later=True,
    )


def from_click(body: Payload, says: str, event_id: str) -> Inbound:
    """A button on a message, in a modal or on App Home."""
    channel = (body.get("channel") or {}).get("id", "")
    return Inbound(
        event_id=event_id,
        sender=sender_of(body),
        says=says,
        place=place_of(channel, "") if channel else "personal",
        forms_later=True,
    )


def from_form(body: Payload, says: str, kept: Mapping[str, str]) -> Inbound:
    """A submitted modal. Sending the same view twice has one effect."""
    view = body["view"]
    elements = {n: e for values in view["state"]["values"].values() for n, e in values.items()}
    answers = {name: answer_of(element) for name, element in elements.items()}
    form = {**kept, **{name: answer for name, answer in answers.items() if answer}}
    return Inbound(
        event_id=f"form:{view['id']}:{short(says + json.dumps(form, sort_keys=True))}",
        sender=sender_of(body),
        says=says,
        form=form,
        chosen=frozenset(name for name, element in elements.items() if is_chosen(element)),
    )


def from_shortcut(body: Payload, says: str = "", text: str = "") -> Inbound:
    """A global or a message shortcut. Words of a message are text, and so are guarded like typed ones."""
    event_id = f"shortcut:{body.get('trigger_id') or uuid.uuid4().hex}"
    return Inbound(event_id, sender_of(body), text=text, says=says, forms_later=True)


def place_of(channel: str, kind: str) -> PlaceKind:
    """Where a message was typed. Conversations of several people are never personal."""
    if kind in ("im", "directmessage") or channel.startswith("D"):
        return "personal"
    return "group" if kind in ("mpim", "privategroup") or channel.startswith("G") else "channel"


def sender_of(body: Payload) -> Sender:
    """Who clicked or submitted."""
    user = body.get("user") or {}
    return _sender(user["id"], (body.get("team") or {}).get("id") or user.get("team_id") or "")


def short(text: str) -> str:
    """A text's fingerprint, for an event's name."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _sender(user: str, team: str) -> Sender:
    return Sender(CHANNEL, user, team)
