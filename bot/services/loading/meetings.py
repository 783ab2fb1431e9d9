"""Loads meetings with their agendas, and leaves alone what people changed since.

What the files said of a meeting last is kept with it. Where they still say the same, the meeting stays as
people have made it; where they say something new, that is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bot.clock import from_london
from bot.council.model import MeetingSpec
from bot.services.loading.common import outcome
from bot.store.bodies import Body, body_by_ref
from bot.store.meetings import AgendaItem, Meeting, meeting_by_external
from bot.store.work import Work

DEFAULT_LENGTH = timedelta(hours=2)
NAMES = {
    "time": "date and time",
    "place": "place",
    "state": "state",
    "published": "date of publication",
    "agenda": "agenda",
}
Kept = Callable[[str], object]
"""Told, in a sentence, of what was left as people have made it."""


def load_meeting(work: Work, spec: MeetingSpec, kept: Kept = lambda _: None) -> str:
    """Add or update one meeting by the reference of the file; "added", "changed" or "same"."""
    body = body_by_ref(work.session, spec.body)
    if body is None:
        raise LookupError(f"meeting {spec.ref} is of the unknown body {spec.body}")
    says = _says(spec, body)
    meeting = meeting_by_external(work.session, spec.ref)
    if meeting is None:
        _put(work, _new(work, spec, body), says, says)
        return "added"
    news, stays = _sorted_out(meeting, says)
    meeting.loaded = {**meeting.loaded, **says}
    if stays:
        named = " and ".join(NAMES[s] for s in stays)
        kept(f"{spec.ref}: kept the {named} changed in chat, for the file says nothing new.")
    if set(news) - {"agenda"}:
        meeting.sequence += 1
    _put(work, meeting, news, meeting.loaded)
    return outcome(False, bool(news))


def _new(work: Work, spec: MeetingSpec, body: Body) -> Meeting:
    starts = from_london(spec.day, spec.start)
    meeting = Meeting(body=body, external_ref=spec.ref, starts_at=starts, ends_at=starts, sequence=0)
    work.session.add(meeting)
    return meeting


def _sorted_out(meeting: Meeting, says: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What is to be put on the meeting, and the names of what stays as people have made it."""
    is_ = _is(meeting)
    differs = [name for name in says if says[name] != is_[name]]
    stays = [name for name in differs if not _is_news(meeting, name, says[name])]
    return {name: says[name] for name in differs if name not in stays}, stays


def _is_news(meeting: Meeting, name: str, said: Any) -> bool:
    """Whether the files say something new. Of a meeting loaded before this was kept, its changes tell."""
    if not meeting.loaded:
        return meeting.sequence == 0
    return bool(meeting.loaded.get(name) != said)


def _says(spec: MeetingSpec, body: Body) -> dict[str, Any]:
    """What the files say of a meeting, as plain data. What they leave open is not in it."""
    starts = from_london(spec.day, spec.start)
    ends = from_london(spec.day, spec.end) if spec.end else starts + timedelta(minutes=body.duration_minutes)
    ends = ends if ends > starts else starts + DEFAULT_LENGTH
    says: dict[str, Any] = {"time": [starts.isoformat(), ends.isoformat()]}
    says |= {"place": spec.place or body.place, "state": str(spec.state)}
    if spec.published_on:
        says["published"] = from_london(spec.published_on, time(12)).isoformat()
    if spec.agenda:
        says["agenda"] = [[i.title, i.restricted, i.lead or "", i.minutes] for i in spec.agenda]
    return says


def _is(meeting: Meeting) -> dict[str, Any]:
    """The same of the meeting as it stands."""
    return {
        "time": [meeting.starts_at.isoformat(), meeting.ends_at.isoformat()],
        "place": meeting.place,
        "state": meeting.state,
        "published": meeting.published_at.isoformat() if meeting.published_at else "",
        "agenda": [[i.title, i.restricted, i.lead, i.minutes] for i in meeting.items],
    }


def _put(work: Work, meeting: Meeting, news: Mapping[str, Any], loaded: Mapping[str, Any]) -> None:
    meeting.loaded = dict(loaded)
    if "time" in news:
        meeting.starts_at, meeting.ends_at = (datetime.fromisoformat(at) for at in news["time"])
    meeting.place = news.get("place", meeting.place)
    meeting.state = news.get("state", meeting.state)
    if "published" in news:
        meeting.published_at = datetime.fromisoformat(news["published"])
    work.session.flush()
    if "agenda" in news:
        _put_agenda(work, meeting, news["agenda"])


def _put_agenda(work: Work, meeting: Meeting, items: list[list[Any]]) -> None:
    meeting.items.clear()
    work.session.flush()
    for position, (title, restricted, lead, minutes) in enumerate(items, 1):
        meeting.items.append(
            AgendaItem(position=position, title=title, restricted=restricted, lead=lead, minutes=minutes)
        )
    work.session.flush()
