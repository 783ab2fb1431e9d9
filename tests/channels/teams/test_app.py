"""The Teams side as the server takes it, and what the SDK must not do behind our back."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI

from bot.channels.teams.app import Teams
from bot.channels.teams.connector import TIMEOUT
from bot.channels.teams.sdk import Client, ClientOptions, quieten
from tests.channels.teams.conftest import AMARA, Desk, Roll
from tests.support.teams import FakeTeams, Line, TeamsOptions

ROOT = Path(__file__).resolve().parents[3]
IMPORT = "import os, json, warnings\nimport bot.channels.teams.app\nprint(json.dumps(dict(os.environ)))"


def test_importing_reads_no_env_file_and_says_nothing(tmp_path: Path) -> None:
    """The SDK would read one from any folder above, and could be told there to trust everybody."""
    (tmp_path / ".env").write_text("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS=true\nCLIENT_SECRET=x\n")
    (tmp_path / "below").mkdir()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", IMPORT],
        cwd=tmp_path / "below",
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert not {"DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS", "CLIENT_SECRET"} & (found.keys() - env.keys())
    assert done.stderr == ""


def test_a_card_is_made_without_the_sdk() -> None:
    code = "import sys, bot.channels.teams.render; print('microsoft_teams' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


async def test_the_environment_cannot_open_the_door(
    fake: FakeTeams, monkeypatch: pytest.MonkeyPatch, desk: Desk, roll: Roll
) -> None:
    for name in ("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS", "CLIENT_ID", "CLIENT_SECRET", "SERVICE_URL"):
        monkeypatch.setenv(name, "true")
    teams = Teams(TeamsOptions(fake.url), desk.handle, roll)
    assert await teams.gate.proven("Bearer x", fake.url) == ""
    assert await teams.gate.proven("", fake.url) == ""
    teams.gate.close()
    await teams.connector.close()


async def test_conversations_stay_out_of_the_log(
    line: Line, fake: FakeTeams, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    Client(ClientOptions())  # sets the level of httpx anew
    await line(fake.message(AMARA, "help"))
    assert fake.sent()
    assert AMARA.conversation not in "".join(r.getMessage() for r in caplog.records if r.name == "httpx")


def test_quietening_twice_is_once() -> None:
    quieten()
    before = len(logging.getLogger("httpx").filters)
    quieten()
    assert len(logging.getLogger("httpx").filters) == before


def test_calls_have_a_time_limit(side: Teams) -> None:
    assert side.connector.http.http.timeout.read == TIMEOUT


def test_the_door_is_where_teams_knocks(side: Teams) -> None:
    app = FastAPI()
    side.mount(app)
    assert app.url_path_for("arrive") == "/api/messages"
