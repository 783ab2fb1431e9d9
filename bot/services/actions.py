"""What leads do with their directorate's actions: acknowledge, update, ask for time, propose to close."""

from __future__ import annotations

import hashlib
from datetime import date

from bot.rules.states import WORKED_ACTIONS, ActionState
from bot.services.action_access import is_officer, must_work_on, officers, own_directorates
from bot.services.action_changes import change
from bot.services.action_dates import later_than_now, may_extend_alone
from bot.services.action_telling import tell_officers, tell_raiser
from bot.services.council import calendar
from bot.services.directorates import suggested
from bot.store.actions import Action, hold_action
from bot.store.people import Person, leads_of
from bot.store.work import Work

_STARTED = frozenset({ActionState.ASSIGNED, ActionState.ACKNOWLEDGED, ActionState.ON_HOLD})
_TALKED_ABOUT = WORKED_ACTIONS | {ActionState.PROPOSED}


def acknowledge(work: Work, action: Action) -> None:
    """The lead has seen it and takes it on."""
    must_work_on(work, action)
    event = change(work, action, "acknowledged", to=ActionState.ACKNOWLEDGED)
    if event is not None:
        action.acknowledged_at = work.now
        tell_raiser(work, action, event, "concerns.told_acknowledged")


def update(work: Work, action: Action, text: str, *, begins: bool = True) -> None:
    """What has happened. The action is in progress from then on, unless it only `begins` later."""
    must_work_on(work, hold_action(work.session, action), or_officer=True)
    moves = begins and action.state in _STARTED
    to = ActionState.IN_PROGRESS if moves else None
    event = change(work, action, "update", text=text, to=to, only_in=_TALKED_ABOUT)
    if event is not None:
        _seen_to(work, action)
        tell_raiser(work, action, event, "concerns.told_update")


def hold(work: Work, action: Action, reason: str) -> None:
    """Nothing can happen for now, and why. The due date stands."""
    must_work_on(work, action, or_officer=True)
    event = change(work, action, "on_hold", text=reason, to=ActionState.ON_HOLD)
    if event is not None:
        _seen_to(work, action)
        tell_raiser(work, action, event, "concerns.told_on_hold")


def propose_closing(work: Work, action: Action, text: str) -> None:
    """The lead says that it is done. It closes when the panel has agreed."""
    must_work_on(work, action)
    event = change(work, action, "proposed", text=text, to=ActionState.PROPOSED)
    if event is not None:
        _seen_to(work, action)
        action.closing_words = text
        tell_raiser(work, action, event, "concerns.told_proposed")
        tell_officers(work, action, event, "triage.told_proposed")


def hand_back(work: Work, action: Action, reason: str) -> None:
    """It belongs elsewhere: back to triage, with the reason."""
    must_work_on(work, action)
    event = change(work, action, "not_mine", text=reason, to=ActionState.NEW, only_in=WORKED_ACTIONS)
    if event is None:
        return
    release(action)
    meant = suggested(work, reason)
    tell_officers(work, action, event, "triage.told_not_mine", by=work.me, suggested=meant)


def release(action: Action) -> None:
    """Nobody has it, and no clock runs, until it is assigned again."""
    action.directorate = action.lead = None
    action.due = action.assigned_at = action.acknowledged_at = None
    action.escalated = ""


def extend(work: Work, action: Action, day: date, reason: str) -> bool:
    """Put the due date back. True when done, False when the officer has been asked.

    A lead does it alone once, by up to OWN_EXTENSION working days; anything more is the officer's to
    agree. BadInput for a day that is not later than the present due date and today.
    """
    must_work_on(work, hold_action(work.session, action), or_officer=True)
    alone = is_officer(work.me) or may_extend_alone(action, day, work.today, calendar(work))
    later_than_now(work, action, day)
    kind = "extended" if alone else "extension_asked"
    event = change(work, action, kind, text=reason, due=day, only_in=WORKED_ACTIONS)
    if event is None:
        return alone
    if not alone:
        tell_officers(work, action, event, "triage.told_extension_asked", by=work.me)
        return False
    set_due(action, day)
    tell_raiser(work, action, event, "concerns.told_extended")
    return True


def set_due(action: Action, day: date) -> None:
    """A new due date. The reminders start afresh."""
    action.due, action.escalated = day, ""


def cover(work: Work, note: str) -> None:
    """The lead is away, and who stands in. The officers and the directorate's other leads are told."""
    once = f"cover:{work.me.id}:{work.today}:{hashlib.sha256(note.encode()).hexdigest()[:12]}"
    beside = [p for d in own_directorates(work) for p in leads_of(work.session, d, work.today)]
    for person in dict.fromkeys([*officers(work), *beside]):
        if person is not work.me:
            work.tell(person, "action", once, "triage.told_cover", {"by": work.me, "words": note})
    work.audit("cover.noted")


def _seen_to(work: Work, action: Action) -> None:
    """Whoever works on an action has acknowledged it too."""
    if action.state != ActionState.ASSIGNED:
        action.acknowledged_at = action.acknowledged_at or work.now


def lead_for(work: Work, action: Action) -> Person | None:
    """Who would lead on it now: the present lead if they still have access, else the directorate's."""
    if action.lead is not None and action.lead.active_on(work.today):
        return action.lead
    leads = leads_of(work.session, action.directorate, work.today) if action.directorate else []
    return leads[0] if leads else None
