"""What each kind of body means, and how one council's settings are laid over it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.rules.presets import (
    PRESETS,
    AccessRegime,
    BodyKind,
    ExemptProcedure,
    PublicAccess,
    QuorumSource,
    Substitutes,
    Voters,
    preset_for,
)
from bot.rules.quorum import parse_quorum

# kind | days by law | local days | public | exempt items | quorum from | votes | substitutes | six-month rule
TABLE = [
    (
        "council", 5, None, "open", "schedule_12a_resolution", "schedule_12", "all_members",
        "not_allowed", True,
    ),
    (
        "committee", 5, None, "open", "schedule_12a_resolution", "standing_orders", "councillors",
        "per_constitution", True,
    ),
    (
        "advisory_committee", 5, None, "open", "schedule_12a_resolution", "terms_of_reference", "per_terms",
        "per_terms", True,
    ),
    (
        "executive_committee", 5, None, "open_unless_private_notice", "executive_regulations_2012",
        "executive_rules", "executive_members", "not_allowed", True,
    ),
    (
        "multi_agency_board", None, 5, "closed_by_default", "papers_marked_restricted", "terms_of_reference",
        "consensus", "any_agency_deputy", False,
    ),
    (
        "informal_panel", None, 5, "closed_by_default", "papers_marked_restricted", "terms_of_reference",
        "consensus", "any_agency_deputy", False,
    ),
    ("sub_group", None, None, "never", "private_by_default", "none", "nobody", "not_applicable", False),
    ("young_people_session", None, None, "never", "private_by_default", "none", "nobody", "not_applicable", False),
]  # fmt: skip


def test_there_is_a_preset_and_a_row_for_every_kind() -> None:
    assert set(PRESETS) == set(BodyKind)
    assert [row[0] for row in TABLE] == list(BodyKind)
    assert all(preset.kind is kind for kind, preset in PRESETS.items())


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_what_each_kind_means(row: tuple[Any, ...]) -> None:
    kind, by_law, local, public, exempt, source, voters, substitutes, six_months = row
    preset = preset_for(kind)
    assert preset.clear_days_by_law is (by_law is not None)
    assert preset.clear_days == (by_law or local)
    assert preset.public is PublicAccess(public)
    assert preset.exempt_procedure is ExemptProcedure(exempt)
    assert preset.quorum_source is QuorumSource(source)
    assert preset.voters is Voters(voters)
    assert preset.substitutes is Substitutes(substitutes)
    assert preset.counts_for_six_month_rule is six_months


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_what_holds_for_all_of_them(preset: Any) -> None:
    assert preset.remote_counts_for_quorum is False
    assert parse_quorum(preset.default_quorum).is_set is (preset.default_quorum != "none")
    assert preset.clear_days_by_law is (preset.access_regime is not AccessRegime.LOCAL_TERMS)
    assert (preset.private_notice_days == 28) is (preset.kind is BodyKind.EXECUTIVE_COMMITTEE)
    boards = {BodyKind.MULTI_AGENCY_BOARD, BodyKind.INFORMAL_PANEL}
    assert preset.ask_monitoring_officer_about_six_month_rule is (preset.kind in boards)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("access_regime", "part_va", AccessRegime.PART_VA),
        ("clear_days", 3, 3),
        ("clear_days", None, None),
        ("clear_days_by_law", True, True),
        ("public", "open", PublicAccess.OPEN),
        ("exempt_procedure", "schedule_12a_resolution", ExemptProcedure.SCHEDULE_12A),
        ("quorum_source", "standing_orders", QuorumSource.STANDING_ORDERS),
        ("default_quorum", "3 besides chair", "3 besides chair"),
        ("default_quorum", 4, "4"),
        ("default_quorum", None, "none"),
        ("voters", "councillors", Voters.COUNCILLORS),
        ("substitutes", "per_terms", Substitutes.PER_TERMS),
        ("counts_for_six_month_rule", True, True),
        ("private_notice_days", 28, 28),
        ("remote_counts_for_quorum", True, True),
        ("ask_monitoring_officer_about_six_month_rule", False, False),
    ],
)
def test_every_setting_can_be_overridden(name: str, value: object, expected: object) -> None:
    before, after = preset_for("informal_panel"), preset_for("informal_panel", {name: value})
    assert getattr(after, name) == expected
    assert type(getattr(after, name)) is type(expected)
    untouched = set(before.__dataclass_fields__) - {name}
    assert all(getattr(before, one) == getattr(after, one) for one in untouched)


@pytest.mark.parametrize(
    ("overrides", "because"),
    [
        ({"colour": "blue"}, "no setting 'colour'"),
        ({"kind": "council"}, "no setting 'kind'"),
        ({"public": "maybe"}, "'public' cannot be 'maybe'; it is one of open, "),
        ({"voters": ["councillors"]}, "'voters' cannot be"),
        ({"clear_days": -1}, "number of days or nothing"),
        ({"clear_days": "5"}, "number of days or nothing"),
        ({"clear_days": True}, "number of days or nothing"),
        ({"remote_counts_for_quorum": "yes"}, "is yes or no, not 'yes'"),
        ({"default_quorum": "plenty"}, "quorum 'plenty' is not"),
    ],
)
def test_settings_that_do_not_fit_are_refused(overrides: dict[str, object], because: str) -> None:
    with pytest.raises(ValueError, match=because):
        preset_for("committee", overrides)


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(ValueError, match="'panel' is not a kind of body; there are council, committee,"):
        preset_for("panel")
