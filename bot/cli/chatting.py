"""`cpbot chat`: the bot in a terminal, on the configured database."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.app import House
from bot.channels import terminal
from bot.channels.keyboard import Keyboard
from bot.cli.common import open_house
from bot.errors import SetupError
from bot.store.deliveries import arrived_for, newest_delivery
from bot.store.people import by_email
from bot.wording.codec import from_json
from bot.wording.parts import Message


def run(email: str, channel_name: str, as_json: bool) -> None:
    """Talk until the input ends."""
    with open_house() as house:
        interactive = sys.stdin.isatty() and not as_json
        inbox = Inbox(house, email)
        asyncio.run(
            terminal.chat(
                house.router.handle,
                email,
                place="channel" if channel_name else "personal",
                channel_name=channel_name,
                lines=Keyboard() if interactive else sys.stdin,
                out=sys.stdout,
                json=as_json,
                interactive=interactive,
                inbox=inbox,
            )
        )


class Inbox:
    """What others have sent this person since it was last asked. A terminal only looks; it sends nothing."""

    def __init__(self, house: House, email: str) -> None:
        self.house = house
        person = house.db.run_sync(by_email, email)
        if person is None:
            raise SetupError(f"Nobody here has the e-mail address {email}.")
        self.person_id = person.id
        self.seen = house.db.run_sync(newest_delivery)

    async def __call__(self) -> Sequence[Message]:
        rows = await self.house.db.run(self._new)
        self.seen = max([self.seen, *(number for number, _ in rows)])
        return [message for _, message in rows]

    def _new(self, s: Session) -> list[tuple[int, Message]]:
        now = self.house.clock.now()
        found = arrived_for(s, self.person_id, self.seen, now)
        return [(d.id, from_json(d.message or (d.broadcast.message if d.broadcast else {}))) for d in found]
