"""What members, leads and officers write in their own words about concerns and actions."""

from __future__ import annotations

from datetime import date

import pytest

from tests.commands.rounds import (
    CALLUM,
    PASSES,
    acknowledged,
    arrive,
    assigned,
    closed,
    counted,
    kept,
    proposed,
    raised,
)
from tests.support.house import AMARA, DEE, OLU, Talk, button, words


async def test_a_concern_in_a_members_words_is_read_back(westshire: Talk) -> None:
    for said, back in (
        ("want to raise something about bus passes for our care leavers", "Bus passes for our care leavers"),
        (
            "raise concern: too many care leavers in bed and breakfast",
            "too many care leavers in bed and breakfast",
        ),
        (
            "third time I've heard laptops arriving late for uni starters, log it please",
            "Third time I've heard laptops arriving late for uni starters",
        ),
        (
            "can someone look at why the drop in is shut on fridays",
            "Can someone look at why the drop in is shut on fridays",
        ),
    ):
        answer = await westshire.say(AMARA, said)
        assert f"Your words: {back}" in words(answer), said
        assert button(answer, "Log this concern").startswith("concern log ")
    assert counted(westshire)[0] == 12


@pytest.mark.parametrize("said", ["I want to raise a concern", "new concern please"])
async def test_only_asking_opens_the_form(westshire: Talk, said: str) -> None:
    form = (await westshire.say(AMARA, said)).message.form
    assert form is not None
    assert form.says == "concern send"


async def test_a_typed_yes_logs_and_a_typed_no_does_not(westshire: Talk) -> None:
    await westshire.ask(AMARA, f"concern {PASSES}")
    assert "Nothing has been done" in await westshire.ask(AMARA, "no")
    assert counted(westshire)[0] == 12
    await westshire.ask(AMARA, f"concern {PASSES}")
    assert "Logged as CPP-26/27-013" in await westshire.ask(AMARA, "yes")
    assert counted(westshire)[0] == 13


async def test_done_with_what_was_done_proposes_closing(westshire: Talk) -> None:
    await acknowledged(westshire)
    answer = await westshire.say(DEE, "done: contract changed, passes now in use")
    assert "Propose closing this?" in words(answer)
    assert "Your words: contract changed, passes now in use" in words(answer)


async def test_asking_about_ones_concerns(westshire: Talk) -> None:
    assert "Your concerns" in await westshire.ask(AMARA, "show my concerns")
    assert "CPP-26/27-003" in await westshire.ask(AMARA, "what happened to the action on dentists")
    ref = await acknowledged(westshire)
    assert "acknowledged by the lead" in await westshire.ask(AMARA, f"any update on {ref}")


async def test_chasing_in_words_is_read_back(westshire: Talk) -> None:
    ref = await assigned(westshire)
    answer = await westshire.say(AMARA, f"please chase my concern {ref}")
    assert "Chase this?" in words(answer)
    assert "chased" not in kept(westshire, ref).kinds
    await westshire.ask(AMARA, press=button(answer, "Chase it"))
    assert "chased" in kept(westshire, ref).kinds


async def test_replies_to_a_concern_just_saved(westshire: Talk) -> None:
    ref = await raised(westshire)
    for said, label, kind in (
        ("keep my name off it", "Keep my name off", "anonymous"),
        ("I'd like this on the next agenda", "Ask for the agenda", "agenda_asked"),
        ("put this on the next agenda please", "Ask for the agenda", "agenda_asked"),
    ):
        westshire.clock.forward(hours=1)
        before = kept(westshire, ref).kinds
        answer = await westshire.say(AMARA, said)
        assert kept(westshire, ref).kinds == before, said
        await westshire.ask(AMARA, press=button(answer, label))
        assert kept(westshire, ref).kinds == (*before, kind)


async def test_not_happy_reopens_after_a_yes(westshire: Talk) -> None:
    ref = await closed(westshire)
    arrive(westshire, AMARA)
    answer = await westshire.say(AMARA, "not happy w that answer, reopen")
    assert "Ask for this to be reopened?" in words(answer)
    assert kept(westshire, ref).state == "closed"
    await westshire.ask(AMARA, "yes")
    assert kept(westshire, ref).state == "assigned"


async def test_a_plain_ack_to_the_card_is_done_at_once(westshire: Talk) -> None:
    ref = await assigned(westshire)
    arrive(westshire, DEE)
    assert "is acknowledged" in await westshire.ask(DEE, "ack, thanks")
    assert kept(westshire, ref).state == "acknowledged"


async def test_not_mine_in_words(westshire: Talk) -> None:
    ref = await assigned(westshire)
    arrive(westshire, DEE)
    answer = await westshire.say(DEE, "Not mine - this sits with Housing Options")
    assert "Your words: this sits with Housing Options" in words(answer)
    assert kept(westshire, ref).state == "assigned"
    await westshire.ask(DEE, press=button(answer, "Send it back"))
    assert kept(westshire, ref).state == "new"
    assert "this sits with Housing Options" in words(westshire.told(OLU)[-1])


async def test_update_and_propose_in_words(westshire: Talk) -> None:
    ref = await assigned(westshire)
    arrive(westshire, DEE)
    answer = await westshire.say(DEE, "Update: contract signed, live 1 Feb. Propose close.")
    assert "Propose closing this?" in words(answer)
    assert "contract signed, live 1 Feb" in words(answer)
    assert kept(westshire, ref).state == "assigned"
    await westshire.ask(DEE, "yes")
    assert kept(westshire, ref).state == "proposed_complete"
    assert "contract signed" in kept(westshire, ref).texts[-1]


async def test_more_time_in_words(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    arrive(westshire, DEE)
    answer = await westshire.say(DEE, "need 2 more wks, waiting on legal")
    assert "New due date: Monday 21 December 2026" in words(answer)
    assert "waiting on legal" in words(answer)
    assert kept(westshire, ref).due == date(2026, 12, 7)
    await westshire.ask(DEE, press=button(answer, "Put the date back"))
    assert kept(westshire, ref).due == date(2026, 12, 21)


async def test_an_update_in_words_names_its_action(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    answer = await westshire.say(DEE, f"update on {ref.replace('CPP-', 'cpp ')}: visited the depot")
    assert "Your words: visited the depot" in words(answer)
    await westshire.ask(DEE, press=button(answer, "Save the update"))
    assert kept(westshire, ref).texts[-1] == "visited the depot"


async def test_several_open_actions_are_offered(westshire: Talk) -> None:
    first, second = (
        await acknowledged(westshire),
        await acknowledged(westshire, "The taxis to school never come"),
    )
    westshire.clock.forward(days=4)  # no card is in front of her any more
    answer = await westshire.say(DEE, "still waiting to hear back from legal on my action")
    assert {first, second} <= {b.label for b in answer.message.buttons}
    back = await westshire.say(DEE, press=button(answer, second))
    assert "still waiting to hear back" in words(back)
    assert kept(westshire, second).kinds[-1] == "acknowledged"
    await westshire.ask(DEE, press=button(back, "Save the update"))
    assert kept(westshire, second).kinds[-1] == "update"


async def test_the_words_may_tell_which_action(westshire: Talk) -> None:
    await acknowledged(westshire, "The taxis to school never come")
    ref = await acknowledged(westshire, "Laptops for students arrive weeks late")
    westshire.clock.forward(days=4)
    answer = await westshire.say(DEE, "update: the laptops are ordered")
    assert f"{ref} Laptops for students" in words(answer)


async def test_away_in_words(westshire: Talk) -> None:
    answer = await westshire.say(DEE, "check cover: on leave til Mon, Callum covering")
    assert not westshire.told(CALLUM)
    await westshire.ask(DEE, press=button(answer, "Tell the officer"))
    assert "on leave til Mon, Callum covering" in words(westshire.told(OLU)[-1])
    assert "Callum covering" in words(westshire.told(CALLUM)[-1])


async def test_leaving_it(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    answer = await westshire.say(DEE, f"check done {ref}: passes work on every bus")
    assert button(answer, "Leave it") == "leave it"
    assert "Nothing has been done" in await westshire.ask(DEE, "never mind")
    assert kept(westshire, ref).state == "acknowledged"


async def test_an_officer_who_says_it_is_done_closes_what_was_proposed(westshire: Talk) -> None:
    ref = await proposed(westshire)
    answer = await westshire.say(OLU, f"check close {ref}")
    await westshire.ask(OLU, press=button(answer, "Close it"))
    assert kept(westshire, ref).state == "closed"


async def test_words_too_long_for_a_button_come_in_a_form(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    long = "We met the operator again. " * 70
    for verb, says in (("update", f"update {ref}"), ("extend", f"extend {ref}")):
        form = (await westshire.say(DEE, f"check {verb} {ref}: {long}")).message.form
        assert form is not None
        assert form.says == says
        assert long.strip() in {f.value for f in form.fields}
    cover = (await westshire.say(DEE, f"check cover: {long}")).message.form
    assert cover is not None
    assert cover.says == "cover"


async def test_a_childs_number_in_a_sentence_is_taken_out_and_the_form_does_the_rest(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    for verb, kind in (("update", "update"), ("extend", ""), ("done", "proposed")):
        answer = await westshire.say(DEE, f"check {verb} {ref}: met 943 476 5919, 2 more weeks")
        form = answer.message.form
        assert form is not None
        assert "943" not in words(answer)
        sent = {f.name: f.value for f in form.fields if f.name != "office"}
        again = await westshire.say(DEE, press=form.says, form={**sent, "text": "met them, 2 more weeks"})
        if kind:
            assert kept(westshire, ref).kinds[-1] == kind
        else:
            assert again.message.form is not None
            filled = {f.name: f.value for f in again.message.form.fields}
            assert filled == {"day": "2026-12-21", "text": "met them, 2 more weeks"}


async def test_without_a_card_the_words_still_say_what_is_meant(westshire: Talk) -> None:
    ref = await acknowledged(westshire, "Laptops for students arrive weeks late")
    for said, title in (
        (f"not mine, {ref} is for Education", "Send this back as not yours?"),
        (f"update on {ref}: laptops signed for, I propose closing it", "Propose closing this?"),
        (f"can {ref} be moved back a week", "Put the date back?"),
        (f"not started {ref} yet, will do next week", "Save this note?"),
    ):
        westshire.clock.forward(days=4)
        before = kept(westshire, ref)
        assert title in await westshire.ask(DEE, said), said
        assert kept(westshire, ref) == before


async def test_lists_in_words(westshire: Talk) -> None:
    for said, title in (
        ("what actions do I have outstanding", "Your directorate's actions"),
        ("which of my actions are overdue", "Overdue"),
        ("show me the red actions please", "Action log"),
    ):
        assert title in await westshire.ask(DEE, said), said


async def test_reassigning_in_words(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    answer = await westshire.say(DEE, f"please reassign action {ref} to Stuart")
    assert "Send this back as not yours?" in words(answer)
    form = (await westshire.say(OLU, f"can you reassign action {ref} to Stuart please")).message.form
    assert form is not None
    assert form.says == f"assign {ref}"


async def test_several_asks_in_one_message_are_each_answered(westshire: Talk) -> None:
    said = await westshire.ask(AMARA, "log: ask highways & HR re apprenticeships, also who is chairing jan")
    assert "Your words: Ask highways & HR re apprenticeships" in said
    assert "chair" in said.lower().partition("apprenticeships")[2]
    assert counted(westshire)[0] == 12
