"""The Teams app package: the manifest with this council's ids and the bot's commands, and the icons."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.channels.teams.limits import COMMAND_DESCRIPTION, COMMAND_TITLE, COMMANDS
from bot.errors import SetupError

FOLDER = Path(__file__).resolve().parents[3] / "deploy" / "teams"
ICONS = ("color.png", "outline.png")
SAME_DAY = (2020, 1, 1, 0, 0, 0)
"""The date of every file in the package, so that the same manifest makes the same bytes."""
_ID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


@dataclass(frozen=True)
class Told:
    """A command as Teams offers it beside the compose box. Choosing it types `title`."""

    title: str
    description: str


def manifest(
    client_id: str, public_url: str, commands: Sequence[Told], folder: Path = FOLDER
) -> dict[str, Any]:
    """The manifest for one council. SetupError when its ids or its address cannot be used."""
    host = urlsplit(public_url).hostname or ""
    if not _ID.fullmatch(client_id):
        raise SetupError("CPBOT_TEAMS_CLIENT_ID must be the bot's application id, such as 1b2c...-....")
    if not public_url.startswith("https://") or not host:
        raise SetupError("CPBOT_PUBLIC_URL must be the https address of the bot.")
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    text = text.replace("${CLIENT_ID}", client_id).replace("${PUBLIC_URL}", public_url.rstrip("/"))
    made: dict[str, Any] = json.loads(text)
    offered = [{"title": t.title, "description": t.description} for t in fitting(commands)]
    made["bots"][0]["commandLists"] = [
        {"scopes": ["personal"], "commands": offered},
        {"scopes": ["team", "groupChat"], "commands": offered},
    ]
    made["validDomains"] = [host]
    return made


def fitting(commands: Sequence[Told]) -> list[Told]:
    """As many commands as a list holds, each within its limits; a title that does not fit is left out."""
    known = [t for t in commands if len(t.title) <= COMMAND_TITLE and t.description]
    return [Told(t.title, t.description[:COMMAND_DESCRIPTION]) for t in known[:COMMANDS]]


def package(out: Path, made: dict[str, Any], folder: Path = FOLDER) -> None:
    """Write the package that Teams takes: the manifest and both icons at the top of a zip file."""
    files = {"manifest.json": json.dumps(made, indent=2, ensure_ascii=False).encode()}
    files |= {name: (folder / name).read_bytes() for name in ICONS}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made_zip:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, SAME_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made_zip.writestr(entry, content)
