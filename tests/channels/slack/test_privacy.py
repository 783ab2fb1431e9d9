"""Private things only in private: nothing that is for one person is shown where others are."""

from __future__ import annotations

import json

import pytest

from bot.conversation import safety
from bot.language.guard import guard
from tests.channels.slack.conftest import U_AMARA, Process
from tests.support.blockkit import words
from tests.support.house import AMARA
from tests.support.slack import FakeSlack
from tests.support.slack_door import CHANNEL

SECRET_WORDS = "the heating of the drop-in has been broken since October"
AT_RISK = "a lad in my ward told me his dad beats him with a belt every night and he is scared to go home"


def everything_sent(fake: FakeSlack) -> str:
    return json.dumps([c.args for c in fake.calls if c.method not in ("views.open", "views.update")])


async def test_a_concern_typed_in_a_channel_goes_on_in_a_private_form(bot: Process, fake: FakeSlack) -> None:
    await bot.door.mention(U_AMARA, f"concern {SECRET_WORDS}")
    (call,) = fake.of("chat.postEphemeral")
    assert call.args["user"] == U_AMARA
    assert "go on in private" in call.args["text"]
    assert not fake.of("chat.postMessage")
    assert SECRET_WORDS not in everything_sent(fake), "nothing of it is echoed, not even in a button"
    await bot.door.press(U_AMARA, call.args, "Raise a concern", channel=CHANNEL)
    view = bot.door.modal()
    text = next(b["element"] for b in view["blocks"] if b.get("block_id") == "text")
    assert text["initial_value"] == SECRET_WORDS
    answer = await bot.door.submit(U_AMARA, view)
    assert "Logged as" in words(answer["view"])


async def test_the_command_opens_the_private_form_at_once(bot: Process, fake: FakeSlack) -> None:
    shown = await bot.door.slash(U_AMARA, f"concern {SECRET_WORDS}", channel=CHANNEL)
    assert shown == {}
    assert SECRET_WORDS in json.dumps(bot.door.modal())
    assert SECRET_WORDS not in everything_sent(fake)


@pytest.mark.parametrize(
    "text",
    [
        "my concerns",
        "status CPP-26/27-001",
        "help",
        "who do I contact about housing for a care leaver",
        "rsvp yes",
        "whoami",
        "reminders",
        "triage",
        "concern NHS number 943 476 5919 has waited a year",
        AT_RISK,
    ],
)
async def test_what_is_for_one_person_is_never_posted_in_a_channel(
    one: Process, fake: FakeSlack, text: str
) -> None:
    await one.door.mention(U_AMARA, text)
    assert not fake.of("chat.postMessage")
    (call,) = fake.of("chat.postEphemeral")
    assert call.args["user"] == U_AMARA
    assert "943 476" not in call.args["text"]


async def test_a_child_at_risk_typed_in_a_channel_brings_the_numbers_and_repeats_nothing(
    bot: Process, fake: FakeSlack
) -> None:
    await bot.door.mention(U_AMARA, AT_RISK)
    assert "999" in fake.of("chat.postEphemeral")[0].args["text"]
    assert "belt" not in everything_sent(fake)


async def test_a_click_on_a_public_card_never_changes_the_card_of_the_others(
    bot: Process, fake: FakeSlack
) -> None:
    await bot.door.mention(U_AMARA, "next meeting")
    calls = fake.of("chat.postMessage", "chat.postEphemeral")
    card = calls[-1].args
    await bot.door.press(U_AMARA, card, "Apologies", channel=CHANNEL, ts="7.7", ephemeral=False)
    (call,) = fake.of("response_url")
    assert (call.args["response_type"], call.args["replace_original"]) == ("ephemeral", False)
    assert not fake.of("chat.update")


async def test_a_conversation_of_two_people_is_not_taken_for_our_own(bot: Process, fake: FakeSlack) -> None:
    """The command works there too; its channel begins with D like the one with us."""
    shown = await bot.door.slash(U_AMARA, "next meeting", channel="D0TWOPEOPLE")
    await bot.door.press(U_AMARA, shown, "All dates", channel="D0TWOPEOPLE")
    (call,) = fake.of("response_url")
    assert call.args["response_type"] == "ephemeral"
    conversation = bot.talk.house.db.run_sync(_conversation)
    assert conversation == "", "and nothing is ever sent there"


def _conversation(s):  # type: ignore[no-untyped-def]
    from bot.store.people import by_email

    return next(a.conversation for a in by_email(s, AMARA).accounts if a.channel == "slack")


async def test_metadata_and_logs_name_nobody(
    bot: Process, fake: FakeSlack, capsys: pytest.CaptureFixture[str]
) -> None:
    await bot.door.dm(U_AMARA, f"concern {SECRET_WORDS}")
    await bot.deliver()
    (call,) = fake.of("chat.postMessage")
    payload = call.args["metadata"]["event_payload"]
    assert payload.keys() == {"delivery_id"}
    assert payload["delivery_id"].isalnum()
    assert SECRET_WORDS not in capsys.readouterr().out


async def test_what_is_picked_from_a_list_is_no_word_of_the_persons_own(
    one: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    monkeypatch.setattr(safety, "guard", lambda text: judged.append(text) or guard(text))
    await one.door.slash(U_AMARA, "concern")
    view = one.door.modal()
    await one.door.submit(U_AMARA, view, {"area": "children", "text": SECRET_WORDS, "capacity": "ward"})
    assert SECRET_WORDS in judged
    assert not {"children", "ward"} & set(judged)
