"""One transaction of a worker: record what was done, choose where deliveries go, take the next ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy.orm import Session

from bot.channels.base import Channel, Outcome
from bot.clock import Clock
from bot.delivery import pacing
from bot.delivery.limits import Limits
from bot.delivery.outcomes import Done, Step, written
from bot.store.claims import anything_to_do, claim, take_lapsed
from bot.store.deliveries import Pace
from bot.store.inbox import Shown, show_cards
from bot.store.outbox import EMAIL, Taken, now_in, record
from bot.store.routes import learn_conversations, mark_unreachable, route
from bot.store.workers import hold_paces


@dataclass(frozen=True)
class Turn:
    """What a worker has in hand after a transaction. `now` is the database's moment, read at `read_at`."""

    now: datetime
    read_at: float
    to_send: tuple[Taken, ...] = ()
    to_ask: tuple[Taken, ...] = ()
    more: bool = False
    next_in: float | None = None


@dataclass
class _Hand:
    """What a turn has gathered so far."""

    to_send: list[Taken] = field(default_factory=list)
    more: bool = False
    waits: list[float] = field(default_factory=list)


class Exchange:
    """The worker's side of the queue. `rooms` says how many deliveries each channel can take in now."""

    def __init__(self, worker: str, channels: Mapping[str, Channel], clock: Clock, limits: Limits) -> None:
        self.worker = worker
        self.channels = channels
        self.clock = clock
        self.limits = limits
        self.lease = timedelta(seconds=limits.lease)

    def turn(self, s: Session, done: Sequence[Done], rooms: Mapping[str, int], asking: int) -> Turn:
        """Record what was done and take what comes next. `asking`: how many doubts may be taken up."""
        now, read_at = now_in(s, self.clock), monotonic()
        self._record(s, done, now)
        if not (rooms or asking) or not anything_to_do(s, now):
            return Turn(now, read_at)
        to_ask = take_lapsed(s, now, self.worker, self.lease, asking) if asking else []
        route(s, now, self.channels, self.limits.batch)
        hand = _Hand()
        for pace in hold_paces(s, rooms):
            self._claim(s, pace, now, rooms[pace.channel], hand)
        next_in = min(hand.waits, default=None)
        return Turn(now, read_at, tuple(hand.to_send), tuple(to_ask), hand.more, next_in)

    def _claim(self, s: Session, pace: Pace, now: datetime, room: int, hand: _Hand) -> None:
        """Take what a channel may send now, each delivery with a slot of its own."""
        if pace.blocked_until > now or room <= 0:
            return
        configured = self.channels[pace.channel].rate
        pacing.recover(pace, configured, now)
        rate = pacing.current_rate(pace, configured)
        if rate is None:
            slots = [now] * min(room, self.limits.batch)
            found = claim(s, pace.channel, now, slots, self.worker, self.lease)
            hand.more = hand.more or len(found) == len(slots)
        else:
            found = self._claim_slots(s, pace, now, room, pacing.Spacing(rate, *self._spacing), hand)
        hand.to_send += found

    def _claim_slots(
        self, s: Session, pace: Pace, now: datetime, room: int, spacing: pacing.Spacing, hand: _Hand
    ) -> list[Taken]:
        count = min(room, spacing.free(pace.next_at, now))
        slots = spacing.slots(pace.next_at, now, count)
        found = claim(s, pace.channel, now, slots, self.worker, self.lease) if slots else []
        if found:
            pace.next_at = spacing.after(slots[len(found) - 1])
        if len(found) == count:
            lead = (pace.next_at - now).total_seconds()
            hand.waits.append(max(0.0, lead - self.limits.ahead / 2))
        return found

    @property
    def _spacing(self) -> tuple[float, float]:
        return self.limits.headroom, self.limits.ahead

    # --- recording

    def _record(self, s: Session, done: Sequence[Done], now: datetime) -> None:
        if not done:
            return
        self._slow_down(s, done, now)
        record(s, self.worker, [written(d, now, self.limits) for d in done])
        mark_unreachable(s, _refusals(done))
        learn_conversations(s, _conversations(done))
        show_cards(s, _cards(done, now))

    def _slow_down(self, s: Session, done: Iterable[Done], now: datetime) -> None:
        paused = [d for d in done if d.step is Step.SENT_OFF and d.outcome is Outcome.PAUSED]
        if not paused:
            return
        for pace in hold_paces(s, self.channels):  # all of them, in the order in which everybody holds them
            mine = [d for d in paused if d.taken.channel == pace.channel]
            if mine:
                asked = max(d.result.retry_after for d in mine if d.result)
                claimed = [d.taken.claimed_at for d in mine]
                pacing.slow_down(pace, self.channels[pace.channel].rate, claimed, now)
                pacing.pause(pace, asked or self.limits.pause, now)


def _refusals(done: Iterable[Done]) -> dict[int, str]:
    return {
        d.taken.account_id: d.result.reason or "refused"
        for d in done
        if d.step is Step.SENT_OFF
        and d.taken.account_id
        and d.result
        and d.outcome is Outcome.REFUSED
        # That a message can no longer be changed does not say that its reader cannot be reached.
        and not d.taken.replaces
    }


def _arrived(done: Iterable[Done]) -> list[Done]:
    return [d for d in done if d.outcome is Outcome.SENT]


def _conversations(done: Iterable[Done]) -> dict[int, str]:
    return {
        d.taken.account_id: d.result.conversation
        for d in _arrived(done)
        if d.taken.account_id and d.result and d.result.conversation
    }


def _cards(done: Iterable[Done], now: datetime) -> list[Shown]:
    """The cards that people now have in front of them. An e-mail cannot be answered here."""
    return [
        Shown(
            d.taken.person_id,
            d.message.card.kind,
            d.message.card.subject,
            [b.says for b in d.message.buttons],
            d.taken.claimed_at if d.step is Step.ASKED else now,
        )
        for d in _arrived(done)
        if d.message and d.message.card and d.taken.channel != EMAIL
    ]
