"""States and the moves that are allowed between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ActionState(StrEnum):
    """Where an action stands. A concern is an action that is still `new`."""

    NEW = "new"
    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    PROPOSED = "proposed_complete"
    CLOSED = "closed"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"


class MeetingState(StrEnum):
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    HELD = "held"


class BroadcastState(StrEnum):
    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"


class DeliveryState(StrEnum):
    """One person, one message."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class RsvpAnswer(StrEnum):
    ATTENDING = "attending"
    LATE = "late"
    LEAVING_EARLY = "leaving_early"
    REMOTE = "remote"
    MAYBE = "maybe"
    APOLOGIES = "apologies"


_A = ActionState
ACTION_MOVES: Mapping[ActionState, frozenset[ActionState]] = {
    _A.NEW: frozenset({_A.ASSIGNED, _A.DECLINED, _A.REDIRECTED, _A.WITHDRAWN}),
    _A.ASSIGNED: frozenset(
        {
            _A.ACKNOWLEDGED,
            _A.IN_PROGRESS,
            _A.ON_HOLD,
            _A.PROPOSED,
            _A.NEW,
            _A.ASSIGNED,
            _A.REDIRECTED,
            _A.WITHDRAWN,
        }
    ),
    _A.ACKNOWLEDGED: frozenset(
        {_A.IN_PROGRESS, _A.ON_HOLD, _A.PROPOSED, _A.NEW, _A.ASSIGNED, _A.REDIRECTED, _A.WITHDRAWN}
    ),
    _A.IN_PROGRESS: frozenset({_A.ON_HOLD, _A.PROPOSED, _A.NEW, _A.ASSIGNED, _A.REDIRECTED, _A.WITHDRAWN}),
    _A.ON_HOLD: frozenset({_A.IN_PROGRESS, _A.PROPOSED, _A.NEW, _A.ASSIGNED, _A.REDIRECTED, _A.WITHDRAWN}),
    _A.PROPOSED: frozenset({_A.CLOSED, _A.IN_PROGRESS, _A.ASSIGNED}),
    _A.CLOSED: frozenset({_A.ASSIGNED, _A.NEW}),
    _A.DECLINED: frozenset({_A.NEW}),
    _A.REDIRECTED: frozenset({_A.NEW}),
    _A.WITHDRAWN: frozenset(),
}

OPEN_ACTIONS = frozenset({_A.NEW, _A.ASSIGNED, _A.ACKNOWLEDGED, _A.IN_PROGRESS, _A.ON_HOLD, _A.PROPOSED})
WORKED_ACTIONS = OPEN_ACTIONS - {_A.NEW, _A.PROPOSED}

_B = BroadcastState
BROADCAST_MOVES: Mapping[BroadcastState, frozenset[BroadcastState]] = {
    _B.DRAFT: frozenset({_B.AWAITING_APPROVAL, _B.SCHEDULED, _B.SENDING, _B.CANCELLED}),
    _B.AWAITING_APPROVAL: frozenset({_B.SCHEDULED, _B.SENDING, _B.CANCELLED, _B.DRAFT}),
    _B.SCHEDULED: frozenset({_B.SENDING, _B.CANCELLED, _B.DRAFT}),
    _B.SENDING: frozenset({_B.SENT, _B.CANCELLED}),
    _B.SENT: frozenset(),
    _B.CANCELLED: frozenset(),
}

_M = MeetingState
MEETING_MOVES: Mapping[MeetingState, frozenset[MeetingState]] = {
    _M.PLANNED: frozenset({_M.CONFIRMED, _M.CANCELLED, _M.HELD}),
    _M.CONFIRMED: frozenset({_M.CANCELLED, _M.HELD}),
    _M.CANCELLED: frozenset(),
    _M.HELD: frozenset(),
}


class ForbiddenMoveError(ValueError):
    """A move that the table does not allow."""


def move_action(now: ActionState, to: ActionState) -> ActionState:
    """`to`, if an action may move there from `now`; else ForbiddenMoveError."""
    if to not in ACTION_MOVES[now]:
        raise ForbiddenMoveError(f"{now} -> {to}")
    return to


def move_broadcast(now: BroadcastState, to: BroadcastState) -> BroadcastState:
    """`to`, if a broadcast may move there from `now`; else ForbiddenMoveError."""
    if to not in BROADCAST_MOVES[now]:
        raise ForbiddenMoveError(f"{now} -> {to}")
    return to


def move_meeting(now: MeetingState, to: MeetingState) -> MeetingState:
    """`to`, if a meeting may move there from `now`; else ForbiddenMoveError."""
    if to not in MEETING_MOVES[now]:
        raise ForbiddenMoveError(f"{now} -> {to}")
    return to
