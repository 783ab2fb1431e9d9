"""When Slack fails us: the change stands, and the answer still reaches the person."""

from __future__ import annotations

import pytest

from bot.channels.slack.stage import LONGEST
from tests.channels.slack.conftest import U_AMARA, U_OLU, Process
from tests.support.blockkit import words
from tests.support.house import AMARA
from tests.support.slack import FakeSlack
from tests.support.slack_door import CHANNEL

FAULTS = ["500", "html", "garbage", "429:5", "drop", "drop-before", "slow:3", "expired_trigger_id"]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_form_that_cannot_be_opened_waits_behind_a_button(
    one: Process, fake: FakeSlack, fault: str
) -> None:
    fake.will("views.open", fault)
    shown = await one.door.slash(U_AMARA, "concern")
    assert not any(c.answered for c in fake.of("views.open")), "it is not waited for"
    await one.door.press(U_AMARA, shown, "Raise a concern")
    assert one.door.modal()["callback_id"] == "cp_form"


@pytest.mark.parametrize(
    "fault", ["500", "drop", "drop-before", "slow:3", "message_not_found", "cant_update"]
)
async def test_a_card_that_cannot_be_replaced_is_answered_another_way(
    one: Process, fake: FakeSlack, fault: str
) -> None:
    await one.door.dm(U_AMARA, "next meeting")
    await one.deliver()
    ((channel, ts), card) = next(iter(fake.messages.items()))
    fake.will("chat.update", fault)
    await one.door.press(U_AMARA, card, "Apologies", channel=channel, ts=ts, ephemeral=False)
    (call,) = fake.of("response_url")
    assert "I have your apologies" in call.args["text"]


@pytest.mark.parametrize("fault", ["500", "404", "drop-before"])
async def test_an_answer_to_a_click_that_slack_does_not_take_arrives_as_a_message(
    bot: Process, fake: FakeSlack, fault: str
) -> None:
    shown = await bot.door.slash(U_AMARA, "next meeting", channel=CHANNEL)
    fake.will("response_url", fault)
    await bot.door.press(U_AMARA, shown, "Apologies", channel=CHANNEL)
    assert "Your answer: Apologies" in (await bot.door.slash(U_AMARA, "next meeting"))["text"]
    await bot.deliver()
    (said,) = fake.read(fake.direct(U_AMARA))
    assert "I have your apologies" in said


@pytest.mark.parametrize("fault", ["500", "drop-before", "user_not_in_channel", "slow:3"])
async def test_an_answer_to_a_mention_that_slack_does_not_take_arrives_as_a_message(
    one: Process, fake: FakeSlack, fault: str
) -> None:
    fake.will("chat.postEphemeral", fault)
    envelope = await one.door.mention(U_AMARA, "my concerns")
    await one.door.again(envelope)
    await one.deliver()
    assert len(fake.read(fake.direct(U_AMARA))) == 1


async def test_a_public_answer_that_slack_does_not_take_arrives_as_a_message(
    one: Process, fake: FakeSlack
) -> None:
    fake.will("chat.postMessage", "not_in_channel")
    await one.door.mention(U_AMARA, "duties")
    await one.deliver()
    assert len(fake.read(fake.direct(U_AMARA))) == 1


@pytest.mark.parametrize("fault", ["500", "expired_trigger_id"])
async def test_a_shortcut_that_cannot_open_is_answered_by_a_message(
    one: Process, fake: FakeSlack, fault: str
) -> None:
    fake.will("views.open", fault)
    body = {"type": "shortcut", "callback_id": "raise_concern", "trigger_id": fake.trigger()}
    await one.door.interact({**body, **one.door._who(U_AMARA)})
    await one.deliver()
    ((channel, ts), card) = next(iter(fake.messages.items()))
    await one.door.press(U_AMARA, card, "Raise a concern", channel=channel, ts=ts, ephemeral=False)
    assert one.door.modal()["callback_id"] == "cp_form"


async def test_a_press_on_home_is_answered_though_no_modal_opens(bot: Process, fake: FakeSlack) -> None:
    home = await bot.door.home(U_AMARA)
    fake.will("views.open", "500")
    fake.will("views.publish", "500")
    await bot.door.press(U_AMARA, home, "Coming")
    await bot.deliver()
    assert "coming" in fake.read(fake.direct(U_AMARA))[0].lower()


async def test_a_modal_that_was_closed_meanwhile_is_answered_by_a_message(
    one: Process, fake: FakeSlack
) -> None:
    view = await one.door.shortcut(U_AMARA, "track_message", "The respite rota is broken every weekend")
    fake.views.clear()
    await one.door.press(U_AMARA, view, "Log this concern")
    await one.deliver()
    assert any("Logged as" in said for said in fake.read(fake.direct(U_AMARA)))


async def test_home_is_published_again_if_slack_does_not_take_it(one: Process, fake: FakeSlack) -> None:
    for fault in ("500", "drop-before"):
        fake.homes.clear()
        fake.will("views.publish", fault)
        assert "Hello Amara" in str(await one.door.home(U_AMARA))


async def test_home_that_cannot_be_published_breaks_nothing(one: Process, fake: FakeSlack) -> None:
    fake.will("views.publish", "500", "slow:3")
    event = {"type": "app_home_opened", "user": U_AMARA, "channel": "D1", "tab": "home"}
    await one.door.event(event)
    await one.door.event(event)
    assert words(await one.door.home(U_AMARA))


async def test_slack_is_not_waited_for_twice_as_long_as_it_waits_for_us(
    one: Process, fake: FakeSlack
) -> None:
    fake.will("users.info", "slow:5")
    fake.will("chat.postEphemeral", "slow:5")
    await one.door.mention(U_OLU, "next meeting")
    assert not any(c.answered for c in fake.of("users.info", "chat.postEphemeral"))
    assert 2 * LONGEST < 3, "the seconds after which Slack gives up"


async def test_when_something_of_ours_breaks_the_change_is_undone_and_the_person_told(
    bot: Process, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.door.slash(U_AMARA, "help")
    monkeypatch.setattr("bot.conversation.router.keep_answer", lambda *a: 1 / 0)
    for shown in (await bot.door.slash(U_AMARA, "rsvp yes"),):
        assert "something went wrong" in shown["text"]
    await bot.door.dm(U_AMARA, "rsvp yes")
    assert "something went wrong" in fake.read(fake.direct(U_AMARA))[0]
    monkeypatch.undo()
    assert "Your answer: Not answered yet" in (await bot.door.slash(U_AMARA, "next meeting"))["text"]


async def test_an_answer_that_cannot_even_be_kept_is_logged_and_slack_is_not_asked_to_repeat(
    bot: Process, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await bot.door.slash(U_AMARA, "next meeting", channel=CHANNEL)
    fake.will("response_url", "500")
    monkeypatch.setattr("bot.conversation.router.reply_later", lambda *a: 1 / 0)
    await bot.door.press(U_AMARA, shown, "Coming", channel=CHANNEL)
    assert "Your answer: Coming" in (await bot.door.slash(U_AMARA, "next meeting"))["text"]


async def test_a_fault_of_a_listener_is_a_500_so_that_slack_delivers_again(
    one: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.arrivals.from_event", lambda *a: 1 / 0)
    where = {"type": "message", "channel": "D1", "channel_type": "im", "user": U_AMARA, "ts": "1.1"}
    await one.door.event({**where, "text": "next meeting"}, status=500)
    monkeypatch.undo()
    await one.door.event({**where, "text": "next meeting"})
    assert len(one.talk.told(AMARA, "reply")) == 1
