"""A small Slack on loopback: it answers the Web API as Slack does, keeps what it is told, and can misbehave."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.support import blockkit

TEAM = "T0WESTSHIRE"
BOT_USER = "U0CPBOT"
BOT_ID = "B0CPBOT"
TRIGGER_LIFE = 3.0
Args = dict[str, Any]


@dataclass
class Call:
    """One call that the bot made, and what it was answered."""

    method: str
    args: Args
    ok: bool = True
    error: str = ""
    answered: bool = False


@dataclass
class Member:
    """Somebody in Slack's directory."""

    id: str
    email: str
    name: str = ""
    marks: Args = field(default_factory=dict)

    def as_json(self) -> Args:
        profile = {"email": self.email, "real_name": self.name} if self.email else {"real_name": self.name}
        return {
            "id": self.id,
            "team_id": TEAM,
            "deleted": False,
            "is_bot": False,
            "real_name": self.name,
            "profile": profile,
            **self.marks,
        }


class FakeSlack:
    """The Web API, response_url and a Socket Mode server. `problems` are payloads Slack would refuse."""

    def __init__(self) -> None:
        self.members: dict[str, Member] = {}
        self.messages: dict[tuple[str, str], Args] = {}
        self.homes: dict[str, Args] = {}
        self.views: dict[str, Args] = {}
        self.calls: list[Call] = []
        self.problems: list[str] = []
        self.page_size = 200
        self.now: Callable[[], float] = time.time
        self.url = ""
        self._triggers: dict[str, float] = {}
        self._faults: dict[str, deque[str]] = defaultdict(deque)
        self._numbers = itertools.count(1)
        self._sockets: list[web.WebSocketResponse] = []
        self._acks: dict[str, asyncio.Future[Args]] = {}
        self.connected = asyncio.Event()

    # --- for the tests

    def join(self, user: str, email: str, name: str = "", **marks: Any) -> Member:
        """Somebody new in the directory."""
        self.members[user] = Member(user, email, name, marks)
        return self.members[user]

    def will(self, method: str, *faults: str) -> None:
        """What goes wrong with the next calls: "429:2", "500", "html", "drop", "drop-before", "slow:3", or
        the name of an error; "ok" for nothing."""
        self._faults[method].extend(faults)

    def trigger(self) -> str:
        """What lets the bot open one modal, for three seconds."""
        made = f"1.{next(self._numbers)}"
        self._triggers[made] = time.monotonic()
        return made

    def response_url(self) -> str:
        return f"{self.url}/response/{next(self._numbers)}"

    def of(self, *methods: str) -> list[Call]:
        """The calls that Slack took, of some methods."""
        return [c for c in self.calls if c.method in methods and c.ok]

    def read(self, channel: str) -> list[str]:
        """What can be read in a conversation, oldest first."""
        return [m["text"] for (where, _), m in self.messages.items() if where == channel]

    def direct(self, user: str) -> str:
        """The conversation of a person with the bot."""
        return f"D{user[1:]}"

    async def over_socket(self, kind: str, payload: Args) -> Args | None:
        """Deliver over Socket Mode; what the bot acknowledged with, or None if it did not within a second."""
        envelope = f"e{next(self._numbers)}"
        future = self._acks[envelope] = asyncio.get_running_loop().create_future()
        await self._sockets[-1].send_json({"envelope_id": envelope, "type": kind, "payload": payload})
        try:
            return await asyncio.wait_for(future, 5)
        except TimeoutError:
            return None

    # --- serving

    @asynccontextmanager
    async def running(self) -> AsyncIterator[FakeSlack]:
        app = web.Application(client_max_size=4_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{number}", self._response)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            for socket in self._sockets:
                await socket.close()
            await runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, args = request.match_info["method"], await _arguments(request)
        call = Call(method, args)
        self.calls.append(call)
        fault = self._faults[method].popleft() if self._faults[method] else "ok"
        if early := self._refused(fault, call, request):
            return early
        answer = self._answer(method, args)
        call.ok, call.error = bool(answer["ok"]), str(answer.get("error", ""))
        late = await self._late(fault, request)
        call.answered = late is None
        return late or web.json_response(answer)

    def _refused(self, fault: str, call: Call, request: web.Request) -> web.StreamResponse | None:
        """An answer that says that nothing was taken in."""
        kind, _, more = fault.partition(":")
        if kind in ("ok", "drop", "slow", "500-after"):
            return None
        call.ok, call.error = False, kind
        if kind == "429":
            said = {"ok": False, "error": "ratelimited"}
            return web.json_response(said, status=429, headers={"Retry-After": more or "1"})
        if kind == "500":
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        if kind == "html":
            return web.Response(text="<h1>Bad gateway</h1>", status=502, content_type="text/html")
        if kind == "garbage":
            return web.Response(text="not json", status=200, content_type="application/json")
        if kind == "drop-before":
            return _cut(request)
        return web.json_response({"ok": False, "error": kind})

    async def _late(self, fault: str, request: web.Request) -> web.StreamResponse | None:
        """What goes wrong once it was taken in: the bot cannot know."""
        kind, _, more = fault.partition(":")
        if kind == "slow":
            await asyncio.sleep(float(more))
        elif kind == "500-after":
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        return _cut(request) if kind == "drop" else None

    # --- the methods

    def _answer(self, method: str, args: Args) -> Args:
        known = getattr(self, "_" + method.replace(".", "_"), None)
        if known is None:
            self.problems.append(f"{method} is no method of Slack's that the bot may use")
            return {"ok": False, "error": "unknown_method"}
        shown = args.get("view") or (args if "blocks" in args else None)
        if isinstance(shown, dict):
            self.problems += [f"{method}: {p}" for p in blockkit.problems(shown)]
        return {"ok": True, **known(args)}

    def _auth_test(self, args: Args) -> Args:
        return {"team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID}

    def _apps_connections_open(self, args: Args) -> Args:
        return {"url": f"{self.url.replace('http', 'ws')}/link"}

    def _users_info(self, args: Args) -> Args:
        member = self.members.get(args["user"])
        return {"user": member.as_json()} if member else {"ok": False, "error": "user_not_found"}

    def _users_list(self, args: Args) -> Args:
        start = int(args.get("cursor") or 0)
        stop = start + self.page_size
        everybody = [m.as_json() for m in self.members.values()]
        cursor = str(stop) if stop < len(everybody) else ""
        return {"members": everybody[start:stop], "response_metadata": {"next_cursor": cursor}}

    def _chat_postMessage(self, args: Args) -> Args:  # noqa: N802 - Slack's own name
        channel = self.direct(args["channel"]) if args["channel"].startswith("U") else args["channel"]
        ts = f"{self.now():.3f}{next(self._numbers):03d}"
        self.messages[channel, ts] = args
        return {"channel": channel, "ts": ts}

    def _chat_update(self, args: Args) -> Args:
        key = (args["channel"], args["ts"])
        if key not in self.messages:
            return {"ok": False, "error": "message_not_found"}
        self.messages[key] = {**self.messages[key], **args}
        return {"channel": args["channel"], "ts": args["ts"]}

    def _chat_postEphemeral(self, args: Args) -> Args:  # noqa: N802 - Slack's own name
        return {"message_ts": f"{time.time():.6f}"}

    def _conversations_history(self, args: Args) -> Args:
        oldest, shown = float(args.get("oldest") or 0), str(args.get("include_all_metadata", "")).lower()
        found = [
            {
                "ts": ts,
                "text": m["text"],
                **({"metadata": m.get("metadata")} if shown in ("1", "true") else {}),
            }
            for (channel, ts), m in self.messages.items()
            if channel == args["channel"] and float(ts) >= oldest
        ]
        start, size = int(args.get("cursor") or 0), int(args["limit"])
        cursor = str(start + size) if start + size < len(found) else ""
        found.reverse()
        return {"messages": found[start : start + size], "response_metadata": {"next_cursor": cursor}}

    def _views_open(self, args: Args) -> Args:
        born = self._triggers.pop(args["trigger_id"], None)
        if born is None or time.monotonic() - born > TRIGGER_LIFE:
            return {"ok": False, "error": "expired_trigger_id"}
        view = {**args["view"], "id": f"V{next(self._numbers)}"}
        self.views[view["id"]] = view
        return {"view": view}

    def _views_update(self, args: Args) -> Args:
        if args["view_id"] not in self.views:
            return {"ok": False, "error": "not_found"}
        self.views[args["view_id"]] = {**args["view"], "id": args["view_id"]}
        return {"view": self.views[args["view_id"]]}

    def _views_publish(self, args: Args) -> Args:
        self.homes[args["user_id"]] = args["view"]
        return {"view": args["view"]}

    # --- the other doors

    async def _response(self, request: web.Request) -> web.StreamResponse:
        args = await request.json()
        call = Call("response_url", {**args, "url": str(request.url)})
        self.calls.append(call)
        fault = self._faults["response_url"].popleft() if self._faults["response_url"] else "ok"
        if fault != "ok":
            call.ok = False
            return _cut(request) if fault == "drop-before" else web.Response(status=int(fault))
        self.problems += [f"response_url: {p}" for p in blockkit.problems(args)]
        return web.Response(text="ok")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._sockets.append(socket)
        self.connected.set()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                said = json.loads(message.data)
                if future := self._acks.pop(said.get("envelope_id"), None):
                    future.set_result(said.get("payload") or {})
        return socket


async def _arguments(request: web.Request) -> Args:
    """Slack takes query, form and JSON alike."""
    args: Args = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        args |= await request.json()
    elif request.can_read_body:
        args |= dict(await request.post())
    return {k: _parsed(v) for k, v in args.items()}


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


def _cut(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
