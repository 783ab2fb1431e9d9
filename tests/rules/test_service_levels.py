"""How soon, who hears when late, and how late it looks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendar import WorkingCalendar
from bot.rules.service_levels import EscalationStep, Rag, ServiceLevels

CALENDAR = WorkingCalendar()
WITHOUT_CHRISTMAS_EVE = WorkingCalendar(closed_every_year=frozenset({(12, 24)}))
LEVELS = ServiceLevels()
DUE = date(2026, 12, 4)
days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
gaps = st.integers(-40, 40).map(timedelta)


@pytest.mark.parametrize(
    ("assigned", "calendar", "acknowledge", "answer"),
    [
        (date(2026, 11, 20), CALENDAR, date(2026, 11, 24), date(2026, 12, 4)),
        (date(2026, 11, 21), CALENDAR, date(2026, 11, 24), date(2026, 12, 4)),
        (date(2026, 12, 21), CALENDAR, date(2026, 12, 23), date(2027, 1, 7)),
        (date(2026, 12, 21), WITHOUT_CHRISTMAS_EVE, date(2026, 12, 23), date(2027, 1, 8)),
    ],
)
def test_when_an_action_is_to_be_acknowledged_and_answered(
    assigned: date, calendar: WorkingCalendar, acknowledge: date, answer: date
) -> None:
    assert LEVELS.acknowledge_by(assigned, calendar) == acknowledge
    assert LEVELS.answer_by(assigned, calendar) == answer


def test_the_day_of_each_step() -> None:
    assert LEVELS.step_dates(DUE, CALENDAR) == (
        (EscalationStep.REMINDER, date(2026, 12, 1)),
        (EscalationStep.DUE_TODAY, date(2026, 12, 4)),
        (EscalationStep.LEAD_AND_DEPUTY, date(2026, 12, 8)),
        (EscalationStep.HEAD_OF_SERVICE_AND_OFFICER, date(2026, 12, 11)),
        (EscalationStep.RED_TO_CHAIR, date(2026, 12, 18)),
    )


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), EscalationStep.REMINDER),
        (date(2026, 12, 3), EscalationStep.REMINDER),
        (date(2026, 12, 4), EscalationStep.DUE_TODAY),
        (date(2026, 12, 7), EscalationStep.DUE_TODAY),
        (date(2026, 12, 8), EscalationStep.LEAD_AND_DEPUTY),
        (date(2026, 12, 10), EscalationStep.LEAD_AND_DEPUTY),
        (date(2026, 12, 11), EscalationStep.HEAD_OF_SERVICE_AND_OFFICER),
        (date(2026, 12, 17), EscalationStep.HEAD_OF_SERVICE_AND_OFFICER),
        (date(2026, 12, 18), EscalationStep.RED_TO_CHAIR),
        (date(2027, 6, 1), EscalationStep.RED_TO_CHAIR),
    ],
)
def test_the_step_that_stands(today: date, step: EscalationStep | None) -> None:
    assert LEVELS.escalation_step(DUE, today, CALENDAR) is step


@pytest.mark.parametrize(
    ("today", "rag"),
    [
        (date(2026, 11, 30), Rag.GREEN),
        (date(2026, 12, 1), Rag.AMBER),
        (date(2026, 12, 4), Rag.AMBER),
        (date(2026, 12, 5), Rag.RED),
    ],
)
def test_the_colour_of_an_open_action(today: date, rag: Rag) -> None:
    assert LEVELS.rag(True, DUE, today, CALENDAR) is rag


def test_finished_and_undated_actions() -> None:
    assert LEVELS.rag(False, DUE, date(2027, 6, 1), CALENDAR) is Rag.DONE
    assert LEVELS.rag(False, None, DUE, CALENDAR) is Rag.DONE
    assert LEVELS.rag(True, None, DUE, CALENDAR) is Rag.GREY


def test_every_colour_has_words_of_its_own() -> None:
    labels = [rag.label for rag in Rag]
    assert len(set(labels)) == len(labels)
    assert all(len(label.split()) >= 2 or rag is Rag.DONE for rag, label in zip(Rag, labels, strict=True))


@pytest.mark.parametrize(
    "ladder", [(), (0, 2, 5, 10), (-3, 0, 2, 5, 10, 15), (-3, 0, 2, 2, 10), (3, 2, 1, 0, -1)]
)
def test_a_ladder_that_does_not_rise_is_refused(ladder: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ladder needs 5 numbers"):
        ServiceLevels(ladder=ladder)


@pytest.mark.parametrize(("acknowledge", "answer"), [(0, 10), (5, 4), (-1, 10)])
def test_promises_that_make_no_sense_are_refused(acknowledge: int, answer: int) -> None:
    with pytest.raises(ValueError, match="answered no sooner"):
        ServiceLevels(acknowledge_working_days=acknowledge, answer_working_days=answer)


@settings(deadline=None)
@given(days, gaps, st.integers(0, 20))
def test_an_action_never_climbs_down_the_ladder(due: date, gap: timedelta, later: int) -> None:
    order = [None, *EscalationStep]
    steps = [LEVELS.escalation_step(due, due + gap + timedelta(days=n), CALENDAR) for n in (0, later)]
    assert order.index(steps[0]) <= order.index(steps[1])


@settings(deadline=None)
@given(days, gaps)
def test_colour_and_ladder_agree(due: date, gap: timedelta) -> None:
    today = due + gap
    rag = LEVELS.rag(True, due, today, CALENDAR)
    step = LEVELS.escalation_step(due, today, CALENDAR)
    assert (rag is Rag.GREEN) is (step is None)
    assert (rag is Rag.RED) is (gap > timedelta(0))
