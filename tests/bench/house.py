"""Start-up, memory, the size of the code by room, and what a message costs."""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from bot.store.audit import AuditEvent
from bot.store.people import Person, by_email
from tests.support.house import AMARA, OLU, Talk
from tests.support.postgres import postgres

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 200
_PEAK = "import sys; sys.stderr.write(next(line.split()[1] for line in open('/proc/self/status') if line[:6] == 'VmHWM:'))"
"""Peak memory of the process itself; what getrusage says is inherited from whoever started it."""


def main() -> None:
    """Print every figure."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    _size()
    _start()
    with tempfile.TemporaryDirectory() as folder:
        _messages("SQLite", f"sqlite:///{folder}/bench.db")
    with postgres() as url:
        _messages("PostgreSQL", url)


def _size() -> None:
    print("\nSize of the code, in lines")
    rooms = sorted({p.parent for p in ROOT.glob("bot/**/*.py")} | {ROOT / "commands"})
    total = 0
    for room in rooms:
        lines = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in room.glob("*.py"))
        total += lines
        if lines > 5:
            print(f"  {room.relative_to(ROOT)!s:28} {lines:6}")
    tests = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in ROOT.glob("tests/**/*.py"))
    words = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in ROOT.glob("templates/*.md"))
    print(f"  {'in all':28} {total:6}   tests {tests}   templates {words}")


def _start() -> None:
    print("\nStart (best of 3) and peak memory, beside Python itself")
    bare = _best([sys.executable, "-c", "pass"])
    for name, code in (
        ("python", "pass"),
        (
            "cpbot --help",
            "import sys; sys.argv=['cpbot','--help']; from bot.__main__ import cpbot; cpbot(standalone_mode=False)",
        ),
        (
            "the house, built",
            "from bot.app import build; from bot.settings import Settings; build(Settings(database_url='sqlite://'))",
        ),
        (
            "and its language, warm",
            "from bot.language.understand import understand; from datetime import *; understand('apologies for the 8th', now=datetime.now(timezone.utc))",
        ),
        ("the server's modules", "import bot.cli.serving, bot.channels.slack.app"),
    ):
        seconds, memory = _best(
            [
                sys.executable,
                "-c",
                code + f"; {_PEAK}",
            ]
        )
        print(f"  {name:28} {seconds:6.2f} s   {memory / 1024:6.0f} MB   {seconds / bare[0]:5.1f} x python")


def _best(command: list[str]) -> tuple[float, float]:
    found = []
    for _ in range(3):
        began = time.perf_counter()
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        found.append(
            (
                time.perf_counter() - began,
                float(done.stderr.strip().splitlines()[-1] or 0) if done.stderr.strip() else 0.0,
            )
        )
    return min(found)


def _messages(name: str, url: str) -> None:
    talk = Talk(url)
    print(
        f"\nWhat a message costs on {name}: CPU and wall, beside one plain transaction (read, insert, update)"
    )
    base = _plain(talk)
    print(f"  {'a plain transaction':34} {base[0] * 1e3:7.2f} ms CPU {base[1] * 1e3:7.2f} ms")
    for label, make in _kinds(talk).items():
        cpu, wall = asyncio.run(_timed(make))
        print(f"  {label:34} {cpu * 1e3:7.2f} ms CPU {wall * 1e3:7.2f} ms   {cpu / base[0]:5.1f} x")
    print(f"  peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    talk.close()


def _plain(talk: Talk) -> tuple[float, float]:
    def transaction(s: Session) -> None:
        person: Person | None = by_email(s, AMARA)
        assert person is not None
        now = datetime.now(UTC)
        s.add(AuditEvent(at=now, person_id=person.id, what="bench", subject="", detail={}))
        person.welcomed_at = now

    async def once() -> None:
        await talk.house.db.run(transaction)

    return asyncio.run(_timed(once))


def _kinds(talk: Talk) -> dict[str, Callable[[], Awaitable[object]]]:
    async def press() -> object:
        return await talk.say(AMARA, press="rsvp yes M-9")

    return {
        "help (typed)": lambda: talk.say(AMARA, "help"),
        "a response (button)": press,
        "next meeting (sentence)": lambda: talk.say(AMARA, "when is the next meeting please"),
        "a contact (sentence)": lambda: talk.say(AMARA, "who do I contact about housing for a care leaver"),
        "a concern (sentence)": lambda: talk.say(
            AMARA, "want to raise something about bus passes for our care leavers"
        ),
        "who is coming (officer)": lambda: talk.say(OLU, "who hasn't replied"),
    }


async def _timed(once: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    for _ in range(10):
        await once()
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(ROUNDS):
        await once()
    return (time.process_time() - cpu) / ROUNDS, (time.perf_counter() - wall) / ROUNDS
