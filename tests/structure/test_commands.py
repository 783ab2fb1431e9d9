"""Every command has words, help, a role, an example that works, and a test that uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.registry import CommandSpec, Registry
from bot.wording.words import Words

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = Registry.discover()
WORDS = Words()
TESTS = "\n".join(p.read_text(encoding="utf-8") for p in ROOT.glob("tests/**/test_*.py"))


@pytest.mark.parametrize("spec", REGISTRY.specs, ids=lambda s: s.name)
def test_a_command_is_whole(spec: CommandSpec) -> None:
    assert spec.roles, "nobody may use it"
    assert WORDS.has(spec.help_block), f"templates/{spec.family}.md has no block help for {spec.name}"
    assert len(WORDS.line(spec.help_block)) <= 100
    assert (ROOT / "templates" / f"{spec.family}.md").is_file()
    assert (ROOT / "commands" / f"{spec.family}.py").is_file()


@pytest.mark.parametrize("spec", [s for s in REGISTRY.specs if not s.hidden], ids=lambda s: s.name)
def test_the_example_of_a_command_is_that_command(spec: CommandSpec) -> None:
    matched = REGISTRY.match(spec.example)
    assert matched is not None, f"{spec.example!r} is no command"
    assert matched.spec is spec


@pytest.mark.parametrize("spec", REGISTRY.specs, ids=lambda s: s.name)
def test_a_command_is_used_by_a_test(spec: CommandSpec) -> None:
    names = (spec.name, *spec.aliases)
    assert any(f'"{n}' in TESTS or f"'{n}" in TESTS or f'f"{n}' in TESTS for n in names), (
        f"no test says {spec.name!r}"
    )


def test_no_two_commands_share_a_name() -> None:
    names = [n for s in REGISTRY.specs for n in (s.name, *s.aliases)]
    assert len(names) == len(set(names)), sorted(n for n in names if names.count(n) > 1)


def test_every_family_of_words_belongs_to_commands_or_is_shared() -> None:
    shared = {"errors", "labels", "safeguarding", "safety", "settings", "talk", "mail", "effects"}
    families = {s.family for s in REGISTRY.specs}
    files = {p.stem for p in (ROOT / "templates").glob("*.md") if not p.name.startswith("_")}
    assert files <= families | shared
