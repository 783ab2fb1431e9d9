"""Who may import whom. The shape of the house is a test, so that it stays."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = {"bot", "bot.clock", "bot.errors", "bot.log"}
ROOMS = {
    "bot.rules": set(),
    "bot.language": set(),
    "bot.wording": set(),
    "bot.council": {"bot.rules"},
    "bot.store": {"bot.rules.states"},
    "bot.services": {"bot.rules", "bot.store", "bot.language", "bot.council", "bot.sources"},
    "bot.sources": {"bot.council"},
    "bot.conversation": {
        "bot.language",
        "bot.store",
        "bot.wording",
        "bot.delivery.outgoing",
        "bot.rules.access",
    },
    "commands": {
        "bot.conversation.registry",
        "bot.services",
        "bot.rules",
        "bot.store",
        "bot.wording.parts",
        "bot.wording.dates",
    },
    "bot.delivery": {"bot.store", "bot.wording", "bot.channels.base", "bot.rules"},
    # The app's manifest says what can be typed.
    "bot.channels.slack.manifest": {
        "bot.channels.slack",
        "bot.conversation.registry",
        "bot.rules.access",
        "bot.wording",
    },
    "bot.channels": {"bot.conversation.inbound", "bot.wording"},
}
"""Each room, and what it may import beside itself and the shared modules."""

KEPT_TO = {
    "slack_bolt": ("bot/channels/slack/", "bot/cli/"),
    "slack_sdk": ("bot/channels/slack/",),
    "microsoft_teams": ("bot/channels/teams/",),
    "msal": ("bot/channels/teams/",),
    "sqlalchemy": ("bot/store/", "bot/conversation/router.py", "bot/cli/", "bot/delivery/"),
    "jinja2": ("bot/wording/",),
    "dateparser": ("bot/language/dates",),
    "alembic": ("bot/store/",),
    "click": ("bot/cli/", "bot/__main__.py"),
}
"""Libraries that live in one place only."""


def modules() -> list[Path]:
    return sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("commands/*.py")])


def imports(path: Path) -> set[str]:
    """Every module a file imports, inside functions too, but not for type checking only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            base = node.module
            found |= {
                f"{base}.{a.name}" if (ROOT / base.replace(".", "/") / f"{a.name}.py").exists() else base
                for a in node.names
            }
    return found


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str | None:
    return next((r for r in ROOMS if module == r or module.startswith(r + ".")), None)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(name_of(path))
    if room is None:
        return
    may = ROOMS[room] | SHARED | {room}
    for other in imports(path):
        if other.split(".")[0] in ("bot", "commands") and other not in SHARED:
            assert any(other == m or other.startswith(m + ".") for m in may - {"bot"}), (
                f"{name_of(path)} imports {other}"
            )


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_library_stays_in_its_place(path: Path) -> None:
    where = str(path.relative_to(ROOT))
    for other in imports(path):
        places = KEPT_TO.get(other.split(".")[0])
        assert places is None or where.startswith(places), f"{where} imports {other}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_module_says_its_one_job_and_can_be_read_in_one_go(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if "migrations/versions" in str(path):
        return
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"
    assert len(text.splitlines()) <= 400, f"{path} is too long for one reading"
