"""Steps that the tests of meetings share: which meeting, who else, and looking into the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.conversation.inbound import Answer
from bot.store.bodies import body_by_ref
from bot.store.meetings import Meeting, Response, coming, meeting_by_id, response_of
from bot.store.people import by_email
from bot.store.work import Work
from tests.support.house import OLU, Talk, button

R = TypeVar("R")
HELEN = "helen.marchbank@westshire.example"  # chairs the panel
TARIQ = "tariq.mahmood@westshire.example"  # its vice-chair
JEAN = "jean.attwater@westshire.example"  # has a seat on it
GRAHAM = "graham.pennock@westshire.example"  # has a seat on it
AOIFE = "aoife.brennan@nhs-westshire.example"  # has a seat without a vote
IFEOMA = "ifeoma.chukwu@westshire.example"  # of Amara's party, named to stand in for her
NATHAN = "nathan.boateng@westshire.example"  # of Amara's party
SAMINA = "samina.akhtar@westshire.example"  # a councillor with no seat
SECRET_TITLE = "Home for Christmas"  # a private item of the December agenda
WITH_SEATS = 17


@dataclass(frozen=True)
class Meant:
    """A sentence as if it had been understood so."""

    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    sure: bool = True
    when: Any = None


def look(talk: Talk, use: Callable[[Work], R], who: str = "") -> R:
    """Something read from the database, as a use case of `who`."""

    def run(session: Any) -> R:
        work = Work(session, talk.clock.now(), cache=talk.house.router.cache)
        work.actor = by_email(session, who) if who else None
        return use(work)

    return talk.house.db.run_sync(run)


def ref_of(talk: Talk, body: str = "CPP", number: int = 0) -> str:
    """The reference of a body's next meeting, or of the one `number` after it."""
    return look(talk, lambda w: coming(w.session, w.now, body_by_ref(w.session, body))[number].ref)


def meeting(work: Work, ref: str) -> Meeting:
    found = meeting_by_id(work.session, int(ref[2:]))
    assert found is not None
    return found


def response(talk: Talk, ref: str, who: str) -> dict[str, Any] | None:
    """What is kept of a person's answer."""

    def read(work: Work) -> dict[str, Any] | None:
        person = by_email(work.session, who)
        assert person is not None
        found: Response | None = response_of(work.session, meeting(work, ref), person)
        if found is None:
            return None
        return {
            "answer": str(found.answer),
            "note": found.note,
            "substitute": found.substitute.email if found.substitute else found.substitute_name,
            "confirmed": found.confirmed_at is not None,
            "attended": found.attended,
        }

    return look(talk, read)


def answer_of(talk: Talk, ref: str, who: str) -> str:
    kept = response(talk, ref, who)
    return kept["answer"] if kept else ""


def starting(answer: Answer, label: str) -> str:
    """What the first button says whose label starts so."""
    found = [b.label for b in answer.message.buttons if b.label.startswith(label)]
    assert found, f"no button {label!r} among {[b.label for b in answer.message.buttons]}"
    return button(answer, found[0])


async def confirm(talk: Talk, line: str, label: str, who: str = OLU) -> Answer:
    """Type a line and press the button that confirms it."""
    return await talk.say(who, press=starting(await talk.say(who, line), label))
