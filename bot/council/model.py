"""A council as its files describe it: plain values, checked on reading, with no database behind them.

E-mail addresses are lower case throughout. Dates are days and times are wall times in London. `where` says
in which file and line a thing was written, for the sentences that `check` prints; it takes no part in
equality. What council.yaml holds stands in `constitution`, the allowed words in `kinds`; all of it can be
imported from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from bot.council.constitution import (
    BodySpec,
    ContactPoint,
    Council,
    Directorate,
    DutyDesk,
    Period,
    Quorum,
    ReminderSpec,
    Retention,
    Safeguarding,
    SeatSpec,
    ServiceLevels,
    Strategy,
    WorkingDays,
)
from bot.council.kinds import ActionSource, Preset, ReminderKind, SeatCategory, SeatRole, Substitutes
from bot.council.problems import CouncilErrors, Place, Problem
from bot.rules.access import Role
from bot.rules.states import ActionState, MeetingState

__all__ = [
    "ActionSource",
    "ActionSpec",
    "ActionState",
    "ActionUpdate",
    "AgendaItemSpec",
    "BodySpec",
    "ContactPoint",
    "Council",
    "CouncilErrors",
    "CouncilFolder",
    "Directorate",
    "DirectoryEntry",
    "DutyDesk",
    "DutySpec",
    "Known",
    "MeetingSpec",
    "MeetingState",
    "Period",
    "PersonRow",
    "Place",
    "Preset",
    "Problem",
    "Quorum",
    "ReminderKind",
    "ReminderSpec",
    "Retention",
    "Role",
    "Safeguarding",
    "SeatCategory",
    "SeatRole",
    "SeatSpec",
    "ServiceLevels",
    "Strategy",
    "Substitutes",
    "WorkingDays",
]


@dataclass(frozen=True, slots=True)
class PersonRow:
    email: str
    name: str
    roles: frozenset[Role]
    title: str | None = None
    ward: str | None = None
    party: str | None = None
    directorate: str | None = None
    phone: str | None = None
    slack_id: str | None = None
    teams_id: str | None = None
    until: date | None = None
    """the last day on which this person is one of us"""
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    id: str
    service: str
    team: str | None = None
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    role: str | None = None
    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    escalation: str | None = None
    aliases: tuple[str, ...] = ()
    out_of_hours: str | None = None
    area: str | None = None
    how_to_refer: str | None = None
    verified_on: date | None = None
    review_by: date | None = None
    owner: str | None = None
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AgendaItemSpec:
    title: str
    restricted: bool = False
    lead: str | None = None
    """an e-mail address of somebody in people.csv, or a job title"""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingSpec:
    """`ref` is the file's own, or made of the body and the day: CPP-2026-12-08."""

    ref: str
    body: str
    day: date
    start: time
    end: time | None = None
    place: str | None = None
    state: MeetingState = MeetingState.PLANNED
    published_on: date | None = None
    agenda: tuple[AgendaItemSpec, ...] = ()
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DutySpec:
    """A duty of every member. `in_force_from` None means it is not law yet."""

    topic: str
    title: str
    words: str
    question: str
    source: str
    checked_on: date
    source_url: str | None = None
    in_force_from: date | None = None
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ActionUpdate:
    day: date
    words: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class ActionSpec:
    ref: str
    title: str
    body: str
    source: ActionSource
    theme: str | None = None
    details: str | None = None
    raised_by: str | None = None
    raised_on: date | None = None
    directorate: str | None = None
    lead: str | None = None
    due: date | None = None
    state: ActionState = ActionState.NEW
    updates: tuple[ActionUpdate, ...] = ()
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CouncilFolder:
    """What was read. A file that was not given leaves None or nothing, which never means "remove"."""

    council: Council | None = None
    people: tuple[PersonRow, ...] = ()
    directory: tuple[DirectoryEntry, ...] = ()
    meetings: tuple[MeetingSpec, ...] = ()
    duties: tuple[DutySpec, ...] = ()
    actions: tuple[ActionSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the database already has, so that one file can be checked without the others."""

    people: frozenset[str] = frozenset()
    """e-mail addresses, lower case"""
    directorates: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()
