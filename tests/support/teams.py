"""The other side of the Teams channel on loopback: the Bot Connector, its signing keys, Entra's tokens."""

from __future__ import annotations

import base64
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

BOT = "11111111-1111-4111-8111-111111111111"
TENANT = "22222222-2222-4222-8222-222222222222"
ISSUER = "https://api.botframework.com"
KEY_ID = "key-1"
Json = dict[str, Any]


@cache
def signing_key(name: str = "ours") -> rsa.RSAPrivateKey:
    """A key of that name, the same for the whole run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class User:
    """Somebody in Teams. `id` is theirs with this bot, `object_id` theirs in Entra."""

    name: str
    object_id: str
    email: str
    guest: bool = False

    @property
    def id(self) -> str:
        return f"29:{self.name.lower()}"

    @property
    def conversation(self) -> str:
        return personal(self.object_id)

    def in_roster(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "aadObjectId": self.object_id,
            "tenantId": TENANT,
            "userPrincipalName": self.email,
            "email": self.email,
            "userRole": "guest" if self.guest else "user",
        }


def personal(user: str) -> str:
    """The id of somebody's conversation with the bot, by either of their ids."""
    return f"a:1-{base64.urlsafe_b64encode(user.encode()).decode().rstrip('=')}"


@dataclass(frozen=True)
class Call:
    """One call that the bot made."""

    method: str
    path: str
    body: Json
    token: str
    at: float = 0.0


@dataclass
class Fault:
    """What the next call whose path holds `part` is answered with. `after` still takes the message in.

    `of`: whose call, by an id in its body, for calls that all go to one path.
    """

    part: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    after: bool = False
    of: str = ""

    def meets(self, call: Call) -> bool:
        """Whether this is the call."""
        return self.part in call.path and self.of in json.dumps(call.body)


class FakeTeams:
    """Keeps what it is sent. `faults` are used up in turn; `keys_wait` holds up the signing keys.

    `clock` says when a call came, in seconds.
    """

    def __init__(self) -> None:
        signing_key()  # made before threads ask for it
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.users: dict[str, User] = {}
        self.messages: dict[str, list[Json]] = {}
        self.keys_wait: threading.Event | None = None
        self.keys_asked = threading.Event()
        self.tokens_given = 0
        self.url = ""
        self.clock: Callable[[], float] = time.monotonic
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    # --- what the test asks

    def sent(self, conversation: str = "") -> list[Json]:
        """The messages of a conversation as they stand, or of all, oldest first."""
        known = [self.messages.get(conversation, [])] if conversation else self.messages.values()
        return [m for messages in known for m in messages]

    def called(self, method: str, part: str = "") -> list[Call]:
        """The calls of a method to paths that hold `part`."""
        return [c for c in self.calls if c.method == method and part in c.path]

    def add(self, *users: User) -> None:
        """Put people into the roster."""
        self.users |= {u.id: u for u in users}

    # --- activities as Teams makes them

    def token(self, *, key: Any = None, algorithm: str = "RS256", kid: str = KEY_ID, **claims: Any) -> str:
        """A token like the Connector's; a claim of None is left out."""
        now = int(time.time())
        usual = {"iss": ISSUER, "aud": BOT, "iat": now, "nbf": now - 5, "exp": now + 3600}
        said = {k: v for k, v in {**usual, "serviceurl": self.url, **claims}.items() if v is not None}
        return jwt.encode(said, key or signing_key(), algorithm=algorithm, headers={"kid": kid})

    def activity(self, user: User, kind: str, place: str = "personal", **more: Any) -> Json:
        """Any activity of somebody, in their personal chat or in a place such as "channel"."""
        where = user.conversation if place == "personal" else f"19:{place}@thread.tacv2;messageid=1"
        return {
            "type": kind,
            "id": f"activity-{next(self._numbers)}",
            "channelId": "msteams",
            "serviceUrl": self.url,
            "from": {"id": user.id, "name": user.name, "aadObjectId": user.object_id},
            "recipient": {"id": f"28:{BOT}", "name": "Panel"},
            "conversation": {"id": where, "conversationType": place, "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            **more,
        }

    def message(self, user: User, text: str, place: str = "personal", **more: Any) -> Json:
        """Typed words; outside a personal chat, with a mention of the bot."""
        if place == "personal":
            return self.activity(user, "message", text=text, **more)
        at = "<at>Panel</at>"
        mention = {"type": "mention", "text": at, "mentioned": {"id": f"28:{BOT}", "name": "Panel"}}
        return self.activity(user, "message", place, text=f"{at} {text}", entities=[mention], **more)

    def execute(self, user: User, action: Json, place: str = "personal", **inputs: str) -> Json:
        """An Action.Execute of a card, with the answers beside it."""
        data = {**action["data"], **inputs}
        value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": data}}
        return self.invoke(user, "adaptiveCard/action", value, place)

    def invoke(self, user: User, name: str, value: Json, place: str = "personal") -> Json:
        return self.activity(user, "invoke", place, name=name, value=value)

    # --- the server

    @contextmanager
    def serving(self) -> Iterator[FakeTeams]:
        """On a free port of this machine until the end."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        self.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()

    def answer(self, call: Call) -> tuple[int, dict[str, str], Json]:
        """What a call is answered with."""
        if call.path.endswith("/keys"):
            return 200, {}, self._keys()
        if call.path == "/token":
            self.tokens_given += 1
            return 200, {}, {"access_token": f"given-{self.tokens_given}", "expires_in": 3600}
        self.calls.append(call)
        fault = self._fault(call)
        if fault and not fault.after:
            return fault.status, fault.headers, fault.body
        usual = self._usual(call)
        return (fault.status, fault.headers, fault.body) if fault else usual

    def _fault(self, call: Call) -> Fault | None:
        with self._lock:
            fault = next((f for f in self.faults if f.meets(call)), None)
            if fault:
                self.faults.remove(fault)
            return fault

    def _keys(self) -> Json:
        self.keys_asked.set()
        if self.keys_wait is not None:
            self.keys_wait.wait(10)
        shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(signing_key().public_key()))
        return {"keys": [{**shown, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def _usual(self, call: Call) -> tuple[int, dict[str, str], Json]:
        if not call.token:
            return 401, {}, {"error": {"code": "Unauthorized"}}
        steps = [unquote(s) for s in call.path.strip("/").split("/")]
        match [call.method, *steps]:
            case ["POST", "v3", "conversations"]:
                return 201, {}, {"id": personal(call.body["members"][0]["id"])}
            case ["POST", "v3", "conversations", where, "activities"]:
                return 201, {}, {"id": self._keep(where, call.body)}
            case ["PUT", "v3", "conversations", where, "activities", number]:
                return self._put(where, number, call.body)
            case ["GET", "v3", "conversations", _, "members", user] if user in self.users:
                return 200, {}, self.users[user].in_roster()
        return 404, {}, {"error": {"code": "NotFound"}}

    def _keep(self, where: str, message: Json) -> str:
        number = f"m{next(self._numbers)}"
        self.messages.setdefault(where, []).append({**message, "id": number})
        return number

    def _put(self, where: str, number: str, message: Json) -> tuple[int, dict[str, str], Json]:
        kept = self.messages.get(where, [])
        for place, old in enumerate(kept):
            if old["id"] == number:
                kept[place] = {**message, "id": number}
                return 200, {}, {"id": number}
        return 404, {}, {"error": {"code": "ActivityNotFoundInConversation"}}


def _handler(fake: FakeTeams) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            body = json.loads(raw) if raw.startswith(b"{") else {"form": raw.decode()} if raw else {}
            token = (self.headers.get("authorization") or "").removeprefix("Bearer ")
            path = self.path.split("?")[0]
            status, headers, said = fake.answer(Call(self.command, path, body, token, fake.clock()))
            shown = json.dumps(said).encode()
            self.send_response(status)
            for name, value in {**headers, "content-type": "application/json"}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(shown)))
            self.end_headers()
            self.wfile.write(shown)

        do_GET = do_POST = do_PUT = _do  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@dataclass(frozen=True)
class TeamsOptions:
    """The settings of the Teams side, pointing at a fake."""

    url: str
    teams_client_id: str = BOT
    teams_client_secret: str = "not-a-secret"
    teams_client_certificate: str = ""
    teams_tenant_id: str = TENANT

    @property
    def teams_openid_metadata_url(self) -> str:
        return f"{self.url}/v1/.well-known/openidconfiguration"

    @property
    def teams_service_url(self) -> str:
        return self.url

    @property
    def teams_token_url(self) -> str:
        return f"{self.url}/token"


class Line:
    """Posts activities to the bot as the Connector does, each signed unless said otherwise."""

    def __init__(self, client: httpx.AsyncClient, fake: FakeTeams) -> None:
        self.client = client
        self.fake = fake

    async def __call__(self, activity: Json, token: str | None = None) -> httpx.Response:
        proof = f"Bearer {self.fake.token() if token is None else token}"
        return await self.client.post("/api/messages", json=activity, headers={"Authorization": proof})


def card_of(message: Json) -> Json:
    """The card of a message that was sent."""
    found: Json = message["attachments"][0]["content"]
    return found


def each(thing: Any) -> Iterator[Json]:
    """Every element of a card, at any depth, without what buttons carry."""
    if isinstance(thing, dict):
        yield thing
        for name, value in thing.items():
            if name not in ("data", "fallback"):
                yield from each(value)
    elif isinstance(thing, list):
        for one in thing:
            yield from each(one)


def actions(card: Json) -> dict[str, Json]:
    """The buttons of a card by title."""
    return {e["title"]: e for e in each(card) if str(e.get("type", "")).startswith("Action.Exec")}


def inputs(card: Json) -> dict[str, Json]:
    """The inputs of a card by id."""
    return {e["id"]: e for e in each(card) if str(e.get("type", "")).startswith("Input.")}


def words_of(card: Json) -> str:
    """Everything a person reads on a card."""
    return "\n".join(str(e["text"]) for e in each(card) if "text" in e)
