"""An action as a given person may see it: one line in a list, or the whole with its history."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.rules.service_levels import Rag
from bot.rules.states import OPEN_ACTIONS, WORKED_ACTIONS, ActionState
from bot.services.action_access import Sight, is_officer, works_on
from bot.services.council import calendar, service_levels
from bot.store.actions import Action, ActionEvent
from bot.store.people import Person
from bot.store.work import Work

LONGEST_TITLE = 90
_SENTENCE = re.compile(r"(.{8,}?[.!?])\s", re.DOTALL)
_MEMBERS_STEPS = frozenset(
    {"raised", "amended", "anonymous", "agenda_asked", "chased", "withdrawn", "reopened"}
)
_QUIET = frozenset({"escalated", "anonymous"})
"""Steps that only officers and those who work on the action need to see."""
_RAG_ORDER = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.GREY, Rag.DONE)
_S = ActionState


@dataclass(frozen=True)
class Step:
    """One thing that happened: when, what kind, who (by title), which words, which due date."""

    at: datetime
    kind: str
    who: str
    text: str
    due: date | None


@dataclass(frozen=True)
class Line:
    """An action in a list. `rag` says its standing in words, never as a colour alone."""

    ref: str
    title: str
    state: str
    rag: str
    red: bool
    directorate: str
    due: date | None


@dataclass(frozen=True)
class View(Line):
    """A whole action, with only what this person may see of it."""

    seen: str
    text: str
    wanted: str
    how_many: str
    theme: str
    source: str
    body: str
    lead: str
    raised_on: datetime
    raiser: str
    anonymous: bool
    history: tuple[Step, ...]


def line(work: Work, action: Action) -> Line:
    """The action as one line of a list."""
    rag = standing(work, action)
    return Line(
        ref=action.ref,
        title=title_of(action),
        state=action.state,
        rag=rag.label,
        red=rag is Rag.RED,
        directorate=action.directorate.name if action.directorate else "",
        due=action.due,
    )


def view(work: Work, action: Action, seen: Sight) -> View:
    """The action as whoever has that sight of it may see it."""
    whole = seen is not Sight.LOG
    return View(
        **vars(line(work, action)),
        seen=seen,
        text=action.text if whole else "",
        wanted=action.wanted if whole else "",
        how_many=action.how_many if whole else "",
        theme=action.theme,
        source=action.source,
        body=action.body.name,
        lead=_named(action.lead),
        raised_on=action.raised_at,
        raiser=raiser_for(action, seen),
        anonymous=action.anonymous,
        history=tuple(_steps(action, seen)) if whole else (),
    )


def raiser_for(action: Action, seen: Sight) -> str:
    """The name of whoever raised it, for those who may know it; else empty."""
    hidden = seen is Sight.LOG or (seen is Sight.WORK and action.anonymous)
    return "" if hidden or action.raised_by is None else action.raised_by.name


def standing(work: Work, action: Action) -> Rag:
    """How the action stands against its due date today."""
    return service_levels(work).rag(action.state in OPEN_ACTIONS, action.due, work.today, calendar(work))


def reds_first(work: Work, actions: Iterable[Action]) -> list[Action]:
    """Red first, then amber, green and undated; within each, the longest overdue first."""
    return sorted(
        actions, key=lambda a: (_RAG_ORDER.index(standing(work, a)), a.due or date.max, a.year, a.number)
    )


def title_of(action: Action) -> str:
    """The first sentence of an action's words, cut at a word where it is long."""
    text = " ".join(action.text.split())
    found = _SENTENCE.match(text)
    first = (found.group(1) if found else text).rstrip(".")
    if len(first) <= LONGEST_TITLE:
        return first
    return first[: LONGEST_TITLE + 1].rpartition(" ")[0].rstrip(",;:") + "…"


def last_step(action: Action, seen: Sight) -> Step | None:
    """The last thing that happened which this person may know of."""
    steps = _steps(action, seen)
    return steps[-1] if steps else None


def can(work: Work, action: Action) -> tuple[str, ...]:
    """The commands that the person who acts can use on the action as it stands, most likely first."""
    state = _S(action.state)
    found: list[str] = []
    if is_officer(work.me):
        found += _for_officer(state)
    if works_on(work, action):
        found += _for_lead(state)
    if action.raised_by_id == work.me.id:
        found += _for_raiser(state)
    return tuple(dict.fromkeys(found))


def _for_officer(state: ActionState) -> tuple[str, ...]:
    if state is _S.NEW:
        return ("assign", "decline", "redirect")
    if state is _S.PROPOSED:
        return ("close", "send back")
    return ("update", "assign", "extend") if state in WORKED_ACTIONS else ("reopen",) if _over(state) else ()


def _for_lead(state: ActionState) -> tuple[str, ...]:
    if state is _S.ASSIGNED:
        return ("ack", "update", "extend", "not mine")
    return ("update", "done", "extend", "not mine") if state in WORKED_ACTIONS else ()


def _for_raiser(state: ActionState) -> tuple[str, ...]:
    if state in (_S.NEW, _S.ASSIGNED):
        return ("amend", "chase", "withdraw")
    return ("amend", "chase") if state in OPEN_ACTIONS else ("reopen",) if _over(state) else ()


def _over(state: ActionState) -> bool:
    return state in (_S.CLOSED, _S.DECLINED, _S.REDIRECTED)


def _steps(action: Action, seen: Sight) -> list[Step]:
    inner = seen in (Sight.ALL, Sight.WORK)
    return [
        Step(e.at, e.kind, _who(action, e, seen), e.text, e.due)
        for e in action.events
        if inner or e.kind not in _QUIET
    ]


def _who(action: Action, event: ActionEvent, seen: Sight) -> str:
    """By title; whoever raised it is not named to those who may not know."""
    by_raiser = event.by_id is not None and event.by_id == action.raised_by_id
    if by_raiser and event.kind in _MEMBERS_STEPS:
        return raiser_for(action, seen)
    return _named(event.by)


def _named(person: Person | None) -> str:
    return "" if person is None else person.title or person.name
