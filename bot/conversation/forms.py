"""Forms that wait for a button: what the button says, and the form it brings again."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from bot.conversation.registry import Matched, Reply
from bot.errors import NotFound
from bot.store.inbox import hold_draft, keep_draft
from bot.store.people import Person
from bot.store.work import Work
from bot.wording.codec import from_json, to_json
from bot.wording.parts import Buttons, Message

LIFE = timedelta(hours=24)
LONGEST_SAID = 1500
"""A button says it, and the platforms limit what a button can carry."""
SAYS = re.compile(r"form (?P<number>\d{1,9})")


def opener(
    work: Work, person: Person, event_id: str, matched: Matched | None, line: str, shown: Message
) -> str:
    """What a button says that brings the form of a reply again.

    A command without words of the person's own is simply said again. Anything else might carry words that
    the person has just been asked to take out: the form is kept for a day, as it is shown, and they are not.
    """
    if matched is not None and _plain(matched):
        return line.strip()
    words = Message(tuple(p for p in shown.parts if not isinstance(p, Buttons)))
    name = hashlib.sha256(event_id.encode()).hexdigest()[:16]
    kept = keep_draft(work.session, person.id, f"form:{name}", {"shown": to_json(words)}, work.now)
    return f"form {kept.id}"


def kept_form(work: Work, person: Person, number: int) -> Reply:
    """A form that waited. NotFound when it is somebody else's, or a day old."""
    kept = hold_draft(work.session, number, person.id, work.now - LIFE)
    if kept is None or "shown" not in kept.content:
        raise NotFound("errors.form_gone")
    return Reply("errors.nothing", extra=from_json(kept.content["shown"]).parts)


def _plain(matched: Matched) -> bool:
    args, spec = matched.args, matched.spec
    said = sum(map(len, args.groups.values()))
    return not args.form and not any(args.get(name) for name in spec.keeps) and said <= LONGEST_SAID
