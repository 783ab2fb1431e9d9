"""The composition root: the only file that knows every part. Nothing connects until it is asked to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock, SystemClock
from bot.conversation.registry import Registry
from bot.conversation.router import Router
from bot.settings import Settings
from bot.store.session import Database
from bot.wording.words import Words


@dataclass(frozen=True)
class House:
    """The parts that every way in shares."""

    settings: Settings
    db: Database
    words: Words
    registry: Registry
    router: Router
    clock: Clock


def build(settings: Settings, clock: Clock | None = None) -> House:
    """Put the house together. The database is opened by the first use case, not here."""
    clock = clock or SystemClock()
    db = Database(settings.database_url)
    words = Words()
    registry = Registry.discover()
    return House(settings, db, words, registry, Router(db, words, registry, clock), clock)
