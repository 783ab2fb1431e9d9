"""The folders that we ship are right, fictional, and each shows the kind of body it is there for."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from bot.council.model import (
    BodySpec,
    CouncilFolder,
    MeetingState,
    Preset,
    Role,
    SeatCategory,
    SeatRole,
    Substitutes,
)
from bot.council.read import read_and_check, read_paths

COUNCILS = Path(__file__).parents[2] / "deploy" / "councils"
READY = sorted(path.name for path in COUNCILS.iterdir() if path.is_dir())
DRAMA = re.compile(r"(01632 960|07700 900)\d{3}")
PHONE = re.compile(r"\b0\d{3,4}[ \d]{5,}\d\b")
EMAIL = re.compile(r"[\w.'-]+@[\w.-]+")
WRITTEN_KEY = re.compile(r"(?:^|[{,] ?|- )\s*([a-z_]+):(?= |$)", re.MULTILINE)
TODAY = date(2026, 11, 21)


@cache
def folder(name: str) -> CouncilFolder:
    return read_and_check([COUNCILS / name])


def panel(name: str) -> BodySpec:
    council = folder(name).council
    assert council
    return council.bodies[0]


def seats(body: BodySpec, category: SeatCategory) -> int:
    return sum(seat.category is category for seat in body.seats)


def test_there_is_a_folder_for_each_kind_of_body() -> None:
    assert READY == ["forum", "multi-agency", "no-public-meetings", "three-sub-groups", "westshire"]


@pytest.mark.parametrize("name", READY)
class TestEveryFolder:
    def test_reads_and_checks_clean_and_is_complete(self, name: str) -> None:
        read = folder(name)
        assert read.council
        assert all([read.people, read.directory, read.meetings, read.duties, read.actions])
        assert read.council.safeguarding.front_door.phone

    def test_each_file_reads_alone(self, name: str) -> None:
        whole, files = folder(name), [p for p in (COUNCILS / name).iterdir() if p.suffix in (".yaml", ".csv")]
        alone = [read_paths([file]) for file in files]
        assert [one.people for one in alone if one.people] == [whole.people]
        assert [one.directory for one in alone if one.directory] == [whole.directory]
        assert [one.council for one in alone if one.council] == [whole.council]

    def test_nobody_in_it_can_be_rung_or_written_to(self, name: str) -> None:
        for file in (COUNCILS / name).iterdir():
            text = file.read_text(encoding="utf-8")
            assert [found for found in PHONE.findall(text) if not DRAMA.fullmatch(found)] == []
            assert [found for found in EMAIL.findall(text) if not found.endswith(".example")] == []

    def test_no_number_belongs_to_two_people_or_teams(self, name: str) -> None:
        read = folder(name)
        phones = Counter([*(p.phone for p in read.people), *(entry.phone for entry in read.directory)])
        assert [phone for phone, times in phones.items() if phone and times > 1] == []

    def test_has_a_past_and_a_coming_meeting_on_working_days(self, name: str) -> None:
        ref = panel(name).ref
        days = [meeting.day for meeting in folder(name).meetings if meeting.body == ref]
        assert min(days) < TODAY < max(days)
        assert all(day.weekday() < 5 for day in days)
        assert all(later - earlier < timedelta(days=130) for earlier, later in pairwise(days))

    def test_past_meetings_are_held_and_coming_ones_are_not(self, name: str) -> None:
        for meeting in folder(name).meetings:
            assert (meeting.state is MeetingState.HELD) == (meeting.day < TODAY), meeting.ref

    def test_every_directorate_has_a_lead_and_somebody_supports_the_panel(self, name: str) -> None:
        read = folder(name)
        assert read.council
        assert all(directorate.lead and directorate.topics for directorate in read.council.directorates)
        assert any(Role.OFFICER in person.roles for person in read.people)

    def test_every_key_in_it_is_explained_in_the_readme(self, name: str) -> None:
        readme = (COUNCILS / "README.md").read_text(encoding="utf-8")
        text = "\n".join(f.read_text(encoding="utf-8") for f in (COUNCILS / name).glob("*.yaml"))
        keys = set(WRITTEN_KEY.findall(re.sub(r"#.*", "", text)))
        assert {"quorum", "topics", "agenda", "checked_on"} <= keys
        assert [key for key in keys if not re.search(rf"\b{key}\b", readme)] == []


class TestWestshire:
    def test_has_seventy_members_and_the_three_people_of_the_demonstration(self) -> None:
        people = {person.email: person for person in folder("westshire").people}
        assert sum(Role.MEMBER in person.roles for person in people.values()) == 70
        assert people["amara.osei@westshire.example"].roles == {Role.MEMBER}
        assert people["olu.adeyemi@westshire.example"].roles == {Role.OFFICER}
        assert people["dee.patel@westshire.example"].roles == {Role.LEAD}

    def test_dee_leads_the_directorate_that_holds_housing_and_amara_sits_on_the_panel(self) -> None:
        council = folder("westshire").council
        assert council
        assert [d.lead for d in council.directorates if "housing" in d.topics] == [
            "dee.patel@westshire.example"
        ]
        assert len(council.directorates) == 6
        assert "amara.osei@westshire.example" in {seat.holder for seat in council.bodies[0].seats}

    def test_panel_has_nine_cross_party_councillors_in_balance_with_substitutes_of_their_party(self) -> None:
        party = {person.email: person.party for person in folder("westshire").people}
        councillors = [s for s in panel("westshire").seats if s.category is SeatCategory.COUNCILLOR]
        assert len(councillors) == 9
        parties = Counter(party[seat.holder or ""] for seat in councillors)
        assert parties == {"Conservative": 3, "Liberal Democrat": 3, "Labour": 2, "Green": 1}
        for seat in councillors:
            assert [party[email] for email in seat.substitutes] == [party[seat.holder or ""]]

    def test_three_sub_groups_report_to_the_panel(self) -> None:
        council = folder("westshire").council
        assert council
        subs = [body for body in council.bodies if body.preset is Preset.SUB_GROUP]
        assert [body.reports_to for body in subs] == ["CPP"] * 3

    def test_panel_meets_every_two_months_and_next_on_8_december_at_half_past_five(self) -> None:
        meetings = [meeting for meeting in folder("westshire").meetings if meeting.body == "CPP"]
        assert len(meetings) == 12
        coming = min((m for m in meetings if m.day > TODAY), key=lambda m: m.day)
        assert f"{coming.day} {coming.start:%H:%M}" == "2026-12-08 17:30"
        assert any(item.restricted for item in coming.agenda)

    def test_safeguarding_numbers_are_those_of_the_directory(self) -> None:
        read = folder("westshire")
        phones = {entry.id: entry.phone for entry in read.directory}
        assert read.council
        numbers = read.council.safeguarding
        assert numbers.front_door.phone == phones["mash"]
        assert numbers.out_of_hours.phone == phones["edt"]
        assert numbers.lado.phone == phones["lado"]

    def test_duties_hold_the_seven_principles_and_say_what_is_not_law_yet(self) -> None:
        duties = folder("westshire").duties
        assert sum(duty.topic.startswith("principle-") for duty in duties) == 7
        assert [duty.topic for duty in duties if duty.in_force_from is None] == ["wider-parents"]
        assert all(duty.question.endswith("?") for duty in duties)

    def test_some_directory_entries_are_past_their_review_date(self) -> None:
        reviews = [entry.review_by for entry in folder("westshire").directory if entry.review_by]
        assert 3 <= sum(day < TODAY for day in reviews) < len(reviews) / 2


class TestTheOtherBodies:
    def test_the_informal_panel_has_eight_members_and_no_public_meetings(self) -> None:
        body = panel("no-public-meetings")
        assert (body.preset, body.public_meetings) == (Preset.INFORMAL_PANEL, False)
        assert (len(body.seats), seats(body, SeatCategory.COUNCILLOR)) == (8, 8)

    def test_the_cabinet_member_chairs_a_panel_with_three_sub_groups(self) -> None:
        council = folder("three-sub-groups").council
        assert council
        body, *subs = council.bodies
        chair = next(seat for seat in body.seats if seat.role is SeatRole.CHAIR)
        assert chair.title
        assert chair.title.startswith("Cabinet Member")
        assert [sub.reports_to for sub in subs] == [body.ref] * 3

    def test_the_multi_agency_panel_lets_partners_vote_and_agencies_send_deputies(self) -> None:
        body = panel("multi-agency")
        assert body.substitutes is Substitutes.AGENCY
        assert body.chair_must_be is SeatCategory.COUNCILLOR
        assert "Virtual School" in body.acts_as[0]
        for category in (
            SeatCategory.PARTNER_AGENCY,
            SeatCategory.FOSTER_CARER,
            SeatCategory.CARE_EXPERIENCED,
        ):
            assert any(seat.voting and seat.category is category for seat in body.seats)

    def test_the_forum_needs_its_chair_and_three_councillors_and_meets_six_times_for_two_hours(self) -> None:
        body = panel("forum")
        assert body.quorum
        assert (body.quorum.count, body.quorum.chair) == (3, True)
        assert body.quorum.category is SeatCategory.COUNCILLOR
        assert body.duration_minutes == 120
        assert sum(meeting.day.year == 2027 for meeting in folder("forum").meetings) == 6
        assert all(seat.title for seat in body.seats if seat.category is SeatCategory.OFFICER)


def test_the_examples_in_the_readme_make_a_folder_that_reads_clean(tmp_path: Path) -> None:
    readme = (COUNCILS / "README.md").read_text(encoding="utf-8")
    for section in re.split(r"^## ", readme, flags=re.MULTILINE):
        examples = re.findall(r"```(?:yaml|csv)\n(.*?)```", section, re.DOTALL)
        if examples:
            (tmp_path / section.split()[0]).write_text("".join(examples), encoding="utf-8")
    assert len(list(tmp_path.iterdir())) == 6
    read = read_and_check([tmp_path])
    assert read.council
    assert read.council.bodies[0].quorum
    assert read.actions[0].updates
