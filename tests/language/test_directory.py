"""Asking a directory: the right entry, how sure, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.language.directory import MOST_HITS, Directory
from bot.language.entry import Entry
from tests.language.directory_cases import marlbridge, marlbridge_entries


def first(question: str) -> str:
    return marlbridge().answer(question).hits[0].entry_id


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("who do I contact about housing for a care leaver", "keys"),
        ("she left care last year and the landlord wants her out", "keys"),
        ("who arranges therapy for a child in care", "camhs"),
        ("my neighbours want to become foster carers", "recruit"),
        ("allegation against a football coach", "lado"),
        ("when is the next panel and where are the papers", "clerk"),
        ("special guardian allowance has stopped", "kin"),
    ],
)
def test_finds_the_entry_for_a_plain_question(question: str, entry: str) -> None:
    assert first(question) == entry


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("fostring recruitement", "recruit"),
        ("suspention from scool, part time timetabel", "inclusion"),
        ("counil tax exemtion for care leavrs", "tax"),
        ("EXCLUSION FROM SCHOOL!!!", "inclusion"),
    ],
)
def test_reads_past_misspellings_and_capitals(question: str, entry: str) -> None:
    assert first(question) == entry


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("lass were in care, got nowt in her new flat, not even a bed", "home-grant"),
        ("lad's been nicked and he's inside, used to be in one of our homes", "inside"),
    ],
)
def test_understands_dialect(question: str, entry: str) -> None:
    assert first(question) == entry


def test_age_chooses_between_entries_for_different_ages() -> None:
    entries = (
        Entry(
            "young", team="Supported flats", topics=("accommodation",), audience=("young people 16 and 17",)
        ),
        Entry(
            "older", team="Supported flats", topics=("accommodation",), audience=("care leavers 18 to 25",)
        ),
    )
    directory = Directory(entries)
    assert directory.answer("accommodation for someone aged 17").hits[0].entry_id == "young"
    answer = directory.answer("accommodation for someone aged 19")
    assert answer.hits[0].entry_id == "older"
    assert "age 19" in answer.hits[0].because


def test_area_chooses_between_entries_for_different_areas() -> None:
    assert first("parenting course in Castlegate") == "south"
    assert first("parenting course in Thornley") == "north"


def test_night_favours_the_entry_that_answers_at_night() -> None:
    assert first("social worker at 11pm tonight") == "nights"


@pytest.mark.parametrize(
    "question",
    [
        "missed bin on our road",
        "pothole by the church",
        "objecting to a planning application",
        "parking ticket appeal",
        "home care for my elderly father",
        "tell me a joke",
    ],
)
def test_says_unknown_out_of_scope(question: str) -> None:
    assert marlbridge().answer(question).tier == "unknown"


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("the recycling bin has not been emptied", "waste"),
        ("a pothole has burst my tyre", "roads"),
        ("parking ticket from a traffic warden", "parking"),
        ("planning permission for an extension", "planning"),
    ],
)
def test_names_the_subject_it_does_not_cover(question: str, subject: str) -> None:
    found = marlbridge().answer(question).subject
    assert found is not None
    assert subject in found


def test_a_directory_that_covers_bins_answers_about_bins() -> None:
    bins = Entry("bins", "Street Scene", "Waste and recycling", ("missed bins", "household bin collections"))
    answer = Directory((*marlbridge_entries(), bins)).answer("missed bin collection on our road")
    assert answer.hits[0].entry_id == "bins"
    assert answer.tier != "unknown"


def test_an_alias_is_answered_at_once_however_it_is_asked_for() -> None:
    for question in ("the Harbour Street flats", "who do I ring about the harbour street flats?"):
        answer = marlbridge().answer(question)
        assert (answer.tier, answer.hits[0].entry_id) == ("sure", "keys")
        assert "asked before" in answer.hits[0].because


def test_an_alias_added_by_an_officer_settles_that_question() -> None:
    question = "the thing with the yellow minibus"
    assert marlbridge().answer(question).tier != "sure"
    taught = [
        replace(entry, aliases=(question,)) if entry.id == "virtual" else entry
        for entry in marlbridge_entries()
    ]
    answer = Directory(taught).answer(question)
    assert (answer.tier, answer.hits[0].entry_id) == ("sure", "virtual")


@pytest.mark.parametrize(
    "question", ["lado", "LADO?", "number for Through the Gate please", "Virtual School"]
)
def test_a_name_is_answered_at_once(question: str) -> None:
    answer = marlbridge().answer(question)
    assert answer.tier == "sure"
    assert answer.hits[0].entry_id in {"lado", "inside", "virtual"}


def test_a_name_that_two_entries_share_is_not_sure() -> None:
    twins = (Entry("a", team="Duty desk", service="North"), Entry("b", team="Duty desk", service="South"))
    answer = Directory(twins).answer("duty desk")
    assert answer.tier == "unsure"
    assert {hit.entry_id for hit in answer.hits} == {"a", "b"}


def test_a_tie_made_by_an_officer_moves_a_question() -> None:
    entries = [Entry("x1", team="Team Alder"), Entry("x2", team="Team Birch")]
    question = "foster carers have not been paid their mileage"
    tied = [entries[0], replace(entries[1], needs=("fostering-payments",))]
    assert Directory(tied).answer(question).hits[0].entry_id == "x2"
    tied = [replace(entries[0], needs=("fostering-payments",)), entries[1]]
    assert Directory(tied).answer(question).hits[0].entry_id == "x1"


def test_explains_itself_in_words() -> None:
    hit = marlbridge().answer("care leaver behind with the rent, aged 20").hits[0]
    assert hit.entry_id == "keys"
    assert "care leaver" in hit.because
    assert "age 20" in hit.because
    assert "read as" in hit.because


def test_names_the_need_it_read() -> None:
    assert marlbridge().answer("how do we become foster carers").need == "fostering-recruitment"


def test_shows_at_most_three_best_first() -> None:
    hits = marlbridge().answer("child in care").hits
    assert len(hits) == MOST_HITS
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 and hit.title and hit.because for hit in hits)


@pytest.mark.parametrize(
    "question",
    [
        "", "   ", "?", "😀🎉", "\x00\u200b\ufeff", "a" * 10_000, "care leaver housing " * 1_000, "\ud800 broken",
        "<script>alert(1)</script>", "'; DROP TABLE contacts; --", "𝔠𝔞𝔯𝔢 𝔩𝔢𝔞𝔳𝔢𝔯", "نص عربي", "1 " * 2_000,
    ],
)  # fmt: skip
def test_survives_whatever_is_typed(question: str) -> None:
    answer = marlbridge().answer(question)
    assert answer.tier in {"sure", "unsure", "unknown"}
    assert len(answer.hits) <= MOST_HITS


@pytest.mark.parametrize("question", ["", "   ", "?", "😀🎉"])
def test_nothing_said_is_unknown(question: str) -> None:
    assert marlbridge().answer(question).tier == "unknown"


def test_an_empty_directory_knows_nothing() -> None:
    answer = Directory(()).answer("housing for a care leaver")
    assert (answer.tier, answer.hits) == ("unknown", ())


def test_a_bare_entry_can_be_indexed() -> None:
    assert Directory((Entry("only"),)).answer("only").hits[0].title == "only"


def test_the_same_question_gets_the_same_answer_from_a_new_index() -> None:
    again = Directory(marlbridge_entries())
    for question in ("care leaver with no furniture", "worried about a child", "bins"):
        assert again.answer(question) == marlbridge().answer(question)


def test_a_common_word_is_never_taken_for_a_misspelling() -> None:
    hits = marlbridge().answer("she came here").hits
    assert all("care" not in hit.because.split(": ")[-1].split() for hit in hits if "matched" in hit.because)


@pytest.mark.parametrize("question", ["asdf qwer zxcv", "qwertyuiop", "12345", "!!!"])
def test_words_that_nobody_knows_lead_nowhere(question: str) -> None:
    assert marlbridge().answer(question).tier == "unknown"
