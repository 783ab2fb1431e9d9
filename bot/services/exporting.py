"""The registers that can be exported, each as rows with plain column names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.services.registers import attendance_rows, response_rows
from bot.services.registers_actions import action_rows
from bot.services.registers_awareness import awareness_rows
from bot.services.registers_deliveries import delivery_rows
from bot.store.work import Work

Rows = list[dict[str, Any]]
REGISTERS: Mapping[str, Callable[[Work], Rows]] = {
    "actions": action_rows,
    "attendance": attendance_rows,
    "responses": response_rows,
    "deliveries": delivery_rows,
    "awareness": awareness_rows,
}


def rows_of(work: Work, register: str) -> Rows:
    """The rows of a register. Who exported what, and how many rows, goes into the audit."""
    rows = REGISTERS[register](work)
    work.audit("exported", register, rows=len(rows))
    return rows
