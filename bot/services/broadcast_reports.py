"""What became of a broadcast, who has read it, and what may be sent once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import Refused
from bot.rules.states import BroadcastState, DeliveryState
from bot.services import revisions
from bot.store.broadcasts import counts, in_state, reasons, send_again
from bot.store.deliveries import Broadcast, Delivery
from bot.store.duties import Acknowledgement, acknowledgements
from bot.store.outbox import EMAIL
from bot.store.people import Person
from bot.store.revisions import revision_of
from bot.store.work import Work


@dataclass(frozen=True)
class Report:
    """What became of a broadcast. `after`: what was put in the place of its words, if anything was."""

    broadcast: Broadcast
    counts: dict[str, int]
    why_failed: dict[str, int]
    failed: Sequence[Delivery]
    unknown: Sequence[Delivery]
    readers: list[Person]
    not_read: list[Person]
    by_mail: int
    after: revisions.Aftermath | None

    @property
    def total(self) -> int:
        return sum(n for state, n in self.counts.items() if state != DeliveryState.CANCELLED)


def report(work: Work, broadcast: Broadcast) -> Report:
    """What became of it: states, reasons, and who has said that they read it."""
    read = {a.person_id for a in acknowledgements(work.session, _subject(broadcast))}
    sent = in_state(work.session, broadcast, DeliveryState.SENT)
    unknown = in_state(work.session, broadcast, DeliveryState.UNKNOWN)
    return Report(
        broadcast=broadcast,
        counts=counts(work.session, broadcast),
        why_failed=reasons(work.session, broadcast),
        failed=in_state(work.session, broadcast, DeliveryState.FAILED),
        unknown=unknown,
        readers=[d.person for d in [*sent, *unknown] if d.person_id in read],
        not_read=[d.person for d in sent if d.person_id not in read],
        by_mail=sum(d.channel == EMAIL for d in sent),
        after=revisions.aftermath(work, broadcast),
    )


def mark_read(work: Work, broadcast: Broadcast) -> None:
    """ "I have read this", once."""
    key = (work.me.id, _subject(broadcast))
    if work.session.get(Acknowledgement, key) is None:
        work.session.add(Acknowledgement(person_id=key[0], subject=key[1], at=work.now))


def send_unknown_again(work: Work, broadcast: Broadcast) -> int:
    """Send once more what may not have arrived, because the officer says so; how many.

    Refused for words that were stopped, taken back or put right since.
    """
    if broadcast.state == BroadcastState.CANCELLED or revision_of(work.session, broadcast):
        raise Refused("broadcasts.not_again", broadcast=broadcast)
    doubtful = [d.id for d in in_state(work.session, broadcast, DeliveryState.UNKNOWN)]
    count = send_again(work.session, doubtful, work.now)
    if count and broadcast.state == BroadcastState.SENT:
        broadcast.state, broadcast.ended_at = BroadcastState.SENDING, None
    work.audit("broadcast.sent_again", broadcast.ref, people=count)
    return count


def _subject(broadcast: Broadcast) -> str:
    return f"broadcast:{broadcast.id}"
