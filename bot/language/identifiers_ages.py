"""One child's age or school year beside a place, a school or a name; bands, cohorts and counts are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.language.identifiers_kinds import Found
from bot.language.identifiers_names import Span
from bot.language.identifiers_text import Message
from bot.language.identifiers_words import NOT_NAMES

_OLDEST = 25
_TO_18 = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
)
_N = rf"(?P<n>[0-9]{{1,2}}|{_TO_18})"
_THING = (
    r"(?! (?:contract|strategy|policy|building|report|plan|agreement|lease|bus|van|car|computer|laptop|system|figures|data|"
    r"house|boiler|programme|project|scheme|protocol|partnership|debt|case|complaint))"
)
_ONE = r"(?:lad|lass|boy|girl|child|kid|baby|toddler|teenager|teen|son|daughter|yp|young (?:person|man|woman|lad|lady))"
_FORMS = (
    re.compile(rf"(?<![\w-])(?P<value>{_N}[- ]?(?:(?:year|yr|month|week)s?[- ]?old|y/?o|yr ?old))\b(?!s){_THING}", re.I),
    re.compile(rf"\b(?:aged?|age of|age:) ?(?P<value>{_N})(?![\w/+-])(?! ?(?:-|to|and|or|\+) ?(?:[0-9]|over|under|above|up))", re.I),
    re.compile(
        rf"\b(?:he|she|they|who|{_ONE})(?:'s| is|'re| are| was| has)?(?: only| just| now| nearly| about to turn| turned| turns"
        rf"| turning| just turned){{0,2}} (?P<value>{_N})(?= (?:and|at|in|from|on|who|but|with)\b| ?[,.;)!?]| ?$)",
        re.I,
    ),
    re.compile(rf"\b{_ONE}(?: of |, | \()(?P<value>{_N})(?=[,.;)!?]| (?:and|at|in|from|on|who|but|with|is|was|has)\b|$)", re.I),
    re.compile(rf"\b(?P<value>(?:year|yr|y) ?(?P<year>1[0-3]|[1-9]))(?![\w/-])(?! (?:of|report|plan|review|budget|target)\b)", re.I),
)
_COHORT_AFTER = re.compile(
    r"^ ?(?:s\b|pupils|students|children|kids|cohort|group|class|leavers|boys|girls|results|exams|places|young people|and over|"
    r"or over|and under|plus|transition|to [0-9])",
    re.I,
)
_COHORT_BEFORE = re.compile(
    r"\b(?:children|young people|kids|teens|teenagers|boys|girls|lads|those|people|leavers|pupils|students|anyone|everyone|all|"
    r"over|under|from|up to|until|between|many|years?|ages?|both|some|most|any|every|each)(?: \w+){0,2} $",
    re.I,
)
_SHOWN = r"(?:in|at|from|on|near|of|off|attends?|to|opposite|by)"
_PLACE = re.compile(rf"\b{_SHOWN} (?:the )?(?P<word>[^\W\d_][\w'-]+)")
_NAMED_PLACE = re.compile(
    rf"\b{_SHOWN} (?:the )?(?P<word>[a-z][\w']+)(?: (?P<more>[a-z][\w']+))? (?:house|lodge|school|academy|college|primary|high|grammar|infants|juniors|street|st|road|rd|"
    r"lane|avenue|ave|close|drive|court|grange|estate|gardens|terrace|crescent|"
    rf"children's home)\b",
    re.I,
)
_GENERIC = frozenset(
    """the a an her his their my our your its children's care residential foster supported secondary primary high special
    mainstream boarding local new same old nursing council in at to from of and virtual this that any no some safe mother's
    day state private grammar nursery infant junior art business open half big little small large own family step first main
    halfway guest full whole another each every other public safe sixth shared student after before home is was not
    back through off for on with by into or as are has had middle faith free independent upper lower whose next last work education army buses""".split()  # noqa: SIM905
)
_INITIALS = re.compile(r"[A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\.?)?")
_REACH = 70


def find(message: Message, names: Iterable[Span]) -> Iterable[Found]:
    """Every such age, given the names already found."""
    every = list(names)
    full = [name for name in every if not _INITIALS.fullmatch(message.text[name[0] : name[1]])]
    for start, end in _ages(message):
        if _named(message, start, end, full) or _placed(message, start, end, every):
            yield "age_with_detail", start, end


def _ages(message: Message) -> Iterator[Span]:
    for form in _FORMS:
        for match in form.finditer(message.text):
            if _of_one_child(message, match):
                yield match.span("value")
    yield from _bracketed(message)


_BRACKETED = re.compile(r"(?<=[^\W\d_])(?:,? \((?:aged? )?| ?, )(?P<value>[0-9]{1,2})(?=\)|,|\.(?:\s|$)|$| (?:and|at|in|from|is)\b)")


def _bracketed(message: Message) -> Iterator[Span]:
    """A bare figure after a name; whether a name stands there is asked later."""
    for match in _BRACKETED.finditer(message.text):
        if int(match["value"]) <= _OLDEST:
            yield match.span("value")


def _of_one_child(message: Message, match: re.Match[str]) -> bool:
    figures = match.groupdict().get("n")
    if figures and figures.isdigit() and int(figures) > _OLDEST:
        return False
    if _COHORT_AFTER.match(message.text[match.end("value") : match.end("value") + 16]):
        return False
    return not _COHORT_BEFORE.search(message.text[max(0, match.start() - 32) : match.start()])


def _named(message: Message, start: int, end: int, names: list[Span]) -> bool:
    """Whether a name that was found stands close by in the sentence."""
    low, high = start - len(message.before(start, _REACH)), end + len(message.after(end, _REACH))
    return any(low <= name[0] and name[1] <= high for name in names)


def _placed(message: Message, start: int, end: int, names: list[Span]) -> bool:
    """Whether a place or school is named close by; a bare figure is an age only where it is said of somebody."""
    after_name = any(0 < start - name[1] <= 4 for name in names)
    if message.text[start:end].isdigit() and not after_name and not _spoken_of(message, start):
        return False
    around = message.before(start, _REACH) + " | " + message.after(end, _REACH)
    return any(_proper(match) for match in _PLACE.finditer(around)) or any(
        not {match["word"].lower(), (match["more"] or match["word"]).lower()} & _GENERIC for match in _NAMED_PLACE.finditer(around)
    )


_SPOKEN = re.compile(
    rf"\b(?:aged?|age of|age:|he|she|they|who|he's|she's|they're|who's|turned|turning|only|just|is|{_ONE})(?:,| of|,? \()? ?$", re.I
)


def _spoken_of(message: Message, start: int) -> bool:
    return bool(_SPOKEN.search(message.text[max(0, start - 24) : start]))


def _proper(match: re.Match[str]) -> bool:
    word = match["word"]
    return word[0].isupper() and not word.isupper() and word.lower() not in NOT_NAMES
