"""A small bot that answers with every kind of card, so that the web chat is tested by itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from bot.channels.base import Parcel
from bot.channels.web import PersonCard
from bot.conversation.inbound import Answer, Inbound
from bot.wording.markup import parse
from bot.wording.parts import Form, FormFill, Message

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
AMARA = PersonCard(
    4, "Amara Osei", "amara.osei@westshire.example", ("member",), "Councillor", "Hartsea Arches", "Labour"
)
OLU = PersonCard(
    7, "Olu Adeyemi", "olu.adeyemi@westshire.example", ("officer",), "Democratic Services Officer",
    directorate="Law and Governance",
)  # fmt: skip
DEE = PersonCard(
    9,
    "Dee Patel",
    "dee.patel@westshire.example",
    ("lead",),
    "Head of Housing",
    directorate="Housing and Communities",
)
PAT = PersonCard(11, "Pat O'Shea", "pat.oshea@partner.example", ("partner",), "Designated nurse")
PEOPLE = (AMARA, OLU, DEE, PAT)

CARD = """
# Leaving care housing team
Housing for care leavers aged 18 to 25

Who:: Duty housing officer
Phone:: 01632 960111
E-mail:: housing.duty@westshire.example
Hours:: Monday to Friday, 9am to 5pm
Place:: Room 101, County Hall

* Ring first if it is about tonight
* **Write** for anything else, see [the guide](https://westshire.example/guide)

[This was wrong] contact wrong lc-duty
[Ask something else] contact

~ Is a child at risk now? Do not use this chat. Ring 999 in danger, or 01632 960254.
"""
DANGER = """
# A child may be at risk: please act now
! In immediate danger, ring **999** now.

Then tell children's services today. This chat cannot do it for you.

Children's front door:: 01632 960254 (Monday to Friday, 9am to 5pm)
Out of hours:: 01632 960015

! Please do not type a child's details here. Nothing you typed has been kept or passed on.

[*I have reported it] reported
[This is not about a child at risk] carry on
"""
ASK = """
# Raise a concern
It goes to the support officer first.

<form concern send | Your concern | Send the concern>
? text | long | What is your concern? | Leave out names and anything that could identify a child
? theme | choice | What is it about? | | | housing=Housing; health=Health; school=School
? ward | choice | Which area? | | optional | north=North; south=South
? seen | date | When did you notice? | For example, last Monday | optional
? hour | time | At what time? | | optional
? copy | people | Who else should know? | A name or an e-mail address | optional
? title | text | A short title
? chair | check | Tell the chair as well | | optional
? draft | hidden | draft
</form>
"""
CONFIRM = """
# Send this to 87 councillors?
The panel meets on Tuesday 8 December 2026, 5.30pm.

[*Send it] send now 12
[-Throw it away] throw away 12
"""
THANKS = """
# Thank you
It is on record as **CPP-26/27-014**.
"""
EMPTY_FORM = FormFill(values={"draft": "d-41"})
TITLE_ERROR = {"title": "Give a title of at least five letters"}


def said(text: str, fill: FormFill | None = None) -> Message:
    """A message from mark-up, with nothing in it that was typed."""
    return Message(parse(text, str, fill))


class Desk:
    """Answers like the bot does: an event is taken once, and the same event gets the same answer."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self._given: dict[str, Answer] = {}
        self.slowness = 0.0

    async def handle(self, inbound: Inbound) -> Answer:
        if inbound.event_id not in self._given:
            self.taken.append(inbound)
            self._given[inbound.event_id] = self._answer(inbound)
        await asyncio.sleep(self.slowness)
        return self._given[inbound.event_id]

    def _answer(self, inbound: Inbound) -> Answer:
        words = " ".join([inbound.text, *inbound.form.values()])
        if "danger" in words:
            return Answer(said(DANGER), urgent=True)
        if inbound.says == "concern send":
            return self._concern(inbound)
        match inbound.says or inbound.text:
            case "contact" | "Who do I contact about housing for a care leaver?":
                return Answer(said(CARD))
            case "concern":
                return Answer(said(ASK, EMPTY_FORM))
            case "broadcast":
                return Answer(said(CONFIRM))
            case "send now 12":
                return Answer(said("Sent to 87 councillors."), replaces=True)
        return Answer(Message(tuple(replace(p, spans=_echo(inbound)) for p in said("x").parts)))  # type: ignore[type-var]

    def _concern(self, inbound: Inbound) -> Answer:
        if len(inbound.form.get("title", "")) < 5:
            fill = FormFill(values=dict(inbound.form), errors=TITLE_ERROR)
            return Answer(said(ASK, fill), keep_form=True)
        return Answer(said(THANKS), replaces=True)


def _echo(inbound: Inbound) -> tuple[object, ...]:
    from bot.wording.parts import Span

    return (Span(f"You said: {inbound.says or inbound.text}"),)


async def everybody() -> tuple[PersonCard, ...]:
    """The people of the test."""
    return PEOPLE


def parcel(to: PersonCard, text: str, token: str = "t1") -> Parcel:
    """A delivery on its way to somebody."""
    return Parcel(token, to.user_id, "demo", to.user_id, "", said(text), NOW)


def form_of(message: Message) -> Form:
    """The form of a message that has one."""
    assert message.form is not None
    return message.form
