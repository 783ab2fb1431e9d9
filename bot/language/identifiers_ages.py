"""One child's age or school year beside a place, a school or a name; never bands, cohorts or counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.language.identifiers_beside import OLDEST
from bot.language.identifiers_kinds import Found
from bot.language.identifiers_names import Span
from bot.language.identifiers_text import Message
from bot.language.identifiers_words import NOT_NAMES

_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen"
)
_N = rf"(?P<n>[0-9]{{1,2}}|{_WORDS})"
_ONE = (
    r"(?:lad|lass|boy|girl|child|kid|baby|toddler|teenager|teen|son|daughter|yp|"
    r"young (?:person|man|woman|lad|lady))"
)
_GOES_ON = r"(?:and|at|in|from|on|who|but|with|is|was|has)"
_NO_THING = (
    r"(?! (?:contract|strategy|policy|building|report|plan|agreement|lease|bus|van|car|computer|laptop|"
    r"system|"
    r"figures|data|house|boiler|programme|project|scheme|protocol|partnership|debt|case|complaint))"
)
_BECOME = r"(?: (?:only|just|now|nearly|about to turn|turned|turns|turning|just turned)){0,2}"
_NO_BAND = r"(?![\w/+-])(?! ?(?:-|to|and|or|\+) ?(?:[0-9]|over|under|above|up))"
_NO_PROGRAMME = r"(?![\w/-])(?! (?:of|report|plan|review|budget|target)\b)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\w-])(?P<value>{_N}[- ]?(?:(?:year|yr|month|week)s?[- ]?old|y/?o))\b(?!s){_NO_THING}",
        rf"\b(?:aged?|age of|age:) ?(?P<value>{_N}){_NO_BAND}",
        rf"\b(?:he|she|they|who|{_ONE})(?:'s| is|'re| are| was| has)?{_BECOME} (?P<value>{_N})"
        rf"(?= {_GOES_ON}\b| ?[,.;)!?]| ?$)",
        rf"\b{_ONE}(?: of |, | \()(?P<value>{_N})(?=[,.;)!?]| {_GOES_ON}\b|$)",
        rf"\b(?P<value>(?:year|yr|y) ?(?:1[0-3]|[1-9])){_NO_PROGRAMME}",
    )
)
_AFTER_NAME = re.compile(
    r",? (?:\((?:aged? )?|(?:aged?|is|who is|who's|turned|just turned|is only|is just|is now|,) )?"
    rf"(?P<value>[0-9]{{1,2}})(?=\)|[,;.!?](?:\s|$)|$| {_GOES_ON}\b| ?(?:yrs?|y/?o)\b)",
    re.IGNORECASE,
)
_COHORT_AFTER = re.compile(
    r"(?: ?(?:and|to|-|&|/) ?[0-9]{1,2})? ?(?:s\b|pupils|students|children|kids|cohort|group|class|"
    r"leavers|boys|"
    r"girls|results|exams|places|young people|and over|or over|and under|plus|transition|to [0-9])",
    re.IGNORECASE,
)
_COHORT_BEFORE = re.compile(
    r"\b(?:children|young people|kids|teens|teenagers|boys|girls|lads|those|people|leavers|pupils|"
    r"students|anyone|"
    r"everyone|all|over|under|from|up to|until|between|many|years?|ages?|both|some|most|any|every|each)"
    r"(?: \w+){0,2} $",
    re.IGNORECASE,
)

_AT = r"\b(?:in|at|from|on|near|of|off|attends?|to|opposite|by) (?:the )?"
_PLACE = re.compile(rf"{_AT}(?P<word>[^\W\d_][\w'-]+)")
_PLACE_BY_ITS_NOUN = re.compile(
    rf"{_AT}(?P<word>[a-z][\w']+)(?: (?P<more>[a-z][\w']+))? (?:house|lodge|school|academy|college|"
    rf"primary|high|"
    r"grammar|infants|juniors|street|st|road|rd|lane|avenue|ave|close|drive|court|grange|estate|gardens|terrace|"
    r"crescent|children's home)\b",
    re.IGNORECASE,
)
_NO_NAME_OF_A_PLACE = """
a after an and another any are army art as back before big boarding buses business by care
children's council day each education every faith family first foster for free from full grammar
guest had half halfway has her high his home in independent infant into is its junior large
little local lower main mainstream middle mother's my new next no not nursery nursing of off old
on open or other our own primary private public residential safe same secondary shared sixth
small some special state step student supported that the their this through to training upper
virtual was whole whose with work your
"""
_GENERIC = frozenset(_NO_NAME_OF_A_PLACE.split())
_INITIALS = re.compile(r"[A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\.?)?")
_REACH = 70


def find(message: Message, names: Iterable[Span]) -> Iterable[Found]:
    """Every such age, given the names already found: beside a full name by itself, else beside a place."""
    every = list(names)
    full = [name for name in every if not _INITIALS.fullmatch(message.text[name[0] : name[1]])]
    for age in _after(full, message):
        yield "age_with_detail", *age
    for age in (*_spoken(message), *_after(every, message)):
        if _named(message, age, full) or _placed(message, age):
            yield "age_with_detail", *age


def _spoken(message: Message) -> Iterator[Span]:
    for form in _FORMS:
        for match in form.finditer(message.text):
            if _of_one_child(message, match):
                yield match.span("value")


def _after(names: list[Span], message: Message) -> Iterator[Span]:
    """The 14 of "Kayden (14)", "Kayden, 14", "Kayden is 14"."""
    for _, end in names:
        match = _AFTER_NAME.match(message.text, end)
        if match and int(match["value"]) <= OLDEST:
            yield match.span("value")


def _of_one_child(message: Message, match: re.Match[str]) -> bool:
    """Whether it is the age of one, and of somebody young."""
    figures = match.groupdict().get("n") or ""
    if figures.isdigit() and int(figures) > OLDEST:
        return False
    if _COHORT_AFTER.match(message.text, match.end("value")):
        return False
    return not _COHORT_BEFORE.search(message.text[max(0, match.start() - 32) : match.start()])


def _named(message: Message, age: Span, names: list[Span]) -> bool:
    """Whether one of `names` stands close by in the sentence."""
    low = age[0] - len(message.before(age[0], _REACH))
    high = age[1] + len(message.after(age[1], _REACH))
    return any(low <= name[0] and name[1] <= high for name in names)


def _placed(message: Message, age: Span) -> bool:
    """Whether a place or school is named close by in the sentence."""
    around = message.before(age[0], _REACH) + " | " + message.after(age[1], _REACH)
    if any(_is_proper(match["word"]) for match in _PLACE.finditer(around)):
        return True
    found = _PLACE_BY_ITS_NOUN.finditer(around)
    return any(not {match["word"].lower(), (match["more"] or "x").lower()} & _GENERIC for match in found)


def _is_proper(word: str) -> bool:
    return word[0].isupper() and not word.isupper() and word.lower() not in NOT_NAMES
