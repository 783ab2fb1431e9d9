"""The bodies of council.yaml: panels, committees, forums and their sub-groups."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from bot.council import values
from bot.council.constitution import BodySpec, Quorum, SeatSpec
from bot.council.fields import Fields, one_of
from bot.council.kinds import Preset, SeatCategory, SeatRole, Substitutes
from bot.council.problems import Problems
from bot.council.seats import MOST_SEATS, read_seats
from bot.council.tree import Block
from bot.council.unique import Unique

MOST_BODIES = 200


def read_bodies(blocks: list[Fields], problems: Problems) -> tuple[BodySpec, ...]:
    """Every body, each followed by its sub-groups."""
    every = (body for block in blocks for body in _with_sub_groups(block, None, problems))
    bodies = tuple(islice(every, MOST_BODIES + 1))
    if len(bodies) > MOST_BODIES:
        message = f"a council has at most {MOST_BODIES} bodies; take the others out."
        problems.add(bodies[-1].where, message)
    refs = Unique(problems)
    for body in bodies:
        refs.check("the reference", body.ref, body.where)
    return bodies


def _with_sub_groups(block: Fields, parent: str | None, problems: Problems) -> Iterator[BodySpec]:
    body = _body(block, parent, problems)
    below = block.blocks("sub_groups")
    block.finish()
    yield body
    for sub_group in below:
        yield from _with_sub_groups(sub_group, body.ref, problems)


def _body(block: Fields, parent: str | None, problems: Problems) -> BodySpec:
    body = BodySpec(
        ref=block.need("ref", values.key, ""),
        name=block.need_text("name", 150),
        preset=_preset(block, parent),
        quorum=_quorum(block),
        clear_days=block.number("clear_days", 0, 30),
        reports_to=block.read("reports_to", values.key) or parent,
        chair_must_be=block.word("chair_must_be", SeatCategory),
        cadence=block.text("cadence"),
        duration_minutes=block.number("duration_minutes", 5, 720),
        place=block.text("place"),
        public_meetings=block.read("public_meetings", values.yes_or_no),
        remote_counts_for_quorum=block.flag("remote_counts_for_quorum"),
        substitutes=block.word("substitutes", Substitutes),
        purpose=block.text("purpose", 1000),
        acts_as=block.texts("acts_as"),
        seats=read_seats(block.blocks("seats"), problems),
        where=block.where,
    )
    _check(body, block)
    return body


def _preset(block: Fields, parent: str | None) -> Preset:
    if parent is not None:
        return block.word("preset", Preset) or Preset.SUB_GROUP
    return block.need_word("preset", Preset, Preset.INFORMAL_PANEL)


def _quorum(block: Fields) -> Quorum | None:
    if isinstance(block.node("quorum"), Block):
        inner = block.inner("quorum")
        return _quorum_block(inner) if inner else None
    found = block.read("quorum", _count_or_share)
    if isinstance(found, int):
        return Quorum(count=found)
    return None if found is None else Quorum(share=found)


def _count_or_share(text: str) -> int | Fraction:
    if text.isascii() and text.isdigit() and len(text) < 4 and 0 < int(text) <= MOST_SEATS:
        return int(text)
    try:
        return values.share(text)
    except values.Unreadable:
        wanted = "a number such as 3, or a share such as 1/4"
        raise values.Unreadable(f'"{text[:40]}" is not a quorum; write {wanted}.') from None


def _quorum_block(block: Fields) -> Quorum | None:
    count, share = block.number("members", 1, MOST_SEATS), block.read("share", values.share)
    quorum = Quorum(
        count=count,
        share=share,
        minimum=block.number("minimum", 1, MOST_SEATS),
        chair=block.flag("chair"),
        category=block.read("category", lambda text: one_of(text, SeatCategory, "category")),
    )
    block.finish()
    if (count is None) == (share is None):
        block.say("members", 'a quorum needs either "members" or "share"; give one of the two.')
        return None
    return quorum


def _check(body: BodySpec, block: Fields) -> None:
    if body.seats and body.quorum:
        _check_quorum(body, body.quorum, block)
    for seat in body.seats:
        if seat.role is not SeatRole.MEMBER and body.chair_must_be not in (None, seat.category):
            block.problems.add(
                seat.where, f"chair and vice-chair must be {body.chair_must_be}; change the seat."
            )
        if body.substitutes is Substitutes.NONE and seat.substitutes:
            block.problems.add(seat.where, "this body allows no substitutes; take them out, or allow them.")
    if body.reports_to and body.reports_to.lower() == body.ref.lower():
        block.say("reports_to", f'"{body.ref}" reports to itself; name another body, or leave it out.')


def _check_quorum(body: BodySpec, quorum: Quorum, block: Fields) -> None:
    there = sum(_counts(seat, quorum) for seat in body.seats)
    wanted = max(quorum.count or 0, quorum.minimum or 0)
    if wanted > there:
        seats = "1 seat counts" if there == 1 else f"{there} seats count"
        block.say("quorum", f"the quorum is {wanted} but only {seats} towards it; check both.")


def _counts(seat: SeatSpec, quorum: Quorum) -> bool:
    if quorum.chair and seat.role is SeatRole.CHAIR:
        return False
    return seat.category is quorum.category if quorum.category else seat.voting
