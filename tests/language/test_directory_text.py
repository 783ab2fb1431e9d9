"""Plain text, the thesaurus and spelling repair."""

from __future__ import annotations

import pytest

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
