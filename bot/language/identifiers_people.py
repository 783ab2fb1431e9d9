"""Names of children, parents, relatives and carers, by words that say whose they are: my son, placed with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.language.identifiers_beside import named_beside
from bot.language.identifiers_kinds import Allowed, Found
from bot.language.identifiers_names import (
    NAMES,
    TITLE,
    Span,
    first_word,
    is_given,
    name_at,
    name_in,
    of_an_official,
    one,
)
from bot.language.identifiers_text import Message
from bot.language.identifiers_words import CARER, CHILD, NOT_NAMES, OTHERS, RELATIVE

_PERSON = rf"{CARER}|{CHILD}|{RELATIVE}|{OTHERS}"
_SEVERAL = r"twins|brothers|sisters|children|kids|boys|girls|lads"
_OPENING = r"[\"'“(]?"
_NOUN = re.compile(
    rf"\b(?P<noun>{_PERSON}|(?P<several>{_SEVERAL}))\b(?:(?P<loose>,| is| was)|,| -|:)? {_OPENING}",
    re.IGNORECASE,
)
_FAMILY_TITLE = re.compile(
    r"\b(?:uncle|aunt|aunty|auntie|nan|nana|gran|granny|grandma|grandad|mum|baby|little)$", re.IGNORECASE
)
_AND = re.compile(r",? (?:and|&) (?=[A-Z])|, (?=[A-Z])")
_FONDLY = re.compile(r"\b(?:little|wee|young|poor) (?=[A-Z])", re.IGNORECASE)
_PARTNER = re.compile(
    r"\b(?:her|his|their|mum's|dad's) (?:new |ex-?)?"
    r"(?:partner|husband|wife|boyfriend|girlfriend|ex|fianc[eé]e?),? (?=[A-Z])"
)

_CALLED = re.compile(rf"\b(?:called|named|nicknamed|known as|goes by) {_OPENING}", re.IGNORECASE)
_WHO_OR_WHAT = re.compile(
    rf"\b(?:(?P<person>{_PERSON}|m[ae]n|wom[ae]n|one|someone|somebody)"
    r"|home|house|scheme|project|group|service|team|place|street|road|school|charity|company|programme|club|centre|app|"
    r"report|event|hostel|unit|provider|agency|policy|meeting|organisation|thing)\b",
    re.IGNORECASE,
)
_NAME_IS = re.compile(
    r"\b(?:her|his|their|"
    r"(?:child|boy|girl|lad|kid|yp|carer|mum|mother|dad|father|person|leaver|constituent|resident)'s)"
    r" (?:first |full |last |real |middle |sur)?name(?:(?: is|'s| was|:| -) | (?=[A-Z]))",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:stay\w*|liv(?:e|es|ed|ing)|placed|placement|remain\w*|foster(?:ed|ing)|moved in|looked after|"
    r"cared for|"
    r"resid\w+|adopted)(?: \w+){0,2} (?:with|by) ",
    re.IGNORECASE,
)
_THE_SMITHS = re.compile(
    r"the (?P<name>[A-Z][a-z]{2,20}s)(?=[ .,;!?]|$)(?! (?:Team|Service|House|Home|Centre|Unit)\b)"
)
_OWNED = (
    rf"(?:{CARER}|{RELATIVE}|placement|pep|care plan|pathway plan|social worker|ehcp|personal adviser|"
    r"bedroom|tenancy)"
)
_THEIRS = re.compile(
    rf"(?<![\w'@])(?P<name>{NAMES})'s? (?:new |old |own |birth |current |last |foster |next )?{_OWNED}\b",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"(?<!\w)(?={TITLE} [A-Z])")
_FAMILY = re.compile(
    r"\b(?:her|his|their) (?:foster |step|grand|great-?grand)?"
    r"(?:sons?|daughters?|child(?:ren)?|kids?|nephew|niece|lad|boy|girl|baby|brother|sister)\b"
)


def find(message: Message, allowed: Allowed, today: date) -> Iterable[Found]:
    """Every such name that is no councillor's or officer's."""
    for start, end in _all(message):
        if not of_an_official(message.before(start, 40)) and not allowed.name(message.text[start:end]):
            yield "child_name_cue", start, end


def _all(message: Message) -> Iterator[Span]:
    yield from _after_noun(message)
    yield from _fondly(message)
    yield from _partner(message)
    yield from _after_called(message)
    yield from _placed_with(message)
    yield from _possessive(message)
    yield from named_beside(message)
    yield from _titled_parent(message)


def _after_noun(message: Message) -> Iterator[Span]:
    """My son Jayden, foster carer Mrs K, young person JB; not the Foster Carer Handbook."""
    shout = message.text.isupper()
    for match in _NOUN.finditer(message.text):
        span = name_at(message.text, match.end(), shout=shout)
        if span and (_any_name(message, match) or _given_or_titled(message, span)):
            yield span
            yield from _and_another(message, span[1])


def _any_name(message: Message, match: re.Match[str]) -> bool:
    """Whether any name may follow: not loosely ("mum is …"), nor after a noun that is part of a heading."""
    if match["several"] or match["loose"]:
        return False
    noun = match["noun"]
    opens = (
        noun.lower() in ("constituent", "resident", "tenant")
        and not message.before(match.start(), 24).strip()
    )
    return opens or noun[0].islower() or bool(_FAMILY_TITLE.search(noun))


def _given_or_titled(message: Message, span: Span) -> bool:
    word = first_word(message, span)
    return is_given(word) or bool(re.match(TITLE, word, re.IGNORECASE))


def _and_another(message: Message, end: int) -> Iterator[Span]:
    """The Noah of "twins Poppy and Noah"."""
    joint = _AND.match(message.text, end)
    span = joint and name_at(message.text, joint.end())
    if span and is_given(first_word(message, span)):
        yield span


def _fondly(message: Message) -> Iterator[Span]:
    """Little Alfie, poor Chloe."""
    for match in _FONDLY.finditer(message.text):
        span = name_at(message.text, match.end())
        if span and is_given(first_word(message, span)):
            yield span


def _partner(message: Message) -> Iterator[Span]:
    """Her partner Darren."""
    for match in _PARTNER.finditer(message.text):
        yield from one(name_at(message.text, match.end()))


def _after_called(message: Message) -> Iterator[Span]:
    """A lad called Kayden, in small letters too; not a home called Elm House."""
    shout = message.text.isupper()
    for match in _CALLED.finditer(message.text):
        nouns = list(_WHO_OR_WHAT.finditer(message.before(match.start())))
        if nouns and nouns[-1]["person"]:
            yield from one(name_at(message.text, match.end(), small=True, shout=shout))
    for match in _NAME_IS.finditer(message.text):
        yield from one(name_at(message.text, match.end(), small=True, shout=shout))


def _placed_with(message: Message) -> Iterator[Span]:
    """Placed with Mr and Mrs Jones, with Sandra, with the Smiths; an unknown word alone may be an agency."""
    for match in _WITH.finditer(message.text):
        family = _THE_SMITHS.match(message.text, match.end())
        if family and family["name"].lower() not in NOT_NAMES:
            yield family.span()
        span = name_at(message.text, match.end())
        if span and _given_or_titled(message, span):
            yield span


def _possessive(message: Message) -> Iterator[Span]:
    """Jayden's placement, Aaliyah's foster carer."""
    for match in _THEIRS.finditer(message.text):
        span = name_in(message, match)
        if span and (is_given(first_word(message, span)) or message.text[span[0]].isupper()):
            yield span


def _titled_parent(message: Message) -> Iterator[Span]:
    """Mrs Patel rang about her grandson."""
    for match in _TITLED.finditer(message.text):
        if _FAMILY.search(message.after(match.start(), 80)):
            yield from one(name_at(message.text, match.start()))
