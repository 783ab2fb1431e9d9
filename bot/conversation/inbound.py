"""What every channel hands over, and what it gets back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.wording.parts import Message

PlaceKind = Literal["personal", "group", "channel"]


@dataclass(frozen=True)
class Sender:
    """Who the channel proved is speaking. Never a display name, never something typed."""

    channel: str
    user_id: str
    tenant: str = ""
    email: str = ""
    """Only where the platform itself vouches for it."""


@dataclass(frozen=True)
class Inbound:
    """One thing somebody did: typed `text`, or pressed a button that `says` a command.

    `event_id` is the platform's own, so that a second delivery has no second effect. `form` holds
    the answers of a submitted form; `chosen` names those picked from a list, which are no words of the
    person's own. `conversation` and `service_url` are where a private message to
    this person can be sent, and are set only when the place is personal. `by_delivery`: the channel
    cannot carry the reply in its own answer, so it is written as a delivery with everything else.
    `forms_later`: the channel may only be able to show a form once a button is pressed (`Answer.opens`).
    """

    event_id: str
    sender: Sender
    text: str = ""
    says: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    place: PlaceKind = "personal"
    conversation: str = ""
    service_url: str = ""
    by_delivery: bool = False
    forms_later: bool = False
    chosen: frozenset[str] = frozenset()


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def cleaned(inbound: Inbound) -> Inbound:
    """The same message without characters that no database keeps and no person types."""
    return replace(
        inbound,
        text=_clean(inbound.text),
        says=_clean(inbound.says),
        form={_clean(k): _clean(v) for k, v in inbound.form.items()},
    )


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text.encode("utf-8", "ignore").decode())


@dataclass(frozen=True)
class Answer:
    """What to show the person who spoke.

    `private`: only they may see it. `replaces`: it takes the place of the card whose button was
    pressed. `keep_form`: the form they submitted stays open, with errors beside its fields. `again`: this
    event was answered before. `delivered`: the reply is on its way as a delivery. `opens`: what a button
    says that brings the form of this answer again.
    """

    message: Message
    private: bool = True
    replaces: bool = False
    keep_form: bool = False
    urgent: bool = False
    command: str = ""
    again: bool = False
    delivered: bool = False
    opens: str = ""


Handle = Callable[[Inbound], Awaitable[Answer]]

Later = Callable[[Inbound, Answer], Awaitable[bool]]
"""Writes an answer as a delivery, once, because its channel could not show it. False: nobody to tell."""
