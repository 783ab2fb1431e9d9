"""Whatever stands in a file, reading it gives a folder or CouncilErrors, and nothing else."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

from bot.council.model import CouncilFolder
from bot.council.problems import CouncilErrors
from bot.council.read import read_and_check
from tests.council.folders import FILES

FILE_NAMES = st.sampled_from(
    [*FILES, "directory.csv", "directory.xlsx", "people.xlsx", "other.yaml", "other.csv"]
)
PIECES = st.sampled_from(
    [
        *"\n\t\r,;:-#&*!|>'\"%@`{}[]?\\ \0",
        "\ufeff",
        "\u2028",
        "\x85",
        "- ",
        ": ",
        "null",
        "~",
        "<<: ",
        "1e999",
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=20),
    st.sampled_from(
        ["councillor", "chair", "CPP", "a@b.example", "1/0", "0 9 * * *", "body:CPP", "9" * 5000]
    ),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def read(name: str, data: bytes) -> CouncilFolder | None:
    """The folder, or None for files that were refused with at least one full sentence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            return read_and_check([path])
        except CouncilErrors as errors:
            problems = errors.problems
    assert problems
    for problem in problems:
        assert str(problem).startswith((f"{name}:", f"{name} line "))
        assert problem.message.endswith((".", "?"))
        assert "\n" not in problem.message
    return None


@PATIENT
@given(FILE_NAMES, st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    read(name, data)


@PATIENT
@given(FILE_NAMES, st.text(max_size=200))
def test_any_text(name: str, text: str) -> None:
    read(name, text.encode("utf-8", "surrogatepass"))


@PATIENT
@given(st.sampled_from(list(FILES)), st.data())
def test_a_right_file_with_something_dropped_in_or_cut_out(name: str, data: st.DataObject) -> None:
    text = FILES[name]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        text = text[:start] + data.draw(st.one_of(PIECES, st.text(max_size=3))) + text[end:]
    read(name, text.encode("utf-8", "surrogatepass"))


@PATIENT
@given(st.sampled_from([name for name in FILES if name.endswith("yaml")]), TREES, st.data())
def test_a_right_file_with_any_value_in_any_place(name: str, tree: object, data: st.DataObject) -> None:
    root = yaml.load(FILES[name], Loader=yaml.BaseLoader)  # noqa: S506 - our own text
    node = root
    while True:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else list(range(len(node)))))
        if not isinstance(node[key], dict | list) or not node[key] or data.draw(st.booleans()):
            break
        node = node[key]
    node[key] = tree
    read(name, yaml.safe_dump(root, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass"))


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["id", "service", "phone"], ["desk", "Care", "01632 960001"]):
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


WORKBOOK = workbook()
MEMBERS = zipfile.ZipFile(io.BytesIO(WORKBOOK)).namelist()


@PATIENT
@given(st.sampled_from(MEMBERS), st.one_of(st.none(), st.binary(max_size=60)), st.integers(0, 3000))
def test_a_workbook_with_a_damaged_part(member: str, instead: bytes | None, at: int) -> None:
    damaged = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as right, zipfile.ZipFile(damaged, "w") as wrong:
        for name in MEMBERS:
            content = right.read(name)
            if name == member and instead is not None:
                content = content[:at] + instead + content[at + len(instead) :]
            if name != member or instead is not None:
                wrong.writestr(name, content)
    read("directory.xlsx", damaged.getvalue())


@PATIENT
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
@example(at=0, instead=b"PK\x05\x06")
def test_a_workbook_with_damaged_bytes(at: int, instead: bytes) -> None:
    read("directory.xlsx", WORKBOOK[:at] + instead + WORKBOOK[at + len(instead) :])


@PATIENT
@given(
    st.lists(
        st.lists(st.one_of(SCALARS, st.just("id"), st.just("service")), min_size=1, max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_a_workbook_with_any_cells(rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        try:
            book.active.append(row)
        except (ValueError, IllegalCharacterError):
            continue
    saved = io.BytesIO()
    book.save(saved)
    read("directory.xlsx", saved.getvalue())


def test_the_readers_accept_what_is_right() -> None:
    assert read("directory.xlsx", WORKBOOK)
    assert read("duties.yaml", FILES["duties.yaml"].encode())
