"""Reads services of Open Referral UK feeds, version 3 and version 1, as directory entries.

The UK profile carries no telephone numbers, so an entry from here always needs a person to complete it.
Where a feed does carry them (version 1, or upstream HSDS), they are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.council.model import DirectoryEntry
from bot.sources.moderngov import SourceError

OWNER = "Open Referral UK"
_LONGEST_TOPIC = 120
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_SLUG = re.compile(r"[^a-z0-9]+")
_PAGE_KEYS = ("contents", "content")
Json = Mapping[str, Any]


def page(answer: bytes) -> tuple[list[Json], int]:
    """The services on a page of a feed, and how many pages there are. One service alone is a page of one."""
    try:
        data = json.loads(answer)
    except ValueError:
        raise SourceError("It is not JSON that can be read.") from None
    if isinstance(data, list):
        return [d for d in data if isinstance(d, dict)], 1
    if not isinstance(data, dict):
        raise SourceError("It is not a list of services.")
    for key in _PAGE_KEYS:
        if isinstance(data.get(key), list):
            pages = data.get("total_pages") or data.get("totalPages") or 1
            return [d for d in data[key] if isinstance(d, dict)], int(pages)
    if data.get("id") and data.get("name"):
        return [data], 1
    raise SourceError("It holds no list of services.")


def entries(services: Iterable[Json]) -> list[DirectoryEntry]:
    """Active services as directory entries, each once."""
    found = {e.id: e for s in services if (e := entry(s)) is not None}
    return list(found.values())


def entry(service: Json) -> DirectoryEntry | None:
    """One service, or None when it has no name or is not active."""
    name, number = _said(service.get("name")), _said(service.get("id"))
    if not name or not number or _said(service.get("status") or "active").lower() != "active":
        return None
    organisation = service.get("organization") or {}
    return DirectoryEntry(
        id=f"oruk-{_SLUG.sub('-', number.lower()).strip('-')}"[:60],
        service=_said(organisation.get("name")) or name,
        team=name,
        topics=_topics(service),
        audience=_audience(service),
        phone=_phone(service) or None,
        email=_said(service.get("email")) or None,
        hours=_hours(service) or None,
        area=_area(service) or None,
        how_to_refer=_said(service.get("url")) or None,
        owner=OWNER,
    )


def _said(value: Any) -> str:
    """Text that says something: feeds hold "null" and stray commas."""
    text = " ".join(str(value).split()).strip(" ,") if value is not None else ""
    return "" if text.lower() in ("null", "none", "n/a") else text


def _topics(service: Json) -> tuple[str, ...]:
    first = _SENTENCE.split(_said(service.get("description")))[0][:_LONGEST_TOPIC]
    terms = [_said((a.get("taxonomy_term") or {}).get("name")) for a in _dicts(service.get("attributes"))]
    terms += [_said((t.get("taxonomy") or {}).get("name")) for t in _dicts(service.get("service_taxonomys"))]
    return tuple(dict.fromkeys(t for t in [first, *terms] if t))


def _audience(service: Json) -> tuple[str, ...]:
    low, high = _age(service.get("minimum_age")), _age(service.get("maximum_age"))
    if low is None and high is None:
        return ()
    if low is not None and high is not None and high < low:
        high = None  # seen in real feeds: a maximum of 0 below a minimum of 13
    if high is None:
        return (f"aged {low} and over",)
    return (f"aged {low or 0} to {high}",)


def _age(value: Any) -> int | None:
    try:
        return int(float(value)) if value is not None else None
    except (TypeError, ValueError):
        return None


def _phone(service: Json) -> str:
    listed = [*_dicts(service.get("phones"))]
    for contact in _dicts(service.get("contacts")):
        listed += _dicts(contact.get("phones"))
    return next((n for p in listed if (n := _said(p.get("number")))), "")


def _hours(service: Json) -> str:
    said = [_said(s.get("description")) for s in _dicts(service.get("schedules"))]
    return "; ".join(dict.fromkeys(s for s in said if s))[:200]


def _area(service: Json) -> str:
    said = [_said(a.get("service_area") or a.get("name")) for a in _dicts(service.get("service_areas"))]
    return next((s[:100] for s in said if s), "")


def _dicts(value: Any) -> list[Json]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
