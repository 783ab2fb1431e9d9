"""How soon an action is to be acknowledged and answered, who hears when it is late, and how late it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules.calendar import WorkingCalendar


class EscalationStep(StrEnum):
    """Who is told as an action's due date comes and goes, in this order."""

    REMINDER = "reminder"
    DUE_TODAY = "due_today"
    LEAD_AND_DEPUTY = "lead_and_deputy"
    HEAD_OF_SERVICE_AND_OFFICER = "head_of_service_and_officer"
    RED_TO_CHAIR = "red_to_chair"


class Rag(StrEnum):
    """How an action stands against its due date; always shown with its label, never as a colour alone."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"
    DONE = "done"

    @property
    def label(self) -> str:
        """The words that stand for the colour."""
        return _LABELS[self]


_LABELS = {
    Rag.RED: "Red: overdue",
    Rag.AMBER: "Amber: due soon",
    Rag.GREEN: "Green: on time",
    Rag.GREY: "No due date",
    Rag.DONE: "Finished",
}


@dataclass(frozen=True)
class ServiceLevels:
    """A council's promise, in working days.

    `ladder` has one rising number for each EscalationStep, in working days from the due date; those before it
    are negative. An action counts as due soon from the first step of the ladder.
    """

    acknowledge_working_days: int = 2
    answer_working_days: int = 10
    ladder: tuple[int, ...] = (-3, 0, 2, 5, 10)

    def __post_init__(self) -> None:
        """Refuse, with a ValueError, promises and ladders that make no sense."""
        if not 0 < self.acknowledge_working_days <= self.answer_working_days:
            raise ValueError("An action is acknowledged after a working day or more, and answered no sooner.")
        if len(self.ladder) != len(EscalationStep) or sorted(set(self.ladder)) != list(self.ladder):
            raise ValueError(f"The ladder needs {len(EscalationStep)} numbers, each above the one before.")

    def acknowledge_by(self, assigned_on: date, calendar: WorkingCalendar) -> date:
        """The last day to acknowledge what was assigned on a day; that day is not counted."""
        return calendar.add_working_days(assigned_on, self.acknowledge_working_days)

    def answer_by(self, assigned_on: date, calendar: WorkingCalendar) -> date:
        """The last day to answer what was assigned on a day; that day is not counted."""
        return calendar.add_working_days(assigned_on, self.answer_working_days)

    def step_dates(self, due: date, calendar: WorkingCalendar) -> tuple[tuple[EscalationStep, date], ...]:
        """The day on which each step is reached, in order; a step of 0 falls on the due date itself."""
        return tuple(
            (step, calendar.add_working_days(due, offset))
            for step, offset in zip(EscalationStep, self.ladder, strict=True)
        )

    def escalation_step(self, due: date, today: date, calendar: WorkingCalendar) -> EscalationStep | None:
        """The furthest step reached by today, None before the first.

        It is the step that stands, not only the one that begins today, so a day on which nobody looked is
        made good on the next.
        """
        reached = [step for step, day in self.step_dates(due, calendar) if day <= today]
        return reached[-1] if reached else None

    def rag(self, state_open: bool, due: date | None, today: date, calendar: WorkingCalendar) -> Rag:
        """How an action stands today; it is overdue from the day after its due date."""
        if not state_open:
            return Rag.DONE
        if due is None:
            return Rag.GREY
        if today > due:
            return Rag.RED
        soon = calendar.add_working_days(due, self.ladder[0])
        return Rag.AMBER if today >= soon else Rag.GREEN
