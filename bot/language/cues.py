"""What a question says of age and of the hour: "aged 19", "under 18", "at 11pm", "over the weekend"."""

from __future__ import annotations

import re
from collections.abc import Sequence

BANDS: tuple[tuple[int, int, str], ...] = (
    (0, 4, "age:0-4"), (5, 10, "age:5-10"), (11, 15, "age:11-15"), (16, 17, "age:16-17"),
    (18, 25, "age:18-25"), (26, 64, "age:26-64"), (65, 110, "age:65+"),
)  # fmt: skip

_SPELLED = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
}
_GLUED = re.compile(r"(\d{1,2})(?:yo|yr|yrs|y)s?")
_STATES = frozenset("aged age is shes hes theyre im turned turning turns".split())
_BEFORE = _STATES | frozenset("just now nearly almost only over under past until till and or".split())
_SOMEBODY = frozenset(
    "lad lass boy girl man woman gentleman lady person child youngster fella bloke teenager someone somebody one".split()
)
_AFTER = frozenset("yo yr yrs year years old olds yearold yrold".split())
_NOT_AN_AGE_BEFORE = frozenset(
    "section reg regulation stage number no room route schedule article band key".split()
)
_UNITS = frozenset(
    "am pm week weeks month months day days hour hours minutes mins mile miles pounds quid children kids times mph"
    " percent people weekly homes beds january february march april may june july august september october"
    " november december k".split()
)
_LOWEST_BARE, _HIGHEST_BARE = 12, 25

_NIGHT = re.compile(
    r"\b(out of hours|after hours|at night|tonight|overnight|midnight|weekends?|saturday|sunday|bank holiday|"
    r"evenings?|after (?:5|6|five|six)|christmas (?:day|eve)|boxing day|new years? day|in the night|"
    r"offices? (?:is |are )?(?:shut|closed)|(?:8|9|10|11) ?pm|(?:1|2|3|4|5) ?am|all night|on call)\b"
)
_NIGHT_HOURS = re.compile(
    r"24|out of|outside|every day|evening|weekend|night|sat|sun|[6-9] ?pm|1[01] ?pm|any ?time"
)


def ages(tokens: Sequence[str]) -> list[int]:
    """The ages in years that the words state, in order; other numbers (money, times, dates) are left out."""
    found = (_age_at(tokens, place) for place in range(len(tokens)))
    return [age for age in found if age is not None]


def _age_at(tokens: Sequence[str], place: int) -> int | None:
    token = tokens[place]
    glued = _GLUED.fullmatch(token)
    if glued:
        return int(glued[1])
    number = _SPELLED.get(token)
    digits = number is None and token.isdigit() and len(token) <= 2
    if number is None and not digits:
        return None
    return _settled(tokens, place, int(token) if digits else int(number or 0), digits)


def _settled(tokens: Sequence[str], place: int, number: int, digits: bool) -> int | None:
    before = tokens[place - 1] if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if after in _AFTER:
        return _unless_a_span(tokens, place, number)
    if after in _UNITS or before in _NOT_AN_AGE_BEFORE:
        return None
    if (
        before in _STATES
        or before.removesuffix("s") in _SOMEBODY
        or (before == "of" and place > 1 and tokens[place - 2] in _SOMEBODY)
    ):
        return number if digits or number > 1 else None
    likely = _LOWEST_BARE <= number <= _HIGHEST_BARE
    return number if likely and (digits or before in _BEFORE) else None


def _unless_a_span(tokens: Sequence[str], place: int, number: int) -> int | None:
    """ "for three years" and "6 months" are lengths of time; "three years old" and "3yr old" are ages."""
    rest = tokens[place + 1 : place + 3]
    if rest[0] in ("years", "year", "yrs", "yr"):
        old = len(rest) > 1 and rest[1] in ("old", "olds")
        return number if old or _LOWEST_BARE <= number <= _HIGHEST_BARE else None
    return number


def age_bands(tokens: Sequence[str]) -> set[str]:
    """The bands, such as "age:16-17", that the stated ages fall in."""
    return {name for age in ages(tokens) for low, high, name in BANDS if low <= age <= high}


def is_night(plain: str) -> bool:
    """Whether a normalised question speaks of a time when offices are shut."""
    return _NIGHT.search(plain) is not None


def open_at_night(hours: str) -> bool:
    """Whether an entry's hours, as typed, reach beyond the working day."""
    return _NIGHT_HOURS.search(hours.lower()) is not None


_RANGE = re.compile(r"(\d{1,2})\s*(?:to|-|–|and)\s*(\d{1,2})")
_OPEN_END = re.compile(r"(\d{1,2})\s*(?:\+|and over|or over|plus|upwards)")
_UNDER = re.compile(r"under[ -](\d{1,2})s?\b|up to (?:age )?(\d{1,2})|to (\d{1,2})\b")
_OVER = re.compile(r"over[ -](\d{1,2})s?\b")


def age_span(text: str) -> tuple[int, int] | None:
    """The lowest and highest age that an entry's audience names, or None where it names none."""
    spans = [(int(low), int(high)) for low, high in _RANGE.findall(text)]
    spans += [(int(low), 110) for low in _OPEN_END.findall(text)]
    spans += [(int(low) + 1, 110) for low in _OVER.findall(text)]
    if not spans:
        spans = [(0, int(next(filter(None, found)))) for found in _UNDER.findall(text)]
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None
