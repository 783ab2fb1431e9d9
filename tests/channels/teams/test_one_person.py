"""Somebody who uses Slack as well as Teams is one person with one history."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

import httpx
import pytest
from sqlalchemy.orm import Session

from bot.app import Roll, suggest_people
from bot.channels.base import Channel
from bot.channels.slack.app import Slack, SlackSettings
from bot.channels.teams.app import Teams
from bot.delivery.limits import Limits
from bot.delivery.worker import Worker
from bot.server import create_app
from bot.store.meetings import Response
from bot.store.people import Account, by_email
from tests.support import house
from tests.support.house import Talk
from tests.support.queue import drain, no_wait
from tests.support.slack import FakeSlack
from tests.support.slack_door import SECRET, Door
from tests.support.teams import FakeTeams, Line, TeamsOptions, User, actions, card_of, words_of

AMARA = User("Amara", "aaaaaaaa-0000-4000-8000-000000000001", house.AMARA)
OLU = User("Olu", "aaaaaaaa-0000-4000-8000-000000000002", house.OLU)
U_AMARA = "U0AMARA"
WORDS = "Several care leavers cannot use their bus passes on Sundays."


@dataclass
class Both:
    """The bot with both platforms set up, in one process."""

    talk: Talk
    slack: Door
    teams: Line
    worker: Worker

    async def on_teams(self, user: User, text: str) -> str:
        """What Teams shows in answer to typed words."""
        await self.teams(self.teams.fake.message(user, text))
        return self.teams_shows(user)[-1]

    def teams_shows(self, user: User) -> list[str]:
        return [words_of(card_of(m)) for m in self.teams.fake.sent(user.conversation)]

    async def on_slack(self, text: str) -> str:
        """What Slack shows in answer to a direct message: there, the worker brings it."""
        await self.slack.dm(U_AMARA, text)
        await self.deliver()
        return self.slack_shows()[-1]

    def slack_shows(self) -> list[str]:
        return self.slack.fake.read(self.slack.fake.direct(U_AMARA))

    async def deliver(self) -> None:
        await drain(self.worker, self.talk.clock, step=2.0)

    def accounts(self) -> list[str]:
        """The platforms that one person, the councillor, is known on."""

        def read(s: Session) -> list[str]:
            person = by_email(s, house.AMARA)
            assert person is not None
            assert {a.person_id for a in s.query(Account).filter_by(user_id=AMARA.object_id)} <= {person.id}
            return sorted(a.channel for a in person.accounts)

        return self.talk.house.db.run_sync(read)


@pytest.fixture
async def both(talk: Talk, fake: FakeTeams) -> AsyncIterator[Both]:
    fake.add(AMARA, OLU)
    there = FakeSlack()
    there.join(U_AMARA, house.AMARA, "Amara Osei")
    async with there.running():
        roll, router = Roll(talk.house), talk.house.router
        settings = SlackSettings("xoxb-1", SECRET, "", f"{there.url}/api/")
        slack = Slack(settings, router.handle, router.later, roll, partial(suggest_people, talk.house))
        teams = Teams(TeamsOptions(fake.url), router.handle, roll)
        app = create_app(talk.house, with_worker=False, sides=[slack, teams])
        channels: dict[str, Channel] = {"slack": slack.sender, "teams": teams.sender}
        limits = Limits(sure_after=0.0, grace=0.0)
        worker = Worker(talk.house.db, channels, talk.clock, limits=limits, sleep=no_wait)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.example")
        async with slack.sending(), teams.running(), client:
            yield Both(talk, Door(client, there), Line(client, fake), worker)
    assert not there.problems


async def test_a_concern_raised_on_one_platform_is_followed_on_the_other(both: Both) -> None:
    ref = house.reference(await both.on_slack(f"concern send | text: {WORDS}"))
    assert ref in await both.on_teams(AMARA, "my concerns")
    await both.on_teams(AMARA, f"amend {ref}: It began in September.")
    assert "It began in September." in await both.on_slack(f"status {ref}")
    assert both.accounts() == ["slack", "teams"]


async def test_an_answer_given_on_one_platform_is_changed_on_the_other(both: Both) -> None:
    await both.on_slack("rsvp yes")
    assert "Your answer: \nComing" in await both.on_teams(AMARA, "next meeting")
    card = card_of(both.teams.fake.sent(AMARA.conversation)[-1])
    await both.teams(both.teams.fake.execute(AMARA, actions(card)["Apologies"]))
    assert "Your answer: Apologies" in await both.on_slack("next meeting")
    answers = both.talk.house.db.run_sync(lambda s: s.query(Response).count())
    assert answers == 1, "one person has one answer"


async def test_a_reply_comes_where_the_question_was_asked(both: Both) -> None:
    """However soon after a word on the other platform."""
    await both.on_slack("next meeting")
    await both.on_teams(AMARA, "next meeting")
    before = len(both.teams_shows(AMARA))
    assert "Reference: M-" in await both.on_slack("next meeting")
    assert len(both.slack_shows()) == 2
    assert len(both.teams_shows(AMARA)) == before


async def test_news_comes_once_where_somebody_was_last_seen(both: Both) -> None:
    await both.on_slack(f"concern send | text: {WORDS}")
    both.talk.clock.forward(minutes=5)
    ref = house.reference(await both.on_teams(AMARA, "my concerns"))
    before = len(both.slack_shows()), len(both.teams_shows(AMARA))
    await both.on_teams(OLU, f"assign {ref} to communities")
    await both.deliver()
    assert (len(both.slack_shows()), len(both.teams_shows(AMARA))) == (before[0], before[1] + 1)
    assert ref in both.teams_shows(AMARA)[-1]


async def test_who_removes_one_app_is_reached_by_the_other(both: Both) -> None:
    ref = house.reference(await both.on_slack(f"concern send | text: {WORDS}"))
    both.talk.clock.forward(minutes=5)
    await both.on_teams(AMARA, "help")
    await both.teams(both.teams.fake.activity(AMARA, "installationUpdate", action="remove"))
    before = len(both.teams_shows(AMARA))
    await both.on_teams(OLU, f"assign {ref} to communities")
    await both.deliver()
    assert ref in both.slack_shows()[-1]
    assert len(both.teams_shows(AMARA)) == before
