"""The registers that can be exported, each as rows with plain column names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.services import registers, registers_actions, registers_awareness, registers_deliveries
from bot.store.work import Work

Rows = list[dict[str, Any]]
REGISTERS: Mapping[str, Callable[[Work], Rows]] = {
    "actions": registers_actions.action_rows,
    "attendance": registers.attendance_rows,
    "responses": registers.response_rows,
    "deliveries": registers_deliveries.delivery_rows,
    "awareness": registers_awareness.awareness_rows,
}


def rows_of(work: Work, register: str) -> Rows:
    """The rows of a register. Who exported what, and how many rows, goes into the audit."""
    rows = REGISTERS[register](work)
    work.audit("exported", register, rows=len(rows))
    return rows
