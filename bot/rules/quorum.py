"""Whether enough of a body's members are there to do business.

Nothing is inferred from what a body is called: what counts is set by the body's own rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

DEFAULT_MINIMUM = 3

_NUMBER = re.compile(r"(?:members:\s*)?([0-9]{1,3})")
_BESIDES_CHAIR = re.compile(r"(?:members:\s*)?([0-9]{1,3})\s+besides(?:\s+the)?\s+chair")
_SHARE = re.compile(r"([0-9]{1,2})\s*/\s*([1-9][0-9]?)(?:\s*,?\s*min(?:imum)?\s+([0-9]{1,3}))?")


@dataclass(frozen=True)
class SeatRule:
    """One place on the body: what kind it is, and whether somebody holds it."""

    key: str
    elected: bool
    voting: bool = True
    vacant: bool = False
    chair: bool = False


@dataclass(frozen=True)
class Attendee:
    """Somebody who is, or says they will be, at the meeting.

    `seat` is the key of the seat they fill, None for those in attendance only. `elected` says whether the
    person is an elected member where that differs from the seat. `presiding` marks whoever takes the chair
    this time; with nobody marked it is the holder of the chair's seat.
    """

    seat: str | None
    elected: bool | None = None
    remote: bool = False
    substitute: bool = False
    presiding: bool = False


@dataclass(frozen=True)
class QuorumRule:
    """How many are needed, and who counts.

    One of `members`, `share` (of the seats, rounded up, never under `minimum`) and `besides_chair` (the chair
    and at least so many other elected members) is set; with none of them the body has no quorum.
    `vacancies_count`: vacant seats are part of the whole number a share is taken of. `non_voting_count` and
    `elected_only` decide both which seats make up the whole number and which people count.
    """

    members: int | None = None
    share: Fraction | None = None
    besides_chair: int | None = None
    minimum: int = DEFAULT_MINIMUM
    vacancies_count: bool = True
    non_voting_count: bool = False
    elected_only: bool = False
    remote_counts: bool = False
    substitutes_count: bool = True

    def __post_init__(self) -> None:
        """Refuse, with a ValueError, two rules at once and numbers that no meeting could mean."""
        numbers = [n for n in (self.members, self.share, self.besides_chair) if n is not None]
        if len(numbers) > 1:
            raise ValueError("A quorum is a number, a share of the seats or members besides the chair.")
        if any(n <= 0 for n in numbers) or self.minimum < 0 or (self.share or 0) > 1:
            raise ValueError("A quorum must be more than nothing, and a share no more than the whole.")

    @property
    def is_set(self) -> bool:
        """Whether the body has a quorum at all."""
        return not (self.members is None and self.share is None and self.besides_chair is None)


class Verdict(StrEnum):
    """Why a meeting is quorate or not."""

    ENOUGH = "enough"
    TOO_FEW = "too_few"
    NOBODY_IN_THE_CHAIR = "nobody_in_the_chair"
    NO_QUORUM_SET = "no_quorum_set"


class LeftOut(StrEnum):
    """Why somebody who is there does not count."""

    NO_SEAT = "no_seat"
    SEAT_ALREADY_FILLED = "seat_already_filled"
    NON_VOTING = "non_voting"
    NOT_ELECTED = "not_elected"
    REMOTE = "remote"
    SUBSTITUTE = "substitute"


@dataclass(frozen=True)
class QuorumStatus:
    """How a meeting stands: `left_out` says how many people there do not count, by reason."""

    needed: int
    counted: int
    quorate: bool
    short_by: int
    why: Verdict
    left_out: Mapping[LeftOut, int]


def parse_quorum(value: int | str | None) -> QuorumRule:
    """The rule a council writes as `3`, `1/4`, `1/4, minimum 4`, `3 besides chair` or `none`.

    A share has a minimum of 3 unless another is given. Raises ValueError for anything else.
    """
    text = " ".join(str("none" if value is None else value).lower().split())
    if text in {"none", ""}:
        return QuorumRule()
    if found := _NUMBER.fullmatch(text):
        return QuorumRule(members=int(found[1]))
    if found := _BESIDES_CHAIR.fullmatch(text):
        return QuorumRule(besides_chair=int(found[1]))
    if found := _SHARE.fullmatch(text):
        minimum = int(found[3] or DEFAULT_MINIMUM)
        return QuorumRule(share=Fraction(int(found[1]), int(found[2])), minimum=minimum)
    raise ValueError(f"The quorum '{value}' is not a number, a share such as 1/4, or '3 besides chair'.")


def quorum_status(rule: QuorumRule, seats: Iterable[SeatRule], attendees: Iterable[Attendee]) -> QuorumStatus:
    """Whether the attendees make a quorum of the body that the seats make up; each seat counts once."""
    by_key = {seat.key: seat for seat in seats}
    present = tuple(attendees)
    chair = _in_the_chair(by_key, present)
    counting, left_out = _sorted_out(rule, by_key, present, chair)
    needed = _needed(rule, by_key.values())
    presided = rule.besides_chair is None or chair in counting
    # With nobody in the chair one more is wanting, however many others there are.
    short_by = max(0, needed - len(counting), 0 if presided else 1)
    return QuorumStatus(
        needed=needed,
        counted=len(counting),
        quorate=short_by == 0,
        short_by=short_by,
        why=_verdict(rule, short_by, presided=presided, enough=len(counting) >= needed),
        left_out=left_out,
    )


def _in_the_chair(seats: Mapping[str, SeatRule], attendees: tuple[Attendee, ...]) -> Attendee | None:
    marked = [one for one in attendees if one.presiding]
    # A substitute fills the chair's seat without taking the chair.
    own_seat = [one for one in attendees if not one.substitute and _seat_of(one, seats, chair=True)]
    return next(iter(marked + own_seat), None)


def _seat_of(attendee: Attendee, seats: Mapping[str, SeatRule], *, chair: bool = False) -> SeatRule | None:
    seat = seats.get(attendee.seat or "")
    return seat if seat is not None and (seat.chair or not chair) else None


def _sorted_out(
    rule: QuorumRule, seats: Mapping[str, SeatRule], attendees: tuple[Attendee, ...], chair: Attendee | None
) -> tuple[list[Attendee], Mapping[LeftOut, int]]:
    counting: dict[str, Attendee] = {}
    left_out: Counter[LeftOut] = Counter()
    # Where a seat is given twice, whoever presides keeps it, then its own member rather than a substitute.
    for attendee in sorted(attendees, key=lambda one: (one is not chair, one.substitute)):
        seat = attendee.seat or ""
        reason = _why_left_out(rule, seats, attendee, presides=attendee is chair)
        if reason is None and seat in counting:
            reason = LeftOut.SEAT_ALREADY_FILLED
        if reason is None:
            counting[seat] = attendee
        else:
            left_out[reason] += 1
    return list(counting.values()), dict(left_out)


def _why_left_out(
    rule: QuorumRule, seats: Mapping[str, SeatRule], attendee: Attendee, *, presides: bool
) -> LeftOut | None:
    seat = _seat_of(attendee, seats)
    must_be_elected = rule.elected_only or (rule.besides_chair is not None and not presides)
    if seat is None:
        return LeftOut.NO_SEAT
    if not (seat.voting or rule.non_voting_count):
        return LeftOut.NON_VOTING
    if must_be_elected and not _is_elected(seat, attendee):
        return LeftOut.NOT_ELECTED
    if attendee.remote and not rule.remote_counts:
        return LeftOut.REMOTE
    return LeftOut.SUBSTITUTE if attendee.substitute and not rule.substitutes_count else None


def _is_elected(seat: SeatRule, attendee: Attendee) -> bool:
    return seat.elected if attendee.elected is None else attendee.elected


def _needed(rule: QuorumRule, seats: Iterable[SeatRule]) -> int:
    if rule.besides_chair is not None:
        return rule.besides_chair + 1
    if rule.share is not None:
        return max(rule.minimum, ceil(rule.share * _whole_number(rule, seats)))
    return rule.members or 0


def _whole_number(rule: QuorumRule, seats: Iterable[SeatRule]) -> int:
    return sum(
        (seat.voting or rule.non_voting_count)
        and (seat.elected or not rule.elected_only)
        and (rule.vacancies_count or not seat.vacant)
        for seat in seats
    )


def _verdict(rule: QuorumRule, short_by: int, *, presided: bool, enough: bool) -> Verdict:
    if not rule.is_set:
        return Verdict.NO_QUORUM_SET
    if short_by == 0:
        return Verdict.ENOUGH
    return Verdict.NOBODY_IN_THE_CHAIR if enough and not presided else Verdict.TOO_FEW
