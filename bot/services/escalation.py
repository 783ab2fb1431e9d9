"""Who hears, day by day, that an action is nearly due, due or late, or that nobody has acknowledged it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clock import london_day
from bot.rules.service_levels import EscalationStep
from bot.rules.states import WORKED_ACTIONS, ActionState
from bot.services.action_changes import write
from bot.services.action_telling import tell_lead, tell_leads, tell_officers, tell_people
from bot.services.bodies import officers_of
from bot.services.council import calendar, service_levels
from bot.store.actions import Action, ActionEvent, actions_where, hold_action
from bot.store.bodies import Body
from bot.store.people import Person
from bot.store.work import Work

UNACKNOWLEDGED = "unacknowledged"
_CARD = "action_update_due"


def sweep(work: Work) -> int:
    """Take every open action one step further where its time has come; how many messages that caused.

    Safe to repeat: each step is taken once for each due date, and a day that was missed is made good on
    the next. Whoever calls it writes the messages out (`bot.delivery.outgoing.post`).
    """
    before = len(work.notices)
    for action in actions_where(work.session, states=WORKED_ACTIONS, limit=100_000):
        hold_action(work.session, action)
        _unacknowledged(work, action)
        _late(work, action)
    return len(work.notices) - before


def _unacknowledged(work: Work, action: Action) -> None:
    if action.state != ActionState.ASSIGNED or action.assigned_at is None or _taken(action, UNACKNOWLEDGED):
        return
    by = service_levels(work).acknowledge_by(london_day(action.assigned_at), calendar(work))
    if work.today > by:
        event = _take(work, action, UNACKNOWLEDGED)
        tell_leads(work, action, event, "actions.told_unacknowledged", card="action_assigned")
        tell_officers(work, action, event, "triage.told_unacknowledged")


def _late(work: Work, action: Action) -> None:
    if action.due is None:
        return
    step = service_levels(work).escalation_step(action.due, work.today, calendar(work))
    if step is not None and not _taken(action, step):
        _tell(work, action, _take(work, action, step), step)


def _tell(work: Work, action: Action, event: ActionEvent, step: EscalationStep) -> None:
    """Each step reaches further, and everybody it reached before hears of it too."""
    said = str(step)
    if step in (EscalationStep.REMINDER, EscalationStep.DUE_TODAY):
        tell_lead(work, action, event, "actions.told_due", card=_CARD, step=said)
        return
    if step is EscalationStep.RED_TO_CHAIR:
        tell_people(work, action, event, _chair_of(work, action), "triage.told_chair")
    if step is not EscalationStep.LEAD_AND_DEPUTY:
        tell_people(work, action, event, _head_of(action), "actions.told_head")
    tell_leads(work, action, event, "actions.told_due", card=_CARD, step=said)
    if step is not EscalationStep.LEAD_AND_DEPUTY:
        tell_officers(work, action, event, "triage.told_late", step=said)


def _head_of(action: Action) -> list[Person]:
    directorate = action.directorate
    return [directorate.lead] if directorate and directorate.lead else []


def _chair_of(work: Work, action: Action) -> Sequence[Person]:
    """The chair of the panel: a sub-group's late action goes to the body it reports to."""
    body: Body = action.body.reports_to or action.body
    seat = officers_of(body, "chair")
    return [seat.holder] if seat and seat.holder else []


def _taken(action: Action, step: str) -> bool:
    """Whether the step was taken, or a later one: a step that was skipped is not taken afterwards."""
    return step in action.escalated.split()


def _take(work: Work, action: Action, step: str) -> ActionEvent:
    action.escalated = f"{action.escalated} {step}".strip()
    return write(work, action, "escalated", text=str(step))
