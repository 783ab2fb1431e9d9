"""What every listener has at hand: the bot behind it, the people, and the places to show an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.slack import views
from bot.channels.slack.members import Members
from bot.channels.slack.stage import Stage
from bot.conversation.inbound import Answer, Handle, Inbound, Later, Sender
from bot.wording.labels import label
from bot.wording.parts import Message, Paragraph, Small, Span

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Desk:
    """What Slack does not take of an answer goes to `later`, so that the person gets it as a message."""

    handle: Handle
    later: Later
    members: Members
    stage: Stage

    async def answer(self, inbound: Inbound) -> Answer:
        """The answer to a message of somebody whom Slack vouches for.

        While Slack cannot say who it is, they are asked to try again; what is urgent is answered even so.
        """
        vouched = await self.members.vouched(inbound)
        answer = await self.handle(vouched or inbound)
        if vouched or answer.urgent or answer.again:
            return answer
        return replace(answer, message=not_known_now(answer.message))

    async def open_form(self, body: Body, answer: Answer) -> bool:
        """Open the answer's form as a modal, if it has one. What is urgent is shown on the spot instead."""
        form = answer.message.form
        if form is None or answer.urgent:
            return False
        return await self.stage.open(trigger_of(body), views.form_view(answer.message, form))

    async def publish_home(self, sender: Sender, event_id: str) -> None:
        """Bring a person's App Home up to date. It may be done twice: it shows the same."""
        answer = await self.answer(Inbound(f"home:{event_id}", sender, says="home"))
        if answer.message.parts:
            await self.stage.publish(sender.user_id, views.home_view(answer.message))


def trigger_of(body: Body) -> str:
    """What lets us open a modal, for three seconds."""
    return str(body.get("trigger_id") or "")


def view_of(answer: Answer) -> views.View:
    """An answer as a modal: its form, else its words."""
    form = answer.message.form
    return views.form_view(answer.message, form) if form else views.shown_view(answer.message)


def not_known_now(stranger: Message) -> Message:
    """What is said to somebody who may well be known: not that they are not. The small print stays."""
    small = [p for p in stranger.parts if isinstance(p, Small)]
    return Message((Paragraph((Span(label("not_known_now")),)), *small))


def out_of_date() -> Message:
    """What is said about a button or a form that is no longer ours."""
    return Message((Paragraph((Span(label("out_of_date")),)),))
