"""One delivery on its way to Teams, and what is said of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.base import Outcome, Parcel
from bot.channels.teams.app import Teams
from bot.channels.teams.connector import Connector
from bot.channels.teams.members import BLOCKED, NOT_INSTALLED
from bot.channels.teams.sdk import Client, ClientOptions
from bot.channels.teams.sender import PAUSE, TeamsSender
from bot.channels.teams.tokens import NoToken
from tests.channels.teams.conftest import AMARA, Desk, Roll, says
from tests.support.teams import BOT, TENANT, FakeTeams, Fault, TeamsOptions, card_of, words_of

PARCEL = Parcel(
    token="d-1",
    user_id=AMARA.object_id,
    tenant=TENANT,
    conversation="a:known",
    service_url="",
    message=says("The meeting has moved."),
    claimed_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
)
NEW = replace(PARCEL, conversation="")


@pytest.fixture
async def sender(fake: FakeTeams) -> AsyncIterator[TeamsSender]:
    teams = Teams(TeamsOptions(fake.url), Desk().handle, Roll())
    async with teams.sending():
        yield teams.sender
    teams.gate.close()


async def test_a_known_conversation_is_written_to(sender: TeamsSender, fake: FakeTeams) -> None:
    result = await sender.send(PARCEL)
    (sent,) = fake.sent("a:known")
    assert "The meeting has moved." in words_of(card_of(sent))
    assert (result.outcome, result.conversation) == (Outcome.SENT, "a:known")
    assert result.remote_ref == f"a:known/{sent['id']}"
    assert not fake.called("POST", "/v3/conversations?")


async def test_somebody_who_never_wrote_is_reached_by_object_id(sender: TeamsSender, fake: FakeTeams) -> None:
    result = await sender.send(NEW)
    opened = fake.calls[0]
    assert opened.path == "/v3/conversations"
    assert opened.body["members"] == [{"id": AMARA.object_id}]
    assert opened.body["tenantId"] == TENANT
    assert len(fake.sent(AMARA.conversation)) == 1
    assert (result.outcome, result.conversation) == (Outcome.SENT, AMARA.conversation)


async def test_what_was_learnt_of_the_way_is_used(sender: TeamsSender, fake: FakeTeams) -> None:
    other = FakeTeams()
    with other.serving():
        await sender.send(replace(PARCEL, service_url=other.url))
    assert other.sent("a:known")
    assert not fake.calls


STATUSES = [
    (429, {"Retry-After": "7"}, Outcome.PAUSED),
    (403, {}, Outcome.REFUSED),
    (404, {}, Outcome.REFUSED),
    (400, {}, Outcome.REFUSED),
    (413, {}, Outcome.REFUSED),
    (401, {}, Outcome.LATER),
    (412, {}, Outcome.LATER),
    (408, {}, Outcome.DOUBT),
    (500, {}, Outcome.DOUBT),
    (502, {}, Outcome.DOUBT),
    (504, {}, Outcome.DOUBT),
]


@pytest.mark.parametrize(("status", "headers", "outcome"), STATUSES, ids=[str(s[0]) for s in STATUSES])
async def test_what_a_refusal_means(
    status: int, headers: dict[str, str], outcome: Outcome, sender: TeamsSender, fake: FakeTeams
) -> None:
    fake.faults.append(Fault("/activities", status, headers, {"error": {"code": "Why", "message": "no"}}))
    result = await sender.send(PARCEL)
    why = f"{BLOCKED} (403 Why)" if status == 403 else f"{status} Why"
    assert (result.outcome, result.reason) == (outcome, why)
    assert result.retry_after == (7.0 if status == 429 else 0.0)
    assert len(fake.calls) == 1, "the worker decides about another try"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"subCode": "MessageWritesBlocked", "error": {"code": "Forbidden"}}, "MessageWritesBlocked"),
        ({"error": {"code": "Forbidden", "subCode": "MessageWritesBlocked"}}, "MessageWritesBlocked"),
        ({"error": {"code": "Forbidden"}}, "Forbidden"),
        ({"error": "no"}, ""),
        ({}, ""),
    ],
    ids=range(5),
)
async def test_the_narrowest_name_of_a_refusal_is_kept(
    body: dict[str, Any], code: str, sender: TeamsSender, fake: FakeTeams
) -> None:
    fake.faults.append(Fault("/activities", 403, body=body))
    assert (await sender.send(PARCEL)).reason == f"{BLOCKED} ({f'403 {code}'.strip()})"


async def test_who_has_not_got_the_app_is_told_from_who_blocked_it(
    sender: TeamsSender, fake: FakeTeams
) -> None:
    body = {"error": {"code": "ForbiddenOperationException"}}
    fake.faults.append(Fault("/v3/conversations", 403, body=body))
    assert (await sender.send(NEW)).reason == f"{NOT_INSTALLED} (403 ForbiddenOperationException)"


@pytest.mark.parametrize("asked", ["", "soon"])
async def test_a_pause_of_no_said_length(asked: str, sender: TeamsSender, fake: FakeTeams) -> None:
    fake.faults.append(Fault("/activities", 429, {"Retry-After": asked} if asked else {}))
    assert (await sender.send(PARCEL)).retry_after == PAUSE


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(403, Outcome.REFUSED), (429, Outcome.PAUSED), (500, Outcome.LATER), (504, Outcome.LATER)],
)
async def test_a_conversation_that_does_not_open_leaves_nothing_in_doubt(
    status: int, outcome: Outcome, sender: TeamsSender, fake: FakeTeams
) -> None:
    fake.faults.append(Fault("/v3/conversations", status))
    result = await sender.send(NEW)
    assert result.outcome is outcome
    assert not fake.sent()


def _sender(url: str, token: Callable[[], str] = lambda: "t", timeout: float = 5) -> TeamsSender:
    client = Client(ClientOptions(timeout=timeout, token=token))
    return TeamsSender(Connector(client, BOT, TENANT), url)


async def test_a_refused_connection_is_tried_later() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening
        sender = _sender(f"http://127.0.0.1:{taken.getsockname()[1]}")
        for parcel in (PARCEL, NEW):
            assert (await sender.send(parcel)).outcome is Outcome.LATER
    await sender.connector.close()


async def test_silence_leaves_it_in_doubt() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sender = _sender(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.3)
        assert (await sender.send(PARCEL)).outcome is Outcome.DOUBT
        assert (await sender.send(NEW)).outcome is Outcome.LATER
        await sender.connector.close()


async def test_a_cut_connection_leaves_it_in_doubt() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def cut() -> None:
            there, _ = server.accept()
            there.recv(65536)
            there.close()

        thread = threading.Thread(target=cut)
        thread.start()
        sender = _sender(f"http://127.0.0.1:{server.getsockname()[1]}")
        assert (await sender.send(PARCEL)).outcome is Outcome.DOUBT
        thread.join()
        await sender.connector.close()


async def test_without_a_token_nothing_is_sent(fake: FakeTeams) -> None:
    def none() -> str:
        raise NoToken("invalid_client")

    sender = _sender(fake.url, none)
    for parcel in (PARCEL, NEW):
        result = await sender.send(parcel)
        assert (result.outcome, result.reason) == (Outcome.LATER, "no token: invalid_client")
    assert not fake.calls
    await sender.connector.close()


@pytest.mark.parametrize("url", ["http://[", "nonsense", "http://x:99999999"])
async def test_an_address_that_is_none_never_raises(url: str) -> None:
    sender = _sender(url)
    assert (await sender.send(PARCEL)).outcome in (Outcome.REFUSED, Outcome.LATER, Outcome.DOUBT)
    assert (await sender.send(NEW)).outcome in (Outcome.REFUSED, Outcome.LATER)
    await sender.connector.close()


async def test_new_words_take_the_place_of_old_ones(sender: TeamsSender, fake: FakeTeams) -> None:
    first = await sender.send(NEW)
    result = await sender.update(replace(NEW, message=says("It is cancelled.")), first.remote_ref)
    assert result.outcome is Outcome.SENT
    assert result.remote_ref == first.remote_ref
    (now,) = fake.sent(AMARA.conversation)
    assert "It is cancelled." in words_of(card_of(now))


async def test_words_that_are_gone_are_refused(sender: TeamsSender, fake: FakeTeams) -> None:
    result = await sender.update(PARCEL, "a:known/m99")
    assert (result.outcome, result.reason) == (Outcome.REFUSED, "404 ActivityNotFoundInConversation")


async def test_what_arrived_cannot_be_asked(sender: TeamsSender, fake: FakeTeams) -> None:
    assert await sender.look_up(PARCEL) is None
    assert not fake.calls


def test_the_pace_leaves_room_for_opening(sender: TeamsSender) -> None:
    assert sender.rate == 10
    assert sender.name == "teams"
