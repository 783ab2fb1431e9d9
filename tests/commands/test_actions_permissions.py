"""Who may do what with whose action: every part against every command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.commands.rounds import (
    AOIFE,
    CALLUM,
    HANNAH,
    JEAN,
    SAMINA,
    STUART,
    acknowledged,
    assigned,
    closed,
    counted,
    kept,
    proposed,
    raised,
)
from tests.support.house import AMARA, DEE, Talk

EVERYONE = {
    "raiser": AMARA,
    "panel": JEAN,
    "councillor": SAMINA,
    "partner": AOIFE,
    "lead": DEE,
    "deputy": CALLUM,
    "other lead": STUART,
    "officer": HANNAH,
}
LEADS = {"lead", "deputy"}
WORKERS = LEADS | {"officer"}
REFUSALS = (
    "That is not yours to do",
    "not with your directorate",
    "not one that you raised",
    "not yours to see",
    "That cannot be done now",
)

Bring = Callable[..., Awaitable[str]]


async def asked_for_time(talk: Talk, text: str) -> str:
    ref = await acknowledged(talk, text)
    await talk.ask(DEE, f"extend {ref} to 29 January because the contract is late")
    return ref


async def given(talk: Talk, text: str) -> str:
    return await assigned(talk, text=text)


async def new(talk: Talk, text: str) -> str:
    return await raised(talk, text=text)


CHANGES: list[tuple[str, Bring, set[str]]] = [
    ("ack {ref}", given, LEADS),
    ("update {ref}: met the operator", given, WORKERS),
    ("note {ref}: met the operator", given, WORKERS),
    ("hold {ref} because of a strike", given, WORKERS),
    ("extend {ref} to 11 December because of a strike", given, WORKERS),
    ("not mine {ref} because it is for transport", given, LEADS),
    ("done {ref}: passes work now", given, LEADS),
    ("chase {ref}", given, {"raiser", "officer"}),
    ("amend {ref}: on Sundays too", given, {"raiser"}),
    ("withdraw {ref}", given, {"raiser"}),
    ("anonymous {ref}", given, {"raiser"}),
    ("for agenda {ref}", given, {"raiser", "panel", "partner", "lead", "deputy", "officer"}),
    ("reopen {ref} because it is not fixed", closed, {"raiser", "officer"}),
    ("assign {ref} to place", new, {"officer"}),
    ("decline {ref} because it is theirs; next: the school", new, {"officer"}),
    ("redirect {ref} to advocacy", new, {"officer"}),
    ("close {ref}: the panel agreed", proposed, {"officer"}),  # from a lead it would propose once more
    ("send back {ref} because it is not fixed", proposed, {"officer"}),
    ("grant {ref} to 29 January", asked_for_time, {"officer"}),
    ("refuse {ref} because the panel meets before", asked_for_time, {"officer"}),
]


@pytest.mark.parametrize(("line", "bring", "may"), CHANGES, ids=[line for line, _, _ in CHANGES])
async def test_who_may_change_an_action(westshire: Talk, line: str, bring: Bring, may: set[str]) -> None:
    for number, (part, who) in enumerate(EVERYONE.items()):
        ref = await bring(westshire, f"Concern number {number}: passes do not work at the county boundary")
        before = kept(westshire, ref)
        said = await westshire.ask(who, line.format(ref=ref))
        changed = kept(westshire, ref) != before
        assert changed is (part in may), f"{part}: {said}"
        assert changed or any(r in said for r in REFUSALS), f"{part}: {said}"


SIGHT = {
    "raiser": ("What has happened", "Raised by: Amara Osei"),
    "panel": ("You see what the panel's log shows",),
    "partner": ("You see what the panel's log shows",),
    "councillor": ("not yours to see",),
    "lead": ("What has happened", "Raised by: Amara Osei"),
    "deputy": ("What has happened", "Raised by: Amara Osei"),
    "other lead": ("not yours to see",),
    "officer": ("What has happened", "Raised by: Amara Osei"),
}


@pytest.mark.parametrize("part", SIGHT)
async def test_who_sees_how_much(westshire: Talk, part: str) -> None:
    ref = await assigned(westshire)
    said = await westshire.ask(EVERYONE[part], f"status {ref}")
    for words in SIGHT[part]:
        assert words in said
    assert ("Amara" in said) is (len(SIGHT[part]) == 2)


LISTS = [
    ("my concerns", set(EVERYONE)),
    ("action log", set(EVERYONE)),
    ("reds", set(EVERYONE)),
    ("my actions", {"lead", "deputy", "other lead"}),
    ("overdue", {"lead", "deputy", "other lead", "officer"}),
    ("triage", {"officer"}),
    ("cover on leave until Monday", {"lead", "deputy", "other lead"}),
    ("action new: ring them for place due 4 December", {"officer"}),
]


@pytest.mark.parametrize(("line", "may"), LISTS, ids=[line for line, _ in LISTS])
async def test_who_may_ask_for_a_list(westshire: Talk, line: str, may: set[str]) -> None:
    for part, who in EVERYONE.items():
        said = await westshire.ask(who, line)
        assert ("That is not yours to do" not in said) is (part in may), f"{part}: {said}"


async def test_a_hidden_read_back_shows_nothing_that_may_not_be_seen(westshire: Talk) -> None:
    ref = await given(westshire, "Concern number 1: passes do not work at the county boundary")
    before = counted(westshire)
    for who in (SAMINA, STUART):
        for verb in ("close", "update", "done", "ack", "withdraw", "chase", "amend", "for agenda", "extend"):
            said = await westshire.ask(who, f"check {verb} {ref}: some words of mine")
            assert any(r in said for r in REFUSALS), f"{who} {verb}: {said}"
            assert "county boundary" not in said
    for form in ({}, {"text": "on leave until Monday"}):
        said = await westshire.ask(SAMINA, press="check cover: on leave until Monday", form=form)
        assert "That is not yours to do" in said
    assert counted(westshire)[:2] == before[:2]
