"""What the tests of concerns and actions share: people, and actions brought to where a test needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.actions import Action, ActionEvent, action_by_ref
from bot.store.audit import AuditEvent
from bot.store.inbox import Draft, show_card
from bot.store.people import by_email
from bot.wording.parts import Message
from tests.support.house import AMARA, DEE, OLU, Talk, reference, words

JEAN = "jean.attwater@westshire.example"  # a member of the panel
HELEN = "helen.marchbank@westshire.example"  # its chair
SAMINA = "samina.akhtar@westshire.example"  # a councillor who is not on the panel
AOIFE = "aoife.brennan@nhs-westshire.example"  # a partner with a seat
CALLUM = "callum.reid@westshire.example"  # a deputy in Dee's directorate
STUART = "stuart.garside@westshire.example"  # leads another directorate
ANJALI = "anjali.deshmukh@westshire.example"  # his deputy
HANNAH = "hannah.whitcombe@westshire.example"  # a second officer
SHANTHI = "shanthi.raman@westshire.example"  # a deputy in Education and Skills
PASSES = "The bus passes of our care leavers stop working at the county boundary"


@dataclass(frozen=True)
class Kept:
    """What the database holds of one action."""

    state: str
    due: date | None
    lead: str
    anonymous: bool
    escalated: str
    closed: bool
    kinds: tuple[str, ...]
    moves: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]


def kept(talk: Talk, ref: str) -> Kept:
    """The action as it stands, and its history."""

    def read(s: Session) -> Kept:
        action = action_by_ref(s, ref)
        assert action is not None, ref
        return Kept(
            action.state,
            action.due,
            action.lead.email if action.lead else "",
            action.anonymous,
            action.escalated,
            action.closed_at is not None,
            tuple(e.kind for e in action.events),
            tuple((e.from_state, e.to_state) for e in action.events),
            tuple(e.text for e in action.events),
        )

    return talk.house.db.run_sync(read)


def counted(talk: Talk) -> tuple[int, int, int, int]:
    """How many actions, lines of history, audit facts about actions, and drafts there are."""

    def read(s: Session) -> tuple[int, int, int, int]:
        about = select(func.count()).select_from(AuditEvent).where(AuditEvent.what.startswith("action."))
        tables = (select(func.count()).select_from(t) for t in (Action, ActionEvent, Draft))
        actions, events, drafts = (s.scalar(q) or 0 for q in tables)
        return actions, events, s.scalar(about) or 0, drafts

    return talk.house.db.run_sync(read)


def also_officer(talk: Talk, who: str) -> None:
    """Give somebody the officer's role beside their own."""

    def give(s: Session) -> None:
        person = by_email(s, who)
        assert person is not None
        person.roles = sorted({*person.roles, "officer"})

    talk.house.db.run_sync(give)


def arrive(talk: Talk, who: str) -> Message:
    """The last message written for somebody reaches them: its card is the one in front of them now."""
    message = talk.told(who)[-1]

    def show(s: Session) -> None:
        person = by_email(s, who)
        if person is not None and message.card is not None:
            says = [b.says for b in message.buttons]
            show_card(s, person.id, message.card.kind, message.card.subject, says, talk.clock.now())

    talk.house.db.run_sync(show)
    return message


async def raised(talk: Talk, who: str = AMARA, text: str = PASSES, **form: str) -> str:
    """A concern, through the form; its reference."""
    answer = await talk.say(who, press="concern send", form={"text": text, **form})
    return reference(words(answer))


async def assigned(
    talk: Talk, who: str = AMARA, to: str = "communities", text: str = PASSES, **form: str
) -> str:
    """A concern that the officer has given to a directorate: Dee's, unless told otherwise."""
    ref = await raised(talk, who, text, **form)
    await talk.ask(OLU, f"assign {ref} to {to}")
    return ref


async def acknowledged(talk: Talk, text: str = PASSES) -> str:
    """One that Dee has acknowledged."""
    ref = await assigned(talk, text=text)
    await talk.ask(DEE, f"ack {ref}")
    return ref


async def proposed(talk: Talk, text: str = PASSES) -> str:
    """One that Dee says is done."""
    ref = await acknowledged(talk, text)
    await talk.ask(DEE, f"done {ref}: passes work on every bus now")
    return ref


async def closed(talk: Talk, text: str = PASSES) -> str:
    """One that the officer has closed."""
    ref = await proposed(talk, text)
    await talk.ask(OLU, f"close {ref}")
    return ref
