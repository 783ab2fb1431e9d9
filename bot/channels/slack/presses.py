"""Buttons, modals and shortcuts: what a press means, and where its answer is shown."""

from __future__ import annotations

import asyncio

from slack_bolt.async_app import AsyncAck

from bot.channels.slack import arrivals, render, views
from bot.channels.slack.clicks import Clicks
from bot.channels.slack.desk import Body, Desk, out_of_date, trigger_of, view_of
from bot.channels.slack.text import cut, unescape
from bot.conversation.inbound import Answer, Inbound

LONGEST_TRACKED = 2000


class Presses:
    """Everything that is pressed or submitted rather than typed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.clicks = Clicks()

    async def on_click(self, body: Body, ack: AsyncAck) -> None:
        """A button, on a message, an ephemeral message, a modal or App Home."""
        action = body["actions"][0]
        says = unescape(str(action.get("value") or ""))
        await ack()
        if action.get("type") != "button":
            return
        if not says:
            await self._show(body, Answer(out_of_date()))
            return
        inbound = arrivals.from_click(body, says, self.clicks.event_id(body, says))
        answer = await self.desk.answer(inbound)
        if not answer.again and not await self._show(body, answer):
            await self.desk.later(inbound, answer)

    async def on_form(self, body: Body, ack: AsyncAck) -> None:
        """A submitted modal: errors stay beside their fields, an answer takes the modal's place."""
        said = views.said_by(body["view"].get("private_metadata") or "")
        if said is None:
            await ack(response_action="update", view=views.shown_view(out_of_date()))
            return
        answer = await self.desk.answer(arrivals.from_form(body, *said))
        form = answer.message.form
        errors = views.errors_of(form) if form else {}
        asked = {b["block_id"] for b in body["view"]["blocks"] if b["type"] == "input"}
        if errors and errors.keys() <= asked:
            await ack(response_action="errors", errors=errors)
        else:
            await ack(response_action="update", view=view_of(answer))

    async def on_concern_shortcut(self, body: Body, ack: AsyncAck) -> None:
        """ "Raise a concern", from anywhere in Slack."""
        await self._shortcut(body, arrivals.from_shortcut(body, says="concern"), ack)

    async def on_track_shortcut(self, body: Body, ack: AsyncAck) -> None:
        """ "Track as a concern", on a message: its words are checked like typed ones."""
        words = str((body.get("message") or {}).get("text") or "")
        said = cut(arrivals.plain_text(words, self.desk.members.names), LONGEST_TRACKED)
        tracked = {"text": f"track {said}"} if said else {"says": "concern"}
        await self._shortcut(body, arrivals.from_shortcut(body, **tracked), ack)

    async def _shortcut(self, body: Body, inbound: Inbound, ack: AsyncAck) -> None:
        answer = await self.desk.answer(inbound)
        await ack()
        if not await self.desk.stage.open(trigger_of(body), view_of(answer)):
            await self.desk.later(inbound, answer)

    # --- where it is shown

    async def _show(self, body: Body, answer: Answer) -> bool:
        """Show the answer to a click where it was made; whether Slack took it."""
        container = body.get("container") or {}
        if container.get("type") == "view":
            return await self._show_in_view(body, answer)
        if await self.desk.open_form(body, answer):
            return True
        fleeting = bool(container.get("is_ephemeral"))
        own = not fleeting and _is_own(body)
        if own and await self._show_in_own(body, answer):
            return True
        # Others see what stands in a channel: an answer takes the place of a card there only in private.
        replace, url = answer.replaces and (own or fleeting), str(body.get("response_url") or "")
        shown = render.quiet(answer.message, answer.opens)
        return await self.desk.stage.respond(url, shown, private=not own, replace=replace)

    async def _show_in_own(self, body: Body, answer: Answer) -> bool:
        """In the person's own conversation with us: in the place of the card, or below it."""
        channel, ts = body["channel"]["id"], str((body.get("container") or {}).get("message_ts") or "")
        if answer.replaces and ts:
            shown = render.quiet(answer.message, answer.opens)
            return await self.desk.stage.replace(channel, ts, shown)
        return await self.desk.stage.post(channel, None, render.payload(answer.message, answer.opens))

    async def _show_in_view(self, body: Body, answer: Answer) -> bool:
        view = view_of(answer)
        if (body.get("view") or {}).get("type") == "modal":
            return await self.desk.stage.change(body["view"]["id"], view)
        opening = self.desk.stage.open(trigger_of(body), view)
        if not answer.replaces:
            return await opening
        at = body["actions"][0].get("action_ts")
        home = self.desk.publish_home(arrivals.sender_of(body), f"click:{at}")
        shown, _ = await asyncio.gather(opening, home)
        return shown


def _is_own(body: Body) -> bool:
    """Whether it happened in the person's own conversation with us."""
    return arrivals.place_of((body.get("channel") or {}).get("id", ""), "") == "personal"
