"""Every wrong file is refused with a sentence that says where it is wrong and what to do."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml

from bot.council.problems import CouncilErrors
from bot.council.read import check_whole, read_and_check, read_paths
from bot.errors import SetupError
from tests.council.folders import ACTIONS, DUTIES, FILES, MEETINGS, PEOPLE, complaints, write_folder

NAMES = "council.yaml, people.csv, directory.yaml, meetings.yaml, duties.yaml or actions.yaml"
TABLE = (Path(__file__).parent / "bad_inputs.yaml").read_text(encoding="utf-8")
BAD_INPUTS = yaml.load(TABLE, Loader=yaml.BaseLoader)  # noqa: S506 - every value a text, nothing built


def test_the_right_folder_has_no_complaints(tmp_path: Path) -> None:
    assert complaints(write_folder(tmp_path)) == []


def swap(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


@pytest.mark.parametrize("case", BAD_INPUTS, ids=lambda case: f"{case['file']}-{case['with'][:30]!r}")
def test_a_wrong_line_is_named_with_what_to_do(tmp_path: Path, case: dict[str, str]) -> None:
    name, right, says = case["file"], FILES[case["file"]], case["says"]
    wrong = swap(right, case.get("replace", right), case["with"])
    found = complaints(write_folder(tmp_path, {name: wrong}))
    assert f"{name}{' ' if says.startswith('line') else ': '}{says}" in found


def test_an_unknown_key_far_from_any_lists_those_there_are(tmp_path: Path) -> None:
    wrong = swap(ACTIONS, "source: concern", "source: concern\n  colour: red")
    (found,) = complaints(write_folder(tmp_path, {"actions.yaml": wrong}))
    assert found.startswith('actions.yaml line 6: unknown key "colour"; use ref, title, body, source, theme')


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    people = swap(swap(PEOPLE, "lead;officer", "boss"), "2027-05-09", "never")
    duties = swap(DUTIES, "offer", "the offer")
    meetings = swap(MEETINGS, "CPP", "CPX")
    write_folder(tmp_path, {"people.csv": people, "duties.yaml": duties, "meetings.yaml": meetings})
    starts = [line.split(":")[0] for line in complaints(tmp_path)]
    assert starts == ["duties.yaml line 2", "meetings.yaml line 2", "people.csv line 4", "people.csv line 4"]


def test_nothing_is_held_against_a_file_that_could_not_be_read(tmp_path: Path) -> None:
    write_folder(tmp_path, {"people.csv": PEOPLE.encode("utf-16")})
    assert complaints(tmp_path) == [
        'people.csv line 1: the text is not UTF-8; save the file again as UTF-8 (in Excel "CSV UTF-8").'
    ]


def test_latin_1_is_refused_at_its_line_and_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    latin = swap(PEOPLE, "Ravi", "Rav\u00ed").encode("latin-1")
    assert complaints(write_folder(tmp_path, {"people.csv": latin}))[0].startswith(
        "people.csv line 3: the text"
    )
    assert complaints(write_folder(tmp_path, {"people.csv": PEOPLE.encode("utf-8-sig")})) == []


@pytest.mark.parametrize("name", ["people.csv", "council.yaml", "directory.xlsx", "duties.yaml"])
@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert complaints(tmp_path / name) == [f"{name}: the file is empty; fill it in, or leave it out."]


def test_a_file_over_5_mb_is_refused_without_being_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "people.csv"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    opened: list[Path] = []
    monkeypatch.setattr(Path, "open", lambda path, *_: opened.append(path))
    assert complaints(large) == ["people.csv: the file is 50 MB; at most 5 MB can be loaded."]
    assert opened == []


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    (tmp_path / "council.yaml").write_text("\n".join(lines))
    (found,) = complaints(tmp_path / "council.yaml")
    assert found.startswith("council.yaml line 1: anchors and aliases")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("council.yaml", "pledges:\n" + "- a\n" * 200_001, "the file holds more than a council can have"),
        ("council.yaml", "bodies:\n" + "- {ref: a}\n" * 201, "a council has at most 200 bodies"),
        ("council.yaml", "bodies:\n- seats:\n" + "  - {title: a}\n" * 501, "a body has at most 500 seats"),
        ("people.csv", "a," * 200 + "\n", "the table has 201 columns; keep those that belong."),
    ],
)
def test_what_no_council_can_need_is_refused(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(CouncilErrors) as caught:
        read_paths([tmp_path / name])
    assert [problem for problem in caught.value.problems if problem.message.startswith(sentence)]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    write_folder(tmp_path, {"people.csv": swap(PEOPLE, "Mill Lane", '"=HYPERLINK(""x"")"')})
    assert read_and_check([tmp_path]).people[0].ward == '=HYPERLINK("x")'


def test_a_misspelt_file_in_a_folder_is_named_with_what_it_was_meant_to_be(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "meetngs.yaml").write_text(MEETINGS)
    (tmp_path / "README.md").write_text("notes")
    (tmp_path / ".people.csv.swp").write_text("x")
    (found,) = complaints(tmp_path)
    assert found.startswith("meetngs.yaml: this is not one of a council's files")
    assert found.endswith('did you mean "meetings.yaml"?')


def test_a_part_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "directory.csv").write_text("id,service,phone\ndesk,Care,01632 960001\n")
    assert complaints(tmp_path) == ["directory.yaml: directory.csv holds the same part; give one of the two."]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("notes.txt", "x", "only .yaml, .csv and .xlsx files can be loaded; save it as one."),
        ("list.csv", "a,b\n1,2\n", f"nothing says which part of a council this is; name it {NAMES}."),
        ("list.yaml", "a: b\n", f"nothing says which part of a council this is; name it {NAMES}."),
        ("directory.xlsx", "not a zip", "this is not an .xlsx workbook; save it again as .xlsx or .csv."),
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_refused(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    (tmp_path / name).write_text(content)
    assert complaints(tmp_path / name) == [f"{name}: {sentence}"]


def test_what_is_not_there_or_not_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "people.csv")
    assert complaints(tmp_path / "people.csv") == [
        "people.csv: it is not an ordinary file; give the name of a file or a folder."
    ]
    assert complaints(tmp_path / "nobody.csv") == [
        "nobody.csv: there is no such file or folder; check the name."
    ]
    (tmp_path / "empty").mkdir()
    assert complaints(tmp_path / "empty")[0].startswith("empty: the folder holds none of council.yaml,")


class TestWorkbooks:
    def book(self, path: Path, *rows: list[object]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
        return path

    def test_a_number_that_lost_its_nought_is_named(self, tmp_path: Path) -> None:
        file = self.book(
            tmp_path / "directory.xlsx", ["id", "service", "phone"], ["desk", "Care", 1632960001]
        )
        assert complaints(file) == [
            "directory.xlsx line 2: 1632960001 is stored as a number, so a 0 before it is lost; "
            "format the cell as text."
        ]

    def test_a_missing_column_is_named(self, tmp_path: Path) -> None:
        file = self.book(tmp_path / "directory.xlsx", ["id", "phone"], ["desk", "01632 960001"])
        assert complaints(file) == [
            'directory.xlsx line 1: the column "service" cannot be found; '
            "the first line must name the columns."
        ]

    def test_a_damaged_workbook_is_refused(self, tmp_path: Path) -> None:
        file = self.book(tmp_path / "directory.xlsx", ["id"], ["x"])
        inside = {n: zipfile.ZipFile(file).read(n) for n in zipfile.ZipFile(file).namelist()}
        inside["xl/workbook.xml"] = b"<workbook"
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in inside.items():
                archive.writestr(name, data)
        assert complaints(file) == [
            "directory.xlsx: the workbook is damaged; save it again as .xlsx or .csv."
        ]

    def test_a_workbook_that_unpacks_to_a_hundred_megabytes_is_refused(self, tmp_path: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/sharedStrings.xml", b"x" * 100_000_000)
        (tmp_path / "directory.xlsx").write_bytes(packed.getvalue())
        assert complaints(tmp_path / "directory.xlsx") == [
            "directory.xlsx: the workbook is too large once unpacked; keep only the sheet with the table."
        ]


def test_errors_are_an_operators_mistake_and_say_how_many_more_there_are(tmp_path: Path) -> None:
    rows = "".join(f"p{n}@council.example,Person,boss\n" for n in range(500))
    (tmp_path / "people.csv").write_text("email,name,roles\n" + rows)
    with pytest.raises(CouncilErrors) as caught:
        read_paths([tmp_path / "people.csv"])
    assert isinstance(caught.value, SetupError)
    assert len(caught.value.problems) == 500
    assert caught.value.problems[0].line == 2
    assert str(caught.value).splitlines()[-1] == "... and 300 more like these."


def test_reading_leaves_what_files_say_of_each_other_to_the_check(tmp_path: Path) -> None:
    write_folder(tmp_path, {"meetings.yaml": swap(MEETINGS, "CPP", "CPX")})
    folder = read_paths([tmp_path])
    with pytest.raises(CouncilErrors, match='unknown body "CPX"'):
        check_whole(folder)
