"""The shipped lines for understanding: their balance, and that the models were made from them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.language.intents_corpus import (
    CARDS,
    INTENTS,
    KINDS,
    REPLIES,
    URGENT,
    CorpusError,
    Line,
    data_folder,
    digest,
    read_corpus,
    read_file,
    read_questions,
)

LEAST_OF_AN_INTENT = 250
LEAST_OF_A_KIND = 150
LEAST_OF_A_REPLY = 40
LEAST_HANDS = 10


@pytest.fixture(scope="module")
def lines() -> tuple[Line, ...]:
    return read_corpus(data_folder() / "utterances")


def test_every_intent_has_enough_lines_and_none_drowns_the_others(lines: tuple[Line, ...]) -> None:
    counts = Counter(line.label for line in lines if line.form == "intent")
    wanted = [intent for intent in INTENTS if intent != URGENT]
    assert [intent for intent in wanted if counts[intent] < LEAST_OF_AN_INTENT] == []
    assert max(counts.values()) <= 4 * min(counts[intent] for intent in wanted)


def test_every_kind_of_risk_has_urgent_lines_and_lookalikes(lines: tuple[Line, ...]) -> None:
    counts = Counter((line.label, line.under) for line in lines if line.form == "safety")
    short = [(label, kind) for label in ("urgent", "lookalike") for kind in KINDS]
    assert [pair for pair in short if counts[pair] < LEAST_OF_A_KIND] == []


def test_every_card_and_every_reply_has_lines(lines: tuple[Line, ...]) -> None:
    replies = [line for line in lines if line.form == "reply"]
    assert {line.under for line in replies} >= set(CARDS) - {"none"}
    counts = Counter(line.label for line in replies)
    assert [reply for reply in REPLIES if reply != "safeguarding" and counts[reply] < LEAST_OF_A_REPLY] == []


def test_many_hands_wrote_and_no_one_hand_wrote_most(lines: tuple[Line, ...]) -> None:
    counts = Counter(line.hand for line in lines if not line.hand.startswith("needs"))
    assert len(counts) >= LEAST_HANDS
    assert max(counts.values()) < sum(counts.values()) / 2


def test_a_text_has_one_reading_in_a_hand(lines: tuple[Line, ...]) -> None:
    readings: dict[tuple[str, ...], set[str]] = {}
    for line in lines:
        if line.form != "safety":
            readings.setdefault((line.hand, line.form, line.under, line.text.lower()), set()).add(line.label)
    assert {text: labels for text, labels in readings.items() if len(labels) > 1} == {}


def test_the_models_were_made_from_these_lines(lines: tuple[Line, ...]) -> None:
    questions = read_questions(data_folder() / "needs", data_folder() / "needs_roles.tsv")
    made_from = (data_folder() / "trained_on.txt").read_text(encoding="utf-8").strip()
    assert made_from == digest(lines + questions), "the lines have changed: run make train"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("next_meting\twhen is it", "bad.tsv:1: unknown intent 'next_meting'"),
        ("urgent\tdanger", "bad.tsv:1: unknown intent 'urgent'"),
        ("urgent\tfire\tthe house is on fire", "bad.tsv:1: unknown kind of risk 'fire'"),
        ("rsvp_request\tmaybe so\tperhaps", "bad.tsv:1: unknown reply intent 'maybe so'"),
        ("help", "bad.tsv:1: expected two or three columns parted by tabs"),
        ("help\t", "bad.tsv:1: the text is empty"),
    ],
)
def test_a_bad_line_is_refused_with_file_and_line(tmp_path: Path, row: str, says: str) -> None:
    file = tmp_path / "bad.tsv"
    file.write_text(f"{row}\n", encoding="utf-8")
    with pytest.raises(CorpusError) as refused:
        list(read_file(file))
    assert str(refused.value) == says
