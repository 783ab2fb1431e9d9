"""Lists of actions: a lead's own, what is overdue, the panel's log, a member's concerns, and triage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import london_day
from bot.rules.states import OPEN_ACTIONS, WORKED_ACTIONS, ActionState
from bot.services.action_access import Sight, is_officer, own_directorates, sight
from bot.services.action_views import Line, line, reds_first
from bot.services.council import calendar, service_levels
from bot.services.directorates import suggested
from bot.store.actions import Action, actions_where, all_actions
from bot.store.bodies import Body
from bot.store.people import Directorate
from bot.store.work import Work


@dataclass(frozen=True)
class Waiting:
    """A concern that nobody has yet, how many working days it has waited, and where it may belong."""

    a: Line
    raised_on: datetime
    days: int
    late: bool
    suggested: Directorate | None


def waiting(work: Work) -> list[Waiting]:
    """What waits for triage, the oldest first; late once the time promised for acknowledging has run out."""
    found = sorted(actions_where(work.session, states={ActionState.NEW}), key=lambda a: (a.raised_at, a.id))
    return [_waiting(work, a) for a in found]


def _waiting(work: Work, action: Action) -> Waiting:
    days = calendar(work).working_days_until(london_day(action.raised_at), work.today)
    late = days > service_levels(work).acknowledge_working_days
    words = f"{action.theme} {action.text}"
    return Waiting(line(work, action), action.raised_at, days, late, suggested(work, words))


def raised_by_me(work: Work) -> list[Action]:
    """What the person raised, the newest first."""
    found = actions_where(work.session, raised_by=work.me)
    return sorted(found, key=lambda a: (a.raised_at, a.id), reverse=True)


def own_open(work: Work) -> list[Action]:
    """The open actions of the person's directorates, reds first."""
    mine = {d.id for d in own_directorates(work)}
    found = actions_where(work.session, states=OPEN_ACTIONS - {ActionState.NEW})
    return reds_first(work, [a for a in found if a.directorate_id in mine or a.lead_id == work.me.id])


def overdue(work: Work) -> list[Line]:
    """What is past its due date: an officer sees all of it, a lead their directorate's."""
    found = actions_where(work.session, states=WORKED_ACTIONS, due_before=work.today)
    shown = found if is_officer(work.me) else [a for a in found if sight(work, a) is Sight.WORK]
    return [line(work, a) for a in reds_first(work, shown)]


def log_lines(work: Work, body: Body | None = None, *, red_only: bool = False) -> list[Line]:
    """The open actions that the person may see, reds first: the log for the pack."""
    chosen = [
        a for a in all_actions(work.session) if a.state in OPEN_ACTIONS and (body is None or a.body is body)
    ]
    lines = [line(work, a) for a in reds_first(work, [a for a in chosen if sight(work, a)])]
    return [one for one in lines if one.red or not red_only]
