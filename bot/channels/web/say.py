"""One post of the page: what it means, what the bot answers, and how both stand in the transcript."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.web.channel import WebChannel
from bot.channels.web.forms import Posted, answers_to, problems_in
from bot.channels.web.people import TENANT, PersonCard
from bot.channels.web.transcript import Entry, Transcript
from bot.channels.web.trust import Turned
from bot.conversation.inbound import Answer, Handle, Inbound, Sender
from bot.wording.parts import Form

_NONCE = re.compile(r"[\w-]{16,64}", re.ASCII)


@dataclass(frozen=True)
class Turn:
    """What the person did. `label` is the words on the control they pressed; empty when they typed."""

    text: str = ""
    says: str = ""
    label: str = ""
    form: Form | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    source: int = 0


async def say(handle: Handle, channel: WebChannel, person: PersonCard, posted: Posted) -> int:
    """Carry out one post; the id of the entry to look at next (0: nothing new).

    The same post again, with the same nonce, has no second effect and leads to the same entry.
    """
    if not _NONCE.fullmatch(posted.nonce):
        raise Turned(400, "unreadable")
    transcript = channel.transcript(person.user_id)
    turn = read_turn(transcript, posted)
    event_id = _event_id(person, posted)
    if (done := transcript.known(event_id)) is not None:
        return done
    if turn is None:
        return 0
    if turn.form and (problems := problems_in(turn.form, turn.answers)):
        transcript.change(turn.source, values=turn.answers, problems=problems)
        return turn.source
    answer = await handle(_inbound(person, turn, event_id))
    return _write(channel, transcript, turn, answer, event_id)


def read_turn(transcript: Transcript, posted: Posted) -> Turn | None:
    """What a post means. A button or form counts as one only on the card where we showed it."""
    entry = transcript.get(posted.source)
    form = entry.message.form if entry else None
    if posted.is_form:
        if entry is None or form is None or entry.chosen:
            raise Turned(409, "card_gone")
        answers = answers_to(form, posted.answers)
        return Turn(says=form.says, label=form.submit, form=form, answers=answers, source=entry.id)
    if posted.says:
        return _pressed(entry, posted.says)
    return Turn(text=posted.text) if posted.text else None


def _pressed(entry: Entry | None, says: str) -> Turn:
    buttons = entry.message.buttons if entry and not entry.chosen else ()
    found = next((b for b in buttons if b.says == says), None)
    if entry is None or found is None:
        # Not a button we show: it is read, and guarded, as words that somebody typed.
        return Turn(text=says)
    return Turn(says=says, label=found.label, source=entry.id)


def _inbound(person: PersonCard, turn: Turn, event_id: str) -> Inbound:
    return Inbound(
        event_id=event_id,
        sender=Sender("web", person.user_id, TENANT, person.email),
        text=turn.text,
        says=turn.says,
        form=turn.answers,
        conversation=person.user_id,
    )


def _write(channel: WebChannel, transcript: Transcript, turn: Turn, answer: Answer, event_id: str) -> int:
    if (done := transcript.known(event_id)) is not None:
        return done  # a second post overtook this one while the bot was thinking
    if answer.again and not answer.message.parts:
        return 0
    if answer.keep_form and turn.form and answer.message.form:
        kept = _kept(answer.message.form, turn.answers)
        transcript.change(turn.source, message=answer.message, urgent=answer.urgent, values=kept, problems={})
        transcript.remember(event_id, turn.source)
        return turn.source
    _settle(transcript, turn, answer)
    now = channel.clock.now()
    unkept = answer.urgent or answer.keep_form
    transcript.add("said", now, text="" if unkept and turn.text else turn.text or turn.label, withheld=unkept)
    return transcript.add("answer", now, key=event_id, message=answer.message, urgent=answer.urgent).id


def _settle(transcript: Transcript, turn: Turn, answer: Answer) -> None:
    """What becomes of the card that was pressed: used up, or left with what was filled in."""
    if not turn.source:
        return
    if answer.replaces:
        transcript.change(turn.source, chosen=turn.label, values={}, problems={})
    elif turn.form:
        # Under an urgent card nothing that was typed may stay, here no less than in the database.
        transcript.change(turn.source, values={} if answer.urgent else turn.answers, problems={})


def _kept(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """What was typed, where a form comes back to be mended. What was masked is not put back."""
    if not form.has_errors:
        return {}
    return {f.name: answers[f.name] for f in form.fields if not f.value and f.name in answers}


def _event_id(person: PersonCard, posted: Posted) -> str:
    # The content is part of it: a page shown again by the browser may send another thing with the same nonce.
    content = json.dumps([posted.text, posted.says, posted.source, posted.is_form, dict(posted.answers)])
    return f"{person.user_id}-{posted.nonce}-{hashlib.sha256(content.encode()).hexdigest()[:16]}"
