"""What Bolt calls: each listener makes one Inbound, has it answered, and shows the answer in its place."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.channels.slack import arrivals, render, views
from bot.channels.slack.clicks import Clicks
from bot.channels.slack.inputs import option
from bot.channels.slack.limits import OPTIONS
from bot.channels.slack.members import Members
from bot.channels.slack.stage import Stage
from bot.channels.slack.text import cut, unescape
from bot.conversation.inbound import Answer, Handle, Inbound, Later, Sender
from bot.wording.labels import label
from bot.wording.parts import Message, Paragraph, Span

log = structlog.get_logger()
Body = Mapping[str, Any]
Suggest = Callable[[Sender, str], Awaitable[list[tuple[str, str]]]]
"""Value and name of the people whom a person may mean by a few typed letters."""
RAISE_CONCERN = "raise_concern"
TRACK_MESSAGE = "track_message"
COMMAND = "/cp"
ANY_ID = re.compile(".*", re.DOTALL)
LONGEST_TRACKED = 2000
WRITTEN = frozenset({"", "file_share", "thread_broadcast"})
"""The kinds of message that a person writes. Edits, deletions and Slack's own notices are not among them."""


class Listeners:
    """Slack's surfaces, all leading to the same `handle`.

    What Slack does not take of an answer goes to `later`, so that the person gets it as a message.
    """

    def __init__(
        self, handle: Handle, later: Later, members: Members, stage: Stage, suggest: Suggest
    ) -> None:
        self.handle = handle
        self.later = later
        self.members = members
        self.stage = stage
        self.suggest = suggest
        self.clicks = Clicks()

    def register(self, app: AsyncApp) -> None:
        """Register every listener, the busiest first: each one checked costs time."""
        app.action(ANY_ID)(self.on_click)
        app.event("message")(self.on_message)
        app.command(COMMAND)(self.on_command)
        app.view(ANY_ID)(self.on_form)
        app.event("app_mention")(self.on_mention)
        app.event("app_home_opened")(self.on_home)
        app.options(ANY_ID)(self.on_options)
        app.shortcut(RAISE_CONCERN)(self.on_concern_shortcut)
        app.shortcut(TRACK_MESSAGE)(self.on_track_shortcut)
        app.event("user_change")(self.on_user_change)
        app.event("app_uninstalled")(self.on_removed)
        app.event("tokens_revoked")(self.on_removed)
        app.error(self.on_error)

    # --- typed

    async def on_message(self, body: Body, event: Body) -> None:
        """A direct message. Its reply is a delivery; only what is for nobody we know is posted from here."""
        if not _written(event) or event.get("channel_type") != "im":
            return
        inbound = arrivals.from_event(body, event, self.members.names)
        answer = await self._answer(inbound)
        if not answer.again and not answer.delivered:
            await self.stage.post(event["channel"], None, render.payload(answer.message, answer.opens))

    async def on_mention(self, body: Body, event: Body) -> None:
        """A mention in a channel: what is private is shown to the person who asked alone."""
        if not _written(event):
            return
        inbound = arrivals.from_event(body, event, self.members.names)
        answer = await self._answer(inbound)
        if answer.again:
            return
        channel, thread = event["channel"], event.get("thread_ts")
        if answer.private:
            shown = render.quiet(answer.message, answer.opens)
            taken = await self.stage.whisper(channel, event["user"], thread, shown)
        else:
            taken = await self.stage.post(channel, thread, render.payload(answer.message, answer.opens))
        if not taken:
            await self.later(inbound, answer)

    async def on_command(self, body: Body, ack: AsyncAck) -> None:
        """A slash command, from any channel: always answered to the person alone."""
        answer = await self._answer(arrivals.from_command(body, self.members.names))
        if await self._opened(body, answer):
            await ack()
            return
        await ack(response_type="ephemeral", **render.quiet(answer.message, answer.opens))

    # --- pressed

    async def on_click(self, body: Body, ack: AsyncAck) -> None:
        """A button, on a message, an ephemeral message, a modal or App Home."""
        action = body["actions"][0]
        says = unescape(str(action.get("value") or ""))
        await ack()
        if action.get("type") != "button":
            return
        if not says:
            await self._show(body, Answer(_line(label("out_of_date"))))
            return
        inbound = arrivals.from_click(body, says, self.clicks.event_id(body, says))
        answer = await self._answer(inbound)
        if not answer.again and not await self._show(body, answer):
            await self.later(inbound, answer)

    async def _show(self, body: Body, answer: Answer) -> bool:
        container = body.get("container") or {}
        if container.get("type") == "view":
            return await self._show_in_view(body, answer)
        if await self._opened(body, answer):
            return True
        # Others see what stands in a channel: only in private may a card take another's place there.
        own = not container.get("is_ephemeral") and _is_own(body)
        replace = answer.replaces and (own or bool(container.get("is_ephemeral")))
        shown = render.quiet(answer.message, answer.opens)
        return await self.stage.respond(
            str(body.get("response_url") or ""), shown, private=not own, replace=replace
        )

    async def _show_in_view(self, body: Body, answer: Answer) -> bool:
        form = answer.message.form
        view = views.form_view(answer.message, form) if form else views.shown_view(answer.message)
        if (body.get("view") or {}).get("type") == "modal":
            return await self.stage.change(body["view"]["id"], view)
        opening = self.stage.open(body.get("trigger_id", ""), view)
        if not answer.replaces:
            return await opening
        at = body["actions"][0].get("action_ts")
        home = self._publish_home(arrivals.sender_of(body), f"click:{at}")
        shown, _ = await asyncio.gather(opening, home)
        return shown

    async def on_form(self, body: Body, ack: AsyncAck) -> None:
        """A submitted modal: errors stay beside their fields, an answer takes the modal's place."""
        said = views.said_by(body["view"].get("private_metadata") or "")
        if said is None:
            await ack(response_action="update", view=views.shown_view(_line(label("out_of_date"))))
            return
        answer = await self._answer(arrivals.from_form(body, *said))
        form = answer.message.form
        if form is None:
            await ack(response_action="update", view=views.shown_view(answer.message))
            return
        asked = {b["block_id"] for b in body["view"]["blocks"] if b["type"] == "input"}
        errors = views.errors_of(form)
        if errors and errors.keys() <= asked:
            await ack(response_action="errors", errors=errors)
        else:
            await ack(response_action="update", view=views.form_view(answer.message, form))

    async def on_concern_shortcut(self, body: Body, ack: AsyncAck) -> None:
        """ "Raise a concern", from anywhere in Slack."""
        await self._shortcut(body, arrivals.from_shortcut(body, says="concern"), ack)

    async def on_track_shortcut(self, body: Body, ack: AsyncAck) -> None:
        """ "Track this as an action", on a message: its words are checked like typed ones."""
        words = str((body.get("message") or {}).get("text") or "")
        said = cut(arrivals.plain_text(words, self.members.names), LONGEST_TRACKED)
        tracked = {"text": f"track {said}"} if said else {"says": "concern"}
        await self._shortcut(body, arrivals.from_shortcut(body, **tracked), ack)

    async def _shortcut(self, body: Body, inbound: Inbound, ack: AsyncAck) -> None:
        answer = await self._answer(inbound)
        await ack()
        form = answer.message.form
        view = views.form_view(answer.message, form) if form else views.shown_view(answer.message)
        if not await self.stage.open(body.get("trigger_id", ""), view):
            await self.later(inbound, answer)

    async def _opened(self, body: Body, answer: Answer) -> bool:
        """Open the answer's form as a modal, if it has one. What is urgent is shown on the spot instead."""
        form = answer.message.form
        if form is None or answer.urgent:
            return False
        return await self.stage.open(body.get("trigger_id", ""), views.form_view(answer.message, form))

    # --- everything else

    async def on_home(self, body: Body, event: Body) -> None:
        """App Home was opened: show what matters to this person now."""
        if event.get("tab") == "home":
            sender = arrivals.from_event(body, {"channel": "D", "user": event["user"]}).sender
            await self._publish_home(sender, str(body["event_id"]))

    async def _publish_home(self, sender: Sender, event_id: str) -> None:
        answer = await self._answer(Inbound(f"home:{event_id}", sender, says="home"))
        if answer.message.parts:
            await self.stage.publish(sender.user_id, views.home_view(answer.message))

    async def on_options(self, body: Body, ack: AsyncAck) -> None:
        """Names for a people field, as somebody types."""
        found = await self.suggest(arrivals.sender_of(body), str(body.get("value") or ""))
        await ack(options=[option(value, name) for value, name in found[:OPTIONS]])

    async def on_user_change(self, event: Body) -> None:
        """Somebody's profile changed: a new address, a deactivated account."""
        await self.members.changed(event["user"])

    async def on_removed(self, event: Body) -> None:
        """The app or its token was taken away: nothing can be sent until it is installed again."""
        log.error("slack.removed", event=event.get("type"))

    async def on_error(self, error: Exception) -> BoltResponse:
        """What nobody listens for is acknowledged; what fails is logged without its content."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200, body="")
        log.error("slack.failed", error=type(error).__name__, exc_info=error)
        return BoltResponse(status=500, body="")

    async def _answer(self, inbound: Inbound) -> Answer:
        return await self.handle(await self.members.vouched(inbound))


def _written(event: Body) -> bool:
    """Whether a person wrote it: not a program, not an edit, not a notice of Slack's."""
    return bool(event.get("user")) and not event.get("bot_id") and (event.get("subtype") or "") in WRITTEN


def _is_own(body: Body) -> bool:
    """Whether it happened in the person's own conversation with us."""
    return arrivals.place_of((body.get("channel") or {}).get("id", ""), "") == "personal"


def _line(words: str) -> Message:
    return Message((Paragraph((Span(words),)),))
