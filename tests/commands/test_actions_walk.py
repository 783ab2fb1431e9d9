"""Whatever people do in whatever order, an action only makes allowed moves and its history is whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.rules.states import ActionState
from tests.commands.rounds import CALLUM, HANNAH, JEAN, STUART, Kept, kept, raised
from tests.commands.test_concerns_round import assert_unbroken
from tests.support.house import AMARA, DEE, OLU, Talk

PEOPLE = (AMARA, JEAN, DEE, CALLUM, STUART, OLU, HANNAH)
DECLINE = "decline {ref} because it is theirs; next: the school"
LINES = (
    "ack {ref}",
    "update {ref}: met the operator",
    "note {ref}: begins soon",
    "hold {ref} because of a strike",
    "extend {ref} to 21 December because of a strike",
    "extend {ref} to 29 January because of a strike",
    "grant {ref} to 29 January",
    "refuse {ref} because the panel meets before",
    "not mine {ref} because it is for transport",
    "done {ref}: passes work now",
    "close {ref}: agreed",
    "send back {ref} because it is not fixed",
    "assign {ref} to communities",
    "assign {ref} to place due 18 December",
    DECLINE,
    "redirect {ref} to advocacy",
    "reopen {ref} because it is not fixed",
    "withdraw {ref}",
    "amend {ref}: on Sundays too",
    "chase {ref}",
    "anonymous {ref}",
    "for agenda {ref}",
    "status {ref}",
)
# The people who can do most are tried more often, or the walks would rarely get far.
WHO = st.sampled_from(PEOPLE + (AMARA, DEE, OLU) * 4)
WALK = st.lists(st.tuples(WHO, st.sampled_from(LINES), st.integers(0, 3)), min_size=4, max_size=25)
OPEN_HOUSE = {"assigned", "acknowledged", "in_progress", "on_hold", "proposed_complete"}


async def walk(talk: Talk, steps: list[tuple[str, str, int]]) -> None:
    ref = await raised(talk)
    now = kept(talk, ref)
    for who, line, days in [(OLU, "assign {ref} to communities", 0), *steps]:
        talk.clock.forward(days=days)
        said = await talk.ask(who, line.format(ref=ref))
        assert "something went wrong" not in said, (who, line)
        before, now = now, kept(talk, ref)
        check(before, now)


def check(before: Kept, now: Kept) -> None:
    """What must hold after every single thing that anybody does."""
    assert now.kinds[: len(before.kinds)] == before.kinds  # nothing is ever taken out of a history
    assert_unbroken(now.moves)
    assert now.moves[-1][1] == now.state
    if now.state != before.state:
        assert len(now.kinds) > len(before.kinds)
    assert now.closed is (ActionState(now.state) in FINISHED)
    if now.state in OPEN_HOUSE:
        assert now.lead
        assert now.due is not None
    if now.state == "new":
        assert not now.lead
    if "withdrawn" in now.kinds:  # it is over, but a name can still be hidden
        assert set(now.kinds[now.kinds.index("withdrawn") + 1 :]) <= {"anonymous"}


FINISHED = {ActionState.CLOSED, ActionState.DECLINED, ActionState.REDIRECTED, ActionState.WITHDRAWN}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=WALK)
@example(
    steps=[
        (DEE, "not mine {ref} because it is for transport", 0),
        (OLU, DECLINE, 0),
        (OLU, "status {ref}", 0),
    ]
)
@example(
    steps=[(DEE, "not mine {ref} because it is for transport", 0), (OLU, "redirect {ref} to advocacy", 0)]
)
def test_any_walk_keeps_the_rules(open_house: Callable[..., Talk], steps: list[tuple[str, str, int]]) -> None:
    talk = open_house("sqlite")
    try:
        asyncio.run(walk(talk, steps))
    finally:
        talk.close()
