"""What members do: raise a concern, add to it, chase it, take it back, ask for it to be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.clock import london_day
from bot.errors import BadInput, NotFound
from bot.rules.references import action_reference, municipal_year
from bot.rules.states import OPEN_ACTIONS, ActionState
from bot.services.action_access import is_officer, must_have_raised, must_see
from bot.services.action_changes import change, last_of, second_press, write
from bot.services.action_telling import tell_lead, tell_officers, tell_raiser
from bot.services.actions import lead_for, release, set_due
from bot.services.council import calendar, service_levels
from bot.services.directorates import suggested
from bot.store.actions import Action, ActionEvent, hold_action, hold_numbers, next_number, same_words
from bot.store.bodies import Body, main_body
from bot.store.inbox import Draft, drop_drafts, hold_draft, keep_draft
from bot.store.people import directorate_by_key
from bot.store.work import Work

DRAFT = "concern"
DRAFT_LIFE = timedelta(hours=24)
SAME_CONCERN = timedelta(hours=24)
"""The same words from the same person within this time are one concern."""
SHORTEST = 10
_WITHDRAWABLE = frozenset({ActionState.NEW, ActionState.ASSIGNED})
_OVER = frozenset({ActionState.CLOSED, ActionState.DECLINED, ActionState.REDIRECTED})


@dataclass(frozen=True)
class Concern:
    """What somebody wants to raise. `area` is a directorate's key, or empty where they are not sure."""

    text: str
    area: str = ""
    wanted: str = ""
    how_many: str = ""
    anonymous: bool = False


def raise_concern(work: Work, concern: Concern) -> tuple[Action, bool]:
    """Save a concern under the panel's next reference and tell the officers; whether it is new.

    The same words again within a day are the same concern: it is not saved twice. BadInput for fewer than
    SHORTEST characters.
    """
    text = concern.text.strip()
    if len(text) < SHORTEST:
        raise BadInput("concerns.too_short", {"text": "concerns.error_too_short"})
    body = panel(work)
    hold_numbers(work.session, body)
    known = same_words(work.session, work.me, text, work.now - SAME_CONCERN)
    if known is not None and known.state != ActionState.WITHDRAWN:
        return known, False
    action = _saved(work, body, text, concern)
    event = write(work, action, "raised")
    tell_officers(work, action, event, "triage.told_new", suggested=suggested(work, f"{action.theme} {text}"))
    return action, True


def new_reference(work: Work, body: Body) -> tuple[str, str, int]:
    """The next reference of a body, its municipal year and number. Nobody else gets it."""
    hold_numbers(work.session, body)
    year = municipal_year(work.today)
    number = next_number(work.session, body, year)
    return action_reference(body.ref, work.today, number), year, number


def likely_area(work: Work, text: str) -> str:
    """The key of the directorate that a text is likely for; empty when none stands out."""
    found = suggested(work, text)
    return found.key if found else ""


# --- words that await a yes


def keep_words(work: Work, text: str) -> Draft:
    """Keep words, for a day at most, until the person says that they are to be logged."""
    content = {"text": text.strip(), "area": likely_area(work, text)}
    return keep_draft(work.session, work.me.id, DRAFT, content, work.now)


def draft(work: Work, number: int) -> Draft:
    """The person's own draft, or NotFound once it is logged, dropped or a day old."""
    found = hold_draft(work.session, number, work.me.id, work.now - DRAFT_LIFE)
    if found is None:
        raise NotFound("concerns.draft_gone")
    return found


def log_draft(work: Work, number: int) -> tuple[Action | str, bool]:
    """Save the words of a draft as a concern. Of a draft logged before, the reference, and False."""
    found = draft(work, number)
    if "ref" in found.content:
        return str(found.content["ref"]), False
    action, new = raise_concern(work, Concern(found.content["text"], found.content["area"]))
    found.content = {"ref": action.ref}
    return action, new


def forget_draft(work: Work, number: int) -> None:
    """Forget the words of one of the person's own drafts, if they are still there."""
    found = hold_draft(work.session, number, work.me.id, work.now - DRAFT_LIFE)
    if found is not None:
        work.session.delete(found)


def forget_drafts(work: Work) -> None:
    """Forget whatever words of the person's await a yes."""
    drop_drafts(work.session, work.me.id, DRAFT)


# --- afterwards


def amend(work: Work, action: Action, text: str) -> None:
    """Add something to a concern while it is open. Whoever has it is told."""
    must_have_raised(work, action)
    event = change(work, action, "amended", text=text, only_in=OPEN_ACTIONS)
    if event is not None:
        tell_lead(work, action, event, "actions.told_amended", card="action_update_due")
        tell_officers(work, action, event, "triage.told_amended")


def withdraw(work: Work, action: Action, reason: str = "") -> None:
    """Take a concern back, before anybody has begun work on it."""
    must_have_raised(work, action)
    event = change(work, action, "withdrawn", text=reason, to=ActionState.WITHDRAWN, only_in=_WITHDRAWABLE)
    if event is not None:
        tell_lead(work, action, event, "actions.told_withdrawn")
        tell_officers(work, action, event, "triage.told_withdrawn")


def chase(work: Work, action: Action) -> None:
    """Ask the lead and the officers for news; once a working day."""
    if not is_officer(work.me):
        must_have_raised(work, action)
    hold_action(work.session, action)
    last = last_of(action, "chased")
    if last is not None and not second_press(work, action, "chased"):
        _once_a_working_day(work, action, last)
    event = change(work, action, "chased", only_in=OPEN_ACTIONS)
    if event is not None:
        tell_lead(work, action, event, "actions.told_chased", card="action_update_due")
        tell_officers(work, action, event, "triage.told_chased")


def reopen(work: Work, action: Action, reason: str) -> None:
    """Ask for a finished one to be looked at again: back to its lead, or to triage where there is none."""
    if not is_officer(work.me):
        must_have_raised(work, action)
    hold_action(work.session, action)
    lead = lead_for(work, action) if action.state == ActionState.CLOSED else None
    to = ActionState.ASSIGNED if lead and action.directorate else ActionState.NEW
    due = service_levels(work).answer_by(work.today, calendar(work)) if to is ActionState.ASSIGNED else None
    event = change(work, action, "reopened", text=reason, to=to, due=due, only_in=_OVER)
    if event is None:
        return
    if lead is None or due is None:
        release(action)
    else:
        action.lead, action.assigned_at, action.acknowledged_at = lead, work.now, None
        set_due(action, due)
    tell_lead(work, action, event, "actions.told_reopened", card="action_assigned")
    tell_raiser(work, action, event, "concerns.told_reopened")
    tell_officers(work, action, event, "triage.told_reopened")


def keep_name_off(work: Work, action: Action) -> bool:
    """Hide who raised it from everybody but the officers. Whether a lead may have seen the name before."""
    must_have_raised(work, action)
    if not hold_action(work.session, action).anonymous:
        action.anonymous = True
        write(work, action, "anonymous")
    return action.assigned_at is not None


def ask_for_agenda(work: Work, action: Action) -> None:
    """Ask the officers to put it on the next agenda; not once it was withdrawn."""
    must_see(work, action)
    event = change(work, action, "agenda_asked", only_in=set(ActionState) - {ActionState.WITHDRAWN})
    if event is not None:
        tell_officers(work, action, event, "triage.told_agenda", by=work.me)


def panel(work: Work) -> Body:
    """The body whose references concerns carry."""
    body = main_body(work.session)
    if body is None:
        raise NotFound("concerns.no_panel")
    return body


def _saved(work: Work, body: Body, text: str, concern: Concern) -> Action:
    ref, year, number = new_reference(work, body)
    area = directorate_by_key(work.session, concern.area) if concern.area else None
    action = Action(
        ref=ref,
        body=body,
        year=year,
        number=number,
        source="concern",
        theme=area.name if area else "",
        text=text,
        wanted=concern.wanted.strip(),
        how_many=concern.how_many,
        anonymous=concern.anonymous,
        raised_by=work.me,
        raised_at=work.now,
        state=str(ActionState.NEW),
    )
    work.session.add(action)
    work.session.flush()
    return action


def _once_a_working_day(work: Work, action: Action, last: ActionEvent) -> None:
    day = london_day(last.at)
    if calendar(work).working_days_until(day, work.today) < 1:
        again = calendar(work).add_working_days(day, 1)
        raise BadInput("concerns.chased_already", ref=action.ref, at=last.at, again=again)
