"""The register of actions, for the agenda pack and for export."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.clock import london_day
from bot.services.action_changes import last_of
from bot.services.action_views import reds_first, standing
from bot.store.actions import Action, all_actions
from bot.store.work import Work

_SPOKEN = ("update", "on_hold", "proposed", "sent_back")


def action_rows(work: Work) -> list[dict[str, Any]]:
    """One row an action, the open ones first and of those the reds; dates as ISO text, London days.

    It is the panel's log, so it never says who raised a concern.
    """
    return [_row(work, a) for a in reds_first(work, all_actions(work.session))]


def _row(work: Work, action: Action) -> dict[str, Any]:
    spoken = last_of(action, *_SPOKEN)
    return {
        "reference": action.ref,
        "body": action.body.ref,
        "raised on": _day(action.raised_at),
        "source": action.source,
        "theme": action.theme,
        "text": action.text,
        "outcome wanted": action.wanted,
        "how many young people": action.how_many,
        "directorate": action.directorate.name if action.directorate else "",
        "lead": action.lead.name if action.lead else "",
        "acknowledged on": _day(action.acknowledged_at),
        "due": _day(action.due),
        "status": action.state.replace("_", " "),
        "rag": standing(work, action).label,
        "last update": spoken.text if spoken else "",
        "last update on": _day(spoken.at) if spoken else "",
        "closed on": _day(action.closed_at),
        "closing words": action.closing_words,
    }


def _day(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    return (london_day(moment) if isinstance(moment, datetime) else moment).isoformat()
