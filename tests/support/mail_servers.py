"""A mail server and a GOV.UK Notify on loopback, each of which can be told to misbehave."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class MailServer(socketserver.ThreadingTCPServer):
    """Takes e-mails. `answers` overrides what a command is answered with; "cut" closes the connection."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.answers: dict[str, str] = {}
        self.letters: list[str] = []
        self.commands: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        for raw in self.rfile:
            line = raw.decode().strip()
            verb = line.partition(" ")[0].upper()
            self.server.commands.append(line)
            if not self._answer(verb):
                return

    def _answer(self, verb: str) -> bool:
        usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 fine")
        said = self.server.answers.get(verb, usual)
        if said == "cut":
            return False
        self._say(said)
        if verb == "DATA" and said.startswith("354"):
            return self._take_letter()
        return verb != "QUIT"

    def _take_letter(self) -> bool:
        lines: list[str] = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw.decode())
        said = self.server.answers.get("LETTER", "250 taken")
        if said in ("cut", "250 taken"):
            self.server.letters.append("".join(lines))
        if said == "cut":
            return False
        self._say(said)
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class NotifyServer(ThreadingHTTPServer):
    """Takes notifications by reference. `status` is what a send is answered with; "cut" after taking it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Notify)
        self.status: int | str = 201
        self.retry_after = ""
        self.taken: list[dict[str, Any]] = []
        self.templates: list[dict[str, Any]] = [
            {"id": "t-1", "personalisation": {"name": {"required": True}}},
            {"id": "t-2", "personalisation": {"subject": {"required": True}, "body": {"required": True}}},
        ]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Notify(BaseHTTPRequestHandler):
    server: NotifyServer

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/v2/templates":
            return self._reply(200, {"templates": self.server.templates})
        wanted = parse_qs(address.query)["reference"][0]
        found = [{"id": f"n-{t['reference']}"} for t in self.server.taken if t["reference"] == wanted]
        return self._reply(200, {"notifications": found})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.status in (201, "cut"):
            self.server.taken.append(body)
        if self.server.status == "cut":
            self.close_connection = True
            return
        status = int(self.server.status)
        self._reply(status, {"id": f"n-{body['reference']}", "errors": [{"error": "Some", "message": "no"}]})

    def _reply(self, status: int, body: dict[str, Any]) -> None:
        said = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        if self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Says nothing."""


@contextmanager
def running(server: Any) -> Iterator[Any]:
    """A server at work in a thread of its own."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
