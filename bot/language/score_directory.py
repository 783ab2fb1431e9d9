"""Scores a directory's answers against labelled questions: who is found, who is misled, who is told "unknown"."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.language.directory import Answer, Directory

SHOWN = 3


class QuestionsError(ValueError):
    """A questions file that cannot be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids of the entries that answer it, none where the directory has no answer."""

    text: str
    gold: tuple[str, ...]


def read_questions(path: str | Path) -> list[Question]:
    """The questions of a file of lines such as `{"q": "...", "gold": ["entry-id"]}`. Raises QuestionsError."""
    file = Path(path)
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{file}: cannot be read as text: {error}") from error
    return [_question(line, f"{file}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _question(line: str, where: str) -> Question:
    try:
        told = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionsError(f"{where}: not valid JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(told, dict) or not isinstance(told.get("q"), str) or not told["q"].strip():
        raise QuestionsError(
            f'{where}: expected an object with a question, such as {{"q": "...", "gold": []}}'
        )
    gold = told.get("gold")
    if not isinstance(gold, list) or not all(isinstance(each, str) for each in gold):
        raise QuestionsError(f'{where}: "gold" must be a list of entry ids, empty where no entry answers')
    return Question(told["q"], tuple(gold))


@dataclass(frozen=True, slots=True)
class _Result:
    tier: str
    rank: int | None
    in_scope: bool

    @property
    def right(self) -> bool:
        return self.rank == 1

    @property
    def shown(self) -> bool:
        return self.rank is not None and self.rank <= SHOWN


def score(directory: Directory, questions: Sequence[Question]) -> dict[str, float | int]:
    """The measures of a directory on labelled questions.

    `top1`, `top3` and `mrr` go by the rank of the first right entry whatever the tier, over questions that have
    one. `misled` is the share of all questions answered "sure" and wrongly. `unknown_*` measure the tier
    "unknown" against questions that no entry answers. Shares are rounded to four places.
    """
    results = [_result(directory.answer(question.text), question) for question in questions]
    inside = [each for each in results if each.in_scope]
    sure = [each for each in results if each.tier == "sure"]
    unsure = [each for each in results if each.tier == "unsure"]
    return {
        "top1": _share(each.right for each in inside),
        "top3": _share(each.shown for each in inside),
        "mrr": _share(1 / each.rank if each.rank else 0.0 for each in inside),
        **_unknown(results),
        "misled": _share(each.tier == "sure" and not each.right for each in results),
        "sure": len(sure),
        "sure_right": sum(each.right for each in sure),
        "unsure": len(unsure),
        "unsure_right_in_3": sum(each.shown for each in unsure),
        "questions": len(results),
        "in_scope": len(inside),
    }


def _result(answer: Answer, question: Question) -> _Result:
    ids = [hit.entry_id for hit in answer.hits]
    rank = next((place for place, found in enumerate(ids, 1) if found in question.gold), None)
    return _Result(answer.tier, rank, bool(question.gold))


def _unknown(results: Sequence[_Result]) -> dict[str, float]:
    said = [each for each in results if each.tier == "unknown"]
    outside = [each for each in results if not each.in_scope]
    both = sum(not each.in_scope for each in said)
    precision = round(both / len(said), 4) if said else 0.0
    recall = round(both / len(outside), 4) if outside else 0.0
    f1 = round(2 * both / (len(said) + len(outside)), 4) if both else 0.0
    return {"unknown_precision": precision, "unknown_recall": recall, "unknown_f1": f1}


def _share(values: Iterable[float]) -> float:
    told = list(values)
    return round(sum(told) / len(told), 4) if told else 0.0
