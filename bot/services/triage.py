"""What officers do: triage concerns, record actions of a meeting, agree to more time, close and send back."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.errors import BadInput, Refused
from bot.rules.references import parse_meeting_reference
from bot.rules.states import OPEN_ACTIONS, WORKED_ACTIONS, ActionState
from bot.services.action_changes import SAME_PRESS, change, last_of, second_press, write
from bot.services.action_dates import later_than_now
from bot.services.action_telling import tell_lead, tell_people, tell_raiser
from bot.services.action_views import line
from bot.services.actions import set_due
from bot.services.concerns import new_reference, panel
from bot.services.council import calendar, service_levels
from bot.store.actions import Action, ActionEvent, hold_action, same_words
from bot.store.meetings import Meeting, meeting_by_id
from bot.store.people import Directorate, Person, leads_of
from bot.store.work import Work


class Route(StrEnum):
    """Where something goes that is not the panel's to follow up."""

    COMPLAINT = "complaint"
    ADVOCACY = "advocacy"
    SAFEGUARDING = "safeguarding"
    FOI = "foi"
    CASEWORK = "casework"


SOURCES = ("meeting", "chair")


def assign(
    work: Work, action: Action, directorate: Directorate, due: date | None = None, note: str = ""
) -> None:
    """Give it to a directorate's lead, with a due date; also from one directorate to another.

    Without a date it is the day by which the council promises an answer. BadInput for a past date, a
    directorate that nobody leads, and an action that is no longer open.
    """
    lead, due = _possible(work, directorate, due)
    words = f"{directorate.name}: {note}" if note else directorate.name
    before = hold_action(work.session, action).lead
    event = change(
        work, action, "assigned", text=words, to=ActionState.ASSIGNED, due=due, only_in=OPEN_ACTIONS
    )
    if event is None:
        return
    give(work, action, directorate, lead, due)
    tell_lead(work, action, event, "actions.told_assigned", card="action_assigned", note=note)
    tell_raiser(work, action, event, "concerns.told_assigned")
    if before is not None and before is not lead:
        tell_people(work, action, event, [before], "actions.told_moved")


def give(work: Work, action: Action, directorate: Directorate, lead: Person, due: date) -> None:
    """The action is this lead's from now on, not yet acknowledged."""
    action.directorate, action.lead = directorate, lead
    action.assigned_at, action.acknowledged_at = work.now, None
    set_due(action, due)


def decline(work: Work, action: Action, reason: str, next_step: str) -> None:
    """It is not for the panel: why, and who takes it or what can be done instead. Both are needed."""
    beside = [("next_step", next_step)]
    event = change(work, action, "declined", text=reason, to=ActionState.DECLINED, beside=beside)
    if event is not None:
        action.closing_words = reason
        tell_raiser(work, action, event, "concerns.told_declined", next_step=next_step)


def redirect(work: Work, action: Action, route: Route, note: str = "") -> None:
    """Another route is the right one. Whoever raised it is told how to take it there."""
    beside = [("note", note)] if note else []
    event = change(work, action, "redirected", text=str(route), to=ActionState.REDIRECTED, beside=beside)
    if event is not None:
        tell_raiser(work, action, event, "concerns.told_redirected", route=str(route), note=note)
        tell_lead(work, action, event, "actions.told_moved")


def new_action(work: Work, text: str, directorate: Directorate, due: date | None, source: str) -> Action:
    """An action that the panel agreed at a meeting, or that the chair asks for: assigned at once."""
    _possible(work, directorate, due)
    body = panel(work)
    ref, year, number = new_reference(work, body)
    known = same_words(work.session, None, text, work.now - SAME_PRESS)
    if known is not None:
        return known
    action = Action(
        ref=ref, body=body, year=year, number=number, source=source, theme=directorate.name, text=text,
        raised_at=work.now, state=str(ActionState.NEW),
    )  # fmt: skip
    work.session.add(action)
    work.session.flush()
    write(work, action, "raised")
    assign(work, action, directorate, due)
    return action


def grant(work: Work, action: Action, day: date) -> None:
    """Agree to the more time that the lead asked for."""
    if second_press(work, hold_action(work.session, action), "extended", due=day):
        return
    asked = _asked(work, action)
    later_than_now(work, action, day)
    event = change(work, action, "extended", due=day, only_in=WORKED_ACTIONS)
    if event is not None:
        set_due(action, day)
        tell_lead(work, action, event, "actions.told_granted")
        tell_raiser(work, action, event, "concerns.told_extended", reason=asked.text)


def refuse(work: Work, action: Action, reason: str) -> None:
    """The due date stands. The lead is told, and why."""
    if second_press(work, hold_action(work.session, action), "extension_refused", reason):
        return
    _asked(work, action)
    event = change(work, action, "extension_refused", text=reason, only_in=WORKED_ACTIONS)
    if event is not None:
        tell_lead(work, action, event, "actions.told_refused", card="action_update_due")


def close(work: Work, action: Action, words: str = "", meeting: str = "") -> None:
    """The panel agrees that it is done. Whoever proposed it cannot be the one who agrees."""
    agreed_at = _meeting(work, meeting)
    hold_action(work.session, action)
    proposed = last_of(action, "proposed")
    if action.state == ActionState.PROPOSED and proposed and proposed.by_id == work.me.id:
        raise Refused("triage.own_proposal", ref=action.ref)
    beside = [("agreed_at", agreed_at.ref)] if agreed_at else []
    event = change(work, action, "closed", text=words, to=ActionState.CLOSED, beside=beside)
    if event is None:
        return
    action.closing_words = words or action.closing_words
    tell_raiser(work, action, event, "concerns.told_closed", done=action.closing_words)
    tell_lead(work, action, event, "actions.told_closed")


def send_back(work: Work, action: Action, reason: str) -> None:
    """Not done yet, and why: the lead carries on."""
    event = change(
        work, action, "sent_back", text=reason, to=ActionState.IN_PROGRESS, only_in={ActionState.PROPOSED}
    )
    if event is not None:
        action.closing_words = ""
        tell_lead(work, action, event, "actions.told_sent_back", card="action_update_due")
        tell_raiser(work, action, event, "concerns.told_sent_back")


def _asked(work: Work, action: Action) -> ActionEvent:
    """The request for more time that nobody has answered, or BadInput."""
    last = last_of(action, "extension_asked", "extended", "extension_refused", "assigned", "reopened")
    if last is None or last.kind != "extension_asked":
        raise BadInput("triage.nothing_asked", a=line(work, action))
    return last


def _possible(work: Work, directorate: Directorate, due: date | None) -> tuple[Person, date]:
    """Who would lead, and by when; BadInput where nobody leads or the day has passed."""
    lead = _lead_of(work, directorate)
    due = due or service_levels(work).answer_by(work.today, calendar(work))
    if due < work.today:
        raise BadInput("actions.day_too_early", {"due": "actions.error_day_too_early"}, day=due, due=None)
    return lead, due


def _lead_of(work: Work, directorate: Directorate) -> Person:
    leads = leads_of(work.session, directorate, work.today)
    if not leads:
        raise BadInput(
            "triage.nobody_leads", {"directorate": "triage.error_nobody_leads"}, name=directorate.name
        )
    return leads[0]


def _meeting(work: Work, typed: str) -> Meeting | None:
    if not typed:
        return None
    number = parse_meeting_reference(typed)
    found = meeting_by_id(work.session, number) if number else None
    if found is None:
        raise BadInput("triage.no_such_meeting", typed=typed)
    return found
