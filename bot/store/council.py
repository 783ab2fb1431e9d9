"""The council itself: its name, numbers, rules and service levels, as loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, hold


class CouncilRow(Base):
    """The one council of this deployment. `settings` is council.yaml, checked.

    `directory_version` rises with every change to a contact, so that the built index can be kept.
    """

    __tablename__ = "council"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    directory_version: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Line:
    """Somebody to ring: "the front door", a number, and when it is answered."""

    name: str
    phone: str
    hours: str = ""


@dataclass(frozen=True)
class Safeguarding:
    """The numbers that stand on every safeguarding card."""

    front_door: Line
    out_of_hours: Line
    lado: Line


@dataclass(frozen=True)
class CouncilName:
    """What every reply may need to say about the council."""

    name: str
    short_name: str
    safeguarding: Safeguarding


UNSET = Line("", "")


def council_row(s: Session) -> CouncilRow | None:
    """The council, once one is loaded."""
    row = s.get(CouncilRow, 1)
    hold(s, [row])
    return row


def council_name(row: CouncilRow | None) -> CouncilName:
    """The names and safeguarding numbers; empty before a council is loaded."""
    settings: Mapping[str, Any] = row.settings if row else {}
    numbers = settings.get("safeguarding", {})
    return CouncilName(
        name=row.name if row else "the council",
        short_name=settings.get("short_name") or (row.name if row else "the council"),
        safeguarding=Safeguarding(*(_line(numbers.get(k)) for k in ("front_door", "out_of_hours", "lado"))),
    )


def _line(data: Mapping[str, str] | None) -> Line:
    return Line(data.get("name", ""), data.get("phone", ""), data.get("hours", "")) if data else UNSET
