"""A transcript entry as HTML: which part gets which shape. The mark-up itself stands in `templates/web`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.channels.web.transcript import Entry
from bot.clock import london_day
from bot.wording.pages import Pages
from bot.wording.parts import Facts, Field, Form, Heading, Message, Notice, Part, Rich, Small, Span
from bot.wording.plain import plain

MOST_RADIOS = 6
LONGEST_ANNOUNCEMENT = 280
_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w/-])(?:0\d{2,4} ?\d{3} ?\d{3,4}|0800 1111|116 ?\d{3})(?![\w/-])")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_SHORT_PHONE = re.compile(r"(?<![\w/-])(?:999|101|111)(?![\w/-])")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ISO_TIME = re.compile(r"[0-2]\d:[0-5]\d")

Widget = Literal["input", "date", "time", "long", "select", "radio", "check", "people"]


@dataclass(frozen=True)
class Page:
    """What every fragment of a page needs: whose it is, its token and nonce, and what day it is."""

    user_id: str
    csrf: str
    nonce: str
    today: date


@dataclass(frozen=True)
class Shown:
    """A part with its kind by name, the level of its heading, and whether that stands above already."""

    kind: str
    part: Part
    level: int
    repeated: bool


@dataclass(frozen=True)
class Piece:
    """A run of words on the page; `href` is a link that is safe to follow."""

    text: str
    bold: bool
    href: str


@dataclass(frozen=True)
class Question:
    """One field of a form as the page shows it. `problem` is of ours, `error` is the command's words."""

    field: Field
    id: str
    widget: Widget
    value: str
    problem: str
    error: str

    @property
    def wrong(self) -> bool:
        return bool(self.problem or self.error)


class Renderer:
    """Makes the HTML of one entry. Every word of it is escaped by the template."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages

    def show(self, entry: Entry, page: Page) -> str:
        """The entry as one list item."""
        values = {
            "entry": entry,
            "page": page,
            "parts": list(shown(entry.message)),
            "pieces": pieces,
            "questions": questions(entry),
            "announcement": announcement(entry.message),
            "today": london_day(entry.at) == page.today,
        }
        return self.pages.show("entry.html", values)


def shown(message: Message) -> Iterator[Shown]:
    """The parts in order; the first heading stands at level 2, all others and forms below it."""
    said: set[str] = set()
    for part in message.parts:
        repeated = isinstance(part, Form) and part.title in said
        yield Shown(type(part).__name__.lower(), part, 3 if said else 2, repeated)
        if isinstance(part, Heading):
            said.add(part.text)


def pieces(part: Part, spans: Rich) -> list[Piece]:
    """The words of a rich text; numbers to ring and addresses to write to become links where we give them."""
    return [piece for span in spans for piece in _pieces(part, span)]


def _pieces(part: Part, span: Span) -> Iterator[Piece]:
    if span.href or not isinstance(part, Facts | Notice | Small):
        yield Piece(span.text, span.bold, span.href if _LINK.fullmatch(span.href) else "")
        return
    end = 0
    # Among facts "Room 101" is a room, so short numbers count only in warnings and signposts.
    for start, stop, href in _reachable(span.text, short=not isinstance(part, Facts)):
        yield Piece(span.text[end:start], span.bold, "")
        yield Piece(span.text[start:stop], span.bold, href)
        end = stop
    yield Piece(span.text[end:], span.bold, "")


def _reachable(text: str, short: bool) -> list[tuple[int, int, str]]:
    """Where phone numbers and e-mail addresses stand, each with its link; never one inside another."""
    found: list[tuple[int, int, str]] = []
    for pattern, scheme in (
        (_MAIL, "mailto:"),
        (_PHONE, "tel:"),
        *([(_SHORT_PHONE, "tel:")] if short else []),
    ):
        for m in pattern.finditer(text):
            if not any(start <= m.start() < stop for start, stop, _ in found):
                found.append((m.start(), m.end(), scheme + m.group().replace(" ", "")))
    return sorted(found)


def questions(entry: Entry) -> list[Question]:
    """The fields of the entry's form that the person sees; none once the card was used."""
    form = None if entry.chosen else entry.message.form
    return [_question(entry, f) for f in form.fields if f.kind != "hidden"] if form else []


def _question(entry: Entry, field: Field) -> Question:
    value = entry.values.get(field.name, field.value)
    problem = entry.problems.get(field.name, "")
    return Question(field, f"m{entry.id}-{field.name}", _widget(field, value), value, problem, field.error)


def _widget(field: Field, value: str) -> Widget:
    if field.choices:
        # A radio cannot be taken back, so an optional question gets a list with an empty line.
        return "radio" if field.required and len(field.choices) <= MOST_RADIOS else "select"
    match field.kind:
        case "long" | "check" | "people":
            return field.kind
        case "date" if not value or _ISO_DATE.fullmatch(value):
            return "date"
        case "time" if not value or _ISO_TIME.fullmatch(value):
            return "time"
        case _:
            return "input"


def announcement(message: Message) -> str:
    """The words a screen reader says when the message arrives: its beginning, without buttons and forms."""
    told = tuple(p for p in message.parts if not isinstance(p, Form))
    text = " ".join(plain(Message(told), buttons=False).split())
    if len(text) <= LONGEST_ANNOUNCEMENT:
        return text
    return text[:LONGEST_ANNOUNCEMENT].rpartition(" ")[0] + " …"
