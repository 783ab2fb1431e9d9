"""Files as they come: which are there, how large, in what encoding, and which part of a council each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.council.problems import Place, Problems, listed, nearest

LARGEST = 5 * 1024 * 1024
YAML, CSV, XLSX = (".yaml", ".yml"), (".csv",), (".xlsx",)
PARTS = {
    "council": YAML,
    "people": CSV + XLSX,
    "directory": YAML + CSV + XLSX,
    "meetings": YAML,
    "duties": YAML,
    "actions": YAML,
}
NAMES = tuple(part + suffix for part, suffixes in PARTS.items() for suffix in suffixes if suffix != ".yml")
USUAL = ("council.yaml", "people.csv", "directory.yaml", "meetings.yaml", "duties.yaml", "actions.yaml")


@dataclass(frozen=True, slots=True)
class Source:
    """One file, read. `part` is what its name says it is, or None."""

    name: str
    suffix: str
    part: str | None
    data: bytes


def gather(paths: Iterable[Path], problems: Problems) -> list[Source]:
    """Every file of the folders and files in `paths`, each at most 5 MB; larger ones are refused unread."""
    found = [read_source(path, problems) for path in _files(paths, problems)]
    return [source for source in found if source is not None]


def _files(paths: Iterable[Path], problems: Problems) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from _folder(path, problems)
        else:
            yield path


def _folder(folder: Path, problems: Problems) -> Iterator[Path]:
    try:
        names = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~")))
    except OSError:
        problems.add(Place(folder.name), "the folder cannot be opened; check who may read it.")
        return
    tables = [path for path in names if path.suffix.lower() in YAML + CSV + XLSX]
    if not tables:
        problems.add(Place(folder.name), f"the folder holds none of {listed(USUAL)}; put at least one there.")
    for path in tables:
        if part_named(path) is None:
            problems.add(Place(path.name), _stranger(path.name))
        else:
            yield path


def _stranger(name: str) -> str:
    meant = nearest(name, NAMES)
    hint = f'did you mean "{meant}"?' if meant else "rename it, or take it out."
    return f"this is not one of a council's files ({listed(USUAL)}); {hint}"


def part_named(path: Path) -> str | None:
    """The part that a file's name stands for: people.csv is "people". None for other names."""
    part = path.stem.lower()
    return part if path.suffix.lower() in PARTS.get(part, ()) else None


def read_source(path: Path, problems: Problems) -> Source | None:
    """The file's bytes, or None and a problem."""
    try:
        data = _bytes(path)
    except FileNotFoundError:
        problems.add(Place(path.name), "there is no such file or folder; check the name.")
    except (OSError, ValueError) as error:
        said = str(error) if isinstance(error, _Refused) else "it cannot be opened; check who may read it."
        problems.add(Place(path.name), said)
    else:
        if path.suffix.lower() in YAML + CSV + XLSX:
            return Source(path.name, path.suffix.lower(), part_named(path), data)
        problems.add(Place(path.name), "only .yaml, .csv and .xlsx files can be loaded; save it as one.")
    return None


class _Refused(ValueError):
    """A file that is not read at all; the text says why."""


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise _Refused("it is not an ordinary file; give the name of a file or a folder.")
    if path.stat().st_size > LARGEST:
        raise _Refused(f"the file is {_megabytes(path.stat().st_size)} MB; at most 5 MB can be loaded.")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if not data.strip():
        raise _Refused("the file is empty; fill it in, or leave it out.")
    return data


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def text_of(source: Source, problems: Problems) -> str | None:
    """The file's text, from UTF-8 with or without a byte order mark; None and a problem otherwise."""
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.data[: error.start].count(b"\n") + 1
        message = 'the text is not UTF-8; save the file again as UTF-8 (in Excel "CSV UTF-8").'
        problems.add(Place(source.name, line), message)
        return None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        problems.add(Place(source.name, line), "a NUL character stands here; save it again as plain text.")
        return None
    return text
