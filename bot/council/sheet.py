"""Tables, from CSV or from the first sheet of an XLSX file, to one block of values a row."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.council.files import Source, text_of
from bot.council.problems import Place, Problems, listed, nearest, short
from bot.council.tree import Block, Items, Node, Scalar

LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 20_000, 100


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table may hold. A cell of a `lists` column holds several values, parted by semicolons."""

    needed: tuple[str, ...]
    optional: tuple[str, ...]
    lists: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        return self.needed + self.optional


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: list[str]


class _Unreadable(Exception):
    """The table cannot be read any further; the text says why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def rows_of(source: Source, problems: Problems) -> list[Row]:
    """The rows that hold anything, the header first, with their line (in XLSX: row) numbers."""
    reader = _sheet_rows if source.suffix == ".xlsx" else _csv_rows
    found: list[Row] = []
    try:
        for row in reader(source, problems):
            if any(row.cells):
                found.append(row)
    except _Unreadable as error:
        problems.add(Place(source.name, error.line), str(error))
    if not found and not problems.found:
        problems.add(Place(source.name), "the table is empty; fill it in, or leave the file out.")
    return found


def header_of(rows: list[Row]) -> list[str]:
    """The column names: lower case, with underscores for spaces."""
    return [cell.lower().replace(" ", "_").replace("-", "_") for cell in rows[0].cells] if rows else []


def table(rows: list[Row], columns: Columns, file: str, problems: Problems) -> list[Block]:
    """One block a row. A header that lacks a needed column is one problem for the table, and no rows."""
    header = header_of(rows)
    if not rows or not _header_serves(header, columns, Place(file, rows[0].line), problems):
        return []
    if len(rows) == 1:
        problems.add(Place(file), "there are no rows below the header; fill it in, or leave the file out.")
    return [_block(row, header, columns, file, problems) for row in rows[1:]]


def _header_serves(header: list[str], columns: Columns, place: Place, problems: Problems) -> bool:
    if len(header) > MOST_COLUMNS:
        problems.add(place, f"the table has {len(header)} columns; keep those that belong.")
        return False
    missing = [name for name in columns.needed if name not in header]
    if missing:
        problems.add(place, _missing(missing, header))
    for name in dict.fromkeys(name for name in header if name and header.count(name) > 1):
        problems.add(place, f'the column "{short(name)}" is there twice; keep one.')
    for name in header:
        if name and name not in columns.every:
            problems.add(place, _unknown(name, columns))
    return not missing


def _missing(missing: list[str], header: list[str]) -> str:
    word = "column" if len(missing) == 1 else "columns"
    names = ", ".join(f'"{name}"' for name in missing)
    if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
        return f"the {word} {names} cannot be found; save the file with commas between the columns."
    return f"the {word} {names} cannot be found; the first line must name the columns."


def _unknown(name: str, columns: Columns) -> str:
    meant = nearest(name, columns.every)
    hint = f'did you mean "{meant}"?' if meant else f"the columns are {listed(columns.every)}."
    return f'unknown column "{short(name)}"; {hint}'


def _block(row: Row, header: list[str], columns: Columns, file: str, problems: Problems) -> Block:
    if len(row.cells) > len(header):
        message = f"{len(row.cells)} values for {len(header)} columns; put quotes around text with a comma."
        problems.add(Place(file, row.line), message)
    block = Block(row.line)
    for name, cell in zip(header, row.cells, strict=False):
        if cell and name in columns.every:
            block.values[name] = _value(cell, row.line, several=name in columns.lists)
            block.lines[name] = row.line
        elif cell and not name:
            message = f'"{short(cell)}" stands in a column without a name; name it.'
            problems.add(Place(file, row.line), message)
    return block


def _value(cell: str, line: int, *, several: bool) -> Node:
    if not several:
        return Scalar(line, cell, plain=False)
    parts = [part.strip() for part in cell.split(";")]
    return Items(line, [Scalar(line, part, plain=False) for part in parts if part])


def _csv_rows(source: Source, problems: Problems) -> Iterator[Row]:
    text = text_of(source, problems)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield Row(line, [cell.strip() for cell in cells])
            line = reader.line_num + 1
    except csv.Error:
        raise _Unreadable(line, "the quotes in this row do not pair up; check them.") from None


def _sheet_rows(source: Source, problems: Problems) -> Iterator[Row]:
    _refuse_bomb(source.data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, values in enumerate(_raw_rows(source.data), start=1):
                cells = [_cell(value, number, problems, source.name) for value in values]
                yield Row(number, _trimmed(cells))
    except _Unreadable:
        raise
    # The library answers a damaged workbook with whatever its parser happened to trip over.
    except Exception:
        raise _Unreadable(0, "the workbook is damaged; save it again as .xlsx or .csv.") from None


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise _Unreadable(0, "this is not an .xlsx workbook; save it again as .xlsx or .csv.") from None
    if size > LARGEST_UNPACKED:
        raise _Unreadable(0, "the workbook is too large once unpacked; keep only the sheet with the table.")


def _raw_rows(data: bytes) -> Iterator[tuple[object, ...]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)):
            if number >= MOST_ROWS:
                raise _Unreadable(number, f"the sheet has more than {MOST_ROWS} rows; keep only the table.")
            yield values
    finally:
        book.close()


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end, which a sheet has at will."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(value: object, row: int, problems: Problems, file: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**8:
        message = f"{value:.0f} is stored as a number, so a 0 before it is lost; format the cell as text."
        problems.add(Place(file, row), message)
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value).strip()
