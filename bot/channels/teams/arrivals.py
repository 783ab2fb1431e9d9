"""What Teams sends, as one Arrival, and that as one Inbound. Only ids that Teams vouches for are taken."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channels.teams.connector import Where
from bot.channels.teams.inputs import ACTION, OURS, PICK
from bot.channels.teams.trust import Activity
from bot.conversation.inbound import Inbound, PlaceKind, Sender

CHANNEL = "teams"
_AT = re.compile(r"</?at(?:\s[^>]*)?>", re.IGNORECASE)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_PLACES: Mapping[str, PlaceKind] = {"personal": "personal", "channel": "channel"}


@dataclass(frozen=True)
class Arrival:
    """One activity: what kind, where, from whom. `member` is the sender's id as this bot sees it.

    A place whose kind is not told counts as a group, so that nobody's answer is shown there.
    """

    kind: str
    name: str
    event_id: str
    where: Where
    place: PlaceKind
    sender: Sender
    member: str
    text: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    reply_to: str = ""
    action: str = ""


@dataclass(frozen=True)
class Pressed:
    """One of our buttons: what it says, and the answers of the form it stands under."""

    says: str
    form: Mapping[str, str]


def read(activity: Activity, service_url: str, tenant: str) -> Arrival:
    """An activity that is proven to be ours. Answers go to the service address that its token proves."""
    talk, sender = _object(activity, "conversation"), _object(activity, "from")
    conversation, member = _text(talk, "id"), _text(sender, "id")
    # Duplicates carry the same id. Without one there is nothing to know them by.
    number = _text(activity, "id") or uuid.uuid4().hex
    return Arrival(
        kind=_text(activity, "type"),
        name=_text(activity, "name"),
        event_id=f"{conversation}|{number}",
        where=Where(service_url, conversation),
        place=_PLACES.get(_text(talk, "conversationType"), "group"),
        sender=Sender(CHANNEL, _text(sender, "aadObjectId") or member, tenant),
        member=member,
        text=_words(activity),
        value=_object(activity, "value"),
        reply_to=_text(activity, "replyToId"),
        action=_text(activity, "action"),
    )


def typed(arrival: Arrival, sender: Sender) -> Inbound:
    """What somebody wrote."""
    return _inbound(arrival, sender, text=arrival.text)


def pressed(arrival: Arrival, sender: Sender, what: Pressed) -> Inbound:
    """A button, with the answers beside it."""
    return _inbound(arrival, sender, says=what.says, form=what.form)


def said(arrival: Arrival, sender: Sender, line: str) -> Inbound:
    """A command that the place itself says, such as the greeting of somebody new."""
    return _inbound(arrival, sender, says=line)


def searched(arrival: Arrival, sender: Sender, line: str) -> Inbound:
    """A search from the compose box: typed words, whose answer only the person sees, wherever they are."""
    return Inbound(arrival.event_id, sender, text=line)


def button_of(data: Mapping[str, Any]) -> Pressed | None:
    """What one of our buttons says and carries; None for anything else, such as a card of old.

    The button under a list says what was chosen there. Lists never stand beside a form.
    """
    listed = PICK in data
    says = data.get(_text(data, PICK)) if listed else data.get("says")
    if data.get("action") != ACTION or not isinstance(says, str) or not says.strip():
        return None
    return Pressed(_clean(says), {} if listed else _answers(data))


def _answers(data: Mapping[str, Any]) -> dict[str, str]:
    given = {**_object(data, "kept"), **{k: v for k, v in data.items() if k not in OURS}}
    form = {k: _clean(str(v)) for k, v in given.items() if isinstance(v, str | int | float)}
    return {k: v for k, v in form.items() if v.strip()}


def search_of(value: Mapping[str, Any]) -> str:
    """The words of a search from the compose box; empty before anything is typed."""
    found = value.get("parameters")
    words = [p for p in found if isinstance(p, Mapping)] if isinstance(found, list) else []
    return next((_clean(_text(p, "value")).strip() for p in words if p.get("name") != "initialRun"), "")


def _inbound(
    arrival: Arrival, sender: Sender, text: str = "", says: str = "", form: Mapping[str, str] | None = None
) -> Inbound:
    personal = arrival.place == "personal"
    return Inbound(
        event_id=arrival.event_id,
        sender=sender,
        text=text,
        says=says,
        form=form or {},
        place=arrival.place,
        conversation=arrival.where.conversation if personal else "",
        service_url=arrival.where.service_url if personal else "",
    )


def _words(activity: Activity) -> str:
    """The text as the person saw it: our own name taken out, other people's names kept as words."""
    text = _text(activity, "text")
    bot = _text(_object(activity, "recipient"), "id")
    entities = activity.get("entities")
    for entity in entities if isinstance(entities, list) else []:
        if isinstance(entity, Mapping) and _text(_object(entity, "mentioned"), "id") == bot:
            text = text.replace(_text(entity, "text") or "\0", " ")
    return _clean(html.unescape(_AT.sub("", text)).replace("\xa0", " ")).strip()


def _clean(text: str) -> str:
    """Without the code points that no database takes."""
    return _UNSTORABLE.sub("", text)


def _object(thing: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = thing.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(thing: Mapping[str, Any], name: str) -> str:
    found = thing.get(name)
    return found if isinstance(found, str) else ""
