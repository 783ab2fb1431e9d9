"""The register of deliveries: who was sent what, and what came of it. Never the words."""

from __future__ import annotations

from typing import Any

from bot.clock import london
from bot.store.deliveries import all_deliveries
from bot.store.work import Work


def delivery_rows(work: Work) -> list[dict[str, Any]]:
    """One row a delivery, oldest first; times in London."""
    return [
        {
            "to": d.person.name,
            "kind": d.kind,
            "broadcast": d.broadcast.ref if d.broadcast else "",
            "state": d.state,
            "channel": d.channel,
            "due": _shown(d.due_at),
            "sent": _shown(d.sent_at),
            "attempts": d.attempts,
            "reason": d.reason,
        }
        for d in all_deliveries(work.session)
    ]


def _shown(moment: Any) -> str:
    return london(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
