"""directory.yaml, or the same as a table: who can help with what."""

from __future__ import annotations

from collections.abc import Iterable

from bot.council import values
from bot.council.fields import Fields
from bot.council.model import DirectoryEntry
from bot.council.problems import Problems
from bot.council.sheet import Columns
from bot.council.tree import Block
from bot.council.unique import Unique

COLUMNS = Columns(
    needed=("id", "service"),
    optional=(
        *("team", "topics", "audience", "role", "phone", "email", "hours", "escalation", "aliases"),
        *("out_of_hours", "area", "how_to_refer", "verified_on", "review_by", "owner"),
    ),
    lists=("topics", "audience", "aliases"),
)


def read_directory(root: Block, file: str, problems: Problems) -> tuple[DirectoryEntry, ...]:
    """The entries of directory.yaml."""
    top = Fields(root, file, problems)
    top.text("council")
    if top.node("entries") is None:
        top.missing("entries")
    entries = _entries(top.blocks("entries"), problems)
    top.finish()
    return entries


def read_directory_table(rows: Iterable[Block], file: str, problems: Problems) -> tuple[DirectoryEntry, ...]:
    """The entries of directory.csv or directory.xlsx."""
    return _entries((Fields(row, file, problems, "column") for row in rows), problems)


def _entries(blocks: Iterable[Fields], problems: Problems) -> tuple[DirectoryEntry, ...]:
    entries = [_entry(block) for block in blocks]
    seen = Unique(problems)
    for entry in entries:
        seen.check("the id", entry.id, entry.where)
    return tuple(entry for entry in entries if entry.id)


def _entry(block: Fields) -> DirectoryEntry:
    entry = DirectoryEntry(
        id=block.need("id", values.key, ""),
        service=block.need_text("service"),
        team=block.text("team"),
        topics=block.texts("topics"),
        audience=block.texts("audience"),
        role=block.text("role"),
        phone=block.read("phone", values.phone),
        email=block.email("email"),
        hours=block.text("hours"),
        escalation=block.read("escalation", values.key),
        aliases=block.texts("aliases"),
        out_of_hours=block.text("out_of_hours"),
        area=block.text("area"),
        how_to_refer=block.text("how_to_refer", 1000),
        verified_on=block.day("verified_on"),
        review_by=block.day("review_by"),
        owner=block.text("owner"),
        where=block.where,
    )
    _check(entry, block)
    block.finish()
    return entry


def _check(entry: DirectoryEntry, block: Fields) -> None:
    if not any(block.node(key) for key in ("phone", "email", "how_to_refer")):
        block.say("id", f'nobody can reach "{entry.id}"; add a phone, an email or how_to_refer.')
    if entry.verified_on and entry.review_by and entry.review_by < entry.verified_on:
        block.say("review_by", "review_by is before verified_on; check the two dates.")
    if entry.escalation and entry.escalation == entry.id:
        block.say("escalation", f'"{entry.id}" escalates to itself; name another entry, or leave it out.')
