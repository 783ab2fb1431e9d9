"""The registers of attendance and responses, as rows with plain column names."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.clock import london, london_day
from bot.services.bodies import sits_on
from bot.store.meetings import Meeting, Response, all_responses
from bot.store.work import Work

Row = dict[str, Any]


def attendance_rows(
    work: Work, body: str = "", since: date | None = None, until: date | None = None
) -> list[Row]:
    """One row a person a meeting for which attendance was recorded, by meeting and then by name."""
    found = _within(work, body, since, until)
    return [
        _row(r) | {"attended": r.attended.replace("_", " "), "standing in for": _principal(r)}
        for r in found
        if r.attended
    ]


def response_rows(
    work: Work, body: str = "", since: date | None = None, until: date | None = None
) -> list[Row]:
    """One row a response, by meeting and then by name. Reasons are left out: they are the officer's alone."""
    return [_row(r) | _response(r) for r in _within(work, body, since, until) if r.answer]


def _row(response: Response) -> Row:
    meeting = response.meeting
    seat = sits_on(response.person, meeting.body)
    return {
        "meeting": meeting.ref,
        "body": meeting.body.name,
        "date": london_day(meeting.starts_at).isoformat(),
        "name": response.person.name,
        "seat": _seat_words(meeting, response),
        "voting": ("yes" if seat.voting else "no") if seat else "",
    }


def _response(response: Response) -> Row:
    known = response.substitute.name if response.substitute else response.substitute_name
    return {
        "answer": str(response.answer).replace("_", " "),
        "substitute": known,
        "answered": london(response.answered_at).strftime("%Y-%m-%d %H:%M"),
        "apologies recorded": "yes" if response.confirmed_at else "",
    }


def _seat_words(meeting: Meeting, response: Response) -> str:
    """What they sit there as: their office, job title or category."""
    seat = sits_on(response.person, meeting.body)
    if seat is None:
        return ""
    return (seat.role if seat.role != "member" else seat.title or seat.category).replace("_", " ")


def _principal(response: Response) -> str:
    """Whose seat a substitute filled."""
    if response.attended != "substitute":
        return ""
    found = [r.person.name for r in response.meeting.responses if r.substitute_id == response.person_id]
    return ", ".join(found)


def _within(work: Work, body: str, since: date | None, until: date | None) -> list[Response]:
    return [
        r
        for r in all_responses(work.session)
        if (not body or r.meeting.body.ref == body.upper())
        and (since is None or london_day(r.meeting.starts_at) >= since)
        and (until is None or london_day(r.meeting.starts_at) <= until)
    ]
