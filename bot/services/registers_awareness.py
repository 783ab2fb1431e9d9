"""The register of awareness: which member has read which duty, and when."""

from __future__ import annotations

from typing import Any

from bot.clock import london_day
from bot.store.duties import acknowledgements, duties
from bot.store.people import everyone
from bot.store.work import Work


def awareness_rows(work: Work) -> list[dict[str, Any]]:
    """One row a member and duty, members by name; `read on` is empty until they say so."""
    listed = duties(work.session)
    read = {
        d.id: {a.person_id: london_day(a.at) for a in acknowledgements(work.session, f"duty:{d.topic}")}
        for d in listed
    }
    return [
        {
            "member": m.name,
            "ward": m.ward,
            "party": m.party,
            "duty": d.title,
            "read on": str(read[d.id].get(m.id, "")),
        }
        for m in everyone(work.session, work.today, "member")
        for d in listed
    ]
