"""The registers of attendance and responses."""

from __future__ import annotations

from datetime import date

from bot.services.registers import attendance_rows, response_rows
from tests.commands.meeting_steps import IFEOMA, JEAN, look, ref_of
from tests.support.house import AMARA, DEE, OLU, Talk


async def test_responses_without_reasons(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"substitute {ref} Ifeoma Chukwu because of my hip")
    await talk.say(IFEOMA, f"rsvp yes {ref}")
    await talk.say(JEAN, f"rsvp early {ref}")
    await talk.say(OLU, f"confirm apologies {ref}")
    rows = look(talk, response_rows)
    assert [r["name"] for r in rows] == ["Amara Osei", "Ifeoma Chukwu", "Jean Attwater"]
    assert rows[0] == {
        "meeting": ref,
        "body": "Corporate Parenting Panel",
        "date": "2026-12-08",
        "name": "Amara Osei",
        "seat": "councillor",
        "voting": "yes",
        "answer": "apologies",
        "substitute": "Ifeoma Chukwu",
        "answered": "2026-11-23 09:30",
        "apologies recorded": "yes",
    }
    assert rows[2]["answer"] == "leaving early"
    assert "hip" not in str(rows)
    assert look(talk, attendance_rows) == []


async def test_attendance(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    talk.clock.forward(days=15, hours=12)
    for line in (
        f"record {ref} Ifeoma Chukwu substitute",
        f"record {ref} Helen Marchbank present",
        f"record {ref} {DEE} present",
    ):
        await talk.say(OLU, line)
    rows = look(talk, attendance_rows)
    assert [(r["name"], r["seat"], r["attended"], r["standing in for"]) for r in rows] == [
        ("Amara Osei", "councillor", "apologies", ""),
        ("Dee Patel", "", "in attendance", ""),
        ("Helen Marchbank", "chair", "present", ""),
        ("Ifeoma Chukwu", "", "substitute", "Amara Osei"),
    ]
    assert look(talk, lambda w: attendance_rows(w, body="cpp-health")) == []
    assert (
        len(
            look(
                talk,
                lambda w: attendance_rows(w, body="CPP", since=date(2026, 12, 8), until=date(2026, 12, 8)),
            )
        )
        == 4
    )
    assert look(talk, lambda w: attendance_rows(w, until=date(2026, 12, 7))) == []
    assert look(talk, lambda w: attendance_rows(w, since=date(2026, 12, 9))) == []
