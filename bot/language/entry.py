"""One entry of a council's directory: whom to contact, about what, and when."""

from __future__ import annotations

from dataclasses import dataclass


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

    @property
    def title(self) -> str:
        """The name people know it by: its team, else its service, else its id."""
        return self.team or self.service or self.id
