"""What an identifier is, and what the council's own directory has made public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias

from bot.language.identifiers_text import Message

Kind = Literal[
    "nhs",
    "upn",
    "uln",
    "nino",
    "dob",
    "postcode",
    "phone",
    "email",
    "case_id",
    "court_no",
    "child_name_cue",
    "age_with_detail",
]

_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "cllr", "councillor", "prof", "rev", "sir", "dame")
)


@dataclass(frozen=True)
class Identifier:
    """What may tell who a child or a family is: `span` as typed, from `start` to `end`."""

    kind: Kind
    span: str
    start: int
    end: int


@dataclass(frozen=True)
class Allowed:
    """What the directory itself publishes, and so may be said: in any spelling of spaces and capitals.

    `email_domains` hold for their subdomains too. A name is allowed as a whole: a first name alone only if it
    stands alone in `names`.
    """

    phones: frozenset[str] = field(default_factory=frozenset)
    emails: frozenset[str] = field(default_factory=frozenset)
    email_domains: frozenset[str] = field(default_factory=frozenset)
    postcodes: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)

    def phone(self, typed: str) -> bool:
        """Whether `typed` is one of the directory's numbers."""
        return national(typed) in self._phones

    def email(self, typed: str) -> bool:
        """Whether `typed` is a published address, or of a published domain."""
        address = typed.casefold()
        domain = "." + address.rpartition("@")[2]
        return address in self._emails or domain.endswith(self._domains)

    def postcode(self, typed: str) -> bool:
        """Whether `typed` is the postcode of an office."""
        return _solid(typed) in self._postcodes

    def name(self, typed: str) -> bool:
        """Whether `typed` is the name of a councillor or officer; a surname alone may be anybody's."""
        words = _name_words(typed)
        return any(words == own or (len(words) > 1 and set(words) <= set(own)) for own in self._names)

    @cached_property
    def _phones(self) -> frozenset[str]:
        return frozenset(national(phone) for phone in self.phones)

    @cached_property
    def _emails(self) -> frozenset[str]:
        return frozenset(email.casefold() for email in self.emails)

    @cached_property
    def _domains(self) -> tuple[str, ...]:
        return tuple("." + domain.casefold().lstrip("@.") for domain in self.email_domains)

    @cached_property
    def _postcodes(self) -> frozenset[str]:
        return frozenset(_solid(postcode) for postcode in self.postcodes)

    @cached_property
    def _names(self) -> tuple[list[str], ...]:
        return tuple(_name_words(name) for name in self.names)


Found: TypeAlias = "tuple[Kind, int, int]"
"""A kind, and where it starts and ends."""

Detector: TypeAlias = "Callable[[Message, Allowed, date], Iterable[Found]]"


def national(phone: str) -> str:
    """A telephone number as its figures, with a leading 0 in place of the country's code."""
    figures = re.sub(r"[^0-9]", "", phone.replace("(0)", ""))
    figures = re.sub(r"^(?:0044|44(?=[0-9]{9,10}$))", "0", figures)
    return figures if figures.startswith("0") else "0" + figures


def _solid(typed: str) -> str:
    return re.sub(r"\s", "", typed).casefold()


def _name_words(typed: str) -> list[str]:
    words = [word.strip(".,") for word in typed.casefold().split()]
    return [word for word in words if word and word not in _TITLES]
