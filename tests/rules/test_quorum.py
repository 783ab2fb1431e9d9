"""Who makes a quorum: numbers, shares, members besides the chair, and everybody who does not count."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.quorum import (
    Attendee,
    LeftOut,
    QuorumRule,
    QuorumStatus,
    SeatRule,
    Verdict,
    parse_quorum,
    quorum_status,
)

CHAIR = SeatRule("chair", elected=True, chair=True)
MEMBERS = tuple(SeatRule(f"member {n}", elected=True) for n in range(1, 8))
CARER = SeatRule("foster carer", elected=False)
NURSE = SeatRule("nurse", elected=False, voting=False)
PANEL = (CHAIR, *MEMBERS, CARER, NURSE)
ALL_CLEAR: dict[LeftOut, int] = {}


def there(*keys: str) -> list[Attendee]:
    return [Attendee(key) for key in keys]


def status(rule: QuorumRule, *keys: str, seats: tuple[SeatRule, ...] = PANEL) -> QuorumStatus:
    return quorum_status(rule, seats, there(*keys))


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        (3, QuorumRule(members=3)),
        ("3", QuorumRule(members=3)),
        ("1/4", QuorumRule(share=Fraction(1, 4), minimum=3)),
        ("1 / 3, minimum 4", QuorumRule(share=Fraction(1, 3), minimum=4)),
        ("1/4 min 2", QuorumRule(share=Fraction(1, 4), minimum=2)),
        ("3 besides chair", QuorumRule(besides_chair=3)),
        ("members: 3 besides the Chair", QuorumRule(besides_chair=3)),
        ("none", QuorumRule()),
        (None, QuorumRule()),
    ],
)
def test_how_a_quorum_is_written(written: int | str | None, rule: QuorumRule) -> None:
    assert parse_quorum(written) == rule


@pytest.mark.parametrize("written", ["a few", "1/0", "-3", "3.5", "1/4/2", "besides chair", "25%", True])
def test_what_is_no_quorum(written: str | bool) -> None:
    with pytest.raises(ValueError, match="is not a number, a share"):
        parse_quorum(written)


@pytest.mark.parametrize("written", [0, "0", "0/4", "0 besides chair", "5/4"])
def test_a_quorum_that_no_meeting_could_mean(written: int | str) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        parse_quorum(written)


def test_two_rules_at_once_are_refused() -> None:
    with pytest.raises(ValueError, match="or members besides the chair"):
        QuorumRule(members=3, besides_chair=3)


def test_an_absolute_number() -> None:
    rule = QuorumRule(members=3)
    assert status(rule, "chair", "member 1", "foster carer") == QuorumStatus(
        needed=3, counted=3, quorate=True, short_by=0, why=Verdict.ENOUGH, left_out=ALL_CLEAR
    )
    assert status(rule, "chair") == QuorumStatus(
        needed=3, counted=1, quorate=False, short_by=2, why=Verdict.TOO_FEW, left_out=ALL_CLEAR
    )


@pytest.mark.parametrize(
    ("seats", "minimum", "needed"),
    [(60, 3, 15), (61, 3, 16), (13, 3, 4), (12, 3, 3), (9, 3, 3), (4, 3, 3), (4, 1, 1), (5, 1, 2), (0, 3, 3)],
)
def test_a_share_is_rounded_up_and_never_under_its_minimum(seats: int, minimum: int, needed: int) -> None:
    body = tuple(SeatRule(str(n), elected=True) for n in range(seats))
    rule = QuorumRule(share=Fraction(1, 4), minimum=minimum)
    assert quorum_status(rule, body, []).needed == needed


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({}, 5),  # the chair, seven members and the carer vote: nine
        ({"non_voting_count": True}, 5),  # ten
        ({"elected_only": True}, 4),  # eight
        ({"vacancies_count": False}, 4),  # seven hold a vote
        ({"vacancies_count": False, "elected_only": True}, 3),  # six
    ],
)
def test_which_seats_make_up_the_whole_number(changes: dict[str, bool], needed: int) -> None:
    seats = tuple(replace(seat, vacant=seat.key in {"member 6", "member 7"}) for seat in PANEL)
    rule = replace(QuorumRule(share=Fraction(1, 2), minimum=1), **changes)  # type: ignore[arg-type]
    assert quorum_status(rule, seats, []).needed == needed


def test_the_chair_and_three_other_members() -> None:
    rule = QuorumRule(besides_chair=3)
    assert status(rule, "chair", "member 1", "member 2", "member 3").quorate
    short = status(rule, "chair", "member 1", "member 2", "foster carer")
    assert (short.needed, short.counted, short.short_by) == (4, 3, 1)
    assert short.left_out == {LeftOut.NOT_ELECTED: 1}


def test_members_alone_are_not_enough_until_one_takes_the_chair() -> None:
    rule = QuorumRule(besides_chair=3)
    keys = ("member 1", "member 2", "member 3", "member 4")
    waiting = status(rule, *keys)
    assert (waiting.counted, waiting.short_by, waiting.quorate) == (4, 1, False)
    assert waiting.why is Verdict.NOBODY_IN_THE_CHAIR
    presided = [*there(*keys[1:]), Attendee("member 1", presiding=True)]
    assert quorum_status(rule, PANEL, presided).quorate


def test_too_few_is_said_before_the_empty_chair() -> None:
    assert status(QuorumRule(besides_chair=3), "member 1").why is Verdict.TOO_FEW


def test_a_substitute_in_the_chairs_seat_does_not_take_the_chair() -> None:
    present = [Attendee("chair", substitute=True), *there("member 1", "member 2", "member 3")]
    outcome = quorum_status(QuorumRule(besides_chair=3), PANEL, present)
    assert (outcome.counted, outcome.why) == (4, Verdict.NOBODY_IN_THE_CHAIR)


def test_an_unelected_chair_counts_as_the_chair_but_not_as_one_of_the_others() -> None:
    independent = replace(CHAIR, elected=False)
    seats = (independent, *MEMBERS)
    rule = QuorumRule(besides_chair=3)
    assert status(rule, "chair", "member 1", "member 2", "member 3", seats=seats).quorate
    present = [*there("chair", "member 1", "member 2"), Attendee("member 3", presiding=True)]
    outcome = quorum_status(rule, seats, present)
    assert (outcome.counted, outcome.left_out) == (3, {LeftOut.NOT_ELECTED: 1})


def test_a_chair_who_joins_remotely_is_not_in_the_chair() -> None:
    present = [Attendee("chair", remote=True), *there("member 1", "member 2", "member 3", "member 4")]
    outcome = quorum_status(QuorumRule(besides_chair=3), PANEL, present)
    assert outcome.why is Verdict.NOBODY_IN_THE_CHAIR
    allowed = QuorumRule(besides_chair=3, remote_counts=True)
    assert quorum_status(allowed, PANEL, present).quorate


@pytest.mark.parametrize(
    ("attendee", "reason", "change"),
    [
        (Attendee("member 1", remote=True), LeftOut.REMOTE, {"remote_counts": True}),
        (Attendee("nurse"), LeftOut.NON_VOTING, {"non_voting_count": True}),
    ],
)
def test_who_does_not_count_unless_the_rule_says_so(
    attendee: Attendee, reason: LeftOut, change: dict[str, bool]
) -> None:
    rule = QuorumRule(members=1)
    outcome = quorum_status(rule, PANEL, [attendee])
    assert (outcome.counted, outcome.left_out) == (0, {reason: 1})
    assert quorum_status(replace(rule, **change), PANEL, [attendee]).counted == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("attendee", "reason", "change"),
    [
        (Attendee("member 1", substitute=True), LeftOut.SUBSTITUTE, {"substitutes_count": False}),
        (Attendee("foster carer"), LeftOut.NOT_ELECTED, {"elected_only": True}),
        (Attendee("member 1", elected=False), LeftOut.NOT_ELECTED, {"elected_only": True}),
    ],
)
def test_who_counts_unless_the_rule_says_not(
    attendee: Attendee, reason: LeftOut, change: dict[str, bool]
) -> None:
    rule = QuorumRule(members=1)
    assert quorum_status(rule, PANEL, [attendee]).counted == 1
    outcome = quorum_status(replace(rule, **change), PANEL, [attendee])  # type: ignore[arg-type]
    assert (outcome.counted, outcome.left_out) == (0, {reason: 1})


def test_those_in_attendance_only_do_not_count() -> None:
    outcome = quorum_status(
        QuorumRule(members=1), PANEL, [Attendee(None), Attendee("a seat of another body")]
    )
    assert (outcome.counted, outcome.left_out) == (0, {LeftOut.NO_SEAT: 2})


def test_a_seat_counts_once_and_for_its_own_member_first() -> None:
    present = [Attendee("member 1", substitute=True), Attendee("member 1")]
    outcome = quorum_status(QuorumRule(members=1), PANEL, present)
    assert (outcome.counted, outcome.left_out) == (1, {LeftOut.SEAT_ALREADY_FILLED: 1})


def test_a_seat_given_twice_stays_with_whoever_presides() -> None:
    own, standing_in = Attendee("member 1"), Attendee("member 1", substitute=True, presiding=True)
    present = [own, standing_in, *there("member 2", "member 3", "member 4")]
    outcome = quorum_status(QuorumRule(besides_chair=3), PANEL, present)
    assert (outcome.why, outcome.left_out) == (Verdict.ENOUGH, {LeftOut.SEAT_ALREADY_FILLED: 1})


def test_a_body_without_a_quorum_can_always_meet() -> None:
    outcome = quorum_status(QuorumRule(), PANEL, [])
    assert (outcome.needed, outcome.quorate, outcome.why) == (0, True, Verdict.NO_QUORUM_SET)


rules = st.builds(
    lambda kind, **flags: QuorumRule(**kind, **flags),
    st.one_of(
        st.integers(1, 9).map(lambda n: {"members": n}),
        st.fractions(Fraction(1, 10), 1, max_denominator=10).map(lambda n: {"share": n}),
        st.integers(1, 9).map(lambda n: {"besides_chair": n}),
        st.just({}),
    ),
    vacancies_count=st.booleans(),
    non_voting_count=st.booleans(),
    elected_only=st.booleans(),
    remote_counts=st.booleans(),
    substitutes_count=st.booleans(),
)
attendees = st.lists(
    st.builds(
        Attendee,
        st.sampled_from([seat.key for seat in PANEL]) | st.none(),
        elected=st.none() | st.booleans(),
        remote=st.booleans(),
        substitute=st.booleans(),
        presiding=st.booleans(),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(rules, attendees)
def test_everybody_is_either_counted_or_left_out_and_the_sums_agree(
    rule: QuorumRule, present: list[Attendee]
) -> None:
    outcome = quorum_status(rule, PANEL, present)
    assert outcome.counted + sum(outcome.left_out.values()) == len(present)
    assert outcome.quorate is (outcome.short_by == 0)
    assert outcome.quorate is (outcome.why in {Verdict.ENOUGH, Verdict.NO_QUORUM_SET})
    assert outcome.short_by >= outcome.needed - outcome.counted
    assert outcome.counted <= len(PANEL)


@settings(deadline=None)
@given(rules, attendees)
def test_letting_more_people_count_never_counts_fewer(rule: QuorumRule, present: list[Attendee]) -> None:
    strict = replace(rule, remote_counts=False, substitutes_count=False)
    lenient = replace(rule, remote_counts=True, substitutes_count=True)
    counted = [quorum_status(one, PANEL, present).counted for one in (strict, rule, lenient)]
    assert counted == sorted(counted)
