"""What comes twice has one effect: redeliveries, copies in several processes, double clicks, stale buttons."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from bot.store.actions import Action
from bot.store.inbox import Draft
from tests.channels.slack.conftest import U_AMARA, U_OLU, Process
from tests.support.house import AMARA, OLU, Talk
from tests.support.slack import FakeSlack
from tests.support.slack_door import FORM

SAID = "concern the drop-in has been shut since October"


def count(bot: Process, table: type[object]) -> int:
    return bot.talk.house.db.run_sync(lambda s: s.query(table).count())


@pytest.fixture
async def pair(
    start: Callable[..., Awaitable[Process]], talk: Talk
) -> AsyncIterator[tuple[Process, Process]]:
    """Two processes on one database, each on its own connections."""
    other = Talk(talk.house.settings.database_url, load_council=None)
    other.clock = talk.clock
    other.house.router.clock = talk.clock
    yield await start(talk), await start(other)
    other.close()


async def test_a_message_delivered_again_is_answered_once(bot: Process, fake: FakeSlack) -> None:
    envelope = await bot.door.dm(U_AMARA, SAID)
    for number in ("1", "2", "3"):
        await bot.door.again(
            envelope, **{"X-Slack-Retry-Num": number, "X-Slack-Retry-Reason": "http_timeout"}
        )
    await bot.deliver()
    assert len(fake.of("chat.postMessage")) == 1
    assert count(bot, Draft) == 1


async def test_copies_in_two_processes_at_once_are_answered_once(
    pair: tuple[Process, Process], fake: FakeSlack
) -> None:
    here, there = pair
    await here.door.slash(U_AMARA, "help")
    envelope = await here.door.dm(U_AMARA, SAID)
    await asyncio.gather(*(p.door.again(envelope) for p in (here, there) * 4))
    await here.deliver()
    await there.deliver()
    assert len(fake.of("chat.postMessage")) == 1
    assert count(here, Draft) == 1


async def test_a_mention_delivered_again_is_answered_once(
    pair: tuple[Process, Process], fake: FakeSlack
) -> None:
    here, there = pair
    envelope = await here.door.mention(U_AMARA, "duties")
    await asyncio.gather(here.door.again(envelope), there.door.again(envelope))
    assert len(fake.of("chat.postMessage")) == 1


async def test_a_double_click_logs_one_concern_and_leaves_its_card(
    pair: tuple[Process, Process], fake: FakeSlack
) -> None:
    here, there = pair
    await here.door.dm(U_AMARA, SAID)
    await here.deliver()
    before = count(here, Action)
    ((channel, ts), card) = next(iter(fake.messages.items()))
    button = here.door.button(card, "Log this concern")
    where = {"channel": channel, "ts": ts, "ephemeral": False}
    now = time.time()
    await asyncio.gather(
        *(p.door.click(U_AMARA, button, at=now + n / 10, **where) for n, p in enumerate((here, there, here)))
    )
    assert count(here, Action) == before + 1
    assert len(here.talk.told(OLU)) == 1


async def test_the_second_press_of_a_double_click_shows_nothing(bot: Process, fake: FakeSlack) -> None:
    await bot.door.dm(U_AMARA, SAID)
    await bot.deliver()
    ((channel, ts), card) = next(iter(fake.messages.items()))
    button = bot.door.button(card, "Log this concern")
    now = time.time()
    for at in (now, now + 0.3):
        await bot.door.click(U_AMARA, button, channel=channel, ts=ts, ephemeral=False, at=at)
    assert len(fake.of("chat.update")) == 1
    assert "Logged as" in fake.messages[channel, ts]["text"]


async def test_a_click_sent_again_by_the_network_has_no_second_effect(bot: Process, fake: FakeSlack) -> None:
    shown = await bot.door.slash(U_AMARA, "next meeting")
    body = await bot.door.press(U_AMARA, shown, "Coming")
    await bot.door.interact(body)
    assert len(fake.of("response_url")) == 1


async def test_pressing_again_later_is_a_press_of_its_own(bot: Process, fake: FakeSlack) -> None:
    shown = await bot.door.slash(U_AMARA, "next meeting")
    now = time.time()
    for label, at in (("Coming", now), ("Apologies", now + 1), ("Coming", now + 4)):
        await bot.door.press(U_AMARA, shown, label, at=at)
    assert len(fake.of("response_url")) == 3
    assert "Your answer: Coming" in (await bot.door.slash(U_AMARA, "next meeting"))["text"]


async def test_two_people_may_press_the_same_button_at_once(bot: Process, fake: FakeSlack) -> None:
    shown = await bot.door.slash(U_AMARA, "next meeting")
    now = time.time()
    await bot.door.press(U_AMARA, shown, "Agenda", at=now)
    await bot.door.press(U_OLU, shown, "Agenda", at=now)
    assert len(fake.of("response_url")) == 2


async def test_a_form_sent_twice_is_saved_once_and_answered_twice(bot: Process) -> None:
    before = count(bot, Action)
    view = await bot.door.shortcut(U_AMARA, "raise_concern")
    given = {"text": "The drop-in has been shut since October"}
    first, second = await asyncio.gather(
        bot.door.submit(U_AMARA, view, given), bot.door.submit(U_AMARA, view, given)
    )
    assert first == second
    assert count(bot, Action) == before + 1


@pytest.mark.parametrize("value", ["1", "yes", "no such thing", "rsvp", "form 999", "as", "carry"])
async def test_a_button_that_the_bot_no_longer_knows_is_answered_kindly(
    bot: Process, fake: FakeSlack, value: str
) -> None:
    await bot.door.dm(U_AMARA, SAID)
    button = {"type": "button", "action_id": "zz_gone", "value": value}
    await bot.door.click(U_AMARA, button)
    (call,) = fake.of("response_url")
    assert "help" in str(call.args["blocks"])
    assert count(bot, Draft) == 1, "and presses nothing of what is in front of the person"


async def test_a_button_without_a_command_is_answered_kindly(one: Process, fake: FakeSlack) -> None:
    await one.door.click(U_AMARA, {"type": "button", "action_id": "zz_gone"})
    assert "out of date" in fake.of("response_url")[0].args["text"]
    await one.door.click(U_AMARA, {"type": "static_select", "action_id": "zz_gone"})
    assert len(fake.of("response_url")) == 1


async def test_a_button_of_a_card_that_was_dealt_with_says_how_things_stand(
    bot: Process, fake: FakeSlack
) -> None:
    await bot.door.dm(U_AMARA, SAID)
    await bot.deliver()
    card = next(iter(fake.messages.values()))
    await bot.door.press(U_AMARA, card, "Leave it")
    await bot.door.press(U_AMARA, card, "Log this concern")
    assert "no longer have those words" in fake.of("response_url")[-1].args["text"]


async def test_what_nobody_listens_for_is_acknowledged(one: Process, fake: FakeSlack) -> None:
    await one.door.event({"type": "zz_unknown_event", "user": U_AMARA})
    await one.door.interact({"type": "view_closed", **one.door._who(U_AMARA), "view": {"callback_id": "x"}})
    await one.door.interact({"type": "shortcut", "callback_id": "zz", **one.door._who(U_AMARA)})
    other = await one.door.send(b"command=%2Fother&user_id=U1&team_id=T1&channel_id=D1", FORM)
    assert isinstance(other, httpx.Response)
    assert other.status_code == 200
    assert not [c for c in fake.calls if c.method not in ("auth.test", "users.info")]


async def test_nobody_is_told_twice_by_a_redelivered_command(bot: Process) -> None:
    for _ in range(2):
        await bot.door.slash(U_AMARA, "next meeting", trigger_id="1.same")
    assert not bot.talk.told(AMARA)
