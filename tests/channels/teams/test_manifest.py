"""The Teams app package: by Microsoft's schema, with this council's ids and the bot's own commands.

The schema in tests/data is that of Microsoft's package @microsoft/app-manifest 1.1.2, unchanged:
(c) Microsoft Corporation, MIT licence.
"""

from __future__ import annotations

import gzip
import json
import re
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator  # type: ignore[import-untyped]

from bot.channels.teams.limits import COMMAND_DESCRIPTION, COMMAND_TITLE, COMMANDS
from bot.channels.teams.manifest import FOLDER, Told, fitting, manifest, package
from bot.channels.teams.trust import CHANNEL_ID
from bot.cli.teams_package import commands, main
from bot.conversation.registry import Registry
from bot.errors import SetupError
from bot.wording.words import Words
from tests.support.teams import BOT

URL = "https://bot.westshire.example"
LIMITS = {
    ("name", "short"): 30,
    ("name", "full"): 100,
    ("description", "short"): 80,
    ("description", "full"): 4000,
}
NEEDED = {
    "$schema",
    "manifestVersion",
    "version",
    "id",
    "developer",
    "name",
    "description",
    "icons",
    "accentColor",
}
REGISTRY = Registry.discover()
SCHEMA = Path(__file__).resolve().parents[2] / "data" / "teams_manifest_1.19.schema.json.gz"


def made() -> dict[str, Any]:
    return manifest(BOT, URL, commands(REGISTRY, Words()))


def wrong_with(found: dict[str, Any]) -> list[str]:
    """What Microsoft's schema finds wrong with a manifest."""
    schema = json.loads(gzip.decompress(SCHEMA.read_bytes()))
    return [f"{e.json_path}: {e.message}" for e in Draft4Validator(schema).iter_errors(found)]


def test_microsofts_schema_finds_nothing_wrong() -> None:
    assert wrong_with(made()) == []


def test_microsofts_schema_would_find_something() -> None:
    found = made()
    found["bots"][0]["scopes"][0] = "everywhere"
    found["name"]["short"] = "x" * 31
    del found["icons"]
    assert len(wrong_with(found)) == 3


def test_the_manifest_has_what_teams_needs() -> None:
    found = made()
    assert found.keys() >= NEEDED
    assert found["manifestVersion"] == "1.19"
    assert found["$schema"].endswith("/v1.19/MicrosoftTeams.schema.json")
    assert re.fullmatch(r"\d+\.\d+\.\d+", found["version"])
    assert re.fullmatch(r"#[0-9A-Fa-f]{6}", found["accentColor"])
    assert "${" not in json.dumps(found)


@pytest.mark.parametrize("path", LIMITS)
def test_texts_are_within_their_limits(path: tuple[str, str]) -> None:
    part, name = path
    assert 0 < len(made()[part][name]) <= LIMITS[path]


def test_every_id_is_the_bots() -> None:
    found = made()
    (bot,) = found["bots"]
    (search,) = found["composeExtensions"]
    assert {found["id"], bot["botId"], search["botId"], found["webApplicationInfo"]["id"]} == {BOT}
    assert found["webApplicationInfo"]["resource"] == f"api://botid-{BOT}"
    assert found["validDomains"] == ["bot.westshire.example"]
    assert all(
        found["developer"][k].startswith("https://") for k in ("websiteUrl", "privacyUrl", "termsOfUseUrl")
    )


def test_the_bot_stands_where_it_answers() -> None:
    (bot,) = made()["bots"]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert [c["scopes"] for c in bot["commandLists"]] == [["personal"], ["team", "groupChat"]]
    assert CHANNEL_ID == "msteams"


def test_the_commands_offered_are_commands() -> None:
    for offered in made()["bots"][0]["commandLists"]:
        assert 5 <= len(offered["commands"]) <= COMMANDS
        for one in offered["commands"]:
            matched = REGISTRY.match(one["title"])
            assert matched is not None
            assert not matched.spec.hidden
            assert len(one["title"]) <= COMMAND_TITLE
            assert 0 < len(one["description"]) <= COMMAND_DESCRIPTION


def test_the_search_asks_for_one_text() -> None:
    (one,) = made()["composeExtensions"][0]["commands"]
    assert one["type"] == "query"
    assert [p["inputType"] for p in one["parameters"]] == ["text"]


def test_what_does_not_fit_is_left_out() -> None:
    told = [Told("x" * 33, "too long"), Told("no words", ""), *(Told(f"c{n}", "d" * 200) for n in range(20))]
    found = fitting(told)
    assert [t.title for t in found] == [f"c{n}" for n in range(10)]
    assert {len(t.description) for t in found} == {COMMAND_DESCRIPTION}


@pytest.mark.parametrize(("client", "url"), [("", URL), ("bot", URL), (BOT, ""), (BOT, "http://bot.example")])
def test_settings_that_cannot_be_right_are_refused(client: str, url: str) -> None:
    with pytest.raises(SetupError, match="CPBOT_"):
        manifest(client, url, [])


def test_the_package_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    package(tmp_path / "a.zip", made())
    package(tmp_path / "b.zip", made())
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_command_writes_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CPBOT_TEAMS_CLIENT_ID", BOT)
    monkeypatch.setenv("CPBOT_PUBLIC_URL", URL)
    assert main([str(tmp_path / "out.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "out.zip") as found:
        assert sorted(found.namelist()) == ["color.png", "manifest.json", "outline.png"]
        assert json.loads(found.read("manifest.json")) == made()
    monkeypatch.setenv("CPBOT_PUBLIC_URL", "")
    assert main([str(tmp_path / "out.zip")]) == 1
    assert "CPBOT_PUBLIC_URL" in capsys.readouterr().err
    assert main([]) == 2


@pytest.mark.parametrize(("name", "side"), [("color.png", 192), ("outline.png", 32)])
def test_the_icons_have_their_sizes(name: str, side: int) -> None:
    head = (FOLDER / name).read_bytes()[:33]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", head[16:24]) == (side, side)


def test_the_icons_are_what_the_script_draws() -> None:
    """Checked in, so that nobody needs to draw them; drawn, so that anybody can change them."""
    names: dict[str, Any] = {"__name__": "icons"}
    exec(compile((FOLDER / "icons.py").read_text(encoding="utf-8"), "icons.py", "exec"), names)  # noqa: S102
    assert names["picture"](32, names["outline"]) == (FOLDER / "outline.png").read_bytes()
    assert names["picture"](192, names["colour"]) == (FOLDER / "color.png").read_bytes()
