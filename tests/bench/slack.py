"""Our whole journey of a Slack request beside a plain Bolt listener that makes one ordinary transaction.

Both are real servers, asked by turns with the same really signed requests. Ours claims the event, recognises
the person, guards, understands, changes or reads, audits, finds the words and keeps the answer.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.store.meetings import Meeting
from bot.store.people import Account, everyone
from tests.bench.slack_servers import SECRET, TEAM
from tests.support.house import Talk
from tests.support.postgres import postgres
from tests.support.slack_door import signed

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, REQUESTS, AT_ONCE, A_SECOND = 5, 200, 16, 20
FORM = "application/x-www-form-urlencoded"
SENTENCES = {
    "a meeting (sentence)": "when is the next meeting please",
    "a contact (sentence)": "who do I contact about housing for a care leaver",
    "a response (sentence)": "sorry I can't make it to the panel",
}
Make = Callable[[], bytes]


def main() -> None:
    """Print the figures for SQLite and for PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        _measure("SQLite", f"sqlite:///{folder}/bench.db", folder)
    with postgres() as url, tempfile.TemporaryDirectory() as folder:
        _measure("PostgreSQL", url, folder)


def _measure(name: str, url: str, folder: str) -> None:
    users, meeting = _furnish(url)
    print(f"\nSlack on {name}: {ROUNDS} rounds of {REQUESTS} requests, {AT_ONCE} at a time (medians)")
    print(f"  {'':24} {'CPU a request':>16} {'p50':>9} {'p99':>9} {'a second':>9}")
    slack = f"http://127.0.0.1:{_free_port()}"
    with ExitStack() as stack:
        doors = {k: stack.enter_context(_server(k, url, slack, folder)) for k in ("plain", "ours")}
        asyncio.run(_compare(doors, slack, users, meeting))


async def _compare(doors: dict[str, str], slack: str, users: list[str], meeting: str) -> None:
    async with _slack(slack):
        for door in doors.values():
            await _until_up(door)
        kinds: dict[str, Make] = {"a response (button)": _buttons(users, meeting, slack)}
        kinds |= {name: _commands(users, said) for name, said in SENTENCES.items()}
        for name, make in kinds.items():
            found: dict[str, list[tuple[float, list[float], float]]] = {k: [] for k in doors}
            for _ in range(ROUNDS):
                for kind, door in doors.items():
                    found[kind].append(await _round(door, make))
            _show(name, found)
            steady = await _steady(doors["ours"], make)
            print(
                f"  {f'  at {A_SECOND} a second':24} {'':16} {_at(steady, 0.5) * 1e3:6.1f} ms"
                f" {_at(steady, 0.99) * 1e3:6.1f} ms",
                flush=True,
            )


def _show(name: str, found: dict[str, list[tuple[float, list[float], float]]]) -> None:
    base = statistics.median(cpu for cpu, _, _ in found["plain"])
    for kind, rounds in found.items():
        cpu = statistics.median(cpu for cpu, _, _ in rounds)
        p50, p99 = (statistics.median(_at(times, q) for _, times, _ in rounds) for q in (0.5, 0.99))
        rate = statistics.median(rate for _, _, rate in rounds)
        label = name if kind == "ours" else "  plain Bolt"
        ratio = f"   {cpu / base:4.1f} x" if kind == "ours" else ""
        print(
            f"  {label:24} {cpu * 1e3:13.2f} ms {p50 * 1e3:6.1f} ms {p99 * 1e3:6.1f} ms {rate:9.0f}{ratio}",
            flush=True,
        )


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


# --- asking


async def _round(door: str, make: Make) -> tuple[float, list[float], float]:
    """Processor seconds a request, each request's seconds, and requests a second."""
    waiting = iter(range(REQUESTS))
    times: list[float] = []

    async def ask(http: aiohttp.ClientSession) -> None:
        for _ in waiting:
            times.append(await _ask(http, door, make()))

    async with aiohttp.ClientSession() as http:
        before, began = await _cpu(http, door), time.perf_counter()
        await asyncio.gather(*(ask(http) for _ in range(AT_ONCE)))
        took = time.perf_counter() - began
        return (await _cpu(http, door) - before) / REQUESTS, times, REQUESTS / took


async def _steady(door: str, make: Make) -> list[float]:
    """Each request's seconds when they come evenly, as many a second as a large council's busiest minute."""
    async with aiohttp.ClientSession() as http:
        asked = []
        for _ in range(REQUESTS):
            asked.append(asyncio.create_task(_ask(http, door, make())))
            await asyncio.sleep(1 / A_SECOND)
        return await asyncio.gather(*asked)


async def _ask(http: aiohttp.ClientSession, door: str, body: bytes) -> float:
    began = time.perf_counter()
    async with http.post(f"{door}/slack/events", data=body, headers=_headers(body)) as response:
        said = await response.read()
        assert response.status == 200, said
    return time.perf_counter() - began


async def _cpu(http: aiohttp.ClientSession, door: str) -> float:
    async with http.get(f"{door}/cpu") as response:
        return float(await response.text())


async def _until_up(door: str) -> None:
    async with aiohttp.ClientSession() as http:
        for _ in range(600):
            try:
                await _cpu(http, door)
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
            else:
                return
    raise RuntimeError("a server did not start")


def _headers(body: bytes) -> dict[str, str]:
    return {"Content-Type": FORM, **signed(body, secret=SECRET)}


def _commands(users: list[str], said: str) -> Make:
    """`/cp` and a sentence, from each person in turn."""
    numbers = itertools.count()

    def make() -> bytes:
        n = next(numbers)
        who = {"user_id": users[n % len(users)], "team_id": TEAM}
        where = {"command": "/cp", "channel_id": "D1", "channel_name": "directmessage", "token": "x"}
        return urlencode({**who, **where, "text": said, "trigger_id": f"{said}.{n}"}).encode()

    return make


def _buttons(users: list[str], meeting: str, slack: str) -> Make:
    """A press of "Coming" or "Apologies" on a card, from each person in turn; each press changes something."""
    numbers = itertools.count()

    def make() -> bytes:
        n = next(numbers)
        answer = "yes" if n // len(users) % 2 else "no"
        action = {"type": "button", "action_id": "rsvp", "block_id": "b", "action_ts": f"{time.time():.6f}"}
        body = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": users[n % len(users)], "team_id": TEAM},
            "actions": [{**action, "value": f"rsvp {answer} {meeting}"}],
            "trigger_id": f"1.{n}",
            "container": {
                "type": "message",
                "message_ts": f"1.{n}",
                "channel_id": "C1",
                "is_ephemeral": True,
            },
            "channel": {"id": "C1"},
            "response_url": f"{slack}/response/{n}",
        }
        return urlencode({"payload": json.dumps(body)}).encode()

    return make


# --- both sides


def _furnish(url: str) -> tuple[list[str], str]:
    """Westshire with a Slack account for everybody; those with a seat at the next meeting, and its reference."""
    talk = Talk(url)

    def give(s):  # type: ignore[no-untyped-def]
        people = everyone(s, talk.clock.now().date())
        for p in people:
            s.add(Account(channel="slack", tenant=TEAM, user_id=f"U{p.id}", person=p))
        meeting = (
            s.query(Meeting).filter(Meeting.starts_at > talk.clock.now()).order_by(Meeting.starts_at).first()
        )
        seated = {seat.holder_id for seat in meeting.body.seats if seat.holder_id}
        return [f"U{p.id}" for p in people if p.id in seated], f"M-{meeting.id}"

    found: tuple[list[str], str] = talk.house.db.run_sync(give)
    talk.close()
    return found


@contextmanager
def _server(kind: str, database: str, slack: str, folder: str) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "tests.bench.slack_servers", kind, database, str(port), slack]
    with (Path(folder) / f"{kind}.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


@asynccontextmanager
async def _slack(url: str) -> AsyncIterator[None]:
    """As much of Slack as the two servers ask for."""
    app = web.Application()

    async def api(request: web.Request) -> web.Response:
        return web.json_response(
            {"ok": True, "team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0", "members": []}
        )

    async def taken(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(text="ok")

    app.router.add_route("*", "/api/{method}", api)
    app.router.add_post("/response/{number}", taken)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(url.rpartition(":")[2])).start()
    try:
        yield
    finally:
        await runner.cleanup()


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
