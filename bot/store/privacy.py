"""Everything the database holds about one person, to show it and to erase it; and what is past keeping."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, inspect, or_, select, update
from sqlalchemy.orm import Session

from bot.rules.states import ActionState, DeliveryState
from bot.store.actions import Action, ActionEvent
from bot.store.audit import AuditEvent
from bot.store.base import Base
from bot.store.bodies import Seat
from bot.store.contacts import Question
from bot.store.deliveries import Broadcast, Delivery
from bot.store.duties import Acknowledgement, DutyReminder, ReminderChoice
from bot.store.inbox import Draft, InboxEvent, LastCard, SafeguardingShown
from bot.store.meetings import Response
from bot.store.people import Account, Person

OWN: Mapping[str, tuple[type[Base], str]] = {
    "accounts": (Account, "person_id"),
    "seats": (Seat, "holder_id"),
    "responses": (Response, "person_id"),
    "substitutions": (Response, "substitute_id"),
    "actions_raised": (Action, "raised_by_id"),
    "actions_led": (Action, "lead_id"),
    "action_events": (ActionEvent, "by_id"),
    "questions": (Question, "asked_by_id"),
    "reminder_choice": (ReminderChoice, "person_id"),
    "duty_reminders": (DutyReminder, "person_id"),
    "acknowledgements": (Acknowledgement, "person_id"),
    "broadcasts": (Broadcast, "created_by_id"),
    "deliveries": (Delivery, "person_id"),
    "drafts": (Draft, "person_id"),
    "last_card": (LastCard, "person_id"),
    "safeguarding_cards": (SafeguardingShown, "person_id"),
    "audit": (AuditEvent, "person_id"),
}
"""Where a person appears, and by which column."""

_REMOVED = (
    "accounts",
    "reminder_choice",
    "duty_reminders",
    "acknowledgements",
    "deliveries",
    "drafts",
    "last_card",
)


def rows_about(s: Session, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Every row about a person, table by table, as plain data."""
    found = {"person": [_plain(person)]}
    for name, (table, column) in OWN.items():
        rows = s.scalars(select(table).where(getattr(table, column) == person.id)).all()
        found[name] = [_plain(row) for row in rows]
    return found


def erase(s: Session, person: Person, at: datetime) -> dict[str, int]:
    """Empty a person's row and remove what is only theirs; the council's record keeps no name.

    Actions, responses and audit facts stay, pointing at an emptied row. Returns the rows removed by table.
    """
    removed = {}
    for name in _REMOVED:
        table, column = OWN[name]
        rows = s.scalars(select(table).where(getattr(table, column) == person.id)).all()
        for row in rows:
            s.delete(row)
        removed[name] = len(rows)
    s.execute(update(Seat).where(Seat.holder_id == person.id).values(holder_id=None))
    s.execute(update(Question).where(Question.asked_by_id == person.id).values(asked_by_id=None))
    s.execute(
        update(SafeguardingShown).where(SafeguardingShown.person_id == person.id).values(person_id=None)
    )
    s.execute(update(Response).where(Response.person_id == person.id).values(note=""))
    person.email = f"erased-{person.id}"
    person.name, person.roles, person.erased_at = "Erased person", [], at
    person.title = person.ward = person.party = person.phone = ""
    person.directorate_id = None
    s.flush()
    return removed


def expire(s: Session, cutoffs: Any) -> dict[str, int]:
    """Remove or reduce what is past keeping; how many of each. `cutoffs` as in bot.rules.retention."""
    done = {
        "drafts": _gone(s, Draft, Draft.made_at < cutoffs.drafts),
        "inbox_events": _gone(s, InboxEvent, InboxEvent.received_at < cutoffs.inbox_events),
        "questions": _gone(s, Question, Question.asked_at < cutoffs.questions),
        "safeguarding_cards": _gone(s, SafeguardingShown, SafeguardingShown.at < cutoffs.safeguarding_events),
        "deliveries": _gone(
            s,
            Delivery,
            (Delivery.created_at < cutoffs.deliveries)
            & Delivery.state.in_([DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.CANCELLED]),
        ),
        "response_notes": _cleared(s, cutoffs.response_detail),
    }
    done["concern_texts"] = _reduced(s, cutoffs.concern_text)
    done["closed_actions"] = _closed_actions(s, cutoffs.closed_actions)
    return done


def _gone(s: Session, table: type[Base], old: Any) -> int:
    keys = s.scalars(select(inspect(table).primary_key[0]).where(old)).all()
    s.execute(delete(table).where(old))
    return len(keys)


def _cleared(s: Session, before: datetime) -> int:
    rows = s.scalars(select(Response).where(Response.answered_at < before, Response.note != "")).all()
    for row in rows:
        row.note = ""
    return len(rows)


def _reduced(s: Session, before: datetime) -> int:
    """Concern texts of closed actions become their theme."""
    ended = [ActionState.CLOSED, ActionState.DECLINED, ActionState.REDIRECTED, ActionState.WITHDRAWN]
    old = select(Action).where(
        Action.state.in_(ended), or_(Action.closed_at < before), Action.text != Action.theme
    )
    rows = s.scalars(old.where(Action.source == "concern")).all()
    for row in rows:
        row.text, row.wanted = row.theme, ""
        for event in row.events:
            event.text = ""
    return len(rows)


def _closed_actions(s: Session, before: datetime) -> int:
    rows = s.scalars(select(Action).where(Action.closed_at < before)).all()
    for row in rows:
        s.delete(row)
    return len(rows)


def _plain(row: Base) -> dict[str, Any]:
    columns = inspect(type(row)).columns
    return {c.key: _value(getattr(row, c.key)) for c in columns}


def _value(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
