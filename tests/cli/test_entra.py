"""`cpbot import entra`: the council's own group decides who is a member."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cpbot
from bot.cli.entra import run
from bot.errors import SetupError
from bot.store.people import Person, by_email, everyone
from bot.store.schema import migrate
from tests.support.graph import GROUP, FakeGraph, user
from tests.support.house import AMARA, COUNCILS, OLU, Talk
from tests.support.teams import BOT, TENANT, FakeTeams


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeGraph]:
    """A group of everybody who is a member of Westshire, in a database of its own."""
    url = f"sqlite:///{tmp_path / 'cpbot.db'}"
    talk = Talk(url, load_council=None)
    migrate(talk.house.db.engine)
    talk.load(COUNCILS / "westshire")
    members = talk.house.db.run_sync(
        lambda s: [(p.email, p.name) for p in everyone(s, talk.clock.now().date(), "member")]
    )
    talk.close()
    teams, fake = (
        FakeTeams(),
        FakeGraph(*(user(n, name, email) for n, (email, name) in enumerate(members, 1))),
    )
    with teams.serving(), fake.serving():
        for name, value in {
            "DATABASE_URL": url,
            "TEAMS_CLIENT_ID": BOT,
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_TOKEN_URL": f"{teams.url}/token",
            "GRAPH_URL": fake.url,
        }.items():
            monkeypatch.setenv(f"CPBOT_{name}", value)
        yield fake


@pytest.fixture
def person(graph: FakeGraph, tmp_path: Path) -> Callable[[str], Person | None]:
    """Somebody as the database has them now."""

    def find(email: str) -> Person | None:
        talk = Talk(f"sqlite:///{tmp_path / 'cpbot.db'}", load_council=None)

        def whole(s):  # type: ignore[no-untyped-def]
            found = by_email(s, email)
            _ = found and list(found.accounts)  # read while the session is open
            return found

        try:
            return talk.house.db.run_sync(whole)
        finally:
            talk.close()

    return find


def at(graph: FakeGraph, email: str) -> int:
    return next(n for n, p in enumerate(graph.people) if p["mail"] == email)


def test_people_known_by_e_mail_are_tied_to_their_object_ids(
    graph: FakeGraph, person: Callable[[str], Person | None]
) -> None:
    known = len(graph.people)
    assert run(GROUP, False) == f"Members: {known} known by e-mail and now by object id."
    assert run(GROUP, False) == f"Members: {known} as before."
    amara = person(AMARA)
    assert amara is not None
    teams = [(a.tenant, a.user_id) for a in amara.accounts if a.channel == "teams"]
    assert teams == [(TENANT, graph.people[at(graph, AMARA)]["id"])]


def test_somebody_new_is_added_as_a_member(graph: FakeGraph, person: Callable[[str], Person | None]) -> None:
    graph.people.append(user(900, "Nia New", "nia.new@westshire.example"))
    assert "1 added" in run(GROUP, False)
    nia = person("nia.new@westshire.example")
    assert nia is not None
    assert (nia.name, nia.roles) == ("Nia New", ["member"])


def test_somebody_who_left_loses_access_and_may_come_back(
    graph: FakeGraph, person: Callable[[str], Person | None]
) -> None:
    run(GROUP, False)
    left = graph.people.pop(at(graph, AMARA))
    assert "1 no longer members" in run(GROUP, False)
    amara = person(AMARA)
    assert amara is not None
    assert amara.until is not None
    graph.people.append(left)
    assert "1 back again" in run(GROUP, False)
    back = person(AMARA)
    assert back is not None
    assert back.until is None


def test_an_officer_who_leaves_the_group_stays_an_officer(
    graph: FakeGraph, person: Callable[[str], Person | None]
) -> None:
    graph.people.append(user(901, "Olu", OLU))
    run(GROUP, False)
    graph.people.pop()
    assert "1 no longer members" in run(GROUP, False)
    olu = person(OLU)
    assert olu is not None
    assert (olu.roles, olu.until) == (["officer"], None)


def test_a_group_that_shrank_by_more_than_a_fifth_is_refused(
    graph: FakeGraph, person: Callable[[str], Person | None]
) -> None:
    run(GROUP, False)
    known = len(graph.people)
    del graph.people[: known // 4 + 1]
    with pytest.raises(SetupError, match=f"of the {known} members"):
        run(GROUP, False)
    assert f"{known // 4 + 1} no longer members" in run(GROUP, True)


def test_somebody_without_an_address_is_named_as_left_out(graph: FakeGraph) -> None:
    graph.people.append(user(902, mail=None, userPrincipalName="no-address"))
    assert "1 have no e-mail address" in run(GROUP, False)


def test_the_command_installs_the_bot_for_them(graph: FakeGraph) -> None:
    graph.installs[graph.people[0]["id"]] = 409
    done = CliRunner().invoke(cpbot, ["import", "entra", "--group", GROUP, "--install"])
    assert done.exit_code == 0, done.output
    installed = len(graph.people) - 1
    assert f"The bot was installed for {installed}, 1 had it, 0 could not get it." in done.output


def test_without_a_token_it_says_so(graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPBOT_TEAMS_TOKEN_URL", f"{graph.url}/nowhere")
    with pytest.raises(SetupError, match="There is no token for Microsoft Graph"):
        run(GROUP, False)
