"""What Bolt calls: each listener makes one Inbound, has it answered, and shows the answer in its place."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.channels.slack import arrivals, render
from bot.channels.slack.desk import Body, Desk
from bot.channels.slack.inputs import option
from bot.channels.slack.limits import OPTIONS
from bot.channels.slack.presses import Presses
from bot.conversation.inbound import Sender

log = structlog.get_logger()
Suggest = Callable[[Sender, str], Awaitable[list[tuple[str, str]]]]
"""Value and name of the people whom a person may mean by a few typed letters."""
RAISE_CONCERN = "raise_concern"
TRACK_MESSAGE = "track_message"
COMMAND = "/cp"
ANY_ID = re.compile(".*", re.DOTALL)
WRITTEN = frozenset({"", "file_share", "thread_broadcast"})
"""The kinds of message that a person writes. Edits, deletions and Slack's own notices are not among them."""


class Listeners:
    """Slack's surfaces, all leading to the same `handle`."""

    def __init__(self, desk: Desk, suggest: Suggest) -> None:
        self.desk = desk
        self.presses = Presses(desk)
        self.suggest = suggest

    def register(self, app: AsyncApp) -> None:
        """Register every listener, the busiest first: each one checked costs time."""
        app.action(ANY_ID)(self.presses.on_click)
        app.event("message")(self.on_message)
        app.command(COMMAND)(self.on_command)
        app.view(ANY_ID)(self.presses.on_form)
        app.event("app_mention")(self.on_mention)
        app.event("app_home_opened")(self.on_home)
        app.options(ANY_ID)(self.on_options)
        app.shortcut(RAISE_CONCERN)(self.presses.on_concern_shortcut)
        app.shortcut(TRACK_MESSAGE)(self.presses.on_track_shortcut)
        app.event("user_change")(self.on_user_change)
        app.event("app_uninstalled")(self.on_removed)
        app.event("tokens_revoked")(self.on_removed)
        app.error(self.on_error)

    async def on_message(self, body: Body, event: Body) -> None:
        """A direct message. Its reply is a delivery; only what is for nobody we know is posted from here."""
        if not _written(event) or event.get("channel_type") != "im":
            return
        inbound = arrivals.from_event(body, event, self.desk.members.names)
        answer = await self.desk.answer(inbound)
        if not answer.again and not answer.delivered:
            await self.desk.stage.post(event["channel"], None, render.payload(answer.message, answer.opens))

    async def on_mention(self, body: Body, event: Body) -> None:
        """A mention in a channel: what is private is shown to the person who asked alone."""
        if not _written(event):
            return
        inbound = arrivals.from_event(body, event, self.desk.members.names)
        answer = await self.desk.answer(inbound)
        if answer.again:
            return
        channel, thread, stage = event["channel"], event.get("thread_ts"), self.desk.stage
        if answer.private:
            shown = render.quiet(answer.message, answer.opens)
            taken = await stage.whisper(channel, event["user"], thread, shown)
        else:
            taken = await stage.post(channel, thread, render.payload(answer.message, answer.opens))
        if not taken:
            await self.desk.later(inbound, answer)

    async def on_command(self, body: Body, ack: AsyncAck) -> None:
        """A slash command, from any channel: always answered to the person alone."""
        answer = await self.desk.answer(arrivals.from_command(body, self.desk.members.names))
        if await self.desk.open_form(body, answer):
            await ack()
            return
        await ack(response_type="ephemeral", **render.quiet(answer.message, answer.opens))

    async def on_home(self, body: Body, event: Body) -> None:
        """App Home was opened: show what matters to this person now."""
        if event.get("tab") == "home":
            sender = Sender(arrivals.CHANNEL, event["user"], body.get("team_id", ""))
            await self.desk.publish_home(sender, str(body["event_id"]))

    async def on_options(self, body: Body, ack: AsyncAck) -> None:
        """Names for a people field, as somebody types."""
        found = await self.suggest(arrivals.sender_of(body), str(body.get("value") or ""))
        await ack(options=[option(value, name) for value, name in found[:OPTIONS]])

    async def on_user_change(self, event: Body) -> None:
        """Somebody's profile changed: a new address, a deactivated account."""
        await self.desk.members.changed(event["user"])

    async def on_removed(self, event: Body) -> None:
        """The app or its token was taken away: nothing can be sent until it is installed again."""
        log.error("slack.removed", why=event.get("type"))

    async def on_error(self, error: Exception) -> BoltResponse:
        """What nobody listens for is acknowledged; what fails is logged without its content."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200, body="")
        log.error("slack.failed", error=type(error).__name__, exc_info=error)
        return BoltResponse(status=500, body="")


def _written(event: Body) -> bool:
    """Whether a person wrote it: not a program, not an edit, not a notice of Slack's."""
    return bool(event.get("user")) and not event.get("bot_id") and (event.get("subtype") or "") in WRITTEN
