"""Meetings and people as plain values, for refusals, whose words are found after the work is undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.store.bodies import Body
from bot.store.meetings import Meeting
from bot.store.people import Person


@dataclass(frozen=True)
class NamedBody:
    """A body's reference and name."""

    ref: str
    name: str


@dataclass(frozen=True)
class NamedMeeting:
    """What a refusal says of a meeting, under the names that the meeting itself has."""

    ref: str
    body: NamedBody
    starts_at: datetime
    ends_at: datetime
    place: str


@dataclass(frozen=True)
class NamedPerson:
    """A person's name and e-mail address."""

    name: str
    email: str


def naming_body(body: Body) -> NamedBody:
    """The body's names."""
    return NamedBody(body.ref, body.name)


def naming_meeting(meeting: Meeting) -> NamedMeeting:
    """What there is to say of the meeting."""
    body = naming_body(meeting.body)
    return NamedMeeting(meeting.ref, body, meeting.starts_at, meeting.ends_at, meeting.place)


def naming_person(person: Person) -> NamedPerson:
    """The person's names."""
    return NamedPerson(person.name, person.email)
