"""The whole round of a concern, on both databases; and several people at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

from bot.rules.states import ACTION_MOVES, ActionState
from tests.commands.rounds import (
    ANJALI,
    CALLUM,
    HANNAH,
    PASSES,
    STUART,
    acknowledged,
    arrive,
    assigned,
    counted,
    kept,
    raised,
)
from tests.support.house import AMARA, DEE, OLU, Talk, button, reference, words


def last_told(talk: Talk, who: str) -> str:
    return words(talk.told(who)[-1])


async def test_from_the_members_words_to_a_closed_action_and_back(talk: Talk) -> None:
    read_back = await talk.say(AMARA, "want to raise something about bus passes for our care leavers")
    assert "Your words: Bus passes for our care leavers" in words(read_back)
    assert counted(talk)[0] == 12
    ref = reference(await talk.ask(AMARA, press=button(read_back, "Log this concern")))

    assert ref in await talk.ask(OLU, "triage")
    await talk.ask(OLU, press=button(talk.told(OLU)[-1], "Assign to Place and Transport"))
    assert f"{ref}: given to Place and Transport" in last_told(talk, AMARA)

    await talk.ask(STUART, press=button(talk.told(STUART)[-1], "Acknowledge"))
    assert f"{ref}: acknowledged" in last_told(talk, AMARA)
    await talk.ask(ANJALI, f"update {ref}: the operator agreed to sell a county pass")
    assert "Place and Transport says: the operator agreed" in last_told(talk, AMARA)
    await talk.ask(STUART, f"extend {ref} to 18 December because the contract is with legal")
    assert "Now due: Friday 18 December 2026" in last_told(talk, AMARA)
    await talk.ask(STUART, f"hold {ref} because the operator is on strike")
    assert f"{ref}: on hold" in last_told(talk, AMARA)
    await talk.ask(STUART, f"done {ref}: county passes since Monday")
    assert f"{ref}: said to be done" in last_told(talk, AMARA)

    await talk.ask(OLU, f"send back {ref} because nobody has a pass yet")
    assert "nobody has a pass yet" in last_told(talk, AMARA)
    await talk.ask(STUART, f"done {ref}: passes posted on Tuesday")
    await talk.ask(OLU, f"close {ref}: the panel agreed")
    assert "What was done: the panel agreed" in last_told(talk, AMARA)
    await talk.ask(AMARA, f"reopen {ref} because mine came to nothing at the boundary")
    assert kept(talk, ref).state == "assigned"
    assert f"{ref}: open again" in last_told(talk, STUART)

    now = kept(talk, ref)
    assert now.kinds == (
        "raised", "assigned", "acknowledged", "update", "extended", "on_hold", "proposed", "sent_back",
        "proposed", "closed", "reopened",
    )  # fmt: skip
    assert_unbroken(now.moves)
    told = [words(m).partition("\n")[0] for m in talk.told(AMARA)]
    assert len(told) == len(set(told)) + 1  # said to be done, twice; every other step once
    assert all(m.card and m.card.subject == ref for m in talk.told(AMARA))


def assert_unbroken(moves: tuple[tuple[str, str], ...]) -> None:
    """Each line of a history begins where the last one ended, and only allowed moves are made."""
    for before, after in pairwise(moves):
        assert before[1] == after[0]
    for start, end in moves:
        assert start == end or ActionState(end) in ACTION_MOVES[ActionState(start)]


async def test_nobody_is_told_what_they_did_themselves(westshire: Talk) -> None:
    ref = await raised(westshire, OLU)
    assert not westshire.told(OLU)
    assert ref in last_told(westshire, HANNAH)
    await westshire.ask(OLU, f"assign {ref} to communities")
    assert not westshire.told(OLU)


async def test_somebody_with_two_parts_is_told_once(westshire: Talk) -> None:
    """An officer who raised a concern hears of a proposal as its raiser, not twice."""
    ref = await assigned(westshire, HANNAH)
    before = len(westshire.told(HANNAH))
    await westshire.ask(DEE, f"done {ref}: passes work now")
    assert len(westshire.told(HANNAH)) == before + 1
    assert "It closes when the panel agrees. If you do not agree" in last_told(westshire, HANNAH)


async def test_numbers_are_given_once_to_many_at_once(open_house: Callable[..., Talk]) -> None:
    talk = open_house("postgresql")
    texts = [f"Concern number {n}: the passes of our care leavers do not work" for n in range(20)]
    refs = await asyncio.gather(*(raised(talk, AMARA, text) for text in texts))
    assert sorted(refs) == [f"CPP-26/27-{n:03}" for n in range(13, 33)]
    assert len(talk.told(OLU)) == 20


async def test_many_presses_at_once_log_one_concern(open_house: Callable[..., Talk]) -> None:
    talk = open_house("postgresql")
    press = button(await talk.say(AMARA, f"concern {PASSES}"), "Log this concern")
    answers = await asyncio.gather(*(talk.ask(AMARA, press=press) for _ in range(6)))
    assert {reference(a) for a in answers} == {"CPP-26/27-013"}
    assert counted(talk)[0] == 13
    forms = await asyncio.gather(*(raised(talk, text="The taxis to school never come") for _ in range(6)))
    assert len(set(forms)) == 1


async def test_two_leads_at_once_and_the_second_is_told_kindly(open_house: Callable[..., Talk]) -> None:
    talk = open_house("postgresql")
    ref = await assigned(talk)
    said = await asyncio.gather(*(talk.ask(who, f"ack {ref}") for who in (DEE, CALLUM)))
    assert sorted("Thank you" in one for one in said) == [False, True]
    assert [one for one in said if "is acknowledged by the lead" in one]
    assert kept(talk, ref).kinds.count("acknowledged") == 1
    assert len([m for m in talk.told(AMARA) if "acknowledged" in words(m)]) == 1


async def test_handing_back_and_finishing_at_once(open_house: Callable[..., Talk]) -> None:
    talk = open_house("postgresql")
    for n in range(4):
        ref = await acknowledged(talk, f"Concern number {n}: the passes of our care leavers do not work")
        said = await asyncio.gather(
            talk.ask(DEE, f"not mine {ref} because it is for transport"),
            talk.ask(CALLUM, f"done {ref}: passes work now"),
            talk.ask(OLU, f"assign {ref} to place"),
            talk.ask(AMARA, f"amend {ref}: on Sundays too"),
        )
        assert not [one for one in said if "something went wrong" in one]
        assert_unbroken(kept(talk, ref).moves)


async def test_a_reply_in_words_to_the_closing_reopens(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    await westshire.ask(DEE, f"done {ref}: passes work now")
    await westshire.ask(OLU, f"close {ref}")
    arrive(westshire, AMARA)
    answer = await westshire.say(AMARA, "not happy w that answer, reopen")
    assert kept(westshire, ref).state == "closed"  # read back first
    await westshire.ask(AMARA, press=button(answer, "Ask to reopen"))
    assert kept(westshire, ref).state == "assigned"


async def test_an_apology_typed_under_a_concern_is_no_part_of_it(westshire: Talk) -> None:
    first = await westshire.say(AMARA, "concern the drop-in is shut on Fridays")
    await westshire.say(AMARA, press=button(first, "Log this concern"))
    answer = await westshire.say(AMARA, "sorry can't make it on the 8th, at a funeral")
    assert "Have I understood you?" in words(answer)
    assert "I have your apologies" in await westshire.ask(AMARA, press=button(answer, "Yes"))
