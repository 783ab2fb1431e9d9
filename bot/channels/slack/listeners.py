"""What Bolt calls: each listener makes one Inbound, has it answered, and shows the answer in its place."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import arrivals, render
from bot.channels.slack.members import Members
from bot.conversation.inbound import Answer, Handle, Inbound

log = structlog.get_logger()
Body = Mapping[str, Any]
Suggest = Callable[[str], Awaitable[list[tuple[str, str]]]]
RAISE_CONCERN = "raise_concern"
TRACK_MESSAGE = "track_message"
ANY_ID = re.compile(".*", re.DOTALL)
LONGEST_TRACKED = 1500


class Listeners:
    """Slack's surfaces, all leading to the same `handle`."""

    def __init__(self, handle: Handle, members: Members, suggest: Suggest, command: str = "/cp") -> None:
        self.handle = handle
        self.members = members
        self.suggest = suggest
        self.command = command

    def register(self, app: AsyncApp) -> None:
        """Register every listener, the busiest first: each one checked costs time."""
        app.action(ANY_ID)(self.on_click)
        app.event({"type": "message", "subtype": None})(self.on_message)
        app.command(self.command)(self.on_command)
        app.view(render.FORM)(self.on_form)
        app.event("app_mention")(self.on_mention)
        app.event("app_home_opened")(self.on_home)
        app.options(ANY_ID)(self.on_options)
        app.shortcut(RAISE_CONCERN)(self.on_concern_shortcut)
        app.shortcut(TRACK_MESSAGE)(self.on_track_shortcut)
        app.event("user_change")(self.on_user_change)
        app.error(self.on_error)

    # --- typed

    async def on_message(self, body: Body, event: Body, client: AsyncWebClient) -> None:
        """A direct message. Its reply is a delivery; only a stranger's is posted from here."""
        if event.get("bot_id") or event.get("channel_type") != "im" or not event.get("user"):
            return
        inbound = await self.members.vouched(client, arrivals.from_event(body, event))
        answer = await self.handle(inbound)
        if not answer.again and not answer.delivered:
            await client.chat_postMessage(
                channel=event["channel"], **render.payload(answer.message, inbound.text)
            )

    async def on_mention(self, body: Body, event: Body, client: AsyncWebClient) -> None:
        """A mention in a channel: what is private is shown to the person who asked alone."""
        if event.get("bot_id") or not event.get("user"):
            return
        inbound = await self.members.vouched(client, arrivals.from_event(body, event))
        answer = await self.handle(inbound)
        if answer.again:
            return
        shown = render.payload(answer.message, inbound.text)
        if answer.private:
            await client.chat_postEphemeral(channel=event["channel"], user=event["user"], **_quiet(shown))
        else:
            await client.chat_postMessage(channel=event["channel"], thread_ts=event.get("thread_ts"), **shown)

    async def on_command(self, body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        """A slash command, from any channel: always answered to the person alone."""
        inbound = await self.members.vouched(client, arrivals.from_command(body))
        answer = await self.handle(inbound)
        if await self._open_form(client, body, answer):
            await ack()
            return
        await ack(response_type="ephemeral", **_quiet(render.payload(answer.message, inbound.text)))

    # --- pressed

    async def on_click(
        self, body: Body, ack: AsyncAck, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        """A button, on a message, an ephemeral message, a modal or App Home."""
        says = body["actions"][0].get("value", "")
        if not says:
            await ack()
            return
        inbound = await self.members.vouched(client, arrivals.from_click(body, says))
        answer = await self.handle(inbound)
        await ack()
        if answer.again:
            return
        await self._show(body, answer, says, client, respond)

    async def _show(
        self, body: Body, answer: Answer, says: str, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        container = (body.get("container") or {}).get("type", "message")
        if container == "view":
            await self._show_in_view(body, answer, client)
        elif not await self._open_form(client, body, answer):
            shown = _quiet(render.payload(answer.message, says))
            in_private = arrivals.place_of((body.get("channel") or {}).get("id", ""), "") == "personal"
            kind = "in_channel" if in_private else "ephemeral"
            await respond(replace_original=answer.replaces, response_type=kind, **shown)

    async def _show_in_view(self, body: Body, answer: Answer, client: AsyncWebClient) -> None:
        form = answer.message.form
        view = render.form_view(answer.message, form) if form else render.shown_view(answer.message)
        if (body.get("view") or {}).get("type") == "modal":
            await client.views_update(view_id=body["view"]["id"], view=view)
            return
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        if answer.replaces:
            await self._publish_home(body["user"]["id"], arrivals.from_click(body, "home"), client)

    async def on_form(self, body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        """A submitted modal: errors stay beside their fields, an answer takes the modal's place."""
        answer = await self.handle(await self.members.vouched(client, arrivals.from_form(body)))
        form = answer.message.form
        if form is None:
            await ack(response_action="update", view=render.shown_view(answer.message))
            return
        asked = {b["block_id"] for b in body["view"]["blocks"] if b["type"] == "input"}
        errors = render.errors_of(form)
        if errors and errors.keys() <= asked:
            await ack(response_action="errors", errors=errors)
        else:
            await ack(response_action="update", view=render.form_view(answer.message, form))

    async def on_concern_shortcut(self, body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        """ "Raise a concern", from anywhere in Slack."""
        await self._shortcut(body, "concern", ack, client)

    async def on_track_shortcut(self, body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        """ "Track this as an action", on a message: its words are checked like typed ones."""
        said = arrivals.plain_text((body.get("message") or {}).get("text", ""))[:LONGEST_TRACKED]
        await self._shortcut(body, f"track {said}" if said else "concern", ack, client, typed=True)

    async def _shortcut(
        self, body: Body, says: str, ack: AsyncAck, client: AsyncWebClient, typed: bool = False
    ) -> None:
        inbound = arrivals.from_shortcut(body, says)
        if typed:
            inbound = Inbound(inbound.event_id, inbound.sender, text=says)
        answer = await self.handle(await self.members.vouched(client, inbound))
        await ack()
        if not await self._open_form(client, body, answer):
            await client.views_open(trigger_id=body["trigger_id"], view=render.shown_view(answer.message))

    async def _open_form(self, client: AsyncWebClient, body: Body, answer: Answer) -> bool:
        """Open the answer's form as a modal, if it has one and Slack lets us. True when it is open."""
        form = answer.message.form
        if form is None or not body.get("trigger_id") or answer.urgent:
            return False
        try:
            await client.views_open(
                trigger_id=body["trigger_id"], view=render.form_view(answer.message, form)
            )
        except SlackApiError as error:
            log.warning("form.not_opened", error=error.response.get("error"))
            return False
        return True

    # --- everything else

    async def on_home(self, body: Body, event: Body, client: AsyncWebClient) -> None:
        """App Home was opened: show what matters to this person now."""
        if event.get("tab") == "home":
            home = arrivals.from_event(body, {**event, "text": "", "channel_type": "im"})
            await self._publish_home(event["user"], home, client)

    async def _publish_home(self, user: str, inbound: Inbound, client: AsyncWebClient) -> None:
        asked = Inbound(f"home:{inbound.event_id}", inbound.sender, says="home", place="personal")
        answer = await self.handle(await self.members.vouched(client, asked))
        if not answer.again:
            await client.views_publish(user_id=user, view=render.home_view([answer.message]))

    async def on_options(self, payload: Body, ack: AsyncAck) -> None:
        """Names for a people field, as somebody types."""
        found = await self.suggest(str(payload.get("value", "")))
        options = [render.person_option(value, name) for value, name in found]
        await ack(options=options[:100])

    async def on_user_change(self, event: Body) -> None:
        """Somebody's profile changed: a new address, a deactivated account."""
        await self.members.changed(event["user"])

    async def on_error(self, error: Exception, context: AsyncBoltContext) -> BoltResponse:
        """What nobody listens for is acknowledged; what fails is logged by kind, without its content."""
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200, body="")
        log.error("slack.failed", error=type(error).__name__, exc_info=error)
        return BoltResponse(status=500, body="")


def _quiet(shown: dict[str, Any]) -> dict[str, Any]:
    """A payload for ephemeral answers, which take no unfurl settings."""
    return {k: v for k, v in shown.items() if not k.startswith("unfurl")}
