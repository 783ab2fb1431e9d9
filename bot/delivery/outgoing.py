"""Writes what others are to be told as delivery rows, in the transaction that caused it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.store.deliveries import Delivery, known_keys
from bot.store.people import Person
from bot.store.work import Notice, Work
from bot.wording.codec import to_json
from bot.wording.parts import Button, Buttons, Card, Form, Message
from bot.wording.words import Words


def post(work: Work, words: Words, common: Mapping[str, Any]) -> int:
    """Turn the notices of a unit of work into deliveries, each once; how many were new."""
    known = known_keys(work.session, {n.once for n in work.notices})
    fresh = [n for n in work.notices if (n.person_id, n.once) not in known]
    for notice in {(n.person_id, n.once): n for n in fresh}.values():
        work.session.add(_row(work, words, common, notice))
    work.notices.clear()
    return len(fresh)


def reply_later(work: Work, person: Person, event: str, message: Message, asked: str) -> None:
    """Write a reply as a delivery, for a channel that cannot carry it in its own answer.

    A form cannot be filled in there: it becomes a button that says what was `asked`, which opens it.
    """
    parts = tuple(_opener(p, asked) if isinstance(p, Form) else p for p in message.parts)
    work.session.add(
        Delivery(
            once=f"reply:{event}",
            kind="reply",
            person_id=person.id,
            message=to_json(Message(parts, message.card)),
            due_at=work.now,
            created_at=work.now,
        )
    )


def _opener(form: Form, asked: str) -> Buttons:
    return Buttons((Button(form.title, asked, "primary"),))


def _row(work: Work, words: Words, common: Mapping[str, Any], notice: Notice) -> Delivery:
    card = Card(notice.card, notice.subject) if notice.card else None
    message = words.say(notice.block, {**common, **notice.values}, card=card)
    return Delivery(
        once=notice.once,
        kind=notice.kind,
        broadcast_id=notice.broadcast_id,
        person_id=notice.person_id,
        message=to_json(message),
        due_at=notice.due or work.now,
        created_at=work.now,
    )
