"""What an outcome means for a delivery: sent, tried again, given up, or in doubt and to be asked after."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.channels.base import Outcome, Result
from bot.delivery.limits import Limits
from bot.rules.states import DeliveryState
from bot.store.outbox import Taken, Written
from bot.wording.parts import Message

UNCONFIRMED = "it cannot be confirmed that it arrived"
NEVER_ANSWERED = "the platform could not be asked whether it arrived"
NOT_ACCEPTED = "the platform did not take it"


class Step(Enum):
    """What was done with a delivery: sent off, asked after, or handed back before a byte had left."""

    SENT_OFF = "sent off"
    ASKED = "asked"
    HANDED_BACK = "handed back"


@dataclass(frozen=True)
class Done:
    """A step with a delivery, and its result. None: nothing was sent, or the platform cannot know."""

    step: Step
    taken: Taken
    result: Result | None
    message: Message | None = None

    @property
    def outcome(self) -> Outcome | None:
        return self.result.outcome if self.result else None


def written(
    done: Done, now: datetime, limits: Limits, chance: Callable[[], float] = random.random
) -> Written:
    """What to write on the delivery's row."""
    if done.step is Step.HANDED_BACK:
        return _back(done.taken)
    if done.step is Step.ASKED:
        return _after_asking(done.taken, done.result, now, limits)
    return _after_sending(done.taken, done.result or Result(Outcome.DOUBT), now, limits, chance)


def _after_sending(
    taken: Taken, result: Result, now: datetime, limits: Limits, chance: Callable[[], float]
) -> Written:
    match result.outcome:
        case Outcome.SENT:
            return _sent(taken, result, now)
        case Outcome.PAUSED:
            return _back(taken)
        case Outcome.LATER:
            return _later(taken, result, now, limits, chance)
        case Outcome.REFUSED:
            return _refused(taken, result)
        case Outcome.DOUBT:
            first_look = now + timedelta(seconds=limits.grace)
            return _hold(taken, result.reason, now, first_look, looks=0)


def _after_asking(taken: Taken, answer: Result | None, now: datetime, limits: Limits) -> Written:
    """SENT ends it; "not here", often and late enough, lets it go again; silence is asked anew."""
    since = taken.in_doubt_since or now
    soon = now + timedelta(seconds=limits.grace)
    if answer is None:
        looks = taken.looks + 1
        return _unknown(taken, UNCONFIRMED) if looks >= limits.looks else _hold(taken, "", since, soon, looks)
    if answer.outcome is Outcome.SENT:
        return _sent(taken, answer, taken.claimed_at)
    if answer.outcome is Outcome.REFUSED:
        return _refused(taken, answer)
    if answer.outcome is Outcome.LATER:
        return _after_a_no(taken, since, now, limits)
    if now - since >= timedelta(seconds=limits.give_up):
        return _unknown(taken, NEVER_ANSWERED)
    asked_to_wait = now + timedelta(seconds=answer.retry_after)
    return _hold(taken, answer.reason, since, max(soon, asked_to_wait), taken.looks)


def _after_a_no(taken: Taken, since: datetime, now: datetime, limits: Limits) -> Written:
    looks = taken.looks + 1
    sure_at = taken.claimed_at + timedelta(seconds=limits.sure_after)
    if looks >= limits.looks and now >= sure_at:
        return _not_there(taken, limits)
    soon = now + timedelta(seconds=limits.grace)
    return _hold(taken, "", since, max(soon, sure_at) if looks + 1 >= limits.looks else soon, looks)


def _sent(taken: Taken, result: Result, at: datetime) -> Written:
    return Written(
        taken.id,
        taken.broadcast_id,
        DeliveryState.SENT,
        taken.attempts,
        sent_at=at,
        remote_ref=result.remote_ref,
    )


def _back(taken: Taken) -> Written:
    """Due again as it was. The try does not count."""
    return Written(taken.id, taken.broadcast_id, DeliveryState.DUE, taken.attempts - 1)


def _later(
    taken: Taken, result: Result, now: datetime, limits: Limits, chance: Callable[[], float]
) -> Written:
    if taken.attempts >= limits.tries:
        return _failed(taken, result.reason or NOT_ACCEPTED)
    wait = max(result.retry_after, limits.backoff[taken.attempts - 1] * (0.5 + chance() / 2))
    due = now + timedelta(seconds=wait)
    return Written(taken.id, taken.broadcast_id, DeliveryState.DUE, taken.attempts, result.reason, due)


def _refused(taken: Taken, result: Result) -> Written:
    """Another account of the person is tried afresh. An address of theirs is the last way there is.

    Words that were to take the place of others cannot go anywhere else.
    """
    reason = result.reason or NOT_ACCEPTED
    if taken.account_id is None or taken.replaces:
        return _failed(taken, reason)
    return Written(taken.id, taken.broadcast_id, DeliveryState.DUE, 0, reason)


def _not_there(taken: Taken, limits: Limits) -> Written:
    if taken.attempts >= limits.tries:
        return _failed(taken, NOT_ACCEPTED)
    return Written(taken.id, taken.broadcast_id, DeliveryState.DUE, taken.attempts)


def _hold(taken: Taken, reason: str, since: datetime, look_at: datetime, looks: int) -> Written:
    return Written(
        taken.id,
        taken.broadcast_id,
        DeliveryState.SENDING,
        taken.attempts,
        reason,
        lease_until=look_at,
        in_doubt_since=since,
        looks=looks,
    )


def _failed(taken: Taken, reason: str) -> Written:
    return Written(taken.id, taken.broadcast_id, DeliveryState.FAILED, taken.attempts, reason)


def _unknown(taken: Taken, reason: str) -> Written:
    return Written(
        taken.id,
        taken.broadcast_id,
        DeliveryState.UNKNOWN,
        taken.attempts,
        reason,
        in_doubt_since=taken.in_doubt_since,
        looks=taken.looks,
    )
