"""A council's files to a CouncilFolder: a whole folder, or any of its files alone.

Nothing here touches a database. Whatever is wrong with the files comes as one CouncilErrors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.council import charter, directory, people, programme
from bot.council.check import check_whole, cross_problems
from bot.council.files import USUAL, Source, gather, text_of
from bot.council.model import CouncilFolder, Known
from bot.council.problems import Place, Problems, listed
from bot.council.sheet import Columns, header_of, rows_of, table
from bot.council.tree import Block, parse_yaml

__all__ = ["check_whole", "read_and_check", "read_paths"]

FROM_BLOCK: dict[str, Callable[[Block, str, Problems], Any]] = {
    "council": charter.read_council,
    "directory": directory.read_directory,
    "meetings": programme.read_meetings,
    "duties": programme.read_duties,
    "actions": programme.read_actions,
}
FROM_ROWS: dict[str, tuple[Columns, Callable[[Iterable[Block], str, Problems], Any]]] = {
    "people": (people.COLUMNS, people.read_people),
    "directory": (directory.COLUMNS, directory.read_directory_table),
}
TELLING_KEYS = {
    "entries": "directory",
    "meetings": "meetings",
    "duties": "duties",
    "actions": "actions",
    "safeguarding": "council",
    "bodies": "council",
}
TELLING_COLUMNS = {"roles": "people", "service": "directory", "escalation": "directory"}


def read_paths(paths: Sequence[Path]) -> CouncilFolder:
    """What the folders and files in `paths` say, each file checked by itself.

    A file is known by its name (people.csv), or by what it holds when it has another name and is given by
    itself. Raises CouncilErrors with every problem of every file. What one file says about another is for
    `check_whole`, or for `read_and_check`, which does both at once.
    """
    problems = Problems()
    folder, _ = _read(paths, problems)
    problems.raise_if_any()
    return folder


def read_and_check(paths: Sequence[Path], known: Known | None = None) -> CouncilFolder:
    """`read_paths` and `check_whole` together, so that all problems come in one CouncilErrors."""
    problems = Problems()
    folder, unread = _read(paths, problems)
    problems.found += cross_problems(folder, known or Known(), unread)
    problems.raise_if_any()
    return folder


def _read(paths: Sequence[Path], problems: Problems) -> tuple[CouncilFolder, set[str]]:
    """What could be read, and the parts that are broken as a whole."""
    folder, first, unread = CouncilFolder(), dict[str, str](), set[str]()
    for source in gather(paths, problems):
        part, value = _one(source, problems)
        if part in first:
            problems.add(Place(source.name), f"{first[part]} holds the same part; give one of the two.")
        elif part and value is None:
            unread.add(part)
        elif part:
            first[part] = source.name
            folder = replace(folder, **{part: value})
    unread |= {Path(problem.file).stem.lower() for problem in problems.found if not problem.line}
    return folder, unread


def _one(source: Source, problems: Problems) -> tuple[str | None, Any]:
    """The part that a file is, and its value; None for a value that could not be read at all."""
    if source.suffix in (".csv", ".xlsx"):
        return _from_table(source, problems)
    text = text_of(source, problems)
    root = None if text is None else parse_yaml(text, source.name, problems)
    if isinstance(root, Block):
        return _from_block(source, root, problems)
    if not any(problem.file == source.name for problem in problems.found):
        problems.add(Place(source.name), 'the file must hold keys and values, as in "name: Westshire".')
    return source.part, None


def _from_block(source: Source, root: Block, problems: Problems) -> tuple[str | None, Any]:
    part = source.part or next((TELLING_KEYS[key] for key in root.values if key in TELLING_KEYS), None)
    if part not in FROM_BLOCK:
        problems.add(Place(source.name), _unknown_file())
        return None, None
    return part, FROM_BLOCK[part](root, source.name, problems)


def _from_table(source: Source, problems: Problems) -> tuple[str | None, Any]:
    before = len(problems.found)
    rows = rows_of(source, problems)
    whole = len(problems.found) == before
    header = header_of(rows)
    part = source.part or next((TELLING_COLUMNS[name] for name in header if name in TELLING_COLUMNS), None)
    if part not in FROM_ROWS:
        if rows:
            problems.add(Place(source.name), _unknown_file())
        return None, None
    columns, read = FROM_ROWS[part]
    blocks = table(rows, columns, source.name, problems)
    value = read(blocks, source.name, problems)
    return part, value if whole and blocks else None


def _unknown_file() -> str:
    return f"nothing says which part of a council this is; name it {listed(USUAL)}."
