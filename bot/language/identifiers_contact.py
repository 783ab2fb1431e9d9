"""Ways to reach a person: telephone numbers, e-mail addresses, postcodes; not the council's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.language.identifiers_kinds import Allowed, Found, national
from bot.language.identifiers_text import Message

_NUMBERS = (
    "999", "112", "101", "111", "116000", "116123", "08001111", "08088005000",
    "08000121700", "08082000247", "08000684141", "08088010366", "08000232033", "08088005792",
    "08000283550", "08088084994", "03001231231",
    "08005999247", "08081000900", "08088004444",
)  # fmt: skip
HELPLINES = frozenset(_NUMBERS)
"""Public helplines, as figures: emergency, children, families, abuse, distress, homelessness."""

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w+%-][\w.+%-]{0,63}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w@]|\.[A-Za-z0-9])"
)
_PUBLIC_DOMAIN = re.compile(r"[@.](?:gov\.uk|nhs\.uk|nhs\.net|police\.uk|parliament\.uk)$", re.IGNORECASE)

_GAP = r"[ .-]{0,2}"
_UK = re.compile(
    rf"(?<![\w+/-])(?:(?:\+ ?44|0044){_GAP}(?:\(0\){_GAP})?[1-9]|\(0[0-9]{{2,5}}\)|0[0-9]{{2}})"
    rf"(?:{_GAP}[0-9]){{4,9}}(?![\w/]|{_GAP}[0-9])"
)
_FOREIGN = re.compile(r"(?<![\w+])\+(?!44)[1-9](?:[ .-]?[0-9]){8,14}(?![\w/])")
_NO_ZERO = re.compile(
    r"(?<![\w+/£-])(?:7[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}|1[0-9]{3}[ -]?[0-9]{6})(?![\w/]|[ -]?[0-9])"
)
_CALL = re.compile(
    r"\b(?:call|ring|rang|phone|tel|telephone|mobile|mob|text|dial|number is|on)\b[: ]*$", re.IGNORECASE
)
_ORGANISATION = re.compile(r"0(?:3|80|84|87)")
_THEIRS = re.compile(
    r"\b(?:her|his|their|mum's|dad's|child's|carer's|girl's|boy's|my constituent's|resident's)\b|"
    r"\b(?:hers|theirs)\b",
    re.IGNORECASE,
)

_POSTCODE = re.compile(
    r"(?<![\w/.-])(?:GIR ?0AA|ZZ99 ?[0-9][A-Z]{2}|(?![QVX])[A-Z](?:[A-HK-Y]?[0-9][0-9]?|[0-9][A-Z]|"
    r"[A-HK-Y][0-9][A-Z])"
    r" {0,2}[0-9][A-Z]{2})(?![\w/-])",
    re.IGNORECASE,
)
_NOT_INWARD = re.compile(r"[0-9](?:st|nd|rd|th|am|pm|hr|km|mi|pt|kg|mg|cm|mm)$")
_OFFICE = re.compile(
    r"\b(?:(?:county|town|city|shire|civic|village|guild) ?hall|guildhall|civic (?:centre|offices?)|"
    r"council (?:house|offices?)|"
    r"offices?|committee room|council chamber|venue|headquarters|hq|meeting at|held at|library|town hall|"
    r"conference centre)\b",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:lives?|living|lived|home|stays?|staying|moved|placed|placement|address is)\b", re.IGNORECASE
)


def find(message: Message, allowed: Allowed, today: date) -> Iterable[Found]:
    """Every private telephone number, address and postcode."""
    yield from _emails(message, allowed)
    yield from _phones(message, allowed)
    yield from _postcodes(message, allowed)


def _emails(message: Message, allowed: Allowed) -> Iterable[Found]:
    for match in _EMAIL.finditer(message.text):
        if not _PUBLIC_DOMAIN.search(match.group()) and not allowed.email(match.group()):
            yield "email", *match.span()


def _phones(message: Message, allowed: Allowed) -> Iterable[Found]:
    for match in _UK.finditer(message.text):
        figures = national(match.group())
        if len(figures) in (10, 11) and not _is_public(figures, message, match, allowed):
            yield "phone", *match.span()
    for match in _FOREIGN.finditer(message.text):
        if not allowed.phone(match.group()):
            yield "phone", *match.span()
    for match in _NO_ZERO.finditer(message.text):
        grouped = " " in match.group() or match.group().startswith("7")
        called = grouped or _CALL.search(message.before(match.start(), 24))
        if called and not allowed.phone(match.group()):
            yield "phone", *match.span()


def _is_public(figures: str, message: Message, match: re.Match[str], allowed: Allowed) -> bool:
    """A helpline, the directory's, or a number that only organisations have and nobody's own is said of."""
    if figures in HELPLINES or allowed.phone(figures):
        return True
    theirs = _THEIRS.search(message.sentence(*match.span()))
    return bool(_ORGANISATION.match(figures)) and not theirs


def _postcodes(message: Message, allowed: Allowed) -> Iterable[Found]:
    for match in _POSTCODE.finditer(message.text):
        typed = match.group()
        if _NOT_INWARD.search(typed) or allowed.postcode(typed) or _of_an_office(message, match):
            continue
        yield "postcode", *match.span()


def _of_an_office(message: Message, match: re.Match[str]) -> bool:
    """Whether an office is named before it, and nobody is said to live there."""
    before = message.before(match.start(), 100)
    home = _LIVES.search(before) or message.about_a_person(*match.span())
    return bool(_OFFICE.search(before)) and not home
