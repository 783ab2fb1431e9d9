"""Every wrong file is refused with a sentence that says where it is wrong and what to do."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from bot.council.files import LARGEST
from bot.council.problems import CouncilErrors
from bot.council.read import check_whole, read_and_check, read_paths
from bot.errors import SetupError
from tests.council.folders import (
    ACTIONS,
    COUNCIL,
    DIRECTORY,
    DUTIES,
    MEETINGS,
    PEOPLE,
    complaints,
    write_folder,
)

ROLE_WORDS = "use member, officer, lead or partner."
DATE_WORDS = "is not a date; write it as 2026-12-08."
CRON_WORDS = (
    "is not a schedule; write five cron fields (minute, hour, day, month, weekday), as in 0 9 * * MON."
)
PRESETS = (
    "council, committee, advisory_committee, executive_committee, multi_agency_board, informal_panel, "
    "sub_group or young_people_session"
)
QUOTES = 'put quotes around text that holds ": " or " #" or begins with a sign.'
FRONT_DOOR = "  front_door: {name: Front door, phone: 01632 960004, hours: office hours}\n"
LADO = "  lado: {name: LADO, phone: 01632 960006}\n"


def test_the_right_folder_has_no_complaints(tmp_path: Path) -> None:
    assert complaints(write_folder(tmp_path)) == []


def swap(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


BAD_PEOPLE = [
    (",member,Councillor,Mill", ",councilor,Councillor,Mill", f'line 2: unknown role "councilor"; {ROLE_WORDS}'),
    ("lead;officer", "lead; boss", f'line 4: unknown role "boss"; {ROLE_WORDS}'),
    ("lead;officer", "", 'line 4: "roles" is missing; add it.'),
    ("lead;officer", ";", 'line 4: "roles" is missing; add it.'),
    ("Ravi Shah", "", 'line 3: "name" is missing; add it.'),
    ("ravi.shah@council.example", "ravi at council", 'line 3: email: "ravi at council" is not an e-mail address.'),
    ("ravi.shah@council.example", "", 'line 3: "email" is missing; add it.'),
    (
        "ravi.shah@council.example",
        "JOAN.mere@Council.example",
        "line 3: the e-mail address joan.mere@council.example is used twice (first in line 2); keep one.",
    ),
    ("2027-05-09", "31/02/2027", f'line 4: until: "31/02/2027" {DATE_WORDS}'),
    ("2027-05-09", "next May", f'line 4: until: "next May" {DATE_WORDS}'),
    ("children", "childen", 'line 4: ada.finch@council.example: unknown directorate "childen"; did you mean "children"?'),
    ("children", "roads", 'line 4: ada.finch@council.example: unknown directorate "roads"; use children.'),
    ("email,name,roles", "email,full_name,roles", 'line 1: the column "name" cannot be found; the first line must name the columns.'),
    ("slack_id", "slack", 'line 1: unknown column "slack"; did you mean "slack_id"?'),
    ("party", "ward", 'line 1: the column "ward" is there twice; keep one.'),
    ("Mill Lane", "Mill, Lane", "line 2: 12 values for 11 columns; put quotes around text with a comma."),
    ("Joan Mere", 'Joan "JJ Mere', None),
    ("Joan Mere", '"Joan Mere', "line 2: the quotes in this row do not pair up; check them."),
    ("07700 900001,,", "07700 900001,@joan,", 'line 2: slack_id: "@joan" is not an account id; leave it empty to match this person by e-mail.'),
    ("07700 900001", "n/a", 'line 2: phone: "n/a" is not a telephone number.'),
    ("Joan Mere", "J" * 121, 'line 2: "name" is 121 characters long; at most 120 are allowed.'),
    ("Joan Mere", "Joan\x07Mere", 'line 2: "name" holds a control character; take it out.'),
    ("Joan Mere", "Joan\0Mere", "line 2: a NUL character stands here; save it again as plain text."),
    (PEOPLE, "email;name;roles\na@b.example;A;member\n", 'line 1: the columns "email", "name", "roles" cannot be found; save the file with commas between the columns.'),
    (PEOPLE, PEOPLE.splitlines()[0] + "\n", "there are no rows below the header; fill it in, or leave the file out."),
    (PEOPLE, ",,\n,\n", "the table is empty; fill it in, or leave the file out."),
    ("lead;officer", "officer", None),
]  # fmt: skip

BAD_COUNCIL = [
    ("name: Mereshire County Council\n", "", 'line 1: "name" is missing; add it.'),
    (COUNCIL[COUNCIL.index("safeguarding") : COUNCIL.index("duty_desk")], "", 'line 1: "safeguarding" is missing; add it with the numbers of front_door, out_of_hours and lado.'),
    (FRONT_DOOR, "", 'line 3: "front_door" is missing from safeguarding; add its name, phone and hours.'),
    ("  out_of_hours: {name: Night team, phone: 01632 960005}\n", "", 'line 3: "out_of_hours" is missing from safeguarding; add its name, phone and hours.'),
    (LADO, "", 'line 3: "lado" is missing from safeguarding; add its name, phone and hours.'),
    ("LADO, phone: 01632 960006", "LADO", 'line 5: "phone" is missing; add it.'),
    ("phone: 01632 960006", "phone: to be found", 'line 5: phone: "to be found" is not a telephone number.'),
    ("  checked_on: 2026-11-02\n", "", 'line 3: "checked_on" is missing; add it.'),
    ("2026-11-02", "2026-13-02", f'line 6: checked_on: "2026-13-02" {DATE_WORDS}'),
    ("safeguarding", "safegarding", 'line 2: unknown key "safegarding"; did you mean "safeguarding"?'),
    ("quorum: 2", "qorum: 2", 'line 14: unknown key "qorum"; did you mean "quorum"?'),
    ("quorum: 2", "colour: red", None),
    ("quorum: 2", "quorum: 3", "line 14: the quorum is 3 but only 2 seats count towards it; check both."),
    ("quorum: 2", "quorum: 0", 'line 14: quorum: "0" is not a quorum; write a number such as 3, or a share such as 1/4.'),
    ("quorum: 2", "quorum: 5/4", 'line 14: quorum: "5/4" is not a quorum; write a number such as 3, or a share such as 1/4.'),
    ("quorum: 2", "quorum: {chair: yes}", 'line 14: a quorum needs either "members" or "share"; give one of the two.'),
    ("quorum: 2", "quorum: {members: 2, chair: yes}", "line 14: the quorum is 2 but only 1 seats count towards it; check both."),
    ("preset: committee", "preset: pannel", f'line 13: unknown preset "pannel"; use {PRESETS}.'),
    ("  preset: committee\n", "", 'line 11: "preset" is missing; add it.'),
    ("{category: councillor, holder: ravi", "{role: chair, category: councillor, holder: ravi", "line 17: the role chair is used twice (first in line 16); keep one."),
    ("ravi.shah", "joan.mere", "line 17: the holder joan.mere@council.example is used twice (first in line 16); keep one."),
    ("ravi.shah", "ravi.sha", 'line 17: the holder of councillor in CPP: unknown person "ravi.sha@council.example"; did you mean "ravi.shah@council.example"?'),
    ("ravi.shah", "ada.finch", 'line 17: the holder of councillor in CPP, ada.finch@council.example, does not have the role "member" in people.csv; add it there.'),
    ("{category: councillor, holder: ravi", "{category: councilor, holder: ravi", 'line 17: unknown category "councilor"; use councillor, foster_carer, care_experienced, partner_agency, officer or advocate.'),
    ("{category: councillor, holder: ravi.shah@council.example}", "{category: partner_agency}", 'line 17: a partner agency\'s seat must say which agency; add "agency".'),
    ("{category: councillor, holder: ravi", "{category: councillor, substitutes: [x.y@council.example], holder: ravi", None),
    ("preset: committee", "preset: committee\n  chair_must_be: officer", "line 17: chair and vice-chair must be officer; change the seat."),
    ("preset: committee", "preset: committee\n  substitutes: maybe", 'line 14: unknown substitutes "maybe"; use none, party, agency, named or any.'),
    ("preset: committee", "preset: committee\n  reports_to: CABINET", 'line 11: reports_to of CPP: unknown body "CABINET"; use CPP.'),
    ("preset: committee", "preset: committee\n  reports_to: CPP", 'line 14: "CPP" reports to itself; name another body, or leave it out.'),
    ("preset: committee", "preset: committee\n  clear_days: five", 'line 14: clear_days: "five" is not a whole number from 0 to 30.'),
    ("preset: committee", "preset: committee\n  public_meetings: perhaps", 'line 14: public_meetings: "perhaps" is not yes or no.'),
    ("lead: ada.finch@council.example", "lead: a.finch@council.example", 'line 9: the lead of children: unknown person "a.finch@council.example"; did you mean "ada.finch@council.example"?'),
    ("lead: ada.finch@council.example", "lead: joan.mere@council.example", 'line 9: the lead of children, joan.mere@council.example, does not have the role "lead" in people.csv; add it there.'),
    (", lead: ada.finch@council.example", "", 'line 9: "lead" is missing; add it.'),
    ("duty_desk: desk", "duty_desk: des", 'line 7: duty_desk: unknown entry "des"; did you mean "desk"?'),
    ("audience: all_members", "audience: everyone", 'line 19: unknown audience "everyone"; use all_members, officers, leads or body: and its reference.'),
    ("audience: all_members", 'audience: "body:CAP"', 'line 19: the audience of duty: unknown body "CAP"; did you mean "CPP"?'),
    ("kind: duty", "kind: nag", 'line 19: unknown kind "nag"; use duty, meeting, notice_deadline, overdue, digest or directory_review.'),
    ("0 9 * * MON#1", "every monday", f'line 19: rule: "every monday" {CRON_WORDS}'),
    ("0 9 * * MON#1", "0 25 * * *", f'line 19: rule: "0 25 * * *" {CRON_WORDS}'),
    ("0 9 * * MON#1", "0 9 30 2 *", f'line 19: rule: "0 9 30 2 *" {CRON_WORDS}'),
    ("duty_desk: desk", "time_zone: London", 'line 7: time_zone: "London" is not a time zone; write Europe/London.'),
    ("duty_desk: desk", "retention: {audit: for ever}", 'line 7: audit: "for ever" is not a period; write it as 12 months or 6 years.'),
    ("duty_desk: desk", "retention: long", 'line 7: "retention" must be a block of keys and values, indented below it.'),
    ("duty_desk: desk", "strategy: {title: A, from: 2027-01-01, to: 2026-01-01}", "line 7: the strategy ends before it starts; check from and to."),
    ("duty_desk: desk", "working_days: {closed_every_year: [24-12]}", 'line 7: closed_every_year: "24-12" is not a day of the year; write month and day, as in 12-24.'),
    ("duty_desk: desk", "pledges:\n- {a: b}", 'line 8: "pledges" must be a list of plain texts.'),
    ("duty_desk: desk", "bodies: none", 'line 10: "bodies" is written twice (first in line 7); keep one.'),
    ("duty_desk: desk", "duty_desk: &here desk", f"line 7: anchors and aliases (& and *) are not allowed; write the value out, or {QUOTES}"),
    ("duty_desk: desk", "duty_desk: *here", f"line 7: anchors and aliases (& and *) are not allowed; write the value out, or {QUOTES}"),
    ("duty_desk: desk", "duty_desk: !!python/name:os.system desk", 'line 7: tags such as "tag:yaml.org,2002:python/name:os.system" are not allowed; take it out.'),
    ("duty_desk: desk", "duty_desk: a: b", f"line 7: this is not well-formed YAML (mapping values are not allowed in this context); check the indentation, and {QUOTES}"),
    ("duty_desk: desk", "? [a]\n: b", "line 7: a list or block stands where a key should be; write key: value."),
    ("duty_desk: desk", "---\nx: y", 'line 7: a second document begins here; take out the line "---".'),
    ("duty_desk: desk", "x: " + "[" * 30 + "]" * 30, "line 7: blocks are nested too deep; check the spaces at the start of the lines."),
    ("duty_desk: desk", 'duty_desk: "de\\0sk"', 'line 7: "duty_desk" holds a control character; take it out.'),
    (COUNCIL, "- a\n- b\n", 'the file must hold keys and values, as in "name: Westshire".'),
    (COUNCIL, "# nothing yet\n", 'the file must hold keys and values, as in "name: Westshire".'),
]  # fmt: skip

BAD_DIRECTORY = [
    ("escalation: manager", "escalation: manger", 'line 3: the escalation of desk: unknown entry "manger"; did you mean "manager"?'),
    ("escalation: manager", "escalation: desk", 'line 7: "desk" escalates to itself; name another entry, or leave it out.'),
    ("id: manager", "id: Desk", "line 8: the id Desk is used twice (first in line 3); keep one."),
    ("id: manager", "id: the manager", 'line 8: id: "the manager" is not usable here; use letters, digits and hyphens, without spaces.'),
    ("- id: manager\n  service", "- service", 'line 8: "id" is missing; add it.'),
    ("  email: manager@council.example\n", "", 'line 8: nobody can reach "manager"; add a phone, an email or how_to_refer.'),
    ("topics: [a first flat, rent]", "topic: rent", 'line 5: unknown key "topic"; did you mean "topics"?'),
    ("topics: [a first flat, rent]", "verified_on: 2026-05-01\n  review_by: 2026-04-01", "line 6: review_by is before verified_on; check the two dates."),
    ("entries:", "entry:", 'line 1: "entries" is missing; add it.'),
]  # fmt: skip

BAD_MEETINGS = [
    ("body: CPP", "body: CPB", 'line 2: the meeting CPB-2026-12-08: unknown body "CPB"; did you mean "CPP"?'),
    ("2026-12-08", "8th Dec", f'line 3: date: "8th Dec" {DATE_WORDS}'),
    ("  date: 2026-12-08\n", "", 'line 2: "date" is missing; add it.'),
    ('"17:30"', "half five", 'line 4: start: "half five" is not a time; write it as 17:30.'),
    ('"19:30"', "5pm", "line 5: the meeting ends before it starts; check start and end."),
    ('  end: "19:30"', "  state: maybe", 'line 5: unknown state "maybe"; use planned, confirmed, cancelled or held.'),
    ('  end: "19:30"', "  published_on: 2026-12-09", "line 5: the agenda is published after the meeting; check published_on."),
    ('  end: "19:30"', "  agenda: [{lead: Chair}]", 'line 5: "title" is missing; add it.'),
    ('  end: "19:30"', "  agenda: [Welcome]", 'line 5: "agenda" must be a list of blocks, each beginning with "- ".'),
    ('  end: "19:30"', "  agenda: [{title: A, lead: no.body@council.example}]", None),
    (MEETINGS, MEETINGS + MEETINGS[MEETINGS.index("-") :], "line 6: the reference CPP-2026-12-08 is used twice (first in line 2); keep one."),
]  # fmt: skip

BAD_DUTIES = [
    ("  question: Have you read it?\n", "", 'line 2: "question" is missing; add it.'),
    (
        "checked_on: 2026-11-02",
        "checked_on: 2026-11-02\n  source_url: legislation",
        'line 8: source_url: "legislation" is not a web address; it starts with https://.',
    ),
    (
        DUTIES,
        DUTIES + DUTIES[DUTIES.index("-") :],
        "line 8: the topic offer is used twice (first in line 2); keep one.",
    ),
]

BAD_ACTIONS = [
    ("source: concern", "source: gossip", 'line 5: unknown source "gossip"; use concern, meeting or chair.'),
    ("  source: concern\n", "", 'line 2: "source" is missing; add it.'),
    ("source: concern", "source: concern\n  state: assigned", "line 6: an action that is assigned needs a directorate or a lead; add one."),
    ("source: concern", "source: concern\n  lead: ada.finsh@council.example", 'line 2: CPP-26/27-001: unknown person "ada.finsh@council.example"; did you mean "ada.finch@council.example"?'),
    ("source: concern", "source: concern\n  directorate: childrens", 'line 2: CPP-26/27-001: unknown directorate "childrens"; did you mean "children"?'),
    ("CPP-26/27-001", "CPP 26", 'line 2: ref: "CPP 26" is not a reference; use letters, digits, hyphens and slashes, as in CPP-26/27-014.'),
]  # fmt: skip

TABLE = [
    *(("people.csv", PEOPLE, *row) for row in BAD_PEOPLE),
    *(("council.yaml", COUNCIL, *row) for row in BAD_COUNCIL),
    *(("directory.yaml", DIRECTORY, *row) for row in BAD_DIRECTORY),
    *(("meetings.yaml", MEETINGS, *row) for row in BAD_MEETINGS),
    *(("duties.yaml", DUTIES, *row) for row in BAD_DUTIES),
    *(("actions.yaml", ACTIONS, *row) for row in BAD_ACTIONS),
]


@pytest.mark.parametrize(("file", "right", "old", "new", "sentence"), TABLE)
def test_a_wrong_line_is_named_with_what_to_do(
    tmp_path: Path, file: str, right: str, old: str, new: str, sentence: str | None
) -> None:
    found = complaints(write_folder(tmp_path, {file: swap(right, old, new)}))
    assert found
    if sentence:
        assert f"{file}{' ' if sentence.startswith('line') else ': '}{sentence}" in found


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


def test_a_file_over_5_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    large = tmp_path / "people.csv"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    before = large.stat().st_atime_ns
    os.utime(large, ns=(before - 10**9, before - 10**9))
    read = large.stat().st_atime_ns
    assert complaints(large) == ["people.csv: the file is 50 MB; at most 5 MB can be loaded."]
    assert large.stat().st_atime_ns == read
    assert LARGEST == 5 * 1024 * 1024


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    (tmp_path / "council.yaml").write_text("\n".join(lines))
    (found,) = complaints(tmp_path / "council.yaml")
    assert found.startswith("council.yaml line 1: anchors and aliases")


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
        ("list.csv", "a,b\n1,2\n", "nothing says which part of a council this is; name it council.yaml, people.csv, directory.yaml, meetings.yaml, duties.yaml or actions.yaml."),
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
            'directory.xlsx line 1: the column "service" cannot be found; the first line must name the columns.'
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
