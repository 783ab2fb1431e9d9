"""The shipped training lines and the files built from them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.language.evidence import FEATURES
from bot.language.needs import NeedsModel
from bot.language.ranking import COVERED_TOO, SIGNS, Ranker
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


def test_several_authors_wrote(corpus: Corpus) -> None:
    assert len(corpus.authors) >= 6


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


def test_the_ranking_has_a_number_for_every_sign() -> None:
    ranker = Ranker.load()
    assert len(ranker._weights) == len(FEATURES) + len(COVERED_TOO)
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
from bot.language.training.ridge import fit, problem_of
import hashlib
corpus = read_corpus(Path(sys.argv[1]))
print(hashlib.sha256(packed(corpus.needs, fit(problem_of(corpus)))).hexdigest())
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


def test_answering_loads_no_learning_library() -> None:
    code = (
        "import sys\nfrom bot.language.directory import Directory\nDirectory(()).answer('housing')\n"
        "print([name for name in ('numpy', 'scipy', 'sklearn', 'yaml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
