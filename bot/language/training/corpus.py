"""Reads the training lines: the taxonomy of needs and every author's phrasings, as plain text files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.language.needs import Need

FOLDER = Path(__file__).parent.parent / "data" / "needs"


class CorpusError(Exception):
    """A training file that cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One phrasing of a need. `entry` tells an officer's wording of a directory entry from a question."""

    need: str
    text: str
    author: str
    entry: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    """The taxonomy in its file's order, and all lines in the order of file names and then of the files."""

    needs: tuple[Need, ...]
    lines: tuple[Line, ...]

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors who wrote questions, sorted."""
        return tuple(sorted({line.author for line in self.lines if not line.entry}))


def read_corpus(folder: Path = FOLDER) -> Corpus:
    """All of a folder: `needs.txt`, every `author_*.tsv` and every `entries_*.tsv`. Raises CorpusError."""
    needs = tuple(_needs(folder / "needs.txt"))
    known = {need.id for need in needs}
    files = sorted(folder.glob("author_*.tsv")) + sorted(folder.glob("entries_*.tsv"))
    lines = tuple(line for file in files for line in _lines(file, known))
    if not lines:
        raise CorpusError(f"{folder}: no author_*.tsv or entries_*.tsv with lines in it")
    return Corpus(needs, lines)


def _needs(file: Path) -> Iterator[Need]:
    seen: set[str] = set()
    for number, text in _numbered(file):
        parts = [part.strip() for part in text.split("|")]
        if len(parts) not in (2, 3) or not all(parts) or parts[0] in seen:
            raise CorpusError(
                f"{file.name}:{number}: expected a new `id | meaning` or `id | meaning | subject`"
            )
        seen.add(parts[0])
        yield Need(*parts)


def _lines(file: Path, known: set[str]) -> Iterator[Line]:
    kind, _, author = file.stem.partition("_")
    for number, text in _numbered(file):
        need, tab, words = text.partition("\t")
        if not tab or not words.strip():
            raise CorpusError(f"{file.name}:{number}: expected an id, a tab and a text")
        if need.strip() not in known:
            raise CorpusError(f"{file.name}:{number}: the need {need.strip()!r} is not in needs.txt")
        yield Line(need.strip(), " ".join(words.split()), author, kind == "entries")


def _numbered(file: Path) -> Iterator[tuple[int, str]]:
    for number, text in enumerate(file.read_text("utf-8").splitlines(), 1):
        if text.strip() and not text.startswith("#"):
            yield number, text
