"""What drills stand on: a database of either kind with people and a broadcast, the sink, and workers."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from bot.rules.states import BroadcastState, DeliveryState
from bot.store.broadcasts import enqueue_broadcast
from bot.store.deliveries import Broadcast, Delivery
from bot.store.people import Account, Person
from bot.store.session import Database
from bot.store.tables import Base
from bot.wording.codec import to_json
from bot.wording.parts import Heading, Message
from tests.support.postgres import _free_port as free_port
from tests.support.postgres import postgres

ROOT = Path(__file__).resolve().parents[2]
Worker = subprocess.Popen[str]


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The URL of an empty database, gone at the end."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="cpbot-drill-") as folder:
            yield f"sqlite:///{folder}/drill.db"
    else:
        with postgres() as url:
            yield url


def fill(url: str, recipients: int) -> None:
    """Everybody, and one broadcast to all of them."""
    db = Database(url)
    Base.metadata.create_all(db.engine)
    now = datetime.now(UTC)
    with db.begin() as s:
        s.execute(insert(Person), [_person(n) for n in range(1, recipients + 1)])
        s.execute(insert(Account), [_account(n) for n in range(1, recipients + 1)])
        message = to_json(Message((Heading("The panel meets on Tuesday"),)))
        broadcast = Broadcast(
            kind="broadcast",
            title="Drill",
            message=message,
            audience="all_members",
            state=BroadcastState.SENDING,
            created_at=now,
        )
        s.add(broadcast)
        s.flush()
        enqueue_broadcast(s, broadcast, range(1, recipients + 1), now)
    db.close()


def _person(n: int) -> dict[str, Any]:
    return {"id": n, "email": f"p{n}@westshire.example", "name": f"Person {n}", "roles": ["member"]}


def _account(n: int) -> dict[str, Any]:
    return {"id": n, "person_id": n, "channel": "slack", "user_id": f"U{n}", "tenant": "T"}


def states(url: str) -> dict[str, int]:
    """How many deliveries are in each state."""
    db = Database(url)
    with db.begin() as s:
        rows = s.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all()
    db.close()
    return {state: count for state, count in rows}  # noqa: C416 - rows are not plain pairs


def tokens_in(url: str, state: DeliveryState) -> set[str]:
    """The tokens of the deliveries in a state."""
    db = Database(url)
    with db.begin() as s:
        found = set(s.scalars(select(Delivery.token).where(Delivery.state == state)))
    db.close()
    return found


class SinkClient:
    """Speaks to the sink from outside the workers."""

    def __init__(self, base: str) -> None:
        self.base = base

    def reset(self, **settings: float) -> None:
        body = json.dumps(settings).encode()
        head = {"Content-Type": "application/json"}
        self._read(urllib.request.Request(f"{self.base}/reset", body, head, method="POST"))

    def stats(self) -> dict[str, Any]:
        return self._read(urllib.request.Request(f"{self.base}/stats"))

    def accepted(self) -> Counter[str]:
        return Counter(self._read(urllib.request.Request(f"{self.base}/tokens")))

    def _read(self, request: urllib.request.Request) -> dict[str, Any]:
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found


@contextmanager
def sink() -> Iterator[SinkClient]:
    """The sink, in a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "tests.drills.sink", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            yield SinkClient(f"http://127.0.0.1:{port}")
        finally:
            process.kill()


def start_worker(url: str, base: str, **given: Any) -> Worker:
    """A worker process. `die_at` and `die_after` say where it dies, `limits` how it works."""
    settings = {"url": url, "sink": base, "rate": None, "knows": True, "limits": {}, **given}
    command = [sys.executable, "-m", "tests.drills.worker_process", json.dumps(settings)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
