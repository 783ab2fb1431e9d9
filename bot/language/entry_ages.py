"""The ages that a directory entry is for: "care leavers 18 to 25", "Year 7 to 25", "under fives", "post-16"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.language.ages import FIRST_YEAR_AT, LAST_SCHOOL_YEAR, OLDEST, SPELLED, TENS, Span
from bot.language.entry import Entry
from bot.language.text import normalise

LAST_OF_EDUCATION = 25
"""An education, health and care plan, and a care leaver's support, can last until 25."""
CHILDREN, LEAVERS = (0, 17), (16, LAST_OF_EDUCATION)

_WORDS = {
    "birth": "0", "nursery": "2", "reception": "4", "fives": "5", "twelves": "12", "eighteens": "18",
    **{word: str(number) for word, number in SPELLED.items() if number > 1},
}  # fmt: skip
_WORD = re.compile(
    rf"\b(?:({'|'.join(TENS)})[ -](one|two|three|four|five|six|seven|eight|nine)|({'|'.join(_WORDS)}))\b"
)
_FILLER = re.compile(
    r"(?<=\d)[ -](?:years?|yrs?)(?:[ -]olds?| of age)?\b|\b(?:the )?age of |\bage[ds]? (?=\d)|(?<=\d)(?:st|nd|rd|th)\b"
)
_NOT_AGES = re.compile(
    r"\b(?:stage|section|level|tier|regulation|reg|ward)s? \d+(?: ?(?:to|and|-|/) ?\d+)?"
    r"|\b\d+(?:[:.]\d+)?(?: ?(?:to|and|-) ?\d+)? ?(?:hour|day|week|month|minute|min|bed|session|working|am\b|pm\b|%)"
    r"|\b1 ?[-:]? ?(?:2|to) ?[-:]? ?1\b"
)
_LISTED = re.compile(r"\b(\d{1,2})(?:, ?\d{1,2})+,? (and|or) (\d{1,2})\b")
_TO = r" ?(?:to|-|/|and|or|until|till|up to) ?(?:the end of )?"
_RANGE = re.compile(rf"\b(years? |yr ?|y)?(\d{{1,2}}){_TO}(years? |yr ?|y)?(\d{{1,2}})s?\b")
_UNDER = re.compile(r"\bunder[ -](\d{1,2})s?\b")
_FROM = re.compile(
    r"\b(years? |yr ?|y)?(\d{1,2}) ?(?:\+|plus\b|(?:and|or) (?:over|above|older)\b|and up\b|upwards\b|onwards\b|on\b)"
)
_OVER = re.compile(r"\b(?:post[ -]|over[ -]|above |from (?=\d\d))(\d{1,2})s?\b")
_UP_TO = re.compile(r"\b(?:(?:up )?to |until )(?:their |the end of )?(years? |yr ?|y)?(\d{1,2})s?\b")
_AND_UNDER = re.compile(r"\b(\d{1,2}) (?:and|or) (?:under|below|younger)\b")
_SCHOOLS = (("primary", (4, 11)), ("secondary", (11, 16)))
_NOT_A_SCHOOL = r"(?! (?:care|mental|health|contact|point|purpose))"
_LEAVER = re.compile(r"\bcare[ -](?:leaver|experienced)|\bleaving care\b")
_GROWN = re.compile(r"\badult")
_CHILD = re.compile(r"\b(?:child|in (?:our |foster )?care\b|looked[ -]after)")
_OWN_TOPIC = re.compile(
    r"^(?:\d{1,2} ?(?:and over|or over|plus|\+|to \d{1,2})|(?:over|under) \d{1,2}s?)$|\b(?:aged?|ages) (?:of )?\d{1,2} ?(?:to|and|-) ?\d"
)

Reader = Callable[[str], Iterator[Span]]


def age_span(entry: Entry) -> Span | None:
    """The lowest and highest age that an entry names for the people it serves, or None where it names none.

    A range says most, then a lowest or highest age, then a kind of school; each is looked for in its audience first,
    then in its names, then in a topic that only says whom it is for.
    """
    audience = [_plain(each) for each in entry.audience]
    names = _plain(" ; ".join((entry.team, entry.service, *entry.aliases)))
    topics = _plain(" ; ".join(each for each in entry.topics if _OWN_TOPIC.search(_digits(each))))
    for read in (_ranges, _ends, _schools):
        found = _served(audience, read) or _whole([*read(names)]) or _whole([*read(topics)])
        if found:
            return found
    return None


def _served(audience: Sequence[str], read: Reader) -> Span | None:
    """The ages of an audience, some of whom state them: the others widen them where it is known how old they are."""
    told = [[*read(each)] for each in audience]
    if not any(told):
        return None
    implied = [
        span for each, spans in zip(audience, told, strict=True) if not spans for span in _implied(each)
    ]
    return _whole([span for spans in told for span in spans] + implied)


def _implied(text: str) -> Iterator[Span]:
    if any(character.isdigit() for character in text):
        return
    if _LEAVER.search(text):
        yield LEAVERS
    elif _CHILD.search(text) and "parent" not in text and "famil" not in text:
        yield CHILDREN


def _whole(spans: Sequence[Span]) -> Span | None:
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None


def _digits(text: str) -> str:
    def number(found: re.Match[str]) -> str:
        tens, unit, word = found.groups()
        return str(TENS[tens] + SPELLED[unit]) if tens else _WORDS[word]

    return _WORD.sub(number, normalise(text))


def _plain(text: str) -> str:
    """A text in digits, with years of age left unsaid and numbers of other things taken out."""
    return _LISTED.sub(r"\1 to \3", _NOT_AGES.sub(" ", _FILLER.sub("", _digits(text))))


def _ranges(plain: str) -> Iterator[Span]:
    for from_year, low, to_year, high in _RANGE.findall(plain):
        last = int(high)
        school = bool(to_year) or (bool(from_year) and last <= LAST_SCHOOL_YEAR)
        span = _first(int(low), from_year), _last(last, school)
        if span[0] <= span[1]:
            yield span
            yield from _under(plain)


def _under(plain: str) -> Iterator[Span]:
    for high in _UNDER.findall(plain):
        yield _from_lowest(plain, int(high) - 1)


def _ends(plain: str) -> Iterator[Span]:
    yield from list(_open(plain)) or _closed(plain)


def _open(plain: str) -> Iterator[Span]:
    for year, low in _FROM.findall(plain):
        yield _first(int(low), year), LAST_OF_EDUCATION if year else OLDEST
    for low in _OVER.findall(plain):
        yield int(low), OLDEST


def _closed(plain: str) -> Iterator[Span]:
    yield from _under(plain)
    for year, high in _UP_TO.findall(plain):
        yield _from_lowest(plain, _last(int(high), bool(year)))
    for high in _AND_UNDER.findall(plain):
        yield _from_lowest(plain, int(high))


def _from_lowest(plain: str, high: int) -> Span:
    """Care leavers and adults "up to 25" are not children of five."""
    grown = (_LEAVER.search(plain) or _GROWN.search(plain)) and not _CHILD.search(plain)
    return (min(LEAVERS[0], high) if grown else 0), high


def _schools(plain: str) -> Iterator[Span]:
    for word, span in _SCHOOLS:
        if re.search(rf"\b{word}\b{_NOT_A_SCHOOL}", plain):
            yield span


def _first(number: int, year: str) -> int:
    """The age from which: a school year's children are at least so old."""
    return number + FIRST_YEAR_AT - 1 if year else number


def _last(number: int, year: bool) -> int:
    """The age up to which: a school year's children are at most so old."""
    return number + FIRST_YEAR_AT if year else number
