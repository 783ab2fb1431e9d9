"""What a message is made of, before any platform gives it a shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["default", "primary", "danger"]
FieldKind = Literal["text", "long", "choice", "date", "time", "people", "check", "hidden"]


@dataclass(frozen=True)
class Span:
    """A run of literal text. `href` makes it a link; no mark-up inside it is ever read."""

    text: str
    bold: bool = False
    href: str = ""


Rich = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    spans: Rich


@dataclass(frozen=True)
class Notice:
    """Words that must not be overlooked, such as the safeguarding numbers."""

    spans: Rich


@dataclass(frozen=True)
class Small:
    """A footnote."""

    spans: Rich


@dataclass(frozen=True)
class Bullets:
    items: tuple[Rich, ...]


@dataclass(frozen=True)
class Facts:
    """Labelled values, in order."""

    pairs: tuple[tuple[str, Rich], ...]


@dataclass(frozen=True)
class Button:
    """A button says a command: pressing it is the same as typing `says`."""

    label: str
    says: str
    style: Style = "default"


@dataclass(frozen=True)
class Buttons:
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One question of a form. `error` says what to mend; `value` is what was there before."""

    name: str
    kind: FieldKind
    label: str
    hint: str = ""
    required: bool = True
    choices: tuple[Choice, ...] = ()
    value: str = ""
    error: str = ""
    max_length: int = 2000


@dataclass(frozen=True)
class Form:
    """Questions answered together. Submitting it says `says`, with the answers beside it."""

    says: str
    title: str
    submit: str
    fields: tuple[Field, ...]

    @property
    def has_errors(self) -> bool:
        return any(f.error for f in self.fields)


Part = Heading | Paragraph | Notice | Small | Bullets | Facts | Buttons | Form


@dataclass(frozen=True)
class Card:
    """What a message is about, so that a bare "yes" or "ack" under it can be understood."""

    kind: str
    subject: str = ""


@dataclass(frozen=True)
class Message:
    """One message, as parts. `card` is set when a short reply to it makes sense."""

    parts: tuple[Part, ...]
    card: Card | None = None

    def __add__(self, other: Message) -> Message:
        return Message(self.parts + other.parts, other.card or self.card)

    @property
    def title(self) -> str:
        """The first heading, or the first words."""
        for part in self.parts:
            if isinstance(part, Heading):
                return part.text
        return plain_spans(next((p.spans for p in self.parts if isinstance(p, Paragraph | Notice)), ()))[:80]

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(b for p in self.parts if isinstance(p, Buttons) for b in p.buttons)

    @property
    def form(self) -> Form | None:
        return next((p for p in self.parts if isinstance(p, Form)), None)


def plain_spans(spans: Rich) -> str:
    """The words of a rich text, a link followed by its address where they differ."""
    return "".join(s.text if not s.href or s.href == s.text else f"{s.text} ({s.href})" for s in spans)


@dataclass(frozen=True)
class FormFill:
    """What a command puts into a form of the templates: values, choices, errors (block names)."""

    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    error_values: dict[str, object] = field(default_factory=dict)
