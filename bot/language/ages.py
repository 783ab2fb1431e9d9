"""What a question says of age: "aged 19", "twenty-one", "Year 8", "under 5", "a toddler"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

BANDS: tuple[tuple[int, int, str], ...] = (
    (0, 4, "age:0-4"), (5, 10, "age:5-10"), (11, 15, "age:11-15"), (16, 17, "age:16-17"),
    (18, 25, "age:18-25"), (26, 64, "age:26-64"), (65, 110, "age:65+"),
)  # fmt: skip
OLDEST = 110
FIRST_YEAR_AT, LAST_SCHOOL_YEAR = 5, 13
"""A child is 5 in Year 1 of an English school, and becomes 6; Year 13 is the last."""

_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
TENS = {
    word: 10 * place
    for place, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
"""Words for tens of years, and what they are."""
SPELLED = {**{word: number for number, word in enumerate(_TO_NINETEEN.split())}, **TENS}
"""Words for single numbers, and what they are."""
_STATES = frozenset("aged age ages is shes hes theyre he she im turned turning turns".split())
_NOT_YET = frozenset("nearly almost turning turns rising approaching".split())
_UNDER = frozenset("under below".split())
_OVER = frozenset("over past above".split())
_BEFORE = _STATES | _NOT_YET | _UNDER | _OVER | frozenset("just now only until till and or".split())
_SOMEBODY = frozenset(
    "lad lass boy girl man woman gentleman lady person child youngster fella bloke teenager someone somebody one".split()
)
_NOW = frozenset("now just only nearly almost".split())
"""Between somebody and an age: "she's now 35", "a girl, just 9"."""
_JOINING = frozenset("and or to".split())
_AFTER = frozenset("yo yr yrs year years old olds yearold yrold".split())
_NOT_AN_AGE_BEFORE = frozenset(
    "section reg regulation stage number no room route schedule article band key flat unit ward house block covid".split()
)
_COUNTED = frozenset(
    "pm week weeks month months day days hour hours minutes mins mile miles pounds quid children kids times mph percent"
    " people weekly homes beds k o oclock foot feet doors houses streets emails placements moves schools carers workers"
    " january february april june july august september october november december".split()
)
_MAY_BE_COUNTED = frozenset("am may march".split())
"""Units and months that are everyday words too: "aged 19 may be homeless"."""
_A_TIME = frozenset("week month day year night".split())
_YEAR = frozenset("year years yr yrs y".split())
_NO_SCHOOL_YEAR_BEFORE = frozenset("last this next per financial".split())
_LASTING = frozenset("for over last past these about after in within".split())
_LASTED = frozenset("ago wait on back since later service experience".split())
_PHASES: dict[tuple[str, ...], Span] = {
    ("toddler",): (1, 3), ("toddlers",): (1, 3), ("nursery",): (2, 4), ("preschool",): (2, 4),
    ("primary",): (4, 11), ("infants",): (4, 7), ("secondary",): (11, 16), ("gcse",): (14, 16),
    ("gcses",): (14, 16), ("sixth", "form"): (16, 18), ("a", "levels"): (16, 18),
    ("teenager",): (13, 19), ("teenagers",): (13, 19), ("teenage",): (13, 19),
}  # fmt: skip
_YEAR_GLUED = re.compile(r"(?:y|yr|year)(\d{1,2})")
_OLD_GLUED = re.compile(r"(\d{1,2})(?:(yo|yr|yrs|y|yos)|s)")
_LOWEST_BARE, _HIGHEST_BARE = 12, 25


@dataclass(frozen=True, slots=True)
class Stated:
    """An age that a question states: its lowest and highest years, and whether it is a number of years."""

    low: int
    high: int
    exact: bool


def ages(tokens: Sequence[str]) -> list[int]:
    """The ages in years that the words state, in order. Numbers of other things (weeks, pounds, a room, a section) are
    left out as far as the words around them tell."""
    return [each.low if each.low else each.high for each in stated(tokens) if each.exact]


def age_bands(tokens: Sequence[str]) -> set[str]:
    """The bands, such as "age:16-17", that the stated ages fall in."""
    return {name for age in ages(tokens) for low, high, name in BANDS if low <= age <= high}


def stated(tokens: Sequence[str]) -> list[Stated]:
    """Every age that the words state, in order: in years, as a school year, or as a phase of life or school."""
    joined = _joined(tokens)
    found: dict[int, Stated] = {}
    for place in range(len(joined)):
        beside = found.get(place - 2)
        age = _at(joined, place, beside is not None and beside.exact)
        if age is not None:
            found[place] = age
    return list(found.values())


def fit(ages: Sequence[Stated], span: Span | None) -> float:
    """How an entry for a span of ages suits the ages stated: 1 where one fits, -1 where none comes near it.

    A year below the span tells nothing, for people ask ahead; a phase of life counts half, for it may be said of
    somebody else.
    """
    if span is None or not ages:
        return 0.0
    return max(_one_fit(each, span) for each in ages)


def _one_fit(age: Stated, span: Span) -> float:
    if age.high == span[0] - 1:
        return 0.0
    suits = 1.0 if age.low <= span[1] and span[0] <= age.high else -1.0
    return suits if age.exact else suits / 2


def _joined(tokens: Sequence[str]) -> list[str]:
    """ "twenty", "one" become "21"; "17yo" becomes "17", "yo"; "y8" becomes "year", "8"."""
    joined: list[str] = []
    for token in tokens:
        if joined and joined[-1] in TENS and 0 < SPELLED.get(token, 0) < 10:
            joined[-1] = str(TENS[joined[-1]] + SPELLED[token])
        else:
            joined.extend(_parted(token))
    return joined


def _parted(token: str) -> Iterator[str]:
    before, after = _YEAR_GLUED.fullmatch(token), _OLD_GLUED.fullmatch(token)
    if before:
        yield from ("year", before[1])
    elif after:
        yield from (after[1], "yo") if after[2] else (after[1],)
    else:
        yield token


def _at(tokens: Sequence[str], place: int, beside_an_age: bool) -> Stated | None:
    """The age at a place; `beside_an_age` is whether two words before stands one, as in "16 or 17"."""
    for words, (low, high) in _PHASES.items():
        if tuple(tokens[place : place + len(words)]) == words:
            return Stated(low, high, exact=False)
    number, digits = _number(tokens[place])
    if number is None:
        return None
    before = _word(tokens, place - 1)
    if _is_school_year(tokens, place, number):
        return Stated(number + FIRST_YEAR_AT - 1, number + FIRST_YEAR_AT, exact=True)
    age = _settled(tokens, place, number, digits, beside_an_age)
    return None if age is None else _around(before, age)


def _number(token: str) -> tuple[int | None, bool]:
    if token.isdigit() and len(token) <= 2:
        return int(token), True
    return SPELLED.get(token), False


def _is_school_year(tokens: Sequence[str], place: int, number: int) -> bool:
    if not 1 <= number <= LAST_SCHOOL_YEAR or not place or tokens[place - 1] not in _YEAR:
        return False
    earlier, after = _word(tokens, place - 2), _word(tokens, place + 1)
    if tokens[place - 1] == "years" and after not in _JOINING:
        return False
    counted = earlier in _NO_SCHOOL_YEAR_BEFORE or _number(earlier)[0] is not None
    return not counted and after not in _COUNTED and after not in _AFTER


def _around(before: str, age: int) -> Stated:
    if before in _UNDER:
        return Stated(0, max(0, age - 1), exact=True)
    if before in _OVER:
        return Stated(age, OLDEST, exact=True)
    return Stated(age - 1 if before in _NOT_YET and age else age, age, exact=True)


def _settled(tokens: Sequence[str], place: int, number: int, digits: bool, beside_an_age: bool) -> int | None:
    before, after = _word(tokens, place - 1), _word(tokens, place + 1)
    clear = (digits or number > 1) and _of_somebody(tokens, place, beside_an_age)
    if after in _AFTER:
        return number if clear or not _is_a_length(tokens, place, number) else None
    if (
        after in _COUNTED
        or before in _NOT_AN_AGE_BEFORE
        or (after == "a" and _word(tokens, place + 2) in _A_TIME)
    ):
        return None
    if clear:
        return number
    if after in _MAY_BE_COUNTED:
        return None
    likely = _LOWEST_BARE <= number <= _HIGHEST_BARE or before in _UNDER
    return number if likely and (digits or before in _BEFORE) else None


def _of_somebody(tokens: Sequence[str], place: int, beside_an_age: bool) -> bool:
    """Whether the words before a number leave no doubt that it is somebody's age."""
    before, earlier = _word(tokens, place - 1), _word(tokens, place - 2)
    if before in _STATES or _is_somebody(before):
        return True
    if before in _JOINING:
        return beside_an_age
    return (before in _NOW and (earlier in _STATES or _is_somebody(earlier))) or (
        before == "of" and _is_somebody(earlier)
    )


def _is_somebody(word: str) -> bool:
    return word.removesuffix("s") in _SOMEBODY


def _is_a_length(tokens: Sequence[str], place: int, number: int) -> bool:
    """ "for three years", "15 years ago" and "6 months" are lengths of time; "three years old" and "3yr old" are ages."""
    unit, rest, further = (_word(tokens, place + ahead) for ahead in (1, 2, 3))
    if unit not in _YEAR or rest in ("old", "olds") or (rest, further) == ("of", "age"):
        return False
    lasting = _word(tokens, place - 1) in _LASTING or rest in _LASTED or unit in ("year", "yr")
    return lasting or not _LOWEST_BARE <= number <= _HIGHEST_BARE


def _word(tokens: Sequence[str], place: int) -> str:
    return tokens[place] if 0 <= place < len(tokens) else ""
