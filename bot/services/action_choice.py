"""For which action a command is meant, and whether this person may use it on that one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.errors import BadInput
from bot.rules.states import OPEN_ACTIONS, WORKED_ACTIONS, ActionState
from bot.services.action_access import is_officer, must_have_raised, must_see, must_work_on, works_on
from bot.services.action_finding import MOST, about, find_action, only_one
from bot.services.action_lists import own_open, raised_by_me
from bot.services.action_views import line
from bot.store.actions import Action, action_by_ref
from bot.store.inbox import last_card
from bot.store.work import Work

CARD_LIFE = timedelta(days=3)
OVER = frozenset({ActionState.CLOSED, ActionState.DECLINED, ActionState.REDIRECTED})
_BEFORE_WORK = frozenset({ActionState.NEW, ActionState.ASSIGNED})

LEAD_VERBS: Mapping[str, frozenset[ActionState]] = {
    "ack": frozenset({ActionState.ASSIGNED}),
    "update": WORKED_ACTIONS | {ActionState.PROPOSED},
    "note": WORKED_ACTIONS | {ActionState.PROPOSED},
    "extend": WORKED_ACTIONS,
    "hold": WORKED_ACTIONS,
    "not mine": WORKED_ACTIONS,
    "done": WORKED_ACTIONS,
}
"""What leads do, and where an action stands when it is likely meant."""
BY_OFFICERS_TOO = frozenset({"update", "note", "extend", "hold"})
RAISER_VERBS: Mapping[str, frozenset[ActionState]] = {
    "amend": OPEN_ACTIONS,
    "chase": OPEN_ACTIONS,
    "anonymous": OPEN_ACTIONS,
    "for agenda": OPEN_ACTIONS,
    "withdraw": _BEFORE_WORK,
    "reopen": OVER,
}
"""What those who raised a concern do with it."""
_OFFICERS_MAY = frozenset({"chase", "reopen"})


def chosen(
    work: Work,
    verb: str,
    typed: str = "",
    *,
    card: str = "",
    words: str = "",
    asks: tuple[str, str] = ("", ""),
) -> Action:
    """The one action that `verb` is for; Refused where it is not this person's to use it on.

    In this order: the reference typed, the card in front of the person, the only one that it could be for,
    the only one that their words are about. Else BadInput, which offers them as buttons: each says its
    reference between the two halves of `asks`.
    """
    if typed:
        action = find_action(work, typed)
    else:
        action = _on_the_card(work, verb, card) or _likely(work, verb, words, asks)
    must_be_allowed(work, verb, action)
    return action


def must_be_allowed(work: Work, verb: str, action: Action) -> None:
    """Refused, and why, unless the person may use the verb on this action at all."""
    if verb in LEAD_VERBS:
        must_work_on(work, action, or_officer=verb in BY_OFFICERS_TOO)
    elif verb not in RAISER_VERBS or verb == "for agenda":
        must_see(work, action)
    elif not (verb in _OFFICERS_MAY and is_officer(work.me)):
        must_have_raised(work, action)


def card_in_front(work: Work) -> str:
    """What the last card that the person saw is about; empty after three days."""
    card = last_card(work.session, work.me.id, work.now - CARD_LIFE)
    return card.subject if card else ""


def _on_the_card(work: Work, verb: str, card: str) -> Action | None:
    for subject in (card, card_in_front(work)):
        action = action_by_ref(work.session, subject) if subject else None
        if action is not None and _suits(work, verb, action):
            return action
    return None


def _suits(work: Work, verb: str, action: Action) -> bool:
    if verb in LEAD_VERBS:
        return works_on(work, action) or (verb in BY_OFFICERS_TOO and is_officer(work.me))
    return action.raised_by_id == work.me.id or is_officer(work.me)


def _likely(work: Work, verb: str, words: str, asks: tuple[str, str]) -> Action:
    among = _candidates(work, verb)
    action = only_one(among) or only_one(about(work, words, among))
    if action is None:
        lines = [line(work, a) for a in among[:MOST]]
        raise BadInput("actions.which", lines=lines, before=asks[0], after=asks[1])
    return action


def _candidates(work: Work, verb: str) -> list[Action]:
    if verb in LEAD_VERBS:
        return [a for a in own_open(work) if a.state in LEAD_VERBS[verb]]
    states = RAISER_VERBS.get(verb, OPEN_ACTIONS)
    return [a for a in raised_by_me(work) if a.state in states]
