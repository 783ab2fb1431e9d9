"""What Slack sends when people do things, really signed, to the application without a network."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.support import blockkit
from tests.support.slack import TEAM, FakeSlack

SECRET = "0123456789abcdef0123456789abcdef"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
CHANNEL = "C0PANEL"
Shown = dict[str, Any]


def signed(body: bytes, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers by which Slack proves that a body is its own."""
    stamp = str(int(time.time() if at is None else at))
    mark = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mark}"}


class Door:
    """One process of the bot, as Slack sees it. Every answer is looked at as Slack would."""

    _numbers = itertools.count(1)

    def __init__(self, client: httpx.AsyncClient, fake: FakeSlack) -> None:
        self.client = client
        self.fake = fake

    # --- typed

    async def slash(self, user: str, text: str = "", channel: str = "", **more: Any) -> Shown:
        """/cp; what the person is shown at once."""
        channel = channel or self.fake.direct(user)
        body = {
            "command": "/cp",
            "text": text,
            "user_id": user,
            "team_id": TEAM,
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "panel",
            "trigger_id": self.fake.trigger(),
            "response_url": self.fake.response_url(),
            **more,
        }
        response = await self.send(urlencode(body).encode(), FORM)
        assert response.status_code == 200, response.text
        shown: Shown = response.json() if response.text else {}
        self._check(shown)
        return shown

    async def dm(self, user: str, text: str, **more: Any) -> Shown:
        """A direct message; the envelope, so that it can be delivered again."""
        event = {"type": "message", "channel": self.fake.direct(user), "channel_type": "im", "user": user}
        return await self.event({**event, "text": text, **self._stamp(), **more})

    async def mention(self, user: str, text: str, channel: str = CHANNEL, **more: Any) -> Shown:
        """A mention in a channel."""
        said = {"type": "app_mention", "channel": channel, "user": user, "text": f"<@U0CPBOT> {text}"}
        return await self.event({**said, **self._stamp(), **more})

    async def home(self, user: str) -> Shown:
        """App Home is opened; what it shows."""
        await self.event(
            {"type": "app_home_opened", "user": user, "channel": self.fake.direct(user), "tab": "home"}
        )
        return self.fake.homes[user]

    async def event(self, event: Shown, status: int = 200) -> Shown:
        """An event of the Events API."""
        envelope = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{next(self._numbers)}",
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": "U0CPBOT", "is_bot": True}],
        }
        await self.again(envelope, status)
        return envelope

    async def again(self, envelope: Shown, status: int = 200, **headers: str) -> httpx.Response:
        """The same event, delivered once more."""
        response = await self.send(json.dumps(envelope).encode(), JSON, **headers)
        assert response.status_code == status, response.text
        return response

    # --- pressed

    async def press(self, user: str, shown: Shown, label: str, **container: Any) -> Shown:
        """A button by its label, on whatever was shown: an ephemeral message unless said otherwise."""
        return await self.click(user, self.button(shown, label), shown=shown, **container)

    async def click(
        self,
        user: str,
        button: Shown,
        *,
        shown: Shown | None = None,
        channel: str = "",
        ts: str = "",
        ephemeral: bool = True,
        at: float | None = None,
        trigger: str | None = None,
    ) -> Shown:
        """A click; the payload, so that it can be sent again."""
        action = {k: v for k, v in button.items() if k in ("type", "action_id", "value", "text")}
        body = {
            "type": "block_actions",
            **self._who(user),
            "trigger_id": self.fake.trigger() if trigger is None else trigger,
            "actions": [{**action, "block_id": "b", "action_ts": f"{at or time.time():.6f}"}],
        }
        if shown is not None and shown.get("type") in ("modal", "home"):
            view = {"id": shown.get("id", "VHOME"), **shown}
            body |= {"container": {"type": "view", "view_id": view["id"]}, "view": view}
        else:
            channel = channel or self.fake.direct(user)
            where = {"message_ts": ts or "1.1", "channel_id": channel, "is_ephemeral": ephemeral}
            body |= {"container": {"type": "message", **where}, "channel": {"id": channel}}
            body["response_url"] = self.fake.response_url()
        await self.interact(body)
        return body

    async def submit(self, user: str, view: Shown, values: dict[str, Any] | None = None) -> Shown:
        """A modal is submitted, as the client would: with what stands in it, and what was put in."""
        given, state = dict(values or {}), {}
        for block in view["blocks"]:
            if block["type"] == "input":
                name, element = block["block_id"], block["element"]
                value = given.pop(name, _start(element))
                assert block["optional"] or value, f"{name} is required: the client would not send it"
                state[name] = {element["action_id"]: _answered(element, value)}
        assert not given, f"no such questions: {given.keys()}"
        full = {"id": view.get("id", f"V{next(self._numbers)}"), **view, "state": {"values": state}}
        body = {"type": "view_submission", **self._who(user), "view": full, "trigger_id": self.fake.trigger()}
        response = await self.interact(body)
        answer: Shown = response.json() if response.text else {}
        if "view" in answer:
            self._check(answer["view"])
        if answer.get("response_action") == "errors":
            inputs = {b["block_id"] for b in view["blocks"] if b["type"] == "input"}
            assert answer["errors"].keys() <= inputs
        return answer

    async def shortcut(self, user: str, callback: str, message: str = "") -> Shown:
        """A shortcut; the modal that it opened."""
        kind = {"type": "message_action", "message": {"text": message}} if message else {"type": "shortcut"}
        await self.interact(
            {**kind, "callback_id": callback, **self._who(user), "trigger_id": self.fake.trigger()}
        )
        return self.modal()

    async def suggest(self, user: str, typed: str) -> list[str]:
        """The names that a people field offers."""
        body = {"type": "block_suggestion", **self._who(user), "action_id": "who", "block_id": "who"}
        response = await self.interact({**body, "value": typed, "view": {"id": "V1"}})
        return [o["text"]["text"] for o in response.json()["options"]]

    async def interact(self, payload: Shown) -> httpx.Response:
        """An interaction of any kind."""
        response = await self.send(urlencode({"payload": json.dumps(payload)}).encode(), FORM)
        assert response.status_code == 200, response.text
        return response

    # --- finding things

    def modal(self) -> Shown:
        """The modal that was opened or changed last."""
        return list(self.fake.views.values())[-1]

    @staticmethod
    def button(shown: Shown, label: str) -> Shown:
        """A button by its label."""
        found = [e for b in shown["blocks"] if b["type"] == "actions" for e in b["elements"]]
        hit = [e for e in found if e["text"]["text"] == label]
        assert hit, f"no button {label!r} among {[e['text']['text'] for e in found]}"
        button: Shown = hit[0]
        return button

    # --- the wire

    async def send(self, body: bytes, kind: str, **headers: str) -> httpx.Response:
        """A signed request."""
        return await self.client.post(
            "/slack/events", content=body, headers={"Content-Type": kind, **signed(body), **headers}
        )

    def _check(self, shown: Shown) -> None:
        if shown.get("blocks") or shown.get("text"):
            self.fake.problems += [f"answer: {p}" for p in blockkit.problems(shown)]

    def _stamp(self) -> Shown:
        ts = f"{time.time():.3f}{next(self._numbers):03d}"
        return {"ts": ts, "event_ts": ts, "team": TEAM}

    def _who(self, user: str) -> Shown:
        return {"team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "api_app_id": "A0CP"}


def _start(element: Shown) -> Any:
    """What stands in an input before anybody touches it."""
    if "initial_option" in element:
        return element["initial_option"]["value"]
    if "initial_options" in element:
        return [o["value"] for o in element["initial_options"]]
    return next((element[k] for k in ("initial_value", "initial_date", "initial_time") if k in element), None)


def _answered(element: Shown, value: Any) -> Shown:
    """An input's state as Slack sends it."""
    options = {o["value"]: o for o in element.get("options", [])}
    match element["type"]:
        case "static_select":
            return {"selected_option": options[value] if value else None}
        case "external_select":
            chosen = {"text": {"type": "plain_text", "text": str(value)}, "value": value}
            return {"selected_option": chosen if value else None}
        case "checkboxes":
            return {"selected_options": [options[v] for v in value or []]}
        case "datepicker":
            return {"selected_date": value}
        case "timepicker":
            return {"selected_time": value}
    return {"value": value}
