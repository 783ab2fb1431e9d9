"""The whole house behind Teams' door: a councillor, an officer and a lead, each in their own chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from bot.app import Roll
from bot.channels.teams.app import Teams
from bot.channels.teams.members import BLOCKED
from bot.delivery.worker import Worker
from bot.services.readiness import should_mend
from bot.store.contacts import Question
from bot.store.people import Account, Person, by_email
from bot.store.work import Work
from bot.wording.labels import label
from tests.channels.teams.cards import faults
from tests.support import house
from tests.support.house import Talk
from tests.support.teams import (
    TENANT,
    FakeTeams,
    Fault,
    Line,
    TeamsOptions,
    User,
    actions,
    card_of,
    inputs,
    words_of,
)

AMARA = User("Amara", "aaaaaaaa-0000-4000-8000-000000000001", house.AMARA)
OLU = User("Olu", "aaaaaaaa-0000-4000-8000-000000000002", house.OLU)
DEE = User("Dee", "aaaaaaaa-0000-4000-8000-000000000003", house.DEE)
STRANGER = User("Sam", "aaaaaaaa-0000-4000-8000-000000000009", "sam@elsewhere.example")
PLACE = "19:channel@thread.tacv2;messageid=1"
WORDS = "Several care leavers cannot use their bus passes on Sundays."
Json = dict[str, Any]


def _known(s: Session, email: str) -> Person:
    found = by_email(s, email)
    assert found is not None
    return found


class Office:
    """Teams with the whole bot behind it."""

    def __init__(self, talk: Talk, fake: FakeTeams, line: Line, worker: Worker) -> None:
        self.talk = talk
        self.fake = fake
        self.line = line
        self.worker = worker

    async def get_the_bot(self, *users: User) -> None:
        for user in users:
            await self.line(self.fake.activity(user, "installationUpdate", action="add"))

    async def say(self, user: User, text: str) -> Json:
        """The card that answers what somebody types."""
        assert (await self.line(self.fake.message(user, text))).status_code == 200
        return self.last(user)

    async def press(self, user: User, card: Json, title: str, **given: str) -> Json:
        """The card that answers a button: in its place, or below it."""
        said = (await self.line(self.fake.execute(user, actions(card)[title], **given))).json()
        found = said["value"] if said["type"].endswith("card.adaptive") else self.last(user)
        assert faults(found) == []
        return found

    def last(self, user: User) -> Json:
        card = card_of(self.fake.sent(user.conversation)[-1])
        assert faults(card) == []
        return card

    async def told(self, user: User) -> Json:
        """The newest card after everything due has been sent."""
        while await self.worker.drain_once():
            pass
        return self.last(user)

    def to_mend(self) -> list[str]:
        """What `cpbot check` lists as worth mending."""
        return self.talk.house.db.run_sync(lambda s: should_mend(Work(s, self.talk.clock.now())))

    def account(self, user: User) -> Account:
        return self.talk.house.db.run_sync(
            lambda s: s.query(Account).filter_by(channel="teams", user_id=user.object_id).one()
        )


@pytest.fixture
async def office(talk: Talk, fake: FakeTeams) -> AsyncIterator[Office]:
    fake.add(AMARA, OLU, DEE, STRANGER)
    teams = Teams(TeamsOptions(fake.url), talk.house.router.handle, Roll(talk.house))
    app = FastAPI()
    teams.mount(app)
    worker = Worker(talk.house.db, {"teams": teams.sender}, talk.clock)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot")
    async with teams.running(), client:
        yield Office(talk, fake, Line(client, fake), worker)


async def test_a_concern_goes_round_the_house(office: Office) -> None:
    await office.get_the_bot(AMARA, OLU, DEE)

    form = await office.say(AMARA, "concern")
    wrong = await office.press(AMARA, form, "Log this concern", text="x", area="communities")
    assert label("to_mend") in words_of(wrong)
    assert (inputs(wrong)["text"]["value"], inputs(wrong)["area"]["value"]) == ("x", "communities")
    logged = words_of(await office.press(AMARA, wrong, "Log this concern", text=WORDS, area="communities"))
    ref = house.reference(logged)
    assert WORDS in logged

    notice = await office.told(OLU)
    assert ref in words_of(notice)
    await office.press(OLU, notice, "Assign to Communities and Housing")

    given = await office.told(DEE)
    assert ref in words_of(given)
    acknowledged = await office.press(DEE, given, "Acknowledge")
    assert ref in words_of(acknowledged)

    news = await office.told(AMARA)
    assert ref in words_of(news)
    assert "Communities and Housing" in words_of(await office.say(AMARA, f"status {ref}"))


async def test_an_answer_to_a_meeting_takes_the_cards_place(office: Office) -> None:
    card = await office.say(AMARA, "next meeting")
    before = len(office.fake.sent(AMARA.conversation))
    shown = await office.press(AMARA, card, "Coming")
    assert len(office.fake.sent(AMARA.conversation)) == before
    assert "Undo" in actions(shown)


async def test_the_roster_makes_somebody_known_once(office: Office) -> None:
    await office.say(AMARA, "whoami")
    card = await office.say(AMARA, "whoami")
    assert house.AMARA in words_of(card)
    assert len(office.fake.called("GET", "/members/")) == 1
    account = office.account(AMARA)
    assert (account.tenant, account.conversation, account.service_url) == (
        TENANT,
        AMARA.conversation,
        office.fake.url,
    )


async def test_a_stranger_is_told_how_to_be_added(office: Office) -> None:
    assert "I do not know you yet" in words_of(await office.say(STRANGER, "my concerns"))


@pytest.mark.parametrize(
    "text", ["my concerns", f"concern {WORDS}", "contact housing for a care leaver", "triage"]
)
async def test_what_is_asked_in_a_channel_is_answered_in_private(office: Office, text: str) -> None:
    await office.get_the_bot(AMARA)
    before = len(office.fake.sent(AMARA.conversation))
    await office.line(office.fake.message(AMARA, text, "channel"))
    (public,) = office.fake.sent(PLACE)
    assert public["text"] == label("sent_privately")
    assert text not in str(public)
    assert len(office.fake.sent(AMARA.conversation)) == before + 1
    assert office.account(AMARA).conversation == AMARA.conversation, "a shared place is nobody's own"


async def test_a_child_at_risk_comes_first_in_private(office: Office) -> None:
    await office.get_the_bot(AMARA)
    text = "a girl in my ward told me her stepfather hits her every night"
    await office.line(office.fake.message(AMARA, text, "channel"))
    assert "999" in words_of(office.last(AMARA))
    assert "stepfather" not in str([c.body for c in office.fake.calls])


async def test_the_same_activity_twice_has_one_effect(office: Office) -> None:
    await office.get_the_bot(AMARA)
    form = await office.say(AMARA, "concern")
    press = office.fake.execute(AMARA, actions(form)["Log this concern"], text=WORDS)
    first, second = [(await office.line(press)).json() for _ in range(2)]
    assert house.reference(words_of(first["value"])) == house.reference(words_of(second["value"]))
    typed = office.fake.message(AMARA, "my concerns")
    before = len(office.fake.sent(AMARA.conversation))
    for _ in range(3):
        await office.line(typed)
    assert len(office.fake.sent(AMARA.conversation)) == before + 1


async def test_somebody_who_never_wrote_is_reached_and_remembered(office: Office) -> None:
    """Loaded with an object id, they need not write first; where the message arrived is kept."""
    loaded = Account(channel="teams", tenant=TENANT, user_id=OLU.object_id)

    def load(s: Session) -> None:
        loaded.person = _known(s, house.OLU)
        s.add(loaded)

    office.talk.house.db.run_sync(load)
    await office.say(AMARA, f"concern send | text: {WORDS}")
    assert WORDS in words_of(await office.told(OLU))
    assert office.account(OLU).conversation == OLU.conversation


async def test_who_has_blocked_the_bot_is_noted(office: Office) -> None:
    await office.get_the_bot(AMARA, OLU)
    await office.say(AMARA, f"concern send | text: {WORDS}")
    blocked = {"error": {"code": "MessageWritesBlocked"}}
    office.fake.faults.append(Fault(OLU.conversation, 403, body=blocked))
    await office.told(AMARA)
    assert office.account(OLU).unreachable == f"{BLOCKED} (403 MessageWritesBlocked)"
    await office.say(OLU, "help")
    assert office.account(OLU).unreachable == "", "whoever writes can be written to"


async def test_who_removed_the_app_is_listed_until_they_have_it_again(office: Office) -> None:
    await office.get_the_bot(AMARA)
    await office.line(office.fake.activity(AMARA, "installationUpdate", action="remove"))
    assert office.account(AMARA).unreachable == BLOCKED
    assert f"Cannot be reached: Amara Osei: {BLOCKED}." in office.to_mend()
    await office.get_the_bot(AMARA)
    assert office.account(AMARA).unreachable == ""
    assert not [line for line in office.to_mend() if "Amara Osei" in line]


async def test_one_open_way_is_enough_to_be_reached(office: Office) -> None:
    await office.get_the_bot(AMARA)
    elsewhere = Account(channel="slack", tenant="T1", user_id="U1")

    def also_on_slack(s: Session) -> None:
        elsewhere.person = _known(s, house.AMARA)
        s.add(elsewhere)

    office.talk.house.db.run_sync(also_on_slack)
    await office.line(office.fake.activity(AMARA, "installationUpdate", action="remove"))
    assert not [line for line in office.to_mend() if "Amara Osei" in line]


async def search(office: Office, words: str) -> Json:
    value = {"commandId": "contact", "parameters": [{"name": "text", "value": words}]}
    asked = office.fake.invoke(AMARA, "composeExtension/query", value, "groupChat")
    found: Json = (await office.line(asked)).json()["composeExtension"]
    return found


async def test_the_directory_is_searched_as_somebody_types(office: Office) -> None:
    """Half a word is no question: nothing is kept for the officer, and nothing is posted anywhere."""
    assert (await search(office, "ho"))["type"] == "message"
    hits = (await search(office, "housing"))["attachments"]
    assert len(hits) > 1
    assert all(faults(h["content"]) == [] and "Phone" in words_of(h["content"]) for h in hits)
    best = (await search(office, "council tax for a care leaver"))["attachments"][0]
    assert "Council tax" in best["preview"]["content"]["title"]
    assert office.talk.house.db.run_sync(lambda s: s.query(Question).count()) == 0
    assert not office.fake.sent()


async def test_a_child_at_risk_comes_first_in_a_search_too(office: Office) -> None:
    (hit,) = (await search(office, "her stepfather hits her every night"))["attachments"]
    assert "999" in words_of(hit["content"])
