"""The shipped training lines and the files built from them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.language.needs import NeedsModel
from bot.language.ranking import SIGNS, WEIGHTS, Ranker
from bot.language.ties import Ties, _spans
from bot.language.training.corpus import Corpus, CorpusError, read_corpus

LEAST_QUESTIONS, LEAST_ENTRIES = 8, 4


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus()


def test_every_need_has_enough_questions(corpus: Corpus) -> None:
    asked = Counter(line.need for line in corpus.lines if not line.entry)
    assert {need.id: asked[need.id] for need in corpus.needs if asked[need.id] < LEAST_QUESTIONS} == {}


def test_every_need_in_scope_has_officers_wordings(corpus: Corpus) -> None:
    written = Counter(line.need for line in corpus.lines if line.entry)
    inside = [need.id for need in corpus.needs if not need.subject]
    assert [need for need in inside if written[need] < LEAST_ENTRIES] == []


def test_no_need_drowns_the_others(corpus: Corpus) -> None:
    counts = Counter(line.need for line in corpus.lines)
    assert max(counts.values()) <= 4 * sorted(counts.values())[len(counts) // 2]


def test_no_author_writes_a_line_twice(corpus: Corpus) -> None:
    written = Counter((line.author, line.need, line.text.lower(), line.entry) for line in corpus.lines)
    assert [line for line, times in written.items() if times > 1] == []


def test_many_authors_wrote(corpus: Corpus) -> None:
    assert len(corpus.authors) >= 30


def test_the_model_reads_exactly_the_needs_of_the_taxonomy(corpus: Corpus) -> None:
    assert NeedsModel.load().needs == corpus.needs


def test_the_model_remembers_what_it_was_trained_on(corpus: Corpus) -> None:
    model = NeedsModel.load()
    sample = [line for line in corpus.lines if not line.entry][::97]
    read = [model.read(line.text) for line in sample]
    right = sum(
        model.needs[shares.index(max(shares))].id == line.need
        for line, shares in zip(sample, read, strict=True)
    )
    assert right / len(sample) > 0.8


def test_shares_sum_to_one() -> None:
    assert sum(NeedsModel.load().read("a care leaver in prison")) == pytest.approx(1)
    assert sum(NeedsModel.load().read("")) == pytest.approx(1)


def test_ages_are_those_of_known_needs(corpus: Corpus) -> None:
    assert set(_spans()) <= {need.id for need in corpus.needs}
    assert [need for need, (youngest, oldest) in _spans().items() if not 0 <= youngest < oldest <= 120] == []


@pytest.mark.parametrize(
    ("question", "less"),
    [
        ("she is 22, thrown out by her mum, nowhere to live", "youth-homeless-16-17"),
        ("19 year old on his mates' floors", "youth-homeless-16-17"),
        ("girl of 21 wants counselling, grew up in care", "camhs"),
    ],
)
def test_a_stated_age_leads_away_from_needs_of_other_ages(question: str, less: str) -> None:
    model = NeedsModel.load()
    place = [need.id for need in model.needs].index(less)
    assert Ties((), model).read(question).shares[place] < model.read(question)[place]


def test_a_carers_age_leads_nowhere() -> None:
    model, question = NeedsModel.load(), "foster carer aged 58, who pays her"
    assert list(Ties((), model).read(question).shares) == pytest.approx(model.read(question))


def test_the_ranking_has_a_number_for_every_sign() -> None:
    ranker = Ranker.load()
    assert len(ranker._weights) == WEIGHTS
    assert len(ranker._right) == len(ranker._known) == len(SIGNS) + 1
    assert 0.5 < ranker.unsure <= ranker.sure < 1


def test_a_bad_training_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "needs.txt").write_text("one | the only need\n", "utf-8")
    (tmp_path / "author_01.tsv").write_text("one\tfine\ntwo\tunknown need\n", "utf-8")
    with pytest.raises(CorpusError, match=r"author_01\.tsv:2: .*'two'"):
        read_corpus(tmp_path)


def test_a_line_without_a_tab_is_named(tmp_path: Path) -> None:
    (tmp_path / "needs.txt").write_text("one | the only need\n", "utf-8")
    (tmp_path / "entries_01.tsv").write_text("one fine\n", "utf-8")
    with pytest.raises(CorpusError, match=r"entries_01\.tsv:1"):
        read_corpus(tmp_path)


def test_every_author_file_is_taken(tmp_path: Path) -> None:
    (tmp_path / "needs.txt").write_text("one | a need\ntwo | another | bins\n", "utf-8")
    for number in ("01", "77"):
        (tmp_path / f"author_{number}.tsv").write_text(f"one\tline of {number}\ntwo\tother\n", "utf-8")
    assert read_corpus(tmp_path).authors == ("01", "77")


_TRAIN_TWICE = """
import sys
from pathlib import Path
from bot.language.training.corpus import read_corpus
from bot.language.training.pack import packed
from bot.language.training.ridge import fitted, problem_of, pruned, rough_fit, solved
import hashlib
corpus = read_corpus(Path(sys.argv[1]))
problem = problem_of(corpus, pruned(rough_fit(problem_of(corpus)), (40, 40)))
print(hashlib.sha256(packed(corpus.needs, fitted(problem, solved(problem), 15.0))).hexdigest())
"""


def test_training_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    pytest.importorskip("scipy")
    needs = ("housing", "school", "bins")
    (tmp_path / "needs.txt").write_text("".join(f"{need} | about {need}\n" for need in needs), "utf-8")
    lines = "".join(
        f"{need}\twho deals with {need} in case {number}\n" for need in needs for number in range(20)
    )
    (tmp_path / "author_01.tsv").write_text(lines, "utf-8")
    made = {
        subprocess.run(
            [sys.executable, "-c", _TRAIN_TWICE, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(made) == 1
    assert len(made.pop().strip()) == 64


def test_leaving_an_author_out_is_as_if_they_had_never_written(tmp_path: Path) -> None:
    np = pytest.importorskip("numpy")
    pytest.importorskip("scipy")
    from dataclasses import replace

    from bot.language.training.ridge import left_out, problem_of, solved

    (tmp_path / "needs.txt").write_text("housing | a home\nschool | lessons\n", "utf-8")
    for author, word in (("01", "flat"), ("02", "tenancy"), ("03", "roof")):
        lines = [f"housing\tneeds a {word} number {n}\nschool\tneeds a teacher {word} {n}" for n in range(6)]
        (tmp_path / f"author_{author}.tsv").write_text("\n".join(lines), "utf-8")
    problem = problem_of(read_corpus(tmp_path))
    leanings = left_out(problem, solved(problem))
    for author in ("01", "02", "03"):
        own = problem.authors == author
        without = solved(replace(problem, lines=problem.lines[~own], wanted=problem.wanted[~own]))
        assert np.allclose(leanings[own], problem.lines[own] @ without.weights)


def test_answering_loads_no_learning_library() -> None:
    code = (
        "import sys\nfrom bot.language.directory import Directory\nDirectory(()).answer('housing')\n"
        "print([name for name in ('numpy', 'scipy', 'sklearn', 'yaml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
