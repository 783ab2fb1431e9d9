"""Names of children, parents, relatives and carers, where a cue says whose name it is; initials with an age."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.language.identifiers_kinds import Allowed, Found
from bot.language.identifiers_names import TITLE, Span, is_given, like_a_place, name_at, of_an_official
from bot.language.identifiers_text import Message
from bot.language.identifiers_words import CARER, CHILD, NOT_INITIALS, NOT_NAMES, OTHERS, RELATIVE

_NOUN = re.compile(rf"\b(?P<noun>{CARER}|{CHILD}|{RELATIVE}|{OTHERS})\b(?:,| -|:)? ", re.IGNORECASE)
_FONDLY = re.compile(r"\b(?:little|wee|young|poor) (?=[A-Z])", re.IGNORECASE)
_OWN_TITLE = re.compile(r"\b(?:uncle|aunt|aunty|auntie|nan|nana|gran|granny|grandma|grandad|mum|baby|little)$", re.IGNORECASE)

_CALLED = re.compile(r"\b(?:called|named|nicknamed|known as|goes by) ", re.IGNORECASE)
_LAST_NOUN = re.compile(
    rf"\b(?:(?P<person>{CARER}|{CHILD}|{RELATIVE}|{OTHERS}|m[ae]n|wom[ae]n|one|someone|somebody)"
    r"|(?P<thing>home|house|scheme|project|group|service|team|place|street|road|school|charity|company|programme|club|"
    r"centre|app|report|event|hostel|unit|provider|agency|policy|meeting|organisation|thing))\b",
    re.IGNORECASE,
)
_NAME_IS = re.compile(
    r"\b(?:her|his|their|(?:child|boy|girl|lad|kid|yp|carer|mum|mother|dad|father|person|leaver|constituent|resident)'s)"
    r" (?:first |full |last |real |middle |sur)?name(?:(?: is|'s| was|:| -) | (?=[A-Z]))",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:stay\w*|liv(?:e|es|ed|ing)|placed|placement|remain\w*|foster(?:ed|ing)|moved in|looked after|cared for|resid\w+|"
    r"adopted)(?: \w+){0,2} (?:with|by) ",
    re.IGNORECASE,
)
_NAMES = r"[^\W\d_][\w-]{1,30}(?: [^\W\d_][\w'-]{1,30})?"
_THEIRS = re.compile(
    rf"(?<![\w'@])(?P<name>{_NAMES})'s? (?:new |old |own |birth |current |last |foster |next )?"
    rf"(?P<of>(?:{CARER}|{RELATIVE}|placement|pep|care plan|pathway plan|social worker|ehcp|personal adviser|bedroom|tenancy)\b)",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    rf"(?<![\w'@.])(?P<name>{_NAMES}),? (?:\((?:aged? )?(?P<a>[0-9]{{1,2}})(?: ?(?:yrs?|y/?o))?\)"
    r"|(?:aged?|who is|who's|is|turned|just turned|is only|is just) (?P<b>[0-9]{1,2})(?![\w%/:.-]|,[0-9]| [a-z]+s\b)"
    r"|(?<=, )(?P<c>[0-9]{1,2})(?=[,;)]|\.(?:\s|$)|$| (?:and|is|was|has|who|in|at|from|on)\b))",
)
_AGE_BEFORE = re.compile(r"\b(?P<age>[0-9]{1,2})[- ]?(?:year|yr)s?[- ]?old,? ", re.IGNORECASE)
_INITIALS = re.compile(
    r"(?<![\w.])(?P<name>[A-Z]\. ?[A-Z]\.?(?: ?[A-Z]\.)?|[A-Z]{2}),? (?:\((?:aged? )?(?P<a>[0-9]{1,2})\)|aged? (?P<b>[0-9]{1,2})\b"
    r"|(?<=, )(?P<c>[0-9]{1,2})(?=[,;)]|\.(?:\s|$)|$| (?:and|is|was|has|who|in|at|from|on)\b))"
)
_NUMBER_AFTER = re.compile(
    rf"(?<![\w'@])(?P<name>{_NAMES}),? \(?(?:b\.?|born|d\.?o\.?b\.?|nhs|upn|uln|lcs|ni)\b[^0-9\n]{{0,16}}[0-9]"
)
_TITLED = re.compile(rf"(?<!\w)(?={TITLE} [A-Z])")
_FAMILY = re.compile(
    r"\b(?:her|his|their) (?:foster |step|grand|great-?grand)?(?:sons?|daughters?|child(?:ren)?|kids?|nephew|niece|lad|boy|girl|"
    r"baby|brother|sister)\b"
)
_OLDEST = 25


def find(message: Message, allowed: Allowed, today: date) -> Iterable[Found]:
    """Every such name."""
    for start, end in _all(message):
        if not of_an_official(message.before(start, 40)) and not allowed.name(message.text[start:end]):
            yield "child_name_cue", start, end


def _all(message: Message) -> Iterator[Span]:
    yield from _after_noun(message)
    yield from _fondly(message)
    yield from _after_called(message)
    yield from _placed_with(message)
    yield from _possessive(message)
    yield from _with_age(message)
    yield from _with_initials(message)
    yield from _with_number(message)
    yield from _titled_parent(message)


def _shouts(message: Message) -> bool:
    return message.text.isupper()


def _after_noun(message: Message) -> Iterator[Span]:
    """My son Jayden, foster carer Mrs K, young person JB; not the Foster Carer Handbook."""
    for match in _NOUN.finditer(message.text):
        span = name_at(message.text, match.end(), shout=_shouts(message))
        if span and (_plainly_named(message, match) or _is_given_or_titled(message, span)):
            yield span


def _fondly(message: Message) -> Iterator[Span]:
    """Little Alfie, poor Chloe."""
    for match in _FONDLY.finditer(message.text):
        span = name_at(message.text, match.end())
        if span and is_given(_first(message, span)):
            yield span


def _plainly_named(message: Message, match: re.Match[str]) -> bool:
    """Whether any name may follow: not after a comma, nor after a noun that is capitalised as part of a heading."""
    if "," in match.group():
        return False
    heads = match["noun"].lower() in ("constituent", "resident", "tenant") and not message.before(match.start(), 24).strip()
    return match["noun"][0].islower() or heads or bool(_OWN_TITLE.search(match["noun"]))


def _is_given_or_titled(message: Message, span: Span) -> bool:
    words = message.text[span[0] : span[1]].split()
    return is_given(words[0]) or bool(re.match(TITLE, words[0], re.IGNORECASE))


def _after_called(message: Message) -> Iterator[Span]:
    for match in _CALLED.finditer(message.text):
        nouns = list(_LAST_NOUN.finditer(message.before(match.start())))
        if nouns and nouns[-1]["person"]:
            yield from _one(name_at(message.text, match.end(), small=True, shout=_shouts(message)))
    for match in _NAME_IS.finditer(message.text):
        yield from _one(name_at(message.text, match.end(), small=True, shout=_shouts(message)))


def _placed_with(message: Message) -> Iterator[Span]:
    """Placed with Mr and Mrs Jones, living with Sandra; an unknown word alone may be an agency."""
    for match in _WITH.finditer(message.text):
        span = name_at(message.text, match.end())
        if span and _is_given_or_titled(message, span):
            yield span


def _possessive(message: Message) -> Iterator[Span]:
    """Jayden's placement, Aaliyah's foster carer."""
    for match in _THEIRS.finditer(message.text):
        span = _name_in(message, match)
        if span and (is_given(_first(message, span)) or message.text[span[0]].isupper()):
            yield span


def _name_in(message: Message, match: re.Match[str]) -> Span | None:
    """The name at the end of the words caught before a cue: "won't ring Jayden" holds one word of it."""
    start, end = match.span("name")
    words = [(start + word.start(), word.group()) for word in re.finditer(r"\S+", match["name"])]
    names = [(place, word) for place, word in words if _may_be_name(word)]
    if not names or names[-1][0] != words[-1][0]:
        return None
    return (names[0][0] if len(names) == len(words) else names[-1][0]), end


def _may_be_name(word: str) -> bool:
    return is_given(word) or (word[0].isupper() and word.lower() not in NOT_NAMES and not like_a_place(word))


def _first(message: Message, span: Span) -> str:
    return message.text[span[0] : span[1]].split()[0]


def _with_age(message: Message) -> Iterator[Span]:
    """Kayden (14), Jayden, 14, 14-year-old Tyler: of a known given name, or where the sentence is about a child."""
    for match in _AGE_AFTER.finditer(message.text):
        span = _name_in(message, match)
        if span and _age(match) <= _OLDEST and _is_person(message, span):
            yield span
    for match in _AGE_BEFORE.finditer(message.text):
        if int(match["age"]) <= _OLDEST:
            yield from _one(name_at(message.text, match.end()))


def _age(match: re.Match[str]) -> int:
    return int(match["a"] or match["b"] or match["c"])


def _is_person(message: Message, span: Span) -> bool:
    return is_given(_first(message, span)) or (message.text[span[0]].isupper() and message.about_a_person(*span))


def _with_initials(message: Message) -> Iterator[Span]:
    for match in _INITIALS.finditer(message.text):
        if match["name"] not in NOT_INITIALS and _age(match) <= _OLDEST:
            yield match.span("name")


def _with_number(message: Message) -> Iterator[Span]:
    """Jayden b. 3.4.11, Tyler Reece NHS 943 …"""
    for match in _NUMBER_AFTER.finditer(message.text):
        span = _name_in(message, match)
        if span and message.text[span[0]].isupper():
            yield span


def _titled_parent(message: Message) -> Iterator[Span]:
    """Mrs Patel rang about her grandson."""
    for match in _TITLED.finditer(message.text):
        if _FAMILY.search(message.after(match.start(), 80)):
            yield from _one(name_at(message.text, match.start()))


def _one(span: Span | None) -> Iterator[Span]:
    if span is not None:
        yield span
