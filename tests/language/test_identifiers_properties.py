"""What holds of every identifier and every text, whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.language.identifiers import MASK, Allowed, Identifier, find_identifiers, mask
from bot.language.identifiers_numbers import valid_nhs, valid_upn

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_AROUND = st.text(alphabet=st.characters(exclude_categories=["Cs", "Nd", "Nl", "No"]), max_size=80)
_GROUPINGS = ("{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}")


def _nhs(nine: str) -> str | None:
    """`nine` figures with their check digit, worked out apart from the code under test."""
    total = sum(int(figure) * (10 - place) for place, figure in enumerate(nine))
    check = (11 - total % 11) % 11
    return None if check == 10 else nine + str(check)


_NINE = st.text("0123456789", min_size=9, max_size=9).filter(
    lambda nine: nine[0] in "3456" and _nhs(nine) is not None
)


def _spans(found: tuple[Identifier, ...], kind: str) -> list[str]:
    return [identifier.span for identifier in found if identifier.kind == kind]


@given(
    _NINE,
    st.sampled_from(_GROUPINGS),
    _AROUND,
    _AROUND,
    st.sampled_from(["NHS", "nhs no.", "NHS number is", "Nhs:"]),
)
@settings(max_examples=300, deadline=None)
def test_an_nhs_number_with_its_cue_is_found_wherever_it_stands(
    nine: str, grouping: str, before: str, after: str, cue: str
) -> None:
    number = _nhs(nine)
    assert number is not None
    typed = grouping.format(number[:3], number[3:6], number[6:])
    assert typed in _spans(find_identifiers(f"{before}\n{cue} {typed} \n{after}"), "nhs")


@given(_NINE, st.sampled_from(_GROUPINGS))
@settings(deadline=None)
def test_a_valid_number_needs_no_cue_and_a_wrong_one_does(nine: str, grouping: str) -> None:
    number = _nhs(nine)
    assert number is not None
    wrong = number[:9] + str((int(number[9]) + 1) % 10)
    for figures, expected in ((number, True), (wrong, False)):
        typed = grouping.format(figures[:3], figures[3:6], figures[6:])
        assert bool(find_identifiers(f"the form says {typed} here")) is expected
        assert _spans(find_identifiers(f"NHS number {typed}"), "nhs") == [typed]


@given(st.text("0123456789", min_size=10, max_size=10))
@settings(deadline=None)
def test_check_digits_agree_with_arithmetic_done_apart(figures: str) -> None:
    assert valid_nhs(figures) == (_nhs(figures[:9]) == figures)


@given(st.text("0123456789", min_size=12, max_size=12))
@settings(deadline=None)
def test_exactly_one_letter_makes_a_pupil_number_valid(figures: str) -> None:
    valid = [letter for letter in _UPN_LETTERS if valid_upn(letter + figures)]
    assert len(valid) == 1
    assert _spans(find_identifiers(f"see {valid[0]}{figures} today"), "upn") == [valid[0] + figures]


@given(st.text(max_size=400))
@settings(max_examples=500, deadline=None)
def test_no_text_breaks_the_detectors(text: str) -> None:
    _check(text, find_identifiers(text))


_PIECES = (
    "Kayden (14) in Elm House , . born 3.4.11 NHS 943 476 5919 her son Mrs K J.S., 12 aged 15 at Oakfield "
    "Year 9 07700 900123 jo@young.example SW1A 1AA Cllr Patel called a lad named - ( ) \n LCS 1234567 and"
)


@given(
    st.lists(
        st.sampled_from(_PIECES.split(" ")),
        max_size=14,
    ).map(" ".join)
)
@settings(max_examples=500, deadline=None)
def test_finds_are_ordered_apart_and_quoted(text: str) -> None:
    _check(text, find_identifiers(text))


def _check(text: str, found: tuple[Identifier, ...]) -> None:
    end = 0
    for identifier in found:
        assert identifier.start >= end
        assert text[identifier.start : identifier.end] == identifier.span
        assert identifier.span.strip()
        end = identifier.end
    masked = mask(text, found)
    assert masked.count(MASK) == text.count(MASK) + len(found)
    assert len(masked) == len(text) + sum(len(MASK) - len(each.span) for each in found)


@given(st.sampled_from(["01632 960{:03}", "07700 900{:03}", "0163296{:03}7"]), st.integers(0, 999))
@settings(deadline=None)
def test_a_number_is_found_unless_the_directory_holds_it(form: str, last: int) -> None:
    typed = form.format(last)
    text = f"you can ring her on {typed} tonight"
    own = Allowed(phones=frozenset({typed.replace(" ", "")}))
    assume(len(typed.replace(" ", "")) == 11)
    assert _spans(find_identifiers(text), "phone") == [typed]
    assert find_identifiers(text, allow=own) == ()


_LONG = [
    "a ",
    "1",
    "1 ",
    "a1 ",
    "John Smith ",
    "aA1 @.,()",
    "0 1 2 3 ",
    "her son ",
    "Mr ",
    "A.",
    "J S, ",
    "a@a.",
    "9-",
    "called ",
]


@pytest.mark.parametrize("unit", _LONG)
def test_a_very_long_text_is_read_to_its_end(unit: str) -> None:
    filler = (unit * 50_000)[:50_000]
    text = f"{filler}\nNHS number 943 476 5919"
    assert "943 476 5919" in _spans(find_identifiers(text), "nhs")
