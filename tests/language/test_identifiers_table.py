"""Sentences with and without a child's identifiers, and what must be found in each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.language.identifiers import MASK, Allowed, Identifier, find_identifiers, mask

_TABLE = Path(__file__).with_name("identifiers_table.tsv")
_TODAY = date(2026, 6, 10)
_DIRECTORY = Allowed(
    phones=frozenset({"01632 960884", "0808 157 0043", "07700 900084"}),
    emails=frozenset({"lc.duty@westshire.example"}),
    email_domains=frozenset({"members.westshire.example"}),
    postcodes=frozenset({"WS1 1AA"}),
    names=frozenset({"Priya Shah", "Jean Okafor", "Dee Patel"}),
)


def _rows() -> list[tuple[str, str]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()[1:]
    return [(text, expected) for text, expected in (line.split("\t") for line in lines)]


def _found(text: str) -> tuple[Identifier, ...]:
    return find_identifiers(text, allow=_DIRECTORY, today=_TODAY)


def test_the_table_is_long_and_has_both_sides() -> None:
    clean = [text for text, expected in _rows() if expected == "-"]
    assert len(_rows()) >= 400
    assert len(clean) >= 150
    assert len({text for text, _ in _rows()}) == len(_rows())


@pytest.mark.parametrize(("text", "expected"), _rows())
def test_sentence(text: str, expected: str) -> None:
    shown = " | ".join(f"{identifier.kind}:{identifier.span}" for identifier in _found(text))
    assert (shown or "-") == expected


@pytest.mark.parametrize("text", [text for text, expected in _rows() if expected != "-"])
def test_a_masked_sentence_has_nothing_left(text: str) -> None:
    assert _found(mask(text, _found(text))) == ()


def test_mask_keeps_the_words_around() -> None:
    text = "her NHS number is 943 476 5919, please"
    assert mask(text, _found(text)) == f"her NHS number is {MASK}, please"
    assert mask("nothing here", ()) == "nothing here"


@pytest.mark.parametrize(
    "typed", ["01632 960884", "01632960884", "+44 1632 960884", "(01632) 960 884", "01632-960-884"]
)
def test_a_number_of_the_directory_is_clean_in_any_spelling(typed: str) -> None:
    assert find_identifiers(f"ring him on {typed}")
    assert not _found(f"ring him on {typed}")


def test_a_domain_of_the_council_holds_for_its_subdomains_only() -> None:
    assert not _found("write to a@members.westshire.example or b@x.members.westshire.example")
    assert [found.span for found in _found("write to a@notmembers.westshire.example")] == [
        "a@notmembers.westshire.example"
    ]


def test_an_officers_name_is_clean_only_as_a_whole() -> None:
    assert not _found("foster carer Priya Shah")
    assert [found.span for found in _found("her son Priya")] == ["Priya"]
    assert [found.span for found in _found("foster carer Mrs Patel")] == ["Mrs Patel"]


def test_today_tells_an_old_date_from_a_recent_one() -> None:
    text = "she has 12/03/2011 on the form"
    assert [found.kind for found in find_identifiers(text, today=date(2026, 6, 10))] == ["dob"]
    assert not find_identifiers(text, today=date(2012, 6, 10))
