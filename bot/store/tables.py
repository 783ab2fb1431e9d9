"""Every table in one import, for migrations and for tests."""

from bot.store import actions, audit, bodies, contacts, council, deliveries, duties, inbox, meetings, people
from bot.store.base import Base

__all__ = [
    "Base",
    "actions",
    "audit",
    "bodies",
    "contacts",
    "council",
    "deliveries",
    "duties",
    "inbox",
    "meetings",
    "people",
]
