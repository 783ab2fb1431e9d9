"""The way out: what came of one send is said honestly, and a doubtful one is looked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.base import Outcome, Parcel
from bot.channels.slack.app import Slack, SlackSettings
from bot.channels.slack.sender import EVENT, SlackSender
from bot.rules.states import DeliveryState
from bot.store.deliveries import Delivery
from tests.channels.slack.conftest import U_AMARA, Process
from tests.support.house import AMARA
from tests.support.queue import words
from tests.support.slack import FakeSlack

MESSAGE = words("The room has changed", None, "read")


def parcel(conversation: str = "", token: str = "a1b2", user: str = U_AMARA) -> Parcel:
    return Parcel(token, user, "T", conversation, "", MESSAGE, datetime.now(UTC))


@pytest.fixture
async def sender(fake: FakeSlack) -> AsyncIterator[SlackSender]:
    async def nobody(*_: Any) -> Any:
        raise AssertionError("nobody speaks here")

    slack = Slack(SlackSettings("xoxb-1", "", "", f"{fake.url}/api/"), nobody, nobody, nobody, nobody)  # type: ignore[arg-type]
    async with slack.sending():
        yield slack.sender


async def test_a_message_goes_straight_to_the_person_and_says_where_it_arrived(
    sender: SlackSender, fake: FakeSlack
) -> None:
    result = await sender.send(parcel())
    (call,) = fake.of("chat.postMessage")
    channel = fake.direct(U_AMARA)
    assert call.args["channel"] == U_AMARA, "no conversation is opened first"
    assert call.args["metadata"] == {"event_type": EVENT, "event_payload": {"delivery_id": "a1b2"}}
    assert (result.outcome, result.conversation) == (Outcome.SENT, channel)
    assert result.remote_ref.startswith(f"{channel}/")


async def test_the_next_message_goes_to_the_conversation(sender: SlackSender, fake: FakeSlack) -> None:
    await sender.send(parcel("D0KNOWN"))
    assert fake.of("chat.postMessage")[0].args["channel"] == "D0KNOWN"


async def test_a_conversation_of_another_installation_is_left_for_the_person(
    sender: SlackSender, fake: FakeSlack
) -> None:
    fake.will("chat.postMessage", "channel_not_found")
    result = await sender.send(parcel("D0OLD"))
    assert (result.outcome, result.conversation) == (Outcome.SENT, fake.direct(U_AMARA))


OUTCOMES = {
    "429:7": (Outcome.PAUSED, 7.0),
    "429:soon": (Outcome.PAUSED, 5.0),
    "ratelimited": (Outcome.PAUSED, 5.0),
    "token_revoked": (Outcome.PAUSED, 60.0),
    "account_inactive": (Outcome.PAUSED, 60.0),
    "missing_scope": (Outcome.PAUSED, 60.0),
    "user_not_found": (Outcome.REFUSED, 0.0),
    "cannot_dm_bot": (Outcome.REFUSED, 0.0),
    "channel_not_found": (Outcome.REFUSED, 0.0),
    "invalid_blocks": (Outcome.LATER, 0.0),
    "something_new": (Outcome.LATER, 0.0),
    "internal_error": (Outcome.DOUBT, 0.0),
    "500": (Outcome.DOUBT, 0.0),
    "500-after": (Outcome.DOUBT, 0.0),
    "html": (Outcome.DOUBT, 0.0),
    "garbage": (Outcome.DOUBT, 0.0),
    "drop": (Outcome.DOUBT, 0.0),
    "drop-before": (Outcome.DOUBT, 0.0),
}


@pytest.mark.parametrize("fault", OUTCOMES)
async def test_every_failure_is_a_result(sender: SlackSender, fake: FakeSlack, fault: str) -> None:
    fake.will("chat.postMessage", fault)
    result = await sender.send(parcel())
    assert (result.outcome, result.retry_after) == OUTCOMES[fault]
    assert result.reason
    assert len([c for c in fake.calls if c.method == "chat.postMessage"]) == 1, "and never tried again here"


async def test_a_slack_that_cannot_be_reached_got_nothing() -> None:
    client = AsyncWebClient(token="xoxb-1", base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    assert (await SlackSender(client).send(parcel())).outcome is Outcome.LATER


@pytest.mark.parametrize("fault", ["drop", "500-after"])
async def test_a_doubtful_message_that_arrived_is_found_by_its_name(
    sender: SlackSender, fake: FakeSlack, fault: str
) -> None:
    channel = fake.direct(U_AMARA)
    await sender.send(parcel(channel, token="another"))
    fake.will("chat.postMessage", fault)
    assert (await sender.send(parcel(channel))).outcome is Outcome.DOUBT
    found = await sender.look_up(parcel(channel))
    assert found is not None
    assert (found.outcome, found.conversation) == (Outcome.SENT, channel)
    assert found.remote_ref == "/".join(list(fake.messages)[-1])


async def test_a_doubtful_message_that_did_not_arrive_may_go_again(
    sender: SlackSender, fake: FakeSlack
) -> None:
    channel = fake.direct(U_AMARA)
    await sender.send(parcel(channel, token="another"))
    found = await sender.look_up(parcel(channel))
    assert found is not None
    assert found.outcome is Outcome.LATER


async def test_it_is_looked_for_through_all_pages(sender: SlackSender, fake: FakeSlack) -> None:
    channel = fake.direct(U_AMARA)
    await sender.send(parcel(channel))
    for number in range(150):
        await sender.send(parcel(channel, token=f"n{number}"))
    found = await sender.look_up(parcel(channel))
    assert found is not None
    assert found.outcome is Outcome.SENT
    assert len(fake.of("conversations.history")) == 2


async def test_too_long_a_history_leaves_the_doubt(
    sender: SlackSender, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.sender.MOST_PAGES", 1)
    monkeypatch.setattr("bot.channels.slack.sender.PAGE", 2)
    for number in range(4):
        await sender.send(parcel("D0", token=f"n{number}"))
    found = await sender.look_up(parcel("D0"))
    assert found is not None
    assert found.outcome is Outcome.DOUBT


async def test_what_is_older_than_the_send_is_not_looked_at(sender: SlackSender, fake: FakeSlack) -> None:
    await sender.send(parcel("D0"))
    later = Parcel("a1b2", U_AMARA, "T", "D0", "", MESSAGE, datetime.now(UTC) + timedelta(hours=1))
    found = await sender.look_up(later)
    assert found is not None
    assert found.outcome is Outcome.LATER


async def test_without_a_conversation_it_cannot_be_known(sender: SlackSender, fake: FakeSlack) -> None:
    assert await sender.look_up(parcel()) is None
    assert not fake.calls


@pytest.mark.parametrize("fault", ["500", "429:3", "drop-before", "token_revoked", "html"])
async def test_a_slack_that_cannot_be_asked_now_is_asked_later(
    sender: SlackSender, fake: FakeSlack, fault: str
) -> None:
    fake.will("conversations.history", fault, fault)  # a broken connection is tried once more below us
    found = await sender.look_up(parcel("D0"))
    assert found is not None
    assert found.outcome is Outcome.DOUBT
    assert found.retry_after == (3.0 if fault == "429:3" else 0.0)


@pytest.mark.parametrize("fault", ["missing_scope", "channel_not_found"])
async def test_a_slack_that_will_never_tell_is_not_asked_again(
    sender: SlackSender, fake: FakeSlack, fault: str
) -> None:
    fake.will("conversations.history", fault)
    assert await sender.look_up(parcel("D0")) is None


async def test_a_message_can_be_given_other_words(sender: SlackSender, fake: FakeSlack) -> None:
    ref = (await sender.send(parcel())).remote_ref
    changed = Parcel("b", U_AMARA, "T", "", "", words("Another room"), datetime.now(UTC))
    assert (await sender.update(changed, ref)).outcome is Outcome.SENT
    assert fake.read(fake.direct(U_AMARA)) == ["Another room"]
    fake.will("chat.update", "drop")
    assert (await sender.update(changed, ref)).outcome is Outcome.DOUBT


# --- with the worker behind it


def rows(bot: Process) -> list[Delivery]:
    return bot.talk.house.db.run_sync(lambda s: list(s.query(Delivery).order_by(Delivery.id)))


async def test_a_reply_whose_connection_broke_is_sent_once(bot: Process, fake: FakeSlack) -> None:
    await bot.door.dm(U_AMARA, "next meeting")
    fake.will("chat.postMessage", "drop")
    for _ in range(4):
        await bot.deliver()
        bot.talk.clock.forward(seconds=61)
    assert [r.state for r in rows(bot)] == [DeliveryState.SENT]
    assert len(fake.read(fake.direct(U_AMARA))) == 1


async def test_a_reply_that_never_left_is_sent_again(bot: Process, fake: FakeSlack) -> None:
    await bot.door.dm(U_AMARA, "next meeting")
    fake.will("chat.postMessage", "drop-before", "429:1")
    for _ in range(8):
        await bot.deliver()
        bot.talk.clock.forward(seconds=61)
    assert [r.state for r in rows(bot)] == [DeliveryState.SENT]
    assert len(fake.read(fake.direct(U_AMARA))) == 1


async def test_a_revoked_token_closes_nobodys_account(bot: Process, fake: FakeSlack) -> None:
    await bot.door.dm(U_AMARA, "next meeting")
    fake.will("chat.postMessage", "token_revoked")
    await bot.deliver()
    assert [r.state for r in rows(bot)] == [DeliveryState.DUE]
    bot.talk.clock.forward(seconds=61)
    await bot.deliver()
    assert [r.state for r in rows(bot)] == [DeliveryState.SENT]


async def test_a_leaver_gets_nothing_that_was_waiting(bot: Process, fake: FakeSlack) -> None:
    await bot.door.dm(U_AMARA, "next meeting")
    user = {**fake.members[U_AMARA].as_json(), "deleted": True}
    await bot.door.event({"type": "user_change", "user": user, "event_ts": "1.1"})
    await bot.deliver()
    assert [r.state for r in rows(bot)] == [DeliveryState.FAILED]
    assert not fake.messages
    assert bot.talk.told(AMARA)
