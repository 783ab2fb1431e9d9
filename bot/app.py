"""The composition root: it alone knows every part. Nothing connects until it is asked to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot.clock import Clock, SystemClock
from bot.conversation.inbound import Sender
from bot.conversation.registry import Registry
from bot.conversation.router import Router
from bot.delivery.quiet import due_for
from bot.delivery.schedules import Effect
from bot.language.guard import guard
from bot.language.understand import understand
from bot.services import accounts
from bot.services.contacts import directory
from bot.services.council import calendar
from bot.services.effects import EFFECTS
from bot.services.people import people_beginning
from bot.services.privacy import retain
from bot.settings import Settings
from bot.store.people import Person
from bot.store.session import Database
from bot.store.work import Work
from bot.wording.words import Words

T = TypeVar("T")
FEWEST_LETTERS = 2
MOST_SUGGESTIONS = 20


@dataclass(frozen=True)
class House:
    """The parts that every way in shares."""

    settings: Settings
    db: Database
    words: Words
    registry: Registry
    router: Router
    clock: Clock
    effects: Mapping[str, Effect]
    due_for: Callable[[Work, Person, datetime, str], datetime]
    nightly: Callable[[Work], object]


def build(settings: Settings, clock: Clock | None = None) -> House:
    """Put the house together. The database is opened by the first use case, not here."""
    clock = clock or SystemClock()
    db = Database(settings.database_url)
    words = Words()
    registry = Registry.discover()
    router = Router(db, words, registry, clock)
    mail = bool(settings.smtp_url or settings.notify_key)
    router.cache.update(public_url=settings.public_url, secret=settings.secret, mail=mail)
    welcome = partial(due_for, calendar=calendar)
    router.welcome = welcome
    return House(
        settings=settings,
        db=db,
        words=words,
        registry=registry,
        router=router,
        clock=clock,
        effects=EFFECTS,
        due_for=welcome,
        nightly=retain,
    )


def warm(house: House) -> None:
    """Build now what the first message would otherwise wait seconds for: models, index and templates."""
    words = "who do I contact about housing for a care leaver"
    guard(words)
    understand(words, now=house.clock.now())
    house.db.run_sync(lambda s: directory(Work(s, house.clock.now(), cache=house.router.cache)))
    house.words.blocks()


class Roll:
    """What the database knows of accounts, as the platforms ask it."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def knows(self, sender: Sender) -> bool:
        """Whether the account is tied to a person."""
        return await self._do(lambda w: accounts.knows(w, sender.channel, sender.tenant, sender.user_id))

    async def match(self, sender: Sender) -> bool:
        """Tie the account to the person with its e-mail address; False if there is none."""
        return await self._do(
            lambda w: accounts.match(w, sender.channel, sender.tenant, sender.user_id, sender.email)
        )

    async def reach(self, sender: Sender) -> tuple[str, str]:
        """The account's private conversation and its service address; empty where they are not known."""
        return await self._do(lambda w: accounts.reach(w, sender.channel, sender.tenant, sender.user_id))

    async def close(self, sender: Sender, why: str) -> None:
        """Note that the account cannot be written to until its owner writes again."""
        await self._do(lambda w: accounts.close(w, sender.channel, sender.tenant, sender.user_id, why))

    async def drop(self, sender: Sender) -> None:
        """Cut the account's tie."""
        await self._do(lambda w: accounts.drop(w, sender.channel, sender.tenant, sender.user_id))

    async def _do(self, use: Callable[[Work], T]) -> T:
        return await self.house.db.run(lambda s: use(Work(s, self.house.clock.now())))


async def suggest_people(house: House, sender: Sender, typed: str) -> list[tuple[str, str]]:
    """E-mail and name of the people that a few typed letters may mean; nobody for those without access."""
    if len(typed.strip()) < FEWEST_LETTERS:
        return []
    return await house.db.run(lambda s: _suggested(Work(s, house.clock.now()), sender, typed))


def _suggested(work: Work, sender: Sender, typed: str) -> list[tuple[str, str]]:
    if not accounts.has_access(work, sender.channel, sender.tenant, sender.user_id):
        return []
    return [(p.email, p.name) for p in people_beginning(work, typed)[:MOST_SUGGESTIONS]]
