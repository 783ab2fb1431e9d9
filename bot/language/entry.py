"""One entry of a council's directory: whom to contact, about what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A directory entry as an officer wrote it; what is not known is an empty string or an empty tuple.

    `aliases` are whole questions or names that an officer says belong here; `needs` are ids of needs that an
    officer tied by hand, which then outweigh the reading of the entry's own words.
    """

    id: str
    service: str = ""
    team: str = ""
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    role: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""
    escalation: str = ""
    aliases: tuple[str, ...] = ()
    area: str = ""
    out_of_hours: str = ""
    how_to_refer: str = ""
    needs: tuple[str, ...] = ()

    @classmethod
    def from_mapping(cls, told: Mapping[str, Any]) -> Entry:
        """An entry from one mapping of a directory file; unknown keys are ignored, a lone word makes a list."""
        known = {part.name: told[part.name] for part in fields(cls) if told.get(part.name)}
        values: dict[str, Any] = {name: _plain(name, value) for name, value in known.items()}
        return cls(**values)

    @property
    def title(self) -> str:
        """The name people know it by: its team, else its service, else its id."""
        return self.team or self.service or self.id


_LISTS = frozenset({"topics", "audience", "aliases", "needs"})


def _plain(name: str, value: object) -> str | tuple[str, ...]:
    if name not in _LISTS:
        return str(value).strip()
    several = value if isinstance(value, (list, tuple)) else [value]
    return tuple(str(each).strip() for each in several if str(each).strip())
