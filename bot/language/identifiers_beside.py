"""Names and initials known by what stands beside them: Kayden (14), J.S., 12, Tyler Reece dob 3.4.11."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language.identifiers_names import NAMES, Span, first_word, is_given, name_at, name_in, one
from bot.language.identifiers_text import Message
from bot.language.identifiers_words import NOT_INITIALS

OLDEST = 25
"""Years up to which somebody may be a child in care or a care leaver."""

_GOES_ON = r"(?=[,;)]|\.(?:\s|$)|$| (?:and|is|was|has|who|in|at|from|on)\b)"
_AGE_AFTER = re.compile(
    rf"(?<![\w'@.])(?P<name>{NAMES}),? (?:"
    r"\((?:aged? )?(?P<a>[0-9]{1,2})(?: ?(?:yrs?|y/?o))?\)"
    r"|(?:aged?|who is|who's|is|turned|just turned|is only|is just) (?P<b>[0-9]{1,2})(?![\w%/:.-]|,[0-9]|"
    r" [a-z]+s\b)"
    rf"|(?<=, )(?P<c>[0-9]{{1,2}}){_GOES_ON})"
)
_AGE_BEFORE = re.compile(r"\b(?P<age>[0-9]{1,2})[- ]?(?:year|yr)s?[- ]?old,? ", re.IGNORECASE)
_TWO = r"[A-Z]\.? ?[A-Z]\b\.?(?: ?[A-Z]\b\.?)?"
_INITIALS = re.compile(
    r"(?<![\w.])(?P<name>[A-Z]\. ?[A-Z]\.?(?: ?[A-Z]\.)?|[A-Z]{2}),? (?:"
    r"\((?:aged? )?(?P<a>[0-9]{1,2})\)|(?:aged?|is) (?P<b>[0-9]{1,2})(?![\w%/:.-])"
    rf"|(?<=, )(?P<c>[0-9]{{1,2}}){_GOES_ON})"
)
_INITIALS_ARE = re.compile(rf"\binitials?:?(?: are| is)? (?P<name>{_TWO})")
_NUMBER_AFTER = re.compile(
    rf"(?<![\w'@])(?P<name>{NAMES}),? \(?(?:"
    r"(?i:b\.?|born|d\.?o\.?b\.?|nhs|upn|uln|lcs|ni)\b[^0-9\n]{0,16}[0-9]"
    r"|[0-3]?[0-9][./-][01]?[0-9][./-](?:20)?[0-2][0-9]\b)"
)
_FIGURE = re.compile(r"[0-9]")


def named_beside(message: Message) -> Iterator[Span]:
    """Every such name; nothing without a figure."""
    if not _FIGURE.search(message.text):
        return
    yield from _with_age(message)
    yield from _with_initials(message)
    yield from _with_number(message)


def _with_age(message: Message) -> Iterator[Span]:
    """Kayden (14), 14-year-old Tyler: of a common given name, or where the sentence is about a child."""
    for match in _AGE_AFTER.finditer(message.text):
        span = name_in(message, match)
        if span and _age(match) <= OLDEST and _is_person(message, span):
            yield span
    for match in _AGE_BEFORE.finditer(message.text):
        if int(match["age"]) <= OLDEST:
            yield from one(name_at(message.text, match.end()))


def _age(match: re.Match[str]) -> int:
    return int(match["a"] or match["b"] or match["c"])


def _is_person(message: Message, span: Span) -> bool:
    known = is_given(first_word(message, span))
    return known or (message.text[span[0]].isupper() and message.about_a_person(*span))


def _with_initials(message: Message) -> Iterator[Span]:
    yield from (match.span("name") for match in _INITIALS_ARE.finditer(message.text))
    for match in _INITIALS.finditer(message.text):
        if match["name"] not in NOT_INITIALS and _age(match) <= OLDEST:
            yield match.span("name")


def _with_number(message: Message) -> Iterator[Span]:
    """Jayden b. 3.4.11, Tyler Reece NHS 943 …"""
    for match in _NUMBER_AFTER.finditer(message.text):
        span = name_in(message, match)
        if span and message.text[span[0]].isupper():
            yield span
