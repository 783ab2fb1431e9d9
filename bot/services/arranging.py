"""What the officer typed or filled in about a meeting, as days and times; and the lines its buttons say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

from bot.clock import london, london_day
from bot.errors import BadInput
from bot.services.meeting_changes import Arrangement, concerned
from bot.services.spoken_days import Slot, slot_named
from bot.store.bodies import Body, bodies
from bot.store.meetings import Meeting
from bot.store.work import Work

# "at" before a figure, noon or "the same time" is a time, not a place.
_PLACE = re.compile(
    r"(?:^|[\s,]+)at (?!\d|noon\b|midday\b|half\b|quarter\b|(?:the )?same time\b)(?P<place>[^\W\d].*)$",
    re.IGNORECASE | re.DOTALL,
)


def when_and_where(work: Work, text: str, meeting: Meeting | None = None) -> tuple[Slot, str]:
    """The day, times and place in the words of a new or moved meeting.

    BadInput where the words allow several days, or name neither a day, a time nor a place.
    """
    found = _PLACE.search(text)
    words = text[: found.start()] if found else text
    place = found["place"].strip() if found else ""
    near = london_day(meeting.starts_at) if meeting else None
    slot = slot_named(work, words, near) if words.strip() else Slot()
    if slot.readings:
        raise BadInput("arranging.several_days", readings=list(slot.readings), text=words.strip())
    if not (slot.day or slot.start or place):
        raise BadInput("arranging.no_day", text=words.strip())
    return slot, place


def certain(slot: Slot) -> tuple[date, time]:
    """Day and start of a new meeting, or BadInput saying which is missing."""
    if slot.day is None:
        raise BadInput("arranging.no_day", text="")
    if slot.start is None:
        raise BadInput("arranging.no_time", day=slot.day)
    return slot.day, slot.start


def from_form(work: Work, given: Mapping[str, str]) -> tuple[date, time, time | None]:
    """Day, start and end as a form gave them; BadInput with an error for each field that cannot be read."""
    day = slot_named(work, given["date"]).day
    start, end = _time(work, given["time"]), _time(work, given["end"])
    wrong = {
        "date": "arranging.error_date" if day is None else "",
        "time": "arranging.error_time" if start is None else "",
        "end": "arranging.error_time" if given["end"] and end is None else "",
    }
    if day is None or start is None or wrong["end"]:
        raise BadInput("arranging.form", fields={k: v for k, v in wrong.items() if v})
    return day, start, end


def says_make(plan: Arrangement) -> str:
    """What the button says that enters this new meeting."""
    return f"meeting make {plan.body.ref} {_span(plan)}{_at(plan)}"


def says_move(meeting: Meeting, plan: Arrangement) -> str:
    """What the button says that moves this meeting, as long as it stays as it is until then."""
    return f"meeting shift {meeting.ref} {_span(plan)} s{meeting.sequence}{_at(plan)}"


def how_many_told(work: Work, meeting: Meeting) -> int:
    """How many people a change of the meeting would be told to."""
    return len(concerned(work, meeting))


def all_bodies(work: Work) -> Sequence[Body]:
    """The bodies a meeting can be of."""
    return bodies(work.session)


def _span(plan: Arrangement) -> str:
    starts, ends = london(plan.starts_at), london(plan.ends_at)
    return f"{starts:%Y-%m-%d %H:%M} {ends:%H:%M}"


def _at(plan: Arrangement) -> str:
    return f" at {plan.place}" if plan.place else ""


def _time(work: Work, text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        return slot_named(work, text).start
