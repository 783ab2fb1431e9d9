"""A house with its delivery worker and ticker as the server has them, and platforms in memory."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.delivery.limits import Limits
from bot.delivery.metrics import Metrics
from bot.delivery.worker import Worker
from bot.server import Staff
from bot.services.audiences import MAIL
from bot.store.outbox import EMAIL
from bot.store.people import Account, by_email, everybody
from tests.support.fake_channel import FakeChannel
from tests.support.house import Talk
from tests.support.queue import drain, no_wait

SECONDS = 4
"""As many messages to one person a drain may send, for each has a second of its own."""


class Desk:
    """Delivers what a house has written. E-mail is set up only `with_mail`."""

    def __init__(
        self, talk: Talk, platforms: tuple[FakeChannel, FakeChannel, FakeChannel] | None = None
    ) -> None:
        self.talk = talk
        self.platforms = platforms or (FakeChannel(), FakeChannel("teams"), FakeChannel(EMAIL))
        self.slack, self.teams, self.mail = self.platforms
        self._with_mail = False
        if platforms is None:
            talk.house.db.run_sync(self._put_on_slack)
        self.start()

    def beside(self) -> Desk:
        """Another one on the same database and platforms, as in another process."""
        return Desk(self.talk, self.platforms)

    def _put_on_slack(self, s: Session) -> None:
        for person in everybody(s):
            person.accounts.append(Account(channel="slack", user_id=f"U{person.id}", tenant="T"))

    def start(self) -> None:
        """A fresh worker and ticker, as after a restart."""
        channels = [self.slack, self.teams, *([self.mail] if self._with_mail else [])]
        by_name = {c.name: c for c in channels}
        house = self.talk.house
        self.ticker = Staff(house, by_name, Metrics()).ticker
        limits = Limits(sure_after=0.0)
        self.worker = Worker(house.db, by_name, house.clock, limits=limits, sleep=no_wait)
        house.db.run_sync(self.worker._settle_in)

    def with_mail(self) -> None:
        """Set e-mail up."""
        self._with_mail = True
        self.talk.house.router.cache[MAIL] = True
        self.start()

    async def drain(self) -> int:
        """Send what may go, a second apart for each person; how many deliveries were touched."""
        self.worker._next_beat = 0.0  # it counts by the machine's clock, and ours is set
        total = 0
        for _ in range(SECONDS):
            self.talk.clock.forward(seconds=1)
            total += await drain(self.worker)
        return total

    def user(self, email: str) -> str:
        """What a person is called on Slack."""
        person = self.talk.house.db.run_sync(by_email, email)
        assert person is not None
        return f"U{person.id}"
