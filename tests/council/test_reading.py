"""What is read is what was written, in each of the forms that people write it."""

from __future__ import annotations

import csv
from datetime import date, time
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.council.model import (
    ActionSource,
    ActionState,
    CouncilFolder,
    Known,
    MeetingState,
    Period,
    Preset,
    Quorum,
    Retention,
    Role,
    SeatCategory,
    ServiceLevels,
)
from bot.council.problems import CouncilErrors
from bot.council.read import check_whole, read_and_check, read_paths
from tests.council.folders import ACTIONS, COUNCIL, DIRECTORY, MEETINGS, PEOPLE, write_folder

ENTRY_COLUMNS = ["id", "service", "topics", "phone", "email", "escalation", "review_by"]
ENTRY_ROWS = [
    ["desk", "Leaving Care", "a first flat; rent", "01632 960003", "", "manager", "01/04/2027"],
    ["manager", "Leaving Care", "", "", "Manager@Council.example", "", ""],
]


@pytest.fixture
def whole(tmp_path: Path) -> CouncilFolder:
    return read_and_check([write_folder(tmp_path)])


def one(tmp_path: Path, name: str, text: str) -> CouncilFolder:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_paths([tmp_path / name])


def quorum(tmp_path: Path, text: str) -> Quorum | None:
    council = one(tmp_path, "council.yaml", COUNCIL.replace("quorum: 2", f"quorum: {text}")).council
    assert council
    return council.bodies[0].quorum


class TestPeople:
    def test_a_person_is_read_with_roles_and_last_day(self, whole: CouncilFolder) -> None:
        ada = whole.people[2]
        assert (ada.email, ada.name, ada.title) == ("ada.finch@council.example", "Ada Finch", "Director")
        assert ada.roles == {Role.LEAD, Role.OFFICER}
        assert (ada.directorate, ada.phone, ada.until) == ("children", "01632 960002", date(2027, 5, 9))
        assert (ada.ward, ada.party, ada.slack_id) == (None, None, None)
        assert str(ada.where) == "people.csv line 4"

    def test_headers_and_roles_may_be_written_with_capitals_and_spaces(self, tmp_path: Path) -> None:
        read = one(tmp_path, "people.csv", "Email,Name,Roles,Slack ID\nA.B@C.Example,A B, Member ; LEAD,U1\n")
        (person,) = read.people
        assert (person.email, person.slack_id) == ("a.b@c.example", "U1")
        assert person.roles == {Role.MEMBER, Role.LEAD}

    def test_empty_rows_and_line_ends_of_other_systems_do_no_harm(self, tmp_path: Path) -> None:
        text = "email,name,roles\r\n,,\r\na@b.example,A,member\r\n\r\n"
        assert [str(p.where) for p in one(tmp_path, "people.csv", text).people] == ["people.csv line 3"]

    def test_a_cell_over_two_lines_does_not_shift_the_line_numbers(self, tmp_path: Path) -> None:
        text = 'email,name,roles\n"a@b.example","A\nB",member\nc@d.example,C,member\n'
        assert [person.where.line for person in one(tmp_path, "people.csv", text).people] == [2, 4]


class TestDirectory:
    def test_yaml_csv_and_xlsx_say_the_same(self, tmp_path: Path) -> None:
        with (tmp_path / "directory.csv").open("w", newline="") as file:
            csv.writer(file).writerows([ENTRY_COLUMNS, *ENTRY_ROWS])
        book = openpyxl.Workbook()
        sheet: Any = book.active
        for row in [ENTRY_COLUMNS, *ENTRY_ROWS]:
            sheet.append(row)
        sheet["G2"] = date(2027, 4, 1)
        book.save(tmp_path / "directory.xlsx")
        yaml = DIRECTORY.replace("phone: 01632 960003", "phone: 01632 960003\n  review_by: 1 April 2027")
        from_yaml = one(tmp_path, "directory.yaml", yaml).directory
        assert from_yaml == read_paths([tmp_path / "directory.csv"]).directory
        assert from_yaml == read_paths([tmp_path / "directory.xlsx"]).directory
        assert from_yaml[0].topics == ("a first flat", "rent")
        assert from_yaml[1].email == "manager@council.example"

    def test_a_number_keeps_its_nought_and_no_is_a_word(self, tmp_path: Path) -> None:
        text = "entries:\n- {id: NO, service: on, phone: 01632960003, aliases: yes}\n"
        (entry,) = one(tmp_path, "directory.yaml", text).directory
        assert (entry.id, entry.service, entry.phone, entry.aliases) == ("NO", "on", "01632960003", ("yes",))

    def test_a_file_by_another_name_is_known_by_what_it_holds(self, tmp_path: Path) -> None:
        assert one(tmp_path, "contacts-autumn.yaml", DIRECTORY).directory
        assert one(tmp_path, "export.csv", PEOPLE).people
        assert one(tmp_path, "ours.yml", COUNCIL).council


class TestCouncil:
    def test_what_is_left_out_has_the_usual_value(self, whole: CouncilFolder) -> None:
        council = whole.council
        assert council
        assert (council.short_name, council.time_zone) == ("Mereshire County Council", "Europe/London")
        assert (council.service_levels, council.retention) == (ServiceLevels(), Retention())
        assert (council.strategy, council.pledges, council.second_approver) == (None, (), False)
        assert council.safeguarding.checked_on == date(2026, 11, 2)
        assert council.duty_desk.entry == "desk"

    def test_a_duty_desk_may_be_a_contact_of_its_own(self, tmp_path: Path) -> None:
        text = COUNCIL.replace("duty_desk: desk", "duty_desk: {name: Desk, phone: 01632 960009}")
        council = one(tmp_path, "council.yaml", text).council
        assert council
        assert council.duty_desk.entry is None
        assert council.duty_desk.contact
        assert council.duty_desk.contact.phone == "01632 960009"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2", Quorum(count=2)),
            ("1/4", Quorum(share=Fraction(1, 4))),
            ("{members: 2}", Quorum(count=2)),
            ("{members: 1, chair: yes}", Quorum(count=1, chair=True)),
            ("{share: 1/3, minimum: 2}", Quorum(share=Fraction(1, 3), minimum=2)),
            ("{members: 2, category: councillor}", Quorum(count=2, category=SeatCategory.COUNCILLOR)),
        ],
    )
    def test_a_quorum_in_each_form(self, tmp_path: Path, text: str, expected: Quorum) -> None:
        assert quorum(tmp_path, text) == expected

    def test_seats_get_keys_that_stay_and_votes_by_category(self, tmp_path: Path) -> None:
        seats = """  seats:
  - {role: vice chair, category: councillor}
  - {category: councillor}
  - {category: councillor}
  - {category: officer, title: Director of Children's Services}
  - {category: foster_carer, voting: yes}
"""
        start = COUNCIL.index("  seats:")
        text = COUNCIL[:start] + seats + COUNCIL[COUNCIL.index("reminders:") :]
        council = one(tmp_path, "council.yaml", text).council
        assert council
        assert [(seat.key, seat.voting) for seat in council.bodies[0].seats] == [
            ("vice-chair", True),
            ("councillor", True),
            ("councillor-2", True),
            ("director-of-childrens-services", False),
            ("foster-carer", True),
        ]

    def test_sub_groups_follow_their_parent_and_report_to_it(self, tmp_path: Path) -> None:
        sub = "preset: committee\n  sub_groups:\n  - {ref: SUB, name: Sub-group, quorum: 2}"
        council = one(tmp_path, "council.yaml", COUNCIL.replace("preset: committee", sub)).council
        assert council
        assert [(body.ref, body.reports_to, body.preset) for body in council.bodies] == [
            ("CPP", None, Preset.COMMITTEE),
            ("SUB", "CPP", Preset.SUB_GROUP),
        ]

    def test_one_changed_promise_leaves_the_others(self, tmp_path: Path) -> None:
        text = COUNCIL + "retention: {drafts: 2 days}\nservice_levels: {answer: 0}\n"
        council = one(tmp_path, "council.yaml", text).council
        assert council
        assert council.retention == Retention(drafts=Period(2, "days"))
        assert council.service_levels == ServiceLevels(answer=0)

    def test_working_days_may_be_dates_or_days_of_every_year(self, tmp_path: Path) -> None:
        days = "working_days: {closed_every_year: [12-24, 29 February], closed_dates: 31 December 2026}\n"
        council = one(tmp_path, "council.yaml", COUNCIL + days).council
        assert council
        assert council.working_days.closed_every_year == ((12, 24), (2, 29))
        assert council.working_days.closed_dates == (date(2026, 12, 31),)

    def test_the_audience_of_a_reminder_may_be_one_body(self, tmp_path: Path) -> None:
        text = COUNCIL.replace("audience: all_members", 'audience: "body: CPP", working_days_before: [5, 1]')
        council = one(tmp_path, "council.yaml", text).council
        assert council
        assert (council.reminders[0].audience, council.reminders[0].body) == ("body:CPP", "CPP")
        assert council.reminders[0].working_days_before == (5, 1)


class TestProgramme:
    def test_a_meeting_has_a_reference_made_of_body_and_day(self, whole: CouncilFolder) -> None:
        (meeting,) = whole.meetings
        assert (meeting.ref, meeting.state) == ("CPP-2026-12-08", MeetingState.PLANNED)
        assert (meeting.day, meeting.start, meeting.end) == (date(2026, 12, 8), time(17, 30), time(19, 30))

    def test_days_and_times_may_be_written_as_people_say_them(self, tmp_path: Path) -> None:
        text = (
            MEETINGS.replace("2026-12-08", "8 Dec 2026")
            .replace('"17:30"', "5.30pm")
            .replace('"19:30"', "8pm")
        )
        (meeting,) = one(tmp_path, "meetings.yaml", text).meetings
        assert (meeting.day, meeting.start, meeting.end) == (date(2026, 12, 8), time(17, 30), time(20))

    def test_an_agenda_keeps_its_order_and_what_is_restricted(self, tmp_path: Path) -> None:
        agenda = "  agenda:\n  - {title: Welcome, minutes: 5}\n  - {title: Young people, restricted: yes}\n"
        (meeting,) = one(tmp_path, "meetings.yaml", MEETINGS + agenda).meetings
        assert [(item.title, item.restricted, item.minutes) for item in meeting.agenda] == [
            ("Welcome", False, 5),
            ("Young people", True, None),
        ]

    def test_a_duty_without_a_date_is_not_in_force(self, whole: CouncilFolder) -> None:
        assert whole.duties[0].in_force_from is None

    def test_an_action_is_read_with_its_updates(self, tmp_path: Path) -> None:
        more = (
            "  state: in progress\n  lead: Ada.Finch@council.example\n"
            "  updates: [{date: 2026-11-09, by: ada.finch@council.example, words: Asked.}]\n"
        )
        (action,) = one(tmp_path, "actions.yaml", ACTIONS + more).actions
        assert (action.source, action.state) == (ActionSource.CONCERN, ActionState.IN_PROGRESS)
        assert action.lead == "ada.finch@council.example"
        assert [(update.day, update.words) for update in action.updates] == [(date(2026, 11, 9), "Asked.")]


class TestOneFileAlone:
    KNOWN = Known(
        people=frozenset({"ada.finch@council.example"}),
        directorates=frozenset({"children"}),
        bodies=frozenset({"CPP"}),
        entries=frozenset({"manager"}),
    )

    @pytest.mark.parametrize(("name", "text"), [("people.csv", PEOPLE), ("meetings.yaml", MEETINGS)])
    def test_is_right_when_the_database_knows_what_it_points_to(
        self, tmp_path: Path, name: str, text: str
    ) -> None:
        (tmp_path / name).write_text(text)
        assert read_and_check([tmp_path / name], self.KNOWN) == read_paths([tmp_path / name])

    def test_is_wrong_when_nobody_knows(self, tmp_path: Path) -> None:
        with pytest.raises(CouncilErrors, match='unknown body "CPP"; add it to council'):
            check_whole(one(tmp_path, "meetings.yaml", MEETINGS))

    def test_two_files_fill_each_others_gaps(self, tmp_path: Path) -> None:
        write_folder(tmp_path)
        paths = [tmp_path / "people.csv", tmp_path / "council.yaml", tmp_path / "directory.yaml"]
        read = read_and_check(paths)
        assert read.council
        assert (len(read.people), len(read.directory), read.meetings) == (3, 2, ())
