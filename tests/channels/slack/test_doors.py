"""Every way in: the command, a direct message, a mention, App Home, shortcuts, and buttons on each surface."""

from __future__ import annotations

import re

import pytest

from tests.channels.slack.conftest import U_AMARA, U_DEE, U_OLU, Process
from tests.support.blockkit import words
from tests.support.house import AMARA, DEE, OLU
from tests.support.slack import FakeSlack
from tests.support.slack_door import CHANNEL, Door

QUESTION = "who do I contact about housing for a care leaver"


async def test_the_command_answers_at_once_and_to_one_person(bot: Process) -> None:
    shown = await bot.door.slash(U_AMARA, "next meeting", channel=CHANNEL)
    assert shown["response_type"] == "ephemeral"
    assert "Corporate Parenting Panel" in shown["text"]
    assert words(shown["blocks"]).startswith("Corporate Parenting Panel")


async def test_the_command_understands_plain_words(bot: Process) -> None:
    shown = await bot.door.slash(U_AMARA, QUESTION)
    assert "Phone: " in shown["text"]


@pytest.mark.parametrize("text", ["", "help", "zz-no-such-thing"])
async def test_the_command_always_says_something(one: Process, text: str) -> None:
    assert (await one.door.slash(U_AMARA, text))["text"]


async def test_a_direct_message_is_answered_by_a_delivery(bot: Process, fake: FakeSlack) -> None:
    await bot.door.dm(U_AMARA, QUESTION)
    assert not fake.of("chat.postMessage"), "the request itself sends nothing"
    assert len(bot.talk.told(AMARA, "reply")) == 1
    await bot.deliver()
    (said,) = fake.read(fake.direct(U_AMARA))
    assert "Phone: " in said


async def test_a_message_with_a_file_or_sent_to_a_thread_is_read_too(one: Process, fake: FakeSlack) -> None:
    await one.door.dm(U_AMARA, "next meeting", subtype="file_share")
    await one.door.dm(U_AMARA, "next meeting", subtype="thread_broadcast")
    await one.deliver()
    assert len(fake.read(fake.direct(U_AMARA))) == 2


@pytest.mark.parametrize(
    "event",
    [
        {"user": "U0CPBOT", "bot_id": "B0CPBOT", "text": "my own words"},
        {"user": "U0OTHER", "bot_id": "B0OTHER", "text": "another program"},
        {"subtype": "bot_message", "bot_id": "B0OTHER", "text": "another program"},
        {"subtype": "message_changed", "hidden": True, "message": {"user": U_AMARA, "text": "edited"}},
        {"subtype": "message_deleted", "hidden": True, "deleted_ts": "1.1"},
        {"subtype": "channel_join", "user": U_AMARA, "text": "joined"},
    ],
    ids=lambda e: e.get("subtype") or e["text"],
)
async def test_what_no_person_wrote_is_ignored(one: Process, fake: FakeSlack, event: dict[str, str]) -> None:
    where = {"type": "message", "channel": fake.direct(U_AMARA), "channel_type": "im", "ts": "1.1"}
    await one.door.event({**where, **event})
    assert await one.deliver() == 0
    assert not fake.messages


async def test_a_mention_is_answered_in_the_channel_where_everybody_may_know(
    bot: Process, fake: FakeSlack
) -> None:
    await bot.door.mention(U_AMARA, "duties", thread_ts="5.5")
    (call,) = fake.of("chat.postMessage")
    assert (call.args["channel"], call.args["thread_ts"]) == (CHANNEL, "5.5")


async def test_a_mention_is_answered_to_one_person_where_only_they_may_know(
    bot: Process, fake: FakeSlack
) -> None:
    await bot.door.mention(U_AMARA, QUESTION, thread_ts="5.5")
    assert not fake.of("chat.postMessage")
    (call,) = fake.of("chat.postEphemeral")
    assert (call.args["channel"], call.args["user"], call.args["thread_ts"]) == (CHANNEL, U_AMARA, "5.5")
    assert "Phone: " in call.args["text"]


async def test_colleagues_who_are_mentioned_are_known_by_name(one: Process, fake: FakeSlack) -> None:
    await one.slack.members.refresh()
    await one.door.dm(U_AMARA, f"who do I contact, asks <@{U_DEE}>, about <#C1|housing> &amp; rent?")
    (question,) = one.talk.house.db.run_sync(_questions) or [""]
    assert question in ("", "who do I contact, asks Dee Patel, about housing & rent?")
    shown = await one.door.slash(U_AMARA, "substitute <@U0ELSE|ifeoma.chukwu>")
    assert "Ifeoma Chukwu" in shown["text"]


def _questions(s):  # type: ignore[no-untyped-def]
    from bot.store.contacts import Question

    return [q.text for q in s.query(Question)]


async def test_home_shows_each_role_what_it_needs(bot: Process) -> None:
    amara, olu, dee = [words(await bot.door.home(u)) for u in (U_AMARA, U_OLU, U_DEE)]
    assert "Corporate Parenting Panel" in amara
    assert "Raise a concern" in amara
    assert "Hello Olu" in olu
    assert amara != olu != dee


async def test_home_is_shown_again_when_it_is_opened_again(one: Process, fake: FakeSlack) -> None:
    await one.door.home(U_AMARA)
    fake.homes.clear()
    await one.door.home(U_AMARA)
    assert U_AMARA in fake.homes
    await one.door.event(
        {"type": "app_home_opened", "user": U_AMARA, "channel": "D1", "tab": "messages", "event_ts": "1.1"}
    )
    assert len(fake.of("views.publish")) == 2


async def test_a_button_on_home_opens_its_answer_and_brings_home_up_to_date(
    bot: Process, fake: FakeSlack
) -> None:
    home = await bot.door.home(U_AMARA)
    await bot.door.press(U_AMARA, home, "Coming")
    assert "coming" in words(bot.door.modal()).lower()
    assert len(fake.of("views.publish")) == 2
    assert "Coming" in words(fake.homes[U_AMARA])
    await bot.door.press(U_AMARA, fake.homes[U_AMARA], "Raise a concern")
    assert bot.door.modal()["callback_id"] == "cp_form"


async def test_the_global_shortcut_opens_the_form_of_a_concern(bot: Process) -> None:
    view = await bot.door.shortcut(U_AMARA, "raise_concern")
    assert (view["type"], view["title"]["text"]) == ("modal", "Raise a concern")
    assert "text" in [b.get("block_id") for b in view["blocks"]]


async def test_the_message_shortcut_reads_the_message_back(bot: Process) -> None:
    said = "Foster carers say that the respite rota is broken every weekend"
    view = await bot.door.shortcut(U_AMARA, "track_message", said)
    assert said in words(view)
    await bot.door.press(U_AMARA, view, "Log this concern")
    assert "Logged as CPP-26/27-" in words(bot.door.modal())
    assert bot.talk.told(OLU)


async def test_the_message_shortcut_on_a_picture_opens_the_empty_form(one: Process) -> None:
    body = {"type": "message_action", "callback_id": "track_message", "message": {"text": ""}}
    await one.door.interact({**body, **one.door._who(U_AMARA), "trigger_id": one.door.fake.trigger()})
    assert one.door.modal()["callback_id"] == "cp_form"


async def test_a_very_long_message_is_tracked_as_far_as_it_fits_and_shows_where_it_ends(one: Process) -> None:
    view = await one.door.shortcut(U_AMARA, "track_message", "the rota is broken again, " * 300)
    assert "…" in words(view)


async def test_a_button_on_a_message_of_ours_puts_its_answer_in_the_place_of_the_card(
    bot: Process, fake: FakeSlack
) -> None:
    await bot.door.dm(U_AMARA, "next meeting")
    await bot.deliver()
    ((channel, ts), card) = list(fake.messages.items())[-1]
    await bot.door.press(U_AMARA, card, "Apologies", channel=channel, ts=ts, ephemeral=False)
    assert "I have your apologies" in fake.messages[channel, ts]["text"]
    assert len(fake.messages) == 1
    assert not fake.of("response_url")


async def test_a_button_that_only_looks_answers_below_its_card(bot: Process, fake: FakeSlack) -> None:
    await bot.door.dm(U_AMARA, "next meeting")
    await bot.deliver()
    ((channel, ts), card) = list(fake.messages.items())[-1]
    await bot.door.press(U_AMARA, card, "All dates", channel=channel, ts=ts, ephemeral=False)
    assert len(fake.messages) == 2
    assert fake.messages[channel, ts] == card


async def test_a_button_on_an_ephemeral_answer_replaces_it_for_the_same_person(
    bot: Process, fake: FakeSlack
) -> None:
    shown = await bot.door.slash(U_AMARA, "next meeting", channel=CHANNEL)
    await bot.door.press(U_AMARA, shown, "Coming", channel=CHANNEL)
    (call,) = fake.of("response_url")
    assert (call.args["replace_original"], call.args["response_type"]) == (True, "ephemeral")


async def test_a_button_in_a_modal_changes_the_modal(bot: Process, fake: FakeSlack) -> None:
    view = await bot.door.shortcut(U_AMARA, "track_message", "The respite rota is broken every weekend")
    await bot.door.press(U_AMARA, view, "Change it")
    assert (len(fake.views), bot.door.modal()["callback_id"]) == (1, "cp_form")


async def test_a_lead_acknowledges_from_the_notice(bot: Process, fake: FakeSlack) -> None:
    view = await bot.door.shortcut(U_AMARA, "raise_concern")
    await bot.door.submit(U_AMARA, view, {"text": "Care leavers wait two years for a flat"})
    shown = await bot.door.slash(U_OLU, "triage")
    assert "Care leavers wait" in shown["text"]
    ref = re.search(r"CPP-26/27-\d+(?= Care leavers wait)", shown["text"])
    assert ref
    await bot.door.press(U_OLU, shown, f"Assign {ref.group()}")
    answer = await bot.door.submit(U_OLU, bot.door.modal(), {"directorate": "communities"})
    assert "Communities and Housing" in words(answer["view"])
    await bot.slack.members.refresh()
    await bot.deliver()
    ((channel, ts), notice) = next((k, m) for k, m in fake.messages.items() if k[0] == fake.direct(U_DEE))
    await bot.door.press(U_DEE, notice, "Acknowledge", channel=channel, ts=ts, ephemeral=False)
    assert "is acknowledged" in fake.messages[channel, ts]["text"]
    assert bot.talk.told(DEE)


def test_the_door_refuses_a_label_that_is_not_there() -> None:
    with pytest.raises(AssertionError, match="no button"):
        Door.button({"blocks": []}, "Coming")
