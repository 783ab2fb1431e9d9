"""The README says what the code does: its tables are made from it, and its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.cli.documenting import tables, with_tables

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_tables_are_up_to_date() -> None:
    assert with_tables(README) == README, "run: .venv/bin/python -m bot.cli.documenting"


@pytest.mark.parametrize("name", tables())
def test_every_table_is_there(name: str) -> None:
    assert f"<!-- {name}: made from the code -->" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_operator_command_is_described(name: str) -> None:
    assert f"cpbot {name}" in README


@pytest.mark.parametrize("target", re.findall(r"`make (\w+)`", README))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def dependencies() -> list[str]:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.split(r"[\[<>=]", d)[0] for d in project["dependencies"]]


@pytest.mark.parametrize("name", dependencies())
def test_every_dependency_says_why_it_is_here(name: str) -> None:
    assert f"`{name}`" in README
