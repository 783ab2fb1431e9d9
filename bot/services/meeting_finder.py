"""Which meeting is meant: a reference, a day or month, a body's name, the card answered, or the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from bot.clock import from_london, london_day
from bot.errors import NotFound
from bot.rules.references import parse_meeting_reference
from bot.services.bodies import bodies_of, body_named
from bot.services.named import naming_body, naming_meeting
from bot.services.spoken_days import Span, day_of_month, spans_named
from bot.store.bodies import Body, main_body
from bot.store.meetings import Meeting, asked_to_stand_in, between, coming, meeting_by_id
from bot.store.people import Person
from bot.store.work import Work

WHICH = (
    r"(?:(?:please|pls)|(?P<which>(?:(?:of|for|in|on|at) )?(?:the )?"
    r"[\w'’/-]+(?: [\w'’/.-]+){0,3}?))?(?: (?:please|pls))?[?!. ]*"
)
"""A few words that pick a meeting, as a pattern: a reference, a day, a body. More would be a sentence."""


_REF = re.compile(r"\bm-\s?(\d{1,6})\b", re.IGNORECASE)
_ONLY_REF = re.compile(r"\s*m?-?(\d{1,6})\s*", re.IGNORECASE)
_OFFERED = 4
_MANY = 200


@dataclass(frozen=True)
class Wanted:
    """What the words say about the meeting; each part empty where they say nothing."""

    number: int | None
    body: Body | None
    spans: tuple[Span, ...]
    day_of_month: int | None

    @property
    def asks_which_day(self) -> bool:
        """Whether several days are put forward: "is it Wednesday or Thursday?" """
        return len(self.spans) > 1

    @property
    def is_named(self) -> bool:
        """Whether the words point at any meeting in particular."""
        return bool(self.number or self.body or self.spans or self.day_of_month)


def get_meeting(work: Work, ref: str) -> Meeting:
    """The meeting with that reference, or NotFound."""
    number = parse_meeting_reference(ref)
    meeting = meeting_by_id(work.session, number) if number else None
    if meeting is None:
        raise NotFound("meetings.no_such_meeting", ref=ref)
    return meeting


def named_or_next(work: Work, ref: str, person: Person) -> Meeting:
    """The meeting with that reference; with none given, the next one."""
    return get_meeting(work, ref) if ref else find_meeting(work, "", person)


def wanted(work: Work, text: str) -> Wanted:
    """What the words say about which meeting is meant."""
    if ref := _REF.search(text) or _ONLY_REF.fullmatch(text):
        return Wanted(number=int(ref[1]), body=None, spans=(), day_of_month=None)
    return Wanted(
        number=None,
        body=body_named(work, text),
        spans=spans_named(work, text) if text.strip() else (),
        day_of_month=day_of_month(text),
    )


def find_meeting(work: Work, text: str, person: Person, card: str = "") -> Meeting:
    """The meeting somebody asks about; NotFound, with the nearest ones, where there is none."""
    asked = wanted(work, text)
    if asked.number:
        return get_meeting(work, f"M-{asked.number}")
    if card and not asked.is_named:
        return get_meeting(work, card)
    mine = bodies_of(work, person)
    ahead = _mine_first(coming(work.session, work.now, asked.body, limit=_MANY), mine)
    if asked.spans or asked.day_of_month:
        found = _matching(asked, ahead) or _matching(asked, _mine_first(_past(work, asked), mine))
        if found:
            return found[0]
        if not asked.asks_which_day:
            raise NotFound("meetings.none_then", meetings=[naming_meeting(m) for m in ahead[:_OFFERED]])
    if not asked.body:
        ahead = [m for m in ahead if m.body_id in mine] or _of_main_body(work, ahead) or ahead
    if not ahead:
        raise NotFound("meetings.none_coming", body=naming_body(asked.body) if asked.body else None)
    return ahead[0]


def find_own(work: Work, text: str, person: Person, card: str = "") -> Meeting | None:
    """The meeting whose invitation somebody answers: one of their own bodies, or one they stand in at.

    None where the words name a day on which they have no meeting: they must be asked which one.
    A day in the words that is no meeting's ("away until the 5th") does not outweigh the card.
    """
    asked = wanted(work, text)
    if asked.number:
        return get_meeting(work, f"M-{asked.number}")
    own = own_meetings(work, person, asked.body)
    on_day = _matching(asked, own)
    if on_day:
        return on_day[0]
    answered = get_meeting(work, card) if card else None
    if answered and asked.body in (None, answered.body):
        return answered
    if asked.spans or asked.day_of_month:
        return None
    return own[0] if own else answered


def own_meetings(work: Work, person: Person, body: Body | None = None) -> list[Meeting]:
    """Coming meetings of the bodies a person sits on, and those they were asked to stand in at, in order."""
    mine = bodies_of(work, person)
    own = {m.id: m for m in coming(work.session, work.now, body, limit=_MANY) if m.body_id in mine}
    for response in asked_to_stand_in(work.session, person, work.now):
        if body is None or response.meeting.body_id == body.id:
            own[response.meeting_id] = response.meeting
    return sorted(own.values(), key=lambda m: (m.starts_at, m.id))


def other_meetings(work: Work, meeting: Meeting) -> list[Meeting]:
    """The next meeting of every other body, soonest first."""
    first: dict[int, Meeting] = {}
    for other in coming(work.session, work.now, limit=_MANY):
        first.setdefault(other.body_id, other)
    return [m for m in first.values() if m.body_id != meeting.body_id]


def _matching(asked: Wanted, meetings: Sequence[Meeting]) -> list[Meeting]:
    """Those on a day that the words may mean; else those on that day of whatever month."""
    within = [m for m in meetings if any(a <= london_day(m.starts_at) <= b for a, b in asked.spans)]
    return within or [m for m in meetings if london_day(m.starts_at).day == asked.day_of_month]


def _past(work: Work, asked: Wanted) -> list[Meeting]:
    """Meetings of the named days that are over or cancelled, the latest first."""
    found = [
        m
        for first, last in asked.spans
        for m in between(
            work.session,
            from_london(first, time()),
            from_london(last + timedelta(days=1), time()),
            asked.body,
        )
    ]
    return sorted(found, key=lambda m: m.starts_at, reverse=True)


def _mine_first(meetings: Sequence[Meeting], mine: set[int]) -> list[Meeting]:
    return sorted(meetings, key=lambda m: m.body_id not in mine)


def _of_main_body(work: Work, meetings: Sequence[Meeting]) -> list[Meeting]:
    body = main_body(work.session)
    return [m for m in meetings if body is not None and m.body_id == body.id]
