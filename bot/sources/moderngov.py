"""Reads answers of a modern.gov web service (Civica's mgWebService.asmx).

The service is old and uneven: text is escaped twice, counts have spaces, an empty element holds a line
break, a refusal can be an HTML page with status 200, and home addresses are published. Home addresses
and private numbers are never read.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

FEWEST_COUNCILLORS = 10
"""A council has more. Fewer means that the page did not load whole."""
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})\s*(am|pm)?", re.IGNORECASE)
_TITLES = re.compile(
    r"^(?:(?:the\s+)?(?:right\s+)?(?:worshipful|honourable)\s+)?(?:councillor|cllr|mayor|alderman)\b\.?\s*(?:mayor\b)?\s*",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]+>")


class SourceError(ValueError):
    """An answer that cannot be used; the text says why, in a sentence."""


@dataclass(frozen=True)
class Councillor:
    name: str
    email: str
    phone: str
    party: str
    ward: str


@dataclass(frozen=True)
class ListedMeeting:
    """A meeting as a committee's list names it."""

    number: str
    committee: str
    day: date
    start: time | None
    state: str
    """confirmed, cancelled, or planned: anything else is not yet certain"""


@dataclass(frozen=True)
class Item:
    title: str
    restricted: bool


@dataclass(frozen=True)
class FullMeeting:
    """One meeting with its place and agenda."""

    number: str
    day: date
    start: time | None
    end: time | None
    state: str
    place: str
    agenda_published: bool
    agenda: tuple[Item, ...]


def committees(answer: bytes) -> dict[str, str]:
    """Number and title of every committee that still exists."""
    root = _root(answer, "committees")
    return {
        _text(c, "committeeid"): _text(c, "committeetitle")
        for c in root.iter("committee")
        if not _yes(c, "committeedeleted") and not _yes(c, "committeeexpired")
    }


def councillors(answer: bytes) -> list[Councillor]:
    """Every councillor, ward by ward. Vacant seats are left out."""
    root = _root(answer, "councillorsbyward")
    found = [
        _councillor(c, _text(ward, "wardtitle"))
        for ward in root.iter("ward")
        for c in ward.iter("councillor")
        if "vacan" not in _text(c, "fullusername").lower()
    ]
    if len(found) < FEWEST_COUNCILLORS:
        raise SourceError(f"It lists only {len(found)} councillors, so it cannot be the whole council.")
    return found


def meetings(answer: bytes) -> list[ListedMeeting]:
    """The meetings in a GetMeetings answer."""
    root = _root(answer, "getmeetings")
    return [
        ListedMeeting(
            number=_text(m, "meetingid"),
            committee=_text(c, "committeetitle"),
            day=_day(_text(m, "meetingdate")),
            start=_time(_text(m, "meetingtime")),
            state=_state(_text(m, "meetingstatus")),
        )
        for c in root.iter("committee")
        for m in c.iter("meeting")
    ]


def meeting(answer: bytes) -> FullMeeting:
    """One meeting, from a GetMeeting answer. Titles of restricted items are not read at all."""
    root = _root(answer, "meeting")
    return FullMeeting(
        number=_text(root, "meetingid"),
        day=_day(_text(root, "meetingdate")),
        start=_time(_text(root, "meetingtime")),
        end=_time(_text(root, "meetingplannedfinishtime")),
        state=_state(_text(root, "meetingstatus")),
        place=_text(root, "meetinglocation"),
        agenda_published=_yes(root, "agendapublished"),
        agenda=tuple(_item(i) for i in root.iter("agendaitem")),
    )


def kind_of(answer: bytes) -> str:
    """The name of the answer's root element, to tell files apart."""
    return _root(answer).tag


def _root(answer: bytes, wanted: str = "") -> Element:
    head = answer[:300].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise SourceError("It answered with a web page instead of data. Check the address, with https.")
    try:
        root: Element = fromstring(answer)
    except (ParseError, DefusedXmlException, ValueError):
        raise SourceError("It is not XML that can be read.") from None
    if root.tag.lower() in ("html", "script", "body"):
        raise SourceError("It answered with a web page instead of data. Check the address, with https.")
    if wanted and root.tag != wanted:
        raise SourceError(f"It holds <{root.tag}> where <{wanted}> was expected.")
    return root


def _councillor(element: Element, ward: str) -> Councillor:
    work = element.find("workaddress")
    return Councillor(
        name=_TITLES.sub("", _text(element, "fullusername")),
        email=_text(work, "email").lower() if work is not None else "",
        phone=_text(work, "phone") if work is not None else "",
        party=_text(element, "politicalpartytitle"),
        ward=ward,
    )


def _item(element: Element) -> Item:
    restricted = _yes(element, "isrestricted")
    return Item("" if restricted else _text(element, "agendaitemtitle"), restricted)


def _text(element: Element, name: str) -> str:
    """An element's words: escaped once by XML and often once more by the service."""
    raw = element.findtext(name) or ""
    return " ".join(_TAG.sub(" ", html.unescape(html.unescape(raw))).split())


def _yes(element: Element, name: str) -> bool:
    return _text(element, name).lower() == "true"


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise SourceError(f"It has a date that cannot be read: {text!r}.") from None


def _time(text: str) -> time | None:
    found = _TIME.search(text)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _state(text: str) -> str:
    lowered = text.lower()
    return next((s for s in ("confirmed", "cancelled") if lowered.startswith(s)), "planned")
