"""What a question says of age, and what an entry says of the ages it is for."""

from __future__ import annotations

import pytest

from bot.language.ages import age_bands, ages, fit, stated
from bot.language.entry import Entry
from bot.language.entry_ages import age_span
from bot.language.text import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a lad aged 19", [19]), ("17yo girl", [17]), ("she's just turned eighteen", [18]),
        ("a gentleman of 52", [52]), ("2 year old", [2]), ("for three years", []), ("section 47", []),
        ("at 11 pm", []), ("40 miles", []), ("16 or 17", [16, 17]), ("stage 2", []), ("20 young people", [20]),
        ("the lad's nineteen now", [19]), ("He's nineteen, came through care", [19]), ("she's seven", [7]),
        ("twenty-two, grew up in care here", [22]), ("a lady of forty-four formerly in care", [44]),
        ("he's sixty-one, was in the cottage homes", [61]), ("three of them", []), ("by the ninth", []),
        ("wait of eighteen weeks", []), ("a foster carer for 15 years", []), ("13 year wait", []), ("15 years ago", []),
        ("a lad aged 19 may be homeless", [19]), ("she's 16 am i right", [16]), ("in May 16 of them", [16]),
        ("he is 8 years of age", [8]), ("a girl, just 9", [9]), ("she's now 35", [35]), ("ninety-two year old", [92]),
        ("ages 5 to 7", [5, 7]), ("came in at 14 and is now 30", [14, 30]), ("20 a week", []), ("flat 12", []),
        ("lady two doors down", []), ("he is 6 foot", []), ("room 12", []), ("under 18", [17]), ("", []),
    ],
)  # fmt: skip
def test_ages_are_told_from_other_numbers(text: str, found: list[int]) -> None:
    assert ages(words(text)) == found


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a boy in Year 8", [(12, 13)]), ("yr 11 in care", [(15, 16)]), ("Y5 girl", [(9, 10)]), ("year9 lads", [(13, 14)]),
        ("last year 8 of them left", []), ("two year 6 month wait", []), ("3 year old", [(3, 3)]),
        ("who sees to under 5s", [(0, 4)]), ("anybody over 25", [(25, 110)]), ("he turns 18 in June", [(17, 18)]),
        ("nearly eighteen", [(17, 18)]), ("a toddler", [(1, 3)]), ("her A levels", [(16, 18)]),
        ("a Year 9 boy", [(13, 14)]), ("for years, 5 placements", []), ("the school has a level playing field", []), ("in reception", []),
    ],
)  # fmt: skip
def test_school_years_and_phases_are_ages_too(text: str, spans: list[tuple[int, int]]) -> None:
    assert [(each.low, each.high) for each in stated(words(text))] == spans


@pytest.mark.parametrize(
    ("text", "each"), [("9 to", 0), ("19 and", 1), ("he is 4 or", 1), ("twenty", 0), ("year 8 to", 1)]
)
def test_a_long_run_of_numbers_is_read_to_its_end(text: str, each: int) -> None:
    assert len(stated(text.split() * 1000)) == 1000 * each


def test_ages_fall_in_bands() -> None:
    assert age_bands(words("aged 17 and aged 24")) == {"age:16-17", "age:18-25"}


@pytest.mark.parametrize(
    ("audience", "service", "topics", "span"),
    [
        ("care leavers 18 to 25", "", (), (18, 25)), ("young people 16 and 17", "", (), (16, 17)),
        ("under 18s", "", (), (0, 17)), ("cared for young people 16+", "", (), (16, 110)),
        ("adults over 25", "", (), (25, 110)), ("councillors", "", (), None),
        ("care leavers to 25", "", (), (16, 25)), ("children in care and care leavers up to 25", "", (), (0, 25)),
        ("parents", "EHC plans, birth to Year 6", (), (0, 11)), ("Year 7 on", "", (), (11, 25)),
        ("parents and primary schools", "SEND Casework (Year 7 to 25)", (), (11, 25)),
        ("", "Special educational needs from Year 7 until the age of twenty-five", (), (11, 25)),
        ("carers", "Children in our care (under 16)", (), (0, 15)), ("", "Joint protocol 16/17", (), (16, 17)),
        ("pupils in Years 12 and 13", "", (), (16, 18)), ("secondary schools", "", (), (11, 16)),
        ("anyone", "Primary care access", (), None), ("residents", "", ("18 and over",), (18, 110)),
        ("residents", "", ("homeless 16 and 17 year olds",), None), ("", "Complaints, stages 1 to 3", (), None),
        ("", "Return interviews within 48 to 72 hours", (), None), ("young people 16 to 18", "Post-16 team", (), (16, 18)),
        ("care experienced adults to 25", "Next Steps 16+", (), (16, 25)), ("pupils in Year 7 to 11", "", (), (11, 16)),
        ("16, 17 and 18 year olds", "", (), (16, 18)), ("18 years old and over", "", (), (18, 110)),
        ("under the age of 18", "", (), (0, 17)), ("until their 21st birthday", "", (), (0, 21)), ("0-5s", "", (), (0, 5)),
        ("", "1-2-1 mentoring", (), None), ("", "Wards 1 to 5", (), None), ("", "Within 3 to 5 working days", (), None),
        ("Post-16 pupils", "Virtual School (16-18)", (), (16, 18)),
    ],
)  # fmt: skip
def test_entries_name_ages(
    audience: str, service: str, topics: tuple[str, ...], span: tuple[int, int] | None
) -> None:
    told = {
        "id": "a",
        "service": service,
        "team": "",
        "topics": list(topics),
        "audience": [audience] if audience else [],
    }
    assert age_span(Entry.from_mapping(told)) == span


@pytest.mark.parametrize(
    ("audience", "span"),
    [
        (("children in care", "care leavers 18 to 25"), (0, 25)), (("care leavers", "children in care 0 to 11"), (0, 25)),
        (("children 0 to 11", "their carers"), (0, 11)), (("parents of children", "young people 14 to 25"), (14, 25)),
    ],
)  # fmt: skip
def test_those_whose_age_is_not_said_are_not_shut_out(
    audience: tuple[str, ...], span: tuple[int, int]
) -> None:
    assert (
        age_span(
            Entry.from_mapping({"id": "a", "service": "", "team": "", "topics": [], "audience": [*audience]})
        )
        == span
    )


@pytest.mark.parametrize(
    ("text", "span", "how"),
    [
        ("she's 19", (18, 25), 1.0), ("she's 19", (0, 11), -1.0), ("she's 17", (18, 25), 0.0), ("she's 18", (16, 17), -1.0), ("nobody", (18, 25), 0.0),
        ("she's 19", None, 0.0), ("a toddler", (0, 4), 0.5), ("a toddler", (16, 25), -0.5),
        ("came at 6, now 19", (18, 25), 1.0),
    ],
)  # fmt: skip
def test_an_age_speaks_for_an_entry_or_against_it(
    text: str, span: tuple[int, int] | None, how: float
) -> None:
    assert fit(stated(words(text)), span) == how
