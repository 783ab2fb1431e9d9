"""A person's private calendar feed: a signed link, and the meetings as iCalendar text.

The link is the only key to the feed, so it carries a signature; the feed never holds a private item.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.clock import LONDON, london
from bot.rules.states import MeetingState
from bot.services.agendas import is_officer, public_lines
from bot.services.bodies import bodies_of
from bot.services.council import settings
from bot.store.bodies import main_body
from bot.store.meetings import Meeting, between
from bot.store.people import Person
from bot.store.work import Work

if TYPE_CHECKING:
    from icalendar import Event

LOOK_BACK = timedelta(days=365)
LOOK_AHEAD = timedelta(days=3 * 365)
SHORTEST_SECRET = 16
_SIGNED = 32


def feed_link(work: Work, person: Person) -> str:
    """The address of a person's feed; empty where the feed is not set up."""
    url, secret = str(work.cache.get("public_url") or ""), str(work.cache.get("secret") or "")
    if not url or len(secret) < SHORTEST_SECRET:
        return ""
    return f"{url.rstrip('/')}/calendar/{feed_token(secret, person.id)}.ics"


def feed_token(secret: str, person_id: int) -> str:
    """The signed part of a person's feed address. The same secret gives the same token."""
    return f"{person_id}-{_signature(secret, person_id)}"


def person_of_token(secret: str, token: str) -> int | None:
    """Whose feed a token opens; None unless it was signed with this secret."""
    number, _, signature = token.removesuffix(".ics").partition("-")
    if not secret or not (number.isascii() and number.isdigit()) or len(number) > 10:
        return None
    person_id = int(number)
    good = hmac.compare_digest(signature.encode(), _signature(secret, person_id).encode())
    return person_id if good else None


def ics(work: Work, person: Person) -> bytes:
    """The meetings of a person's bodies (an officer's: of all) as one calendar, cancelled ones marked so.

    Somebody with no seat gets the main panel's.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//cpbot//meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("x-wr-calname", str(settings(work).get("short_name") or "Corporate parenting") + " meetings")
    for meeting in _meetings(work, person):
        calendar.add_component(_event(work, meeting))
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text


def _meetings(work: Work, person: Person) -> list[Meeting]:
    found = between(work.session, work.now - LOOK_BACK, work.now + LOOK_AHEAD)
    if is_officer(person):
        return list(found)
    main = main_body(work.session)
    wanted = bodies_of(work, person) or ({main.id} if main else set())
    return [m for m in found if m.body_id in wanted]


def _event(work: Work, meeting: Meeting) -> Event:
    from icalendar import Event

    event = Event()
    reference = str(settings(work).get("reference") or "council").lower()
    event.add("uid", f"meeting-{meeting.id}@{reference}.cpbot")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", work.now)
    event.add("dtstart", london(meeting.starts_at).astimezone(LONDON))
    event.add("dtend", london(meeting.ends_at).astimezone(LONDON))
    event.add("summary", meeting.body.name)
    event.add("location", meeting.place)
    event.add("status", _status(meeting))
    event.add("description", _description(work, meeting))
    return event


def _status(meeting: Meeting) -> str:
    """A planned meeting is firm once its agenda is out."""
    if meeting.state == MeetingState.CANCELLED:
        return "CANCELLED"
    planned = meeting.state == MeetingState.PLANNED and meeting.published_at is None
    return "TENTATIVE" if planned else "CONFIRMED"


def _description(work: Work, meeting: Meeting) -> str:
    lines = [f"{line.number}. {line.title}" for line in public_lines(work, meeting)]
    return "\n".join([meeting.ref, *lines])


def _signature(secret: str, person_id: int) -> str:
    key = hashlib.sha256(b"calendar feed\0" + secret.encode()).digest()
    return hmac.new(key, str(person_id).encode(), hashlib.sha256).hexdigest()[:_SIGNED]
