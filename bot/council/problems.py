"""What is wrong with a council's files, said in plain sentences with the file and the line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.errors import SetupError

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something stands. Line 0 means the file as a whole."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file} line {self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: a sentence that says what is wrong and what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{Place(self.file, self.line)}: {self.message}"


class CouncilErrors(SetupError):
    """The files cannot be used. `problems` has every one of them, in file and line order.

    As text: one line a problem; beyond the first 200 only their number.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = dict.fromkeys(problems)
        self.problems = tuple(sorted(found, key=lambda problem: (problem.file, problem.line)))
        super().__init__(self._words())

    def _words(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        more = len(self.problems) - SHOWN
        return "\n".join([*lines, f"... and {more} more like these."] if more > 0 else lines)


@dataclass(slots=True)
class Problems:
    """The list that every reader adds to, so that all problems are reported at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, message: str) -> None:
        """Note one problem at `place`."""
        self.found.append(Problem(place.file, place.line, message))

    def raise_if_any(self) -> None:
        """Raise CouncilErrors with all that was found; return when nothing was."""
        if self.found:
            raise CouncilErrors(self.found)


def listed(words: Iterable[str]) -> str:
    """ "member, officer, lead or partner"."""
    *most, last = list(words)
    return f"{', '.join(most)} or {last}" if most else last


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` was probably meant to be, or None."""
    close = get_close_matches(word.lower(), {name.lower(): name for name in known}, n=1, cutoff=0.6)
    return next((name for name in known if close and name.lower() == close[0]), None)


def short(text: str, most: int = 60) -> str:
    """`text` for quoting in a sentence: on one line, printable, cut when long."""
    line = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return line if len(line) <= most else f"{line[: most - 1]}\N{HORIZONTAL ELLIPSIS}"
