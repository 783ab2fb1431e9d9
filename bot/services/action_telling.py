"""Who is told that something happened to an action. Each person once an event, never whoever did it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.services.action_access import Sight, officers
from bot.services.action_views import view
from bot.store.actions import Action, ActionEvent
from bot.store.people import Person, leads_of
from bot.store.work import Work

KIND = "action"


@dataclass(frozen=True)
class _About:
    """What every telling of one event shares."""

    work: Work
    action: Action
    event: ActionEvent

    def to(
        self, people: Iterable[Person], block: str, seen: Sight, card: str, more: Mapping[str, Any]
    ) -> None:
        once = f"action:{self.action.id}:{self.event.id}"
        told = {(n.person_id, n.once) for n in self.work.notices}
        values = {
            "a": view(self.work, self.action, seen),
            "words": self.event.text,
            "day": self.event.due,
            **more,
        }
        for person in people:
            if (
                person is self.work.actor
                or (person.id, once) in told
                or not person.active_on(self.work.today)
            ):
                continue
            self.work.tell(
                person, KIND, once, block, values, card=card, subject=self.action.ref if card else ""
            )


def tell_raiser(work: Work, action: Action, event: ActionEvent, block: str, **more: Any) -> None:
    """Tell whoever raised it. A short reply to it is about this concern."""
    people = [action.raised_by] if action.raised_by else []
    _About(work, action, event).to(people, block, Sight.OWN, "concern_saved", more)


def tell_lead(
    work: Work, action: Action, event: ActionEvent, block: str, card: str = "", **more: Any
) -> None:
    """Tell the person who leads on it."""
    people = [action.lead] if action.lead else []
    _About(work, action, event).to(people, block, Sight.WORK, card, more)


def tell_leads(
    work: Work, action: Action, event: ActionEvent, block: str, card: str = "", **more: Any
) -> None:
    """Tell the lead and everybody who may stand in for them."""
    others = leads_of(work.session, action.directorate, work.today) if action.directorate else []
    people = [action.lead, *others] if action.lead else others
    _About(work, action, event).to(list(dict.fromkeys(people)), block, Sight.WORK, card, more)


def tell_officers(work: Work, action: Action, event: ActionEvent, block: str, **more: Any) -> None:
    """Tell the support officers."""
    _About(work, action, event).to(officers(work), block, Sight.ALL, "", more)


def tell_people(
    work: Work, action: Action, event: ActionEvent, people: Iterable[Person], block: str, **more: Any
) -> None:
    """Tell others what the panel's log shows."""
    _About(work, action, event).to(people, block, Sight.LOG, "", more)
