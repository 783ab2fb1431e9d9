"""The seats of a body: who may hold them, who does, who may stand in."""

from __future__ import annotations

from bot.council import values
from bot.council.constitution import SeatSpec
from bot.council.fields import Fields
from bot.council.kinds import SeatCategory, SeatRole
from bot.council.problems import Problems
from bot.council.unique import Unique

MOST_SEATS = 500


def read_seats(blocks: list[Fields], problems: Problems) -> tuple[SeatSpec, ...]:
    """The seats in the file's order, each with a key of its own."""
    if len(blocks) > MOST_SEATS:
        problems.add(blocks[MOST_SEATS].where, f"a body has at most {MOST_SEATS} seats; take the others out.")
    taken: set[str] = set()
    seats = tuple(_seat(block, taken) for block in blocks[:MOST_SEATS])
    keys, holders = Unique(problems), Unique(problems)
    for seat in seats:
        keys.check("the seat", seat.key, seat.where)
        holders.check("the holder", seat.holder, seat.where)
        if seat.role is not SeatRole.MEMBER:
            keys.check("the role", seat.role.replace("_", " "), seat.where)
    return seats


def _seat(block: Fields, taken: set[str]) -> SeatSpec:
    category = block.need_word("category", SeatCategory, SeatCategory.COUNCILLOR)
    role = block.word("role", SeatRole) or SeatRole.MEMBER
    seat = SeatSpec(
        key=block.read("key", values.key) or _free_key(_stem(block, role, category), taken),
        role=role,
        category=category,
        voting=block.flag("voting", instead=category is SeatCategory.COUNCILLOR),
        title=block.text("title", 120),
        agency=block.text("agency", 120),
        holder=block.email("holder"),
        substitutes=block.values("substitutes", values.email),
        where=block.where,
    )
    taken.add(seat.key)
    _check(seat, block)
    block.finish()
    return seat


def _stem(block: Fields, role: SeatRole, category: SeatCategory) -> str:
    """What a seat without a key of its own is called: its role, else its job title, else its category."""
    if role is not SeatRole.MEMBER:
        return role.replace("_", "-")
    title = (block.text("title") or "").replace("'", "")
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in title)
    return "-".join(plain.lower().split())[:50] or category.replace("_", "-")


def _free_key(stem: str, taken: set[str]) -> str:
    number = 1
    while (key := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return key


def _check(seat: SeatSpec, block: Fields) -> None:
    if seat.category is SeatCategory.PARTNER_AGENCY and not seat.agency:
        block.say("category", 'a partner agency\'s seat must say which agency; add "agency".')
    if seat.holder and seat.holder in seat.substitutes:
        block.say("substitutes", f"{seat.holder} cannot stand in for themselves; take them out.")
