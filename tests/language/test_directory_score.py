"""Scoring a directory: the measures, the questions file, and a floor that must hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.language.score_directory import Question, QuestionsError, read_questions, score
from tests.language.directory_cases import QUESTIONS, marlbridge

KEYS = {
    "top1", "top3", "mrr", "unknown_precision", "unknown_recall", "unknown_f1", "misled", "sure", "sure_right",
    "unsure", "unsure_right_in_3", "questions", "in_scope",
}  # fmt: skip


def test_scores_have_the_promised_keys() -> None:
    assert set(score(marlbridge(), [Question("lado", ("lado",))])) == KEYS


def test_scores_count_what_was_answered() -> None:
    told = score(
        marlbridge(),
        [
            Question("lado", ("lado",)),
            Question("Virtual School", ("lado",)),
            Question("missed bin collection", ()),
        ],
    )
    assert (told["questions"], told["in_scope"], told["sure"], told["sure_right"]) == (3, 2, 2, 1)
    assert told["top1"] == 0.5
    assert told["misled"] == pytest.approx(1 / 3, abs=1e-4)
    assert (told["unknown_precision"], told["unknown_recall"], told["unknown_f1"]) == (1.0, 1.0, 1.0)


def test_no_questions_score_nought() -> None:
    assert set(score(marlbridge(), []).values()) == {0}


def test_the_small_council_stays_well_answered() -> None:
    told = score(marlbridge(), read_questions(QUESTIONS))
    assert told["top1"] >= 0.85
    assert told["top3"] >= 0.94
    assert told["unknown_f1"] >= 0.8
    assert told["misled"] <= 0.03


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{not json", "not valid JSON"),
        ('["q"]', "expected an object"),
        ('{"q": "", "gold": []}', "expected an object"),
        ('{"q": "who"}', '"gold" must be a list'),
        ('{"q": "who", "gold": "lado"}', '"gold" must be a list'),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"q": "fine", "gold": []}\n\n' + line + "\n", "utf-8")
    with pytest.raises(QuestionsError, match=r":3: ") as caught:
        read_questions(file)
    assert says in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionsError, match=r"nowhere.jsonl"):
        read_questions(tmp_path / "nowhere.jsonl")
