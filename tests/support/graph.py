"""Microsoft Graph on loopback, as far as the bot asks it: a group's people, and installing an app."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

GROUP = "33333333-3333-4333-8333-333333333333"
APP = "catalogue-7"
Json = dict[str, Any]


def user(number: int, name: str = "", email: str = "", **more: Any) -> Json:
    """Somebody in the group."""
    address = email or f"person{number}@westshire.example"
    return {
        "@odata.type": "#microsoft.graph.user",
        "id": f"aaaaaaaa-0000-4000-8000-{number:012}",
        "displayName": name or f"Person {number}",
        "mail": address,
        "userPrincipalName": address,
        "accountEnabled": True,
        "userType": "Member",
        **more,
    }


class FakeGraph:
    """Gives the group's people two a page. `faults` are statuses given first; `next_host` leads astray."""

    def __init__(self, *people: Json) -> None:
        self.people = list(people)
        self.faults: list[tuple[int, dict[str, str]]] = []
        self.installs: dict[str, int] = {}
        self.in_catalogue = True
        self.next_host = ""
        self.asked: list[tuple[str, str]] = []
        self.tokens: set[str] = set()
        self.url = ""

    @contextmanager
    def serving(self) -> Iterator[FakeGraph]:
        """On a free port of this machine until the end."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{server.server_port}/v1.0"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()

    def answer(self, method: str, target: str, body: Json) -> tuple[int, dict[str, str], Json]:
        """What a call is answered with."""
        parts = urlsplit(target)
        path = parts.path.removeprefix("/v1.0")
        self.asked.append((method, path))
        if self.faults:
            status, headers = self.faults.pop(0)
            return status, headers, {"error": {"code": "x"}}
        match [method, *path.strip("/").split("/")]:
            case ["GET", "groups", group, "transitiveMembers"] if group == GROUP:
                return 200, {}, self._page(parse_qs(parts.query))
            case ["GET", "appCatalogs", "teamsApps"]:
                return 200, {}, {"value": [{"id": APP}] if self.in_catalogue else []}
            case ["POST", "users", who, "teamwork", "installedApps"]:
                assert body == {"teamsApp@odata.bind": f"{self.url}/appCatalogs/teamsApps/{APP}"}
                return self.installs.get(who, 201), {}, {}
        return 404, {}, {"error": {"code": "Request_ResourceNotFound"}}

    def _page(self, query: dict[str, list[str]]) -> Json:
        start = int(query.get("$skiptoken", ["0"])[0])
        page: Json = {"value": self.people[start : start + 2]}
        if start + 2 < len(self.people):
            base = self.next_host or self.url
            page["@odata.nextLink"] = f"{base}/groups/{GROUP}/transitiveMembers?$skiptoken={start + 2}"
        return page


def _handler(fake: FakeGraph) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            fake.tokens.add((self.headers.get("authorization") or "").removeprefix("Bearer "))
            status, headers, said = fake.answer(self.command, self.path, json.loads(raw or b"{}"))
            shown = json.dumps(said).encode()
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(shown))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(shown)

        do_GET = do_POST = _do  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
