"""The one way in which an action changes: held, checked against the allowed moves, and written down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from bot.errors import BadInput
from bot.rules.states import ActionState, ForbiddenMoveError, move_action
from bot.services.action_access import Sight, sight
from bot.services.action_views import can, last_step, line
from bot.store.actions import Action, ActionEvent, hold_action
from bot.store.work import Work

SAME_PRESS = timedelta(minutes=10)
"""The same thing, done again by the same person so soon, is a second press of the same button."""
ENDED = frozenset({ActionState.CLOSED, ActionState.DECLINED, ActionState.REDIRECTED, ActionState.WITHDRAWN})


def change(
    work: Work,
    action: Action,
    kind: str,
    *,
    text: str = "",
    to: ActionState | None = None,
    due: date | None = None,
    only_in: Collection[ActionState] | None = None,
    beside: Sequence[tuple[str, str]] = (),
) -> ActionEvent | None:
    """Write down one thing that happened, and move the action where it leads.

    `beside` are lines (kind and words) that the history shows just before it. None, and nothing changed,
    when it is a second press. BadInput, in words that say where the action stands and what can be done,
    when it is not in one of `only_in` or may not move `to` there.
    """
    hold_action(work.session, action)
    if second_press(work, action, kind, text, due):
        return None
    before = ActionState(action.state)
    if only_in is not None and before not in only_in:
        raise not_now(work, action)
    for more, words in beside:
        write(work, action, more, text=words)
    if to is not None:
        _move(work, action, to)
    return write(work, action, kind, text=text, due=due, before=before)


def write(
    work: Work,
    action: Action,
    kind: str,
    *,
    text: str = "",
    due: date | None = None,
    before: ActionState | None = None,
) -> ActionEvent:
    """Add a line to the action's history, and to the audit (without its words)."""
    event = ActionEvent(
        at=work.now,
        by_id=work.actor.id if work.actor else None,
        kind=kind,
        text=text,
        from_state=str(before or action.state),
        to_state=str(action.state),
        due=due,
    )
    action.events.append(event)
    work.audit(f"action.{kind}", action.ref, state=str(action.state))
    work.session.flush()
    return event


def not_now(work: Work, action: Action) -> BadInput:
    """What to say when an action is not where it must be: where it is, who did that, what can be done."""
    # Whoever just lost sight of it, because it moved elsewhere, is still told where it went.
    last = last_step(action, sight(work, action) or Sight.LOG)
    return BadInput("actions.not_now", a=line(work, action), last=last, can=can(work, action))


def last_of(action: Action, *kinds: str) -> ActionEvent | None:
    """The last thing of these kinds that happened to it."""
    return next((e for e in reversed(action.events) if e.kind in kinds), None)


def second_press(work: Work, action: Action, kind: str, text: str = "", due: date | None = None) -> bool:
    """Whether the last thing that happened to it is this very thing, done by the same person a moment ago."""
    last = action.events[-1] if action.events else None
    if last is None or work.actor is None or last.by_id != work.actor.id or work.now - last.at > SAME_PRESS:
        return False
    return (last.kind, last.text, last.due) == (kind, text, due)


def _move(work: Work, action: Action, to: ActionState) -> None:
    try:
        action.state = str(move_action(ActionState(action.state), to))
    except ForbiddenMoveError:
        raise not_now(work, action) from None
    action.closed_at = work.now if to in ENDED else None
