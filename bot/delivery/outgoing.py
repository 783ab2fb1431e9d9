"""Writes what others are to be told as delivery rows, in the transaction that caused it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.store.council import council_name, council_row
from bot.store.deliveries import BULK, NOTICE, Delivery, known_keys
from bot.store.people import Person
from bot.store.work import Notice, Render, Work
from bot.wording.codec import to_json
from bot.wording.parts import Button, Buttons, Card, Form, Message
from bot.wording.words import Words

DueFor = Callable[[Work, Person, datetime, str], datetime]
"""When a message of a kind, due at a moment, may reach a person (bot.delivery.quiet.due_for)."""


def post(work: Work, words: Words, common: Mapping[str, Any], due_for: DueFor | None = None) -> int:
    """Turn the notices of a unit of work into deliveries, each once; how many were new.

    `due_for` moves those that would reach somebody when they want quiet.
    """
    if not work.notices:
        return 0
    known = known_keys(work.session, {n.once for n in work.notices})
    fresh = {(n.person_id, n.once): n for n in work.notices if (n.person_id, n.once) not in known}
    for notice in fresh.values():
        work.session.add(_row(work, words, common, notice, due_for))
    work.notices.clear()
    return len(fresh)


def common_values(work: Work) -> dict[str, Any]:
    """What every block of words may use, whoever it is for."""
    names = council_name(council_row(work.session))
    return {"council": names, "safe": names.safeguarding, "first_name": ""}


def renderer(work: Work, words: Words) -> Render:
    """What turns a block into its stored form, for services that keep a message with what it belongs to."""

    def render(block: str, values: Mapping[str, Any], card: str, subject: str) -> dict[str, Any]:
        shown = words.say(
            block, {**common_values(work), **values}, card=Card(card, subject) if card else None
        )
        return to_json(shown)

    return render


def reply_later(work: Work, person: Person, event: str, message: Message, opens: str) -> None:
    """Write a reply as a delivery, once an event, for a channel that cannot carry it in its own answer.

    A form cannot be filled in there: it becomes a button that says `opens`, which brings it again.
    """
    once = f"reply:{event}"
    if (person.id, once) in known_keys(work.session, {once}):
        return
    parts = tuple(_opener(p, opens) if isinstance(p, Form) else p for p in message.parts)
    work.session.add(
        Delivery(
            once=once,
            kind="reply",
            person_id=person.id,
            message=to_json(Message(parts, message.card)),
            due_at=work.now,
            created_at=work.now,
        )
    )


def _opener(form: Form, opens: str) -> Buttons:
    return Buttons((Button(form.title, opens, "primary"),))


def _row(
    work: Work, words: Words, common: Mapping[str, Any], notice: Notice, due_for: DueFor | None
) -> Delivery:
    person = work.session.get_one(Person, notice.person_id)
    card = Card(notice.card, notice.subject) if notice.card else None
    values = {**common, "first_name": (person.name.split() or [""])[0], **notice.values}
    due = notice.due or work.now
    return Delivery(
        once=notice.once,
        kind=notice.kind,
        rank=BULK if notice.broadcast_id else NOTICE,
        broadcast_id=notice.broadcast_id,
        person_id=notice.person_id,
        message=to_json(words.say(notice.block, values, card=card)),
        due_at=due_for(work, person, due, notice.kind) if due_for else due,
        created_at=work.now,
    )
