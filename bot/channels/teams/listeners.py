"""What each kind of activity means: it becomes one Inbound, and its answer is shown in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog

from bot.channels.teams import arrivals, render
from bot.channels.teams.arrivals import Arrival, Pressed
from bot.channels.teams.door import Heard
from bot.channels.teams.inputs import PICK
from bot.channels.teams.limits import SHORTEST_SEARCH
from bot.channels.teams.members import Members
from bot.channels.teams.replies import FAILURES, Replies
from bot.channels.teams.trust import Activity
from bot.conversation.inbound import Answer, Handle, Inbound, Sender
from bot.wording.labels import label
from bot.wording.parts import Message

log = structlog.get_logger()
TAKEN: Heard = (200, None)
NOT_OURS: Heard = (501, None)
"""An invoke that we do not serve, as the Bot Framework wants it answered."""
A_CARD = "application/vnd.microsoft.card.adaptive"
A_LINE = "application/vnd.microsoft.activity.message"
A_BOT = "28:"
"""How the ids of bots begin. We never answer one: it might answer back."""
WELCOME = "welcome"
"""The command that greets somebody who has just got the bot."""
FIND = "contact find"
"""The command that searches the directory for words that are still being typed."""
As = Callable[[Arrival, Sender], Inbound]


class Listeners:
    """Teams' surfaces, all leading to the same `handle`."""

    def __init__(self, handle: Handle, members: Members, replies: Replies, tenant: str) -> None:
        self.handle = handle
        self.members = members
        self.replies = replies
        self.tenant = tenant

    async def hear(self, activity: Activity, service_url: str) -> Heard:
        """Answer one activity. Never raises: a failure is told in words where there is a place for them."""
        arrival = arrivals.read(activity, service_url, self.tenant)
        try:
            return await self._heard(arrival)
        except Exception as error:
            known = isinstance(error, FAILURES)
            log.error("teams.failed", error=type(error).__name__, exc_info=None if known else error)
            # What Teams did not take is an answer: what was asked for is done by then.
            return await self._apologise(arrival, label("answer_in_doubt" if known else "failed"))

    async def _heard(self, arrival: Arrival) -> Heard:
        if arrival.member.startswith(A_BOT):
            return TAKEN
        match arrival.kind, arrival.name:
            case "message", _:
                return await self._message(arrival)
            case "invoke", "adaptiveCard/action":
                return await self._execute(arrival)
            case "invoke", "composeExtension/query":
                return await self._search(arrival)
            case "invoke", _:
                return NOT_OURS
            case "installationUpdate", _:
                return await self._installed(arrival)
        return TAKEN

    # --- typed

    async def _message(self, arrival: Arrival) -> Heard:
        """Words, or a button of an older client, which arrives as a message with a value."""
        if arrival.value and not arrival.text:
            return await self._submit(arrival)
        answer = await self._answer(arrival, arrivals.typed)
        if not answer.again:
            await self._show(arrival, answer)
        return TAKEN

    async def _show(self, arrival: Arrival, answer: Answer) -> None:
        if _for_all(arrival, answer):
            await self._below(arrival, answer)
        else:
            await self.replies.line(arrival, await self.replies.in_private(arrival, answer))

    async def _below(self, arrival: Arrival, answer: Answer) -> None:
        """A new message. What a child's safety needs is said again, in plain words, when in doubt."""
        try:
            await self.replies.here(arrival, answer.message)
        except FAILURES:
            if not answer.urgent:
                raise
            await self.replies.line(arrival, render.text_of(answer.message))

    # --- pressed

    async def _execute(self, arrival: Arrival) -> Heard:
        """A button: the answer takes the card's place, or stands below it."""
        data = _data(arrival.value)
        what = arrivals.button_of(data)
        if what is None:
            return _line(_nothing_said(data))
        answer = await self._press(arrival, what)
        if not _for_all(arrival, answer):
            told = label("sent_privately") if answer.again else await self.replies.in_private(arrival, answer)
            return _line(told)
        if answer.replaces or answer.keep_form:
            return _card(answer.message)
        if not answer.again:
            await self._below(arrival, answer)
        return _line(label("answered_below"))

    async def _submit(self, arrival: Arrival) -> Heard:
        """The same button from a client that knows no Action.Execute."""
        what = arrivals.button_of(arrival.value)
        if what is None:
            await self.replies.line(arrival, _nothing_said(arrival.value))
            return TAKEN
        answer = await self._press(arrival, what)
        if answer.again:
            return TAKEN
        stays = (answer.replaces or answer.keep_form) and arrival.reply_to
        if stays and _for_all(arrival, answer):
            await self.replies.instead(arrival, answer.message)
        else:
            await self._show(arrival, answer)
        return TAKEN

    async def _press(self, arrival: Arrival, what: Pressed) -> Answer:
        return await self._answer(arrival, lambda a, sender: arrivals.pressed(a, sender, what))

    # --- everything else

    async def _search(self, arrival: Arrival) -> Heard:
        """The directory, searched from the compose box: only the person who searches sees the answer."""
        words = arrivals.search_of(arrival.value)
        if len(words) < SHORTEST_SEARCH:
            return 200, {"composeExtension": {"type": "message", "text": label("keep_typing")}}
        line = f"{FIND} {words}"
        answer = await self._answer(arrival, lambda a, sender: arrivals.searched(a, sender, line))
        found = render.results(answer.message, apart=answer.command == FIND)
        if not found:
            return 200, {"composeExtension": {"type": "message", "text": render.text_of(answer.message)}}
        return 200, {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": found}}

    async def _installed(self, arrival: Arrival) -> Heard:
        """Somebody got the bot, or a team did. Removing it is noted; an upgrade needs nothing."""
        if arrival.action == "remove" and arrival.place == "personal":
            await self.members.removed(arrival)
        if arrival.action != "add":
            return TAKEN
        if arrival.place != "personal":
            await self.replies.line(arrival, label("hello_all"))
            return TAKEN
        answer = await self._answer(arrival, lambda a, sender: arrivals.said(a, sender, WELCOME))
        if not answer.again:
            await self.replies.here(arrival, answer.message)
        return TAKEN

    async def _answer(self, arrival: Arrival, make: As) -> Answer:
        return await self.handle(make(arrival, await self.members.vouched(arrival)))

    async def _apologise(self, arrival: Arrival, words: str) -> Heard:
        if arrival.kind == "invoke":
            return _line(words) if arrival.name == "adaptiveCard/action" else TAKEN
        try:
            if arrival.kind == "message":
                await self.replies.line(arrival, words)
        except FAILURES as error:
            log.error("teams.unreachable", error=type(error).__name__)
        return TAKEN


def _for_all(arrival: Arrival, answer: Answer) -> bool:
    """Whether an answer may be shown where it was asked for."""
    return arrival.place == "personal" or not answer.private


def _nothing_said(data: Mapping[str, Any]) -> str:
    """Why a button says nothing: nothing was chosen in the list above it, or it is from a card of old."""
    return label("choose_first" if PICK in data else "out_of_date")


def _data(value: Mapping[str, Any]) -> Mapping[str, Any]:
    action = value.get("action")
    data = action.get("data") if isinstance(action, Mapping) else None
    return data if isinstance(data, Mapping) else {}


def _card(message: Message) -> Heard:
    return 200, {"statusCode": 200, "type": A_CARD, "value": render.card(message)}


def _line(words: str) -> Heard:
    return 200, {"statusCode": 200, "type": A_LINE, "value": words}
