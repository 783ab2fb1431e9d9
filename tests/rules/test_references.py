"""References as they are written and as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.references import (
    action_reference,
    meeting_reference,
    municipal_year,
    parse_action_reference,
    parse_meeting_reference,
)

TODAY = date(2026, 11, 21)
bodies = st.from_regex(r"[A-Z][A-Z0-9]{1,9}", fullmatch=True)
numbers = st.integers(1, 9999)
days = st.dates(date(2000, 5, 1), date(2099, 4, 30))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 5, 1), "26/27"),
        (date(2026, 4, 30), "25/26"),
        (date(2026, 12, 31), "26/27"),
        (date(2027, 1, 1), "26/27"),
        (date(2027, 4, 30), "26/27"),
        (date(2027, 5, 1), "27/28"),
        (date(1999, 9, 1), "99/00"),
        (date(2009, 9, 1), "09/10"),
    ],
)
def test_the_municipal_year_turns_in_may(day: date, year: str) -> None:
    assert municipal_year(day) == year


def test_how_an_action_reference_is_written() -> None:
    assert action_reference("CPP", TODAY, 14) == "CPP-26/27-014"
    assert action_reference(" cpp ", date(2027, 5, 1), 1) == "CPP-27/28-001"
    assert action_reference("CPP", TODAY, 1000) == "CPP-26/27-1000"


@pytest.mark.parametrize("body", ["", "C", "C-P", "CORPORATEPARENTING", "1ST", "C P"])
def test_what_is_no_body_reference(body: str) -> None:
    with pytest.raises(ValueError, match="no body reference"):
        action_reference(body, TODAY, 1)


@pytest.mark.parametrize("number", [0, -1])
def test_numbers_start_at_one(number: int) -> None:
    with pytest.raises(ValueError, match="from 1"):
        action_reference("CPP", TODAY, number)
    with pytest.raises(ValueError, match="from 1"):
        meeting_reference(number)


@pytest.mark.parametrize(
    "typed",
    [
        "CPP-26/27-014",
        "cpp 26/27 14",
        "CPP-2026/27-014",
        "CPP-2026/2027-014",
        "cpp2026/27-014",
        "cpp26/27-14",
        "cpp/26/27/14",
        "CPP-26-27-014",
        "CPP–26/27–014",
        "26/27-014",
        "26/27 14",
        "2026/27-014",
        "CPP 14",
        "cpp14",
        "014",
        "#14",
        "14.",
        "action 14",
        "Action no. 14",
        "ref: CPP-26/27-014",
        "  'CPP-26/27-014'?  ",
    ],
)
def test_ways_of_typing_the_same_reference(typed: str) -> None:
    assert parse_action_reference(typed, "CPP", TODAY) == "CPP-26/27-014"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "action",
        "CPP",
        "26/27",
        "CPP-26/27",
        "CPP-26/28-014",
        "CPP-27/26-014",
        "000",
        "CPP-26/27-000",
        "11-12-13",
        "11/12/13",
        "12/12/2026",
        "14 December",
        "the one about dentists",
        "99999",
        "-14-",
        "CPP-26/27-01a",
        "١٤",
    ],
)
def test_what_is_no_action_reference(typed: str) -> None:
    assert parse_action_reference(typed, "CPP", TODAY) is None


def test_a_year_in_the_reference_is_kept_and_a_missing_one_is_this_years() -> None:
    assert parse_action_reference("25/26-3", "CPP", TODAY) == "CPP-25/26-003"
    assert parse_action_reference("3", "CPP", date(2026, 4, 30)) == "CPP-25/26-003"
    assert parse_action_reference("99/00-3", "CPP", TODAY) == "CPP-99/00-003"


def test_short_forms_need_a_body_and_a_day() -> None:
    assert parse_action_reference("26/27-014") is None
    assert parse_action_reference("014", "CPP") is None
    assert parse_action_reference("cpp-014") is None
    assert parse_action_reference("cpp-26/27-014") == "CPP-26/27-014"


def test_unknown_bodies_can_be_refused() -> None:
    known = {"cpp", "HSG"}
    assert parse_action_reference("hsg 14", "CPP", TODAY, known) == "HSG-26/27-014"
    assert parse_action_reference("14", "CPP", TODAY, known) == "CPP-26/27-014"
    assert parse_action_reference("item 14", "CPP", TODAY, known) is None
    assert parse_action_reference("ITEM-26/27-014", "CPP", TODAY, known) is None


@settings(deadline=None)
@given(bodies, days, numbers)
def test_what_is_written_can_be_read(body: str, day: date, number: int) -> None:
    written = action_reference(body, day, number)
    assert parse_action_reference(written) == written
    assert parse_action_reference(written.lower(), "XX", TODAY) == written
    assert parse_action_reference(written.replace("-", " "), "XX", TODAY) == written


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_gives_a_canonical_reference_or_none(text: str) -> None:
    parsed = parse_action_reference(text, "CPP", TODAY)
    assert parsed is None or parse_action_reference(parsed) == parsed


@pytest.mark.parametrize(
    "typed", ["M-12", "m12", "m 12", "M–12", "meeting 12", "Mtg 12", "12", "#12", " m-012. "]
)
def test_ways_of_typing_a_meeting(typed: str) -> None:
    assert parse_meeting_reference(typed) == 12


@pytest.mark.parametrize(
    "typed", ["", "M", "M-0", "X-12", "12/12", "M-12-1", "meeting on the 12th", "9999999"]
)
def test_what_is_no_meeting_reference(typed: str) -> None:
    assert parse_meeting_reference(typed) is None


@given(st.integers(1, 999_999))
def test_a_meeting_reference_can_be_read(number: int) -> None:
    assert parse_meeting_reference(meeting_reference(number)) == number
