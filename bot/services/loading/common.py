"""What the loaders share: setting what differs, and plain data for storage."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import date, time
from fractions import Fraction
from typing import Any


def set_values(target: Any, **values: Any) -> bool:
    """Set what differs; whether anything did."""
    differs = {k: v for k, v in values.items() if getattr(target, k) != v}
    for name, value in differs.items():
        setattr(target, name, value)
    return bool(differs)


def outcome(new: bool, changed: bool) -> str:
    """What became of a row: "added", "changed" or "same"."""
    return "added" if new else "changed" if changed else "same"


def plain(value: Any) -> Any:
    """A checked value as JSON-ready data: dates as ISO text, sets as lists, shares as "1/4"."""
    if is_dataclass(value) and not isinstance(value, type):
        return {k: plain(v) for k, v in vars_of(value).items() if k != "where"}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value) if isinstance(value, str) else value


def vars_of(value: Any) -> dict[str, Any]:
    """A dataclass's fields and values, slots or not."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
