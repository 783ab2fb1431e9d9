"""`python -m bot.cli.teams_package OUT.zip`: the Teams app package, made from settings and commands."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.channels.teams.manifest import Told, manifest, package
from bot.conversation.registry import CommandSpec, Registry
from bot.errors import SetupError
from bot.settings import load_settings
from bot.wording.words import Words

FIRST = (
    "help",
    "next meeting",
    "contact",
    "concern",
    "my concerns",
    "my actions",
    "duties",
    "agenda",
    "who is coming",
    "reminders",
)
"""The commands that Teams offers first: it shows ten."""


def commands(registry: Registry, words: Words) -> list[Told]:
    """What anybody may type as it stands, the most useful first."""
    whole = [s for s in registry.specs if not s.hidden and _stands_alone(registry, s)]
    return [Told(s.name, words.line(s.help_block)) for s in sorted(whole, key=_rank)]


def _stands_alone(registry: Registry, spec: CommandSpec) -> bool:
    """Whether the bare name says the command: choosing it in Teams types nothing else."""
    found = registry.match(spec.name)
    return found is not None and found.spec is spec


def _rank(spec: CommandSpec) -> tuple[int, int, str]:
    place = FIRST.index(spec.name) if spec.name in FIRST else len(FIRST)
    return place, -len(spec.roles), spec.name


def main(arguments: list[str]) -> int:
    """Write the package; 0 when done, 1 when the settings do not allow it, 2 for wrong usage."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("Usage: python -m bot.cli.teams_package OUT.zip", file=sys.stderr)  # noqa: T201
        return 2
    try:
        settings = load_settings()
        made = manifest(settings.teams_client_id, settings.public_url, commands(Registry.discover(), Words()))
        package(Path(arguments[0]), made)
    except (SetupError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
