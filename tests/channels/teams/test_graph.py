"""Microsoft Graph: a group's people, page by page, and the bot installed for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.channels.teams.graph import Graph
from bot.errors import SetupError
from tests.support.graph import GROUP, FakeGraph, user
from tests.support.teams import BOT


@pytest.fixture
def fake() -> Iterator[FakeGraph]:
    graph = FakeGraph(*(user(n) for n in range(5)))
    with graph.serving():
        yield graph


def graph_of(fake: FakeGraph, waits: list[float] | None = None) -> Graph:
    return Graph(fake.url, lambda: "tok", (waits if waits is not None else []).append)


def test_every_page_is_read(fake: FakeGraph) -> None:
    found = graph_of(fake).members(GROUP)
    assert [m.name for m in found] == [f"Person {n}" for n in range(5)]
    assert found[0].object_id == "aaaaaaaa-0000-4000-8000-000000000000"
    assert found[0].emails == ("person0@westshire.example",)
    assert len(fake.asked) == 3
    assert fake.tokens == {"tok"}


def test_sign_in_name_and_mail_are_both_known(fake: FakeGraph) -> None:
    fake.people = [user(1, userPrincipalName="p1@sign.example", mail="p1@mail.example")]
    assert graph_of(fake).members(GROUP)[0].emails == ("p1@sign.example", "p1@mail.example")


@pytest.mark.parametrize(
    "more",
    [
        {"accountEnabled": False},
        {"userType": "Guest"},
        {"userType": None, "userPrincipalName": "gus_elsewhere.example#EXT#@westshire.example"},
        {"@odata.type": "#microsoft.graph.group"},
        {"@odata.type": "#microsoft.graph.device"},
        {"id": ""},
    ],
    ids=range(6),
)
def test_who_cannot_be_a_member_is_left_out(more: dict[str, Any], fake: FakeGraph) -> None:
    fake.people.append(user(9, **more))
    assert len(graph_of(fake).members(GROUP)) == 5


@pytest.mark.parametrize("host", ["http://evil.example/v1.0", "http://127.0.0.1:1/v1.0", "https://x"])
def test_a_next_page_elsewhere_is_never_asked(host: str, fake: FakeGraph) -> None:
    fake.next_host = host
    with pytest.raises(SetupError, match="another host"):
        graph_of(fake).members(GROUP)


def test_a_busy_graph_is_asked_again(fake: FakeGraph) -> None:
    waits: list[float] = []
    fake.faults = [(429, {"Retry-After": "7"}), (503, {}), (429, {"Retry-After": "9999"})]
    assert len(graph_of(fake, waits).members(GROUP)) == 5
    assert waits == [7.0, 4.0, 60.0]


def test_a_graph_that_stays_busy_is_given_up(fake: FakeGraph) -> None:
    fake.faults = [(429, {})] * 5
    with pytest.raises(SetupError, match="429"):
        graph_of(fake).members(GROUP)


@pytest.mark.parametrize(
    ("status", "words"), [(401, "token"), (403, "permissions"), (404, "group"), (500, "500")]
)
def test_a_refusal_says_what_to_do(status: int, words: str, fake: FakeGraph) -> None:
    fake.faults = [(status, {})]
    with pytest.raises(SetupError, match=words):
        graph_of(fake).members(GROUP)


@pytest.mark.parametrize("group", ["", "councillors", f"{GROUP}/../me", "' or 1 eq 1"])
def test_a_group_is_named_by_its_object_id(group: str, fake: FakeGraph) -> None:
    with pytest.raises(SetupError, match="object id"):
        graph_of(fake).members(group)
    assert not fake.asked


@pytest.mark.parametrize("url", ["http://graph.example/v1.0", "ftp://127.0.0.1", ""])
def test_a_token_is_never_sent_in_the_clear(url: str) -> None:
    with pytest.raises(SetupError, match="CPBOT_GRAPH_URL"):
        Graph(url, lambda: "tok")


def test_nobody_there_is_told_in_words() -> None:
    with pytest.raises(SetupError, match="cannot be reached"):
        Graph("http://127.0.0.1:1/v1.0", lambda: "tok").members(GROUP)


def test_the_bot_is_installed_for_everybody(fake: FakeGraph) -> None:
    people = [p["id"] for p in fake.people]
    fake.installs = {people[1]: 409, people[2]: 403}
    seen: list[tuple[str, int, int]] = []
    done = graph_of(fake).install(BOT, people, lambda *told: seen.append(told))
    assert done == {"installed": 3, "already": 1, "refused": 1}
    assert seen[-1] == ("people", 5, 5)


def test_an_app_that_is_not_in_the_catalogue(fake: FakeGraph) -> None:
    fake.in_catalogue = False
    with pytest.raises(SetupError, match="Upload its package"):
        graph_of(fake).install(BOT, ["x"])
