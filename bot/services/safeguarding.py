"""What happens after a safeguarding card: the person says that they have reported it."""

from __future__ import annotations

from bot.store.inbox import latest_card_shown
from bot.store.people import Person
from bot.store.work import Work


def mark_reported(work: Work, person: Person) -> bool:
    """Note on the last card shown to the person that they reported it. False if there is none open."""
    shown = latest_card_shown(work.session, person.id)
    if shown is None or shown.reported_at is not None:
        return False
    shown.reported_at = work.now
    work.audit("safeguarding.reported", kind=shown.kind)
    return True
