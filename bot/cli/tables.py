"""Rows as CSV, XLSX or JSON. No cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

Rows = Sequence[dict[str, Any]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Rows) -> bytes:
    """CSV with a header, in UTF-8 with a byte order mark, as Excel expects."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _columns(rows))
    writer.writeheader()
    writer.writerows({k: _defused(v) for k, v in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_json(rows: Rows) -> bytes:
    """A JSON list, one object a row."""
    return (json.dumps(list(rows), ensure_ascii=False, indent=1, default=str) + "\n").encode()


def write_xlsx(rows: Rows) -> bytes:
    """A workbook with one sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    columns = _columns(rows)
    sheet.append(columns)
    for row in rows:
        sheet.append([_defused(row.get(c, "")) for c in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _columns(rows: Rows) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _defused(value: Any) -> str:
    # A spreadsheet runs a cell that starts like a formula; the quote makes it plain text.
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
