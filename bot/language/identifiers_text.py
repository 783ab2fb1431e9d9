"""A message made ready for the detectors, without moving a character, and the words around a find."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_REACH = 200
_HYPHENS = "–—−‑‐"
_SPACES = "\u00a0\u2007\u2009\u200a\u200b\u202f\u2060\ufeff\t"
_PLAIN = str.maketrans(
    dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("’‘`´", "'")
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
)
_STOP = re.compile(r"[!?;\n]|(?<![ .][A-Za-z])(?<!\bb)(?<!Mrs)(?<!Mr)(?<!Ms)(?<!Dr)(?<!St)\.(?=\s|$)")

# Words that make a sentence one about a child, a family or a carer.
_PERSON = re.compile(
    r"\b(?:he|she|him|her|hers|his|he's|she's|lads?|lass|girls?|boys?|child|kids?|baby|babies|toddler|teen\w*|sons?|"
    r"daughters?|young person|yp|care leaver|young (?:man|woman|lady)|mum|mother|dad|father|parents?|"
    r"carers?|nan|gran|"
    r"grandmother|grandson|granddaughter|brother|sister|constituent|resident|dob|born)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Message:
    """A text as typed, and the same text in plain characters, place for place."""

    typed: str

    @cached_property
    def text(self) -> str:
        """`typed` with one kind of space, hyphen, apostrophe and digit."""
        return self.typed.translate(_PLAIN)

    def before(self, start: int, reach: int = 60) -> str:
        """What stands in the same sentence before `start`, at most `reach` characters of it."""
        window = self.text[max(0, start - reach) : start]
        stops = list(_STOP.finditer(window))
        return window[stops[-1].end() :] if stops else window

    def after(self, end: int, reach: int = 60) -> str:
        """What stands in the same sentence after `end`, at most `reach` characters of it."""
        window = self.text[end : end + reach]
        stop = _STOP.search(window)
        return window[: stop.start()] if stop else window

    def sentence(self, start: int, end: int) -> str:
        """The sentence that holds `text[start:end]`, within reach."""
        return self.before(start, _REACH) + self.text[start:end] + self.after(end, _REACH)

    def about_a_person(self, start: int, end: int) -> bool:
        """Whether that sentence speaks of a child, a relative or a carer."""
        return bool(_PERSON.search(self.sentence(start, end)))
