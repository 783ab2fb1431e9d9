"""The register of actions."""

from __future__ import annotations

from typing import Any

from bot.services.registers_actions import action_rows
from bot.store.work import Work
from tests.commands.rounds import PASSES, closed, kept
from tests.support.house import DEE, Talk

COLUMNS = [
    "reference", "body", "raised on", "source", "theme", "text", "outcome wanted", "how many young people",
    "directorate", "lead", "acknowledged on", "due", "status", "rag", "last update", "last update on",
    "closed on", "closing words",
]  # fmt: skip


def rows(talk: Talk) -> list[dict[str, Any]]:
    return talk.house.db.run_sync(lambda s: action_rows(Work(s, talk.clock.now())))


async def test_one_row_an_action_reds_first_finished_last(talk: Talk) -> None:
    ref = await closed(talk)
    found = rows(talk)
    assert len(found) == 13
    assert all(list(row) == COLUMNS for row in found)
    assert found[0]["reference"] == "CPP-26/27-001"
    assert found[0]["rag"] == "Red: overdue"
    last = found[-1]
    assert (last["reference"], last["status"], last["rag"]) == (ref, "closed", "Finished")
    assert (last["text"], last["lead"], last["due"]) == (PASSES, "Dee Patel", "2026-12-07")
    assert last["closed on"] == last["acknowledged on"] == last["raised on"] == "2026-11-23"
    assert last["closing words"] == last["last update"] == "passes work on every bus now"


async def test_the_register_names_nobody_who_raised_anything(westshire: Talk) -> None:
    said = repr(rows(westshire))
    for name in ("Amara", "Attwater", "Samina", "Pennock"):
        assert name not in said


async def test_states_and_updates_in_words(westshire: Talk) -> None:
    found = {row["reference"]: row for row in rows(westshire)}
    assert found["CPP-26/27-005"]["status"] == "proposed complete"
    assert found["CPP-26/27-001"]["last update on"] == "2026-10-20"
    assert found["CPP-26/27-011"]["due"] == found["CPP-26/27-011"]["directorate"] == ""


async def test_a_day_is_the_london_day(westshire: Talk) -> None:
    westshire.clock.forward(days=200, hours=14)  # 11 June 2027, 11.30pm UTC, is 12 June in London
    await westshire.ask(DEE, "update CPP-26/27-001: both websites agree now")
    row = next(r for r in rows(westshire) if r["reference"] == "CPP-26/27-001")
    assert row["last update on"] == "2027-06-12"
    assert kept(westshire, "CPP-26/27-001").texts[-1] == "both websites agree now"
