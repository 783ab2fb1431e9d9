"""The README's tables, made from the code. `python -m bot.cli.documenting` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

from bot.conversation.registry import CommandSpec, Registry
from bot.rules.access import EVERYONE
from bot.settings import Settings
from bot.wording.words import Words

README = Path(__file__).resolve().parents[2] / "README.md"
_BLOCK = "<!-- {name}: made from the code -->\n{table}\n<!-- end of {name} -->"


def tables() -> dict[str, str]:
    """Each generated table of the README, by name."""
    registry, words = Registry.discover(), Words()
    return {"commands": commands(registry, words), "settings": settings(words)}


def commands(registry: Registry, words: Words) -> str:
    """What a person can type, who may, and what it does; family by family."""
    shown = sorted((s for s in registry.specs if not s.hidden), key=lambda s: (s.family, s.name))
    rows = [f"| `{_cell(s.usage)}` | {_who(s)} | {_cell(words.line(s.help_block))} |" for s in shown]
    return "\n".join(["| Type | Who | What it does |", "| --- | --- | --- |", *rows])


def settings(words: Words) -> str:
    """Every setting with its default and what it is for."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default else ""
        rows.append(f"| `CPBOT_{name.upper()}` | {default} | {_cell(words.line(f'settings.{name}'))} |")
    return "\n".join(["| Setting | Default | What it is |", "| --- | --- | --- |", *rows])


def _who(spec: CommandSpec) -> str:
    return "everyone" if spec.roles == EVERYONE else ", ".join(sorted(spec.roles))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def with_tables(text: str) -> str:
    """The README's text with each generated table brought up to date."""
    for name, table in tables().items():
        pattern = re.compile(rf"<!-- {name}: made from the code -->.*?<!-- end of {name} -->", re.DOTALL)
        block = _BLOCK.format(name=name, table=table)
        text = pattern.sub(lambda _, b=block: b, text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
