"""What council.yaml says: how the council and its bodies are made up, and how it wants to be served.

E-mail addresses are lower case. `where` says in which file and line a thing was written, for the sentences
that `check` prints; it takes no part in equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from bot.council.kinds import Preset, ReminderKind, SeatCategory, SeatRole, Substitutes
from bot.council.problems import Place


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as an officer writes it: 6 years, 12 months, 24 hours."""

    count: int
    unit: str
    """hours, days, weeks, months or years"""


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """Somebody to ring: at least a name and a telephone number."""

    name: str
    phone: str
    hours: str | None = None
    email: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """The council's own numbers for a child at risk. The first three are always there."""

    front_door: ContactPoint
    out_of_hours: ContactPoint
    lado: ContactPoint
    checked_on: date
    extra: tuple[ContactPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyDesk:
    """Whom to ring when the directory does not know: an entry of the directory, or a contact of its own."""

    entry: str | None = None
    contact: ContactPoint | None = None
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Days that are no working days here, beside weekends and England's bank holidays."""

    closed_every_year: tuple[tuple[int, int], ...] = ()
    """(month, day)"""
    closed_dates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Directorate:
    key: str
    name: str
    lead: str
    deputies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """words in a concern that suggest this directorate"""
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must be present: `count` of the voting seats, or a `share` of them, never under `minimum`.

    With `chair` the chair, or who takes the chair, must be there besides; with `category` only such
    seats count, whether they vote or not. Exactly one of `count` and `share` is set.
    """

    count: int | None = None
    share: Fraction | None = None
    minimum: int | None = None
    chair: bool = False
    category: SeatCategory | None = None


@dataclass(frozen=True, slots=True)
class SeatSpec:
    """One place at the table. `key` is stable and unique in its body; `holder` None means vacant."""

    key: str
    role: SeatRole
    category: SeatCategory
    voting: bool
    title: str | None = None
    agency: str | None = None
    holder: str | None = None
    substitutes: tuple[str, ...] = ()
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class BodySpec:
    """A panel, committee or sub-group. None where the file leaves the answer to the preset."""

    ref: str
    name: str
    preset: Preset
    quorum: Quorum | None = None
    clear_days: int | None = None
    reports_to: str | None = None
    chair_must_be: SeatCategory | None = None
    cadence: str | None = None
    duration_minutes: int | None = None
    place: str | None = None
    public_meetings: bool | None = None
    remote_counts_for_quorum: bool = False
    substitutes: Substitutes | None = None
    purpose: str | None = None
    acts_as: tuple[str, ...] = ()
    """other hats, such as the governing body of the Virtual School"""
    seats: tuple[SeatSpec, ...] = ()
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Strategy:
    title: str
    starts: date | None = None
    ends: date | None = None
    owner: str | None = None
    priorities: tuple[str, ...] = ()
    where: Place = field(default=Place(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ReminderSpec:
    """A message that recurs. `rule` is a five-field cron rule in London wall time.

    `audience` is all_members, officers, leads, or body:REF. `working_days_before` says how many working days
    ahead of a meeting, a notice deadline or a due date the message goes out.
    """

    key: str
    kind: ReminderKind
    audience: str
    rule: str
    working_days_before: tuple[int, ...] = ()
    where: Place = field(default=Place(), compare=False, repr=False)

    @property
    def body(self) -> str | None:
        """The body's reference when the audience is one body."""
        return self.audience.removeprefix("body:") if self.audience.startswith("body:") else None


@dataclass(frozen=True, slots=True)
class ServiceLevels:
    """What is promised about actions, all in working days."""

    acknowledge: int = 2
    answer: int = 10
    remind_before: int = 3
    chase_after: int = 2
    escalate_after: int = 5
    chair_after: int = 10


@dataclass(frozen=True, slots=True)
class Retention:
    """How long each kind of record is kept."""

    closed_actions: Period = Period(6, "years")
    concern_text: Period = Period(12, "months")
    responses: Period = Period(2, "years")
    safeguarding_cards: Period = Period(12, "months")
    questions: Period = Period(12, "months")
    deliveries: Period = Period(12, "months")
    audit: Period = Period(6, "years")
    drafts: Period = Period(24, "hours")


@dataclass(frozen=True, slots=True)
class Council:
    """All that council.yaml says. A sub-group stands in `bodies` after its parent, named in `reports_to`."""

    name: str
    short_name: str
    time_zone: str
    safeguarding: Safeguarding
    reference: str | None = None
    working_days: WorkingDays = WorkingDays()
    duty_desk: DutyDesk = DutyDesk()
    email_domains: tuple[str, ...] = ()
    directorates: tuple[Directorate, ...] = ()
    bodies: tuple[BodySpec, ...] = ()
    strategy: Strategy | None = None
    pledges: tuple[str, ...] = ()
    reminders: tuple[ReminderSpec, ...] = ()
    service_levels: ServiceLevels = ServiceLevels()
    retention: Retention = Retention()
    second_approver: bool = False
