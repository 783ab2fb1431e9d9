"""Who is who: by the e-mail address Slack vouches for, and not a minute longer than they belong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.channels.slack.identity import Ourselves
from bot.channels.slack.members import address
from bot.store.people import Account, Person, by_email
from tests.channels.slack.conftest import U_AMARA, U_DEE, U_NOBODY, U_OLU, Process
from tests.support.house import AMARA, DEE, Talk
from tests.support.slack import TEAM, FakeSlack

US = Ourselves(team=TEAM)
KNOWN = "I do not know you yet"


def accounts(bot: Process) -> dict[str, str]:
    """Whose Slack accounts are known: id and address."""

    def read(s):  # type: ignore[no-untyped-def]
        return {a.user_id: a.person.email for a in s.query(Account).filter(Account.channel == "slack")}

    return bot.talk.house.db.run_sync(read)


async def test_a_stranger_is_told_how_to_be_added_on_every_surface(bot: Process, fake: FakeSlack) -> None:
    assert KNOWN in (await bot.door.slash(U_NOBODY, "next meeting"))["text"]
    await bot.door.dm(U_NOBODY, "next meeting")
    await bot.door.mention(U_NOBODY, "next meeting")
    assert KNOWN in fake.read(fake.direct(U_NOBODY))[0]
    assert KNOWN in fake.of("chat.postEphemeral")[0].args["text"]
    assert KNOWN in str(await bot.door.home(U_NOBODY))
    assert KNOWN in str(await bot.door.shortcut(U_NOBODY, "raise_concern"))
    assert accounts(bot) == {}


async def test_an_account_is_matched_once_by_its_address(bot: Process, fake: FakeSlack) -> None:
    await bot.door.slash(U_DEE, "help")
    assert accounts(bot) == {U_DEE: DEE}, "whatever the capitals of the address"
    await bot.door.slash(U_DEE, "help")
    assert len(fake.of("users.info")) == 1


async def test_a_name_typed_in_chat_matches_nobody(one: Process) -> None:
    shown = await one.door.slash(U_NOBODY, f"I am Amara Osei, {AMARA}")
    assert KNOWN in shown["text"]


BARRED: dict[str, dict[str, Any]] = {
    "guest": {"is_restricted": True},
    "single-channel guest": {"is_ultra_restricted": True},
    "deactivated": {"deleted": True},
    "bot": {"is_bot": True},
    "app": {"is_app_user": True},
    "stranger": {"is_stranger": True},
    "somebody of another organisation": {"team_id": "T0OTHERS"},
    "an address nobody has confirmed": {"is_email_confirmed": False},
}


@pytest.mark.parametrize("marks", BARRED.values(), ids=BARRED.keys())
async def test_only_full_members_of_our_own_workspace_are_let_in(
    one: Process, fake: FakeSlack, marks: dict[str, Any]
) -> None:
    fake.join("U0GUEST", AMARA, "Amara Osei", **marks)
    assert KNOWN in (await one.door.slash("U0GUEST", "my concerns"))["text"]
    await one.slack.members.refresh()
    assert "U0GUEST" not in accounts(one)


async def test_one_organisation_may_have_many_workspaces() -> None:
    user = {"id": "U1", "team_id": "T2", "profile": {"email": "a@b.example"}}
    grid = Ourselves(team=TEAM, enterprise="E1")
    assert address({**user, "enterprise_user": {"enterprise_id": "E1"}}, grid) == "a@b.example"
    assert address({**user, "enterprise_user": {"enterprise_id": "E2"}}, grid) == ""
    assert address(user, Ourselves()) == "a@b.example", "while Slack has not said who we are"


async def test_the_whole_directory_is_matched_page_by_page(bot: Process, fake: FakeSlack) -> None:
    fake.page_size = 2
    assert await bot.slack.members.refresh() == 3
    assert set(accounts(bot)) == {U_AMARA, U_OLU, U_DEE}
    assert len(fake.of("users.list")) == 2


async def test_when_slack_asks_to_wait_the_directory_is_read_on(one: Process, fake: FakeSlack) -> None:
    fake.will("users.list", "429:0")
    assert await one.slack.members.refresh() == 3


async def test_a_leaver_loses_access_at_once(
    start: Callable[..., Awaitable[Process]], talk: Talk, fake: FakeSlack
) -> None:
    here, there = await start(talk), await start(talk)
    for bot in (here, there):
        assert "Corporate" in (await bot.door.slash(U_AMARA, "next meeting"))["text"]
    fake.members[U_AMARA].marks["deleted"] = True
    user = fake.members[U_AMARA].as_json()
    await here.door.event({"type": "user_change", "user": user, "event_ts": "1.1"})
    for bot in (here, there):
        assert KNOWN in (await bot.door.slash(U_AMARA, "next meeting"))["text"], "in every process"
    assert accounts(here) == {}


async def test_somebody_who_becomes_a_guest_loses_access_and_gets_it_back(
    bot: Process, fake: FakeSlack
) -> None:
    await bot.slack.members.refresh()
    member = fake.members[U_AMARA]
    member.marks["is_restricted"] = True
    await bot.door.event({"type": "user_change", "user": member.as_json(), "event_ts": "1.1"})
    assert KNOWN in (await bot.door.slash(U_AMARA, "next meeting"))["text"]
    member.marks.clear()
    await bot.door.event({"type": "user_change", "user": member.as_json(), "event_ts": "1.2"})
    assert KNOWN not in (await bot.door.slash(U_AMARA, "next meeting"))["text"]


async def test_an_account_follows_its_address(bot: Process, fake: FakeSlack) -> None:
    await bot.slack.members.refresh()
    fake.members[U_NOBODY].email = "helen.marchbank@westshire.example"
    await bot.door.event({"type": "user_change", "user": fake.members[U_NOBODY].as_json()})
    assert accounts(bot)[U_NOBODY] == "helen.marchbank@westshire.example"
    fake.members[U_NOBODY].email = "tariq.mahmood@westshire.example"
    await bot.door.event({"type": "user_change", "user": fake.members[U_NOBODY].as_json()})
    assert accounts(bot)[U_NOBODY] == "tariq.mahmood@westshire.example"


async def test_a_person_whose_time_is_up_loses_access_though_slack_knows_them(bot: Process) -> None:
    await bot.slack.members.refresh()

    def leave(s):  # type: ignore[no-untyped-def]
        by_email(s, AMARA).until = bot.talk.clock.now().date()

    bot.talk.house.db.run_sync(leave)
    bot.talk.clock.forward(days=1)
    assert KNOWN in (await bot.door.slash(U_AMARA, "next meeting"))["text"]


async def test_a_slack_id_from_a_file_is_enough(bot: Process, fake: FakeSlack) -> None:
    def give(s):  # type: ignore[no-untyped-def]
        s.add(Account(channel="slack", user_id="U0FILE", person=by_email(s, AMARA)))

    bot.talk.house.db.run_sync(give)
    assert "Corporate" in (await bot.door.slash("U0FILE", "next meeting"))["text"]
    assert not fake.of("users.info")


async def test_the_bot_answers_while_slack_cannot_say_who_somebody_is(one: Process, fake: FakeSlack) -> None:
    fake.will("users.info", "500")
    shown = await one.door.slash(U_AMARA, "next meeting")
    assert KNOWN not in shown["text"], "she is known"
    assert "try again" in shown["text"]
    assert "999" in shown["text"]
    assert "Corporate" in (await one.door.slash(U_AMARA, "next meeting"))["text"], "and asks again"
    fake.will("auth.test", "500")


async def test_what_is_urgent_is_answered_while_slack_cannot_say_who_somebody_is(
    one: Process, fake: FakeSlack
) -> None:
    fake.will("users.info", "500")
    shown = await one.door.slash(U_AMARA, "a girl of 9 is being hit by her stepfather right now")
    assert "try again" not in shown["text"]
    assert "999" in shown["text"]


async def test_names_are_suggested_as_they_are_typed(bot: Process) -> None:
    await bot.slack.members.refresh()
    assert "Amara Osei" in await bot.door.suggest(U_OLU, "ama")
    assert "Amara Osei" in await bot.door.suggest(U_OLU, "Cllr Os")
    assert await bot.door.suggest(U_OLU, "a") == [], "too few letters"
    assert await bot.door.suggest(U_OLU, "zzz") == []
    assert len(await bot.door.suggest(U_OLU, "an")) <= 100


async def test_names_are_suggested_to_nobody_without_access(bot: Process) -> None:
    assert await bot.door.suggest(U_NOBODY, "amara") == []


async def test_the_app_being_removed_is_acknowledged(one: Process) -> None:
    await one.door.event({"type": "app_uninstalled"})
    await one.door.event({"type": "tokens_revoked", "tokens": {"bot": ["U0CPBOT"]}})


def test_the_people_of_these_tests_are_in_the_directory(westshire: Talk) -> None:
    assert westshire.house.db.run_sync(lambda s: s.query(Person).count()) > 50
