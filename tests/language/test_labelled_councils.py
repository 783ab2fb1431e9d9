"""The labelled councils that ship for training: what they hold, and what happens when entries are taken out."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest

from bot.language.needs import NeedsModel
from bot.language.training.cases import cases_of
from bot.language.training.corpus import CorpusError, read_corpus
from bot.language.training.councils import FOLDER, KEPT, Council, read_council, read_councils, thinned

NAMES = sorted(each.name for each in FOLDER.iterdir() if each.is_dir())
LEAST_QUESTIONS, LEAST_UNANSWERED, TIED = 200, 0.15, 0.8


@cache
def councils() -> dict[str, Council]:
    return {council.name: council for council in read_councils()}


@pytest.mark.parametrize("name", NAMES)
def test_each_has_enough_questions_with_and_without_an_answer(name: str) -> None:
    questions = councils()[name].questions
    assert len(questions) >= LEAST_QUESTIONS
    assert sum(not each.gold for each in questions) >= LEAST_UNANSWERED * len(questions)


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_an_entry_and_every_tie_a_need(name: str) -> None:
    council = councils()[name]
    ids = {entry.id for entry in council.entries}
    assert [q.text for q in council.questions if not ids.issuperset(q.gold)] == []
    assert set(council.served) <= {need.id for need in read_corpus().needs}
    assert len(set().union(*council.served.values())) >= TIED * len(ids)


@pytest.mark.parametrize("name", NAMES)
def test_all_of_it_is_invented(name: str) -> None:
    written = (FOLDER / name / "directory.yaml").read_text("utf-8")
    assert [
        each for each in re.findall(r"@\S+", written) if not each.rstrip(",.;)'\"").endswith(".example")
    ] == []
    allowed = re.compile(r"01632 960\d{3}|07700 900\d{3}|0808 157 0\d{3}|0800 1111|0808 800 5000")
    assert re.findall(r"\b0\d{9,10}\b", allowed.sub("", written).replace(" ", "")) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_question_is_asked_twice(name: str) -> None:
    asked = [" ".join(each.text.lower().split()) for each in councils()[name].questions]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", NAMES)
def test_a_thinned_council_only_asks_what_is_still_clear(name: str, seed: int) -> None:
    whole = councils()[name]
    part = thinned(whole, random.Random(seed))
    ids = {entry.id for entry in part.entries}
    before = {question.text: question.gold for question in whole.questions}
    assert len(part.entries) == int(KEPT * len(whole.entries))
    for question in part.questions:
        assert question.gold == tuple(each for each in before[question.text] if each in ids)
        if before[question.text] and not question.gold:
            assert not _shared(whole, part, before[question.text])
    assert sum(not question.gold for question in part.questions) > sum(not gold for gold in before.values())


def _shared(whole: Council, part: Council, gold: tuple[str, ...]) -> set[str]:
    """Needs that the lost entries served and that an entry left in the part serves too."""
    lost = {place for place, entry in enumerate(whole.entries) if entry.id in gold}
    return {need for need, holders in whole.served.items() if holders & lost and part.served[need]}


def test_cases_hold_own_questions_and_authors_lines_with_their_places() -> None:
    council, corpus, model = councils()["westshire"], read_corpus(), NeedsModel.load()
    cases = cases_of(council, corpus, model, [model.leanings("")] * len(corpus.lines))
    own = cases[: len(council.questions)]
    places = {entry.id: place for place, entry in enumerate(council.entries)}
    assert [case.right for case in own] == [
        frozenset(places[each] for each in question.gold) for question in council.questions
    ]
    assert len(cases) > 3 * len(own)
    assert {round(case.weight, 2) for case in cases} == {3.0, 1.0, 0.33}


def test_a_tie_to_an_entry_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "council"
    folder.mkdir()
    (folder / "directory.yaml").write_text(
        "entries:\n- id: one\n  service: A\n  team: B\n  topics: [c]\n", "utf-8"
    )
    (folder / "questions.jsonl").write_text('{"q": "who", "gold": []}\n', "utf-8")
    (folder / "needs.txt").write_text("two: lado\n", "utf-8")
    with pytest.raises(CorpusError, match=r"needs\.txt:1"):
        read_council(folder)
