"""One person's conversation, kept in memory: what was said and shown, and who waits for more."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from bot.wording.parts import Message

MOST_ENTRIES = 200
MOST_KEYS = 1000
NOTHING = Message(())
Kind = Literal["said", "answer", "message"]


@dataclass(frozen=True)
class Entry:
    """One line of the conversation. `version` grows with every change, over the whole transcript.

    said: the person's own words (`withheld` when they must not be kept). answer: our reply.
    message: what somebody else caused to be sent. `chosen` is the label of the control that used the
    card up. `values` and `problems` are what stands in its form, and what is wrong with it.
    """

    id: int
    version: int
    kind: Kind
    at: datetime
    message: Message = NOTHING
    text: str = ""
    withheld: bool = False
    urgent: bool = False
    chosen: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


class Transcript:
    """The last entries of one person's conversation. Used from one event loop only."""

    def __init__(self) -> None:
        self.mark = secrets.token_hex(4)
        """Tells this transcript from the one of an earlier run."""
        self.version = 0
        self.closed = False
        self._last_id = 0
        self._entries: OrderedDict[int, Entry] = OrderedDict()
        self._keys: OrderedDict[str, int] = OrderedDict()
        self._news = asyncio.Event()

    @property
    def entries(self) -> list[Entry]:
        """What is still kept, oldest first."""
        return list(self._entries.values())

    def get(self, entry_id: int) -> Entry | None:
        """The entry with that id, unless it is gone."""
        return self._entries.get(entry_id)

    def add(self, kind: Kind, at: datetime, *, key: str = "", **what: Any) -> Entry:
        """Append an entry. With a `key` seen before, that entry is given back and nothing is added."""
        known = self.known(key)
        if known is not None:
            return self._entries.get(known) or Entry(known, self.version, kind, at)
        self._last_id += 1
        entry = Entry(self._last_id, self._next_version(), kind, at, **what)
        self._keep(entry)
        self.remember(key, entry.id)
        return entry

    def change(self, entry_id: int, **what: Any) -> Entry | None:
        """Change an entry; None when it is gone."""
        old = self._entries.get(entry_id)
        if old is None:
            return None
        entry = replace(old, version=self._next_version(), **what)
        self._keep(entry)
        return entry

    def known(self, key: str) -> int | None:
        """The id of the entry that was added or remembered under a key."""
        return self._keys.get(key) if key else None

    def remember(self, key: str, entry_id: int) -> None:
        """Tie a key to an entry, so that the same thing is not done twice."""
        if key:
            self._keys[key] = entry_id
            while len(self._keys) > MOST_KEYS:
                self._keys.popitem(last=False)

    def since(self, version: int) -> list[Entry]:
        """The entries added or changed after a version, in the order it happened."""
        return sorted((e for e in self._entries.values() if e.version > version), key=lambda e: e.version)

    async def wait(self, version: int, patience: float) -> None:
        """Return when there is something after `version`, when closed, or after `patience` seconds."""
        if self.version > version or self.closed:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), patience)

    def close(self) -> None:
        """Let everybody who waits go."""
        self.closed = True
        self._wake()

    def _keep(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        while len(self._entries) > MOST_ENTRIES:
            self._entries.popitem(last=False)
        self._wake()

    def _next_version(self) -> int:
        self.version += 1
        return self.version

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
