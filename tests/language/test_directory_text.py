"""Plain text, cues of age and hour, the thesaurus and spelling repair."""

from __future__ import annotations

import pytest

from bot.language.cues import age_bands, age_span, ages, is_night, open_at_night
from bot.language.spelling import Speller
from bot.language.text import common_rank, is_common, normalise, stem, words
from bot.language.thesaurus import Thesaurus


def test_normalises_quotes_accents_and_invisible_characters() -> None:
    assert normalise("  The “Café’s”\u200b\n DOOR ") == 'the "cafe\'s" door'


def test_words_drop_possessives_and_join_spellings() -> None:
    assert words("The girl's personal advisor, 16+") == ["the", "girl", "personal", "adviser", "16+"]


def test_capitals_tell_send_from_sending() -> None:
    assert words("SEND team") == ["sen", "team"]
    assert words("send the team") == ["send", "the", "team"]
    assert words("SEND THE TEAM") == ["send", "the", "team"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("policy", "police"), ("allowance", "allowed"), ("university", "universe"), ("care", "carer")],
)
def test_words_of_different_meaning_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_word_forms_share_a_stem() -> None:
    assert stem("leavers") == stem("leaver")
    assert stem("fostering") == stem("fostered")


def test_common_words_are_ranked() -> None:
    assert is_common("came")
    assert (common_rank("the") or 0) < (common_rank("foster") or 0)
    assert common_rank("zzxqv") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a lad aged 19", [19]), ("17yo girl", [17]), ("she's just turned eighteen", [18]),
        ("a gentleman of 52", [52]), ("2 year old", [2]), ("for three years", []), ("section 47", []),
        ("at 11 pm", []), ("40 miles", []), ("16 or 17", [16, 17]), ("stage 2", []), ("20 young people", [20]),
        ("the lad's nineteen now", [19]),
    ],
)  # fmt: skip
def test_ages_are_told_from_other_numbers(text: str, found: list[int]) -> None:
    assert ages(words(text)) == found


def test_ages_fall_in_bands() -> None:
    assert age_bands(words("aged 17 and aged 24")) == {"age:16-17", "age:18-25"}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("care leavers 18 to 25", (18, 25)), ("young people 16 and 17", (16, 17)), ("under 18s", (0, 18)),
        ("cared for young people 16+", (16, 110)), ("adults over 25", (26, 110)), ("councillors", None),
    ],
)  # fmt: skip
def test_audiences_name_ages(text: str, span: tuple[int, int] | None) -> None:
    assert age_span(text) == span


def test_night_is_heard_in_questions_and_hours() -> None:
    assert is_night("who is on duty at the weekend")
    assert not is_night("who is on duty on tuesday")
    assert open_at_night("24 hours, every day")
    assert not open_at_night("Mon to Fri 9am to 5pm")


def test_thesaurus_joins_phrases_and_leads_on() -> None:
    thesaurus = Thesaurus.parse(
        "# note\nhousing = flat; place to live\nskint > hardship; food\nhardship = crisis money\n"
    )
    units = thesaurus.units(words("skint and wants a place to live"))
    assert units[-1].term == "=housing"
    assert units[0].leads_to == ("=hardship", "food")


def test_the_shipped_thesaurus_knows_the_field() -> None:
    thesaurus = Thesaurus.load()
    for phrase in ("looked after child", "kids in care", "cla"):
        assert [unit.term for unit in thesaurus.units(words(phrase))] == ["=child in care"]


def test_repairs_unknown_words_only() -> None:
    speller = Speller({"accommodation": 1, "fostering": 2, "care": 9, "council": 1})
    assert speller.repair(["acomodation", "fostring"]) == ["accommodation", "fostering"]
    assert speller.repair(["came", "cars", "demi"]) == ["came", "cars", "demi"]
    assert speller.repair(["counsel"]) == ["counsel"]


def test_repairs_no_more_than_a_few_words_of_a_message() -> None:
    speller = Speller({"fostering": 1})
    assert speller.repair(["fostring"] * 50).count("fostering") < 50
