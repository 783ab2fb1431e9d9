"""Raising a concern, and what its raiser does with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.actions import Action, action_by_ref
from bot.store.deliveries import Delivery
from bot.store.inbox import Draft, InboxEvent, LastCard
from tests.commands.rounds import (
    AOIFE,
    HANNAH,
    JEAN,
    PASSES,
    SAMINA,
    acknowledged,
    arrive,
    assigned,
    closed,
    counted,
    kept,
    raised,
)
from tests.support.house import AMARA, DEE, OLU, Talk, button, reference, words

NHS = "943 476 5919"
LIVE = "a girl from the home on Larch St told me last night her carer hits her"


def everything_stored(talk: Talk) -> str:
    """All the words that any table of the bot holds about what people typed."""

    def read(s: Session) -> str:
        tables = (Action, Draft, InboxEvent, LastCard, Delivery)
        return repr([vars(row) for t in tables for row in s.scalars(select(t))])

    return talk.house.db.run_sync(read)


async def test_words_are_read_back_and_logged_by_the_button(talk: Talk) -> None:
    answer = await talk.say(AMARA, f"concern {PASSES}")
    assert PASSES in words(answer)
    assert "For: Place and Transport" in words(answer)
    assert "as a member of the council" in words(answer)
    assert counted(talk)[0] == 12  # nothing is logged yet
    logged = await talk.ask(AMARA, press=button(answer, "Log this concern"))
    assert reference(logged) == "CPP-26/27-013"
    now = kept(talk, "CPP-26/27-013")
    assert (now.state, now.kinds) == ("new", ("raised",))
    assert "CPP-26/27-013" in words(talk.told(OLU)[-1])
    assert "Raised by: Amara Osei" in words(talk.told(HANNAH)[-1])
    assert not talk.told(AMARA)


async def test_pressing_twice_logs_once(talk: Talk) -> None:
    press = button(await talk.say(AMARA, f"concern {PASSES}"), "Log this concern")
    first, second = await talk.ask(AMARA, press=press), await talk.ask(AMARA, press=press)
    assert reference(first) == reference(second)
    assert "not logged it twice" in second
    assert counted(talk)[0] == 13
    assert len(talk.told(OLU)) == 1


async def test_the_same_form_sent_twice_is_one_concern(talk: Talk) -> None:
    first = await raised(talk)
    assert await raised(talk) == first
    assert counted(talk)[0] == 13
    talk.clock.forward(days=2)
    assert await raised(talk) != first


async def test_a_withdrawn_concern_can_be_raised_again(westshire: Talk) -> None:
    first = await raised(westshire)
    await westshire.ask(AMARA, f"withdraw {first}")
    second = await raised(westshire)
    assert second != first
    assert await raised(westshire) == second


async def test_what_was_read_back_can_be_changed_in_the_form(westshire: Talk) -> None:
    answer = await westshire.say(AMARA, f"concern {PASSES}")
    assert button(answer, "Change it").startswith("concern change ")
    form = (await westshire.say(AMARA, press=button(answer, "Change it"))).message.form
    assert form is not None
    given = {f.name: f.value for f in form.fields}
    assert (given["text"], given["area"]) == (PASSES, "place")
    sent = {**given, "text": PASSES + ", on Sundays too", "how_many": "2-5", "anonymous": "yes"}
    said = await westshire.ask(AMARA, press=form.says, form=sent)
    assert "on Sundays too" in said
    assert "the officer sees your name, the lead does not" in said
    assert counted(westshire)[3] == 0  # the draft is gone with the form


async def test_what_was_read_back_can_be_dropped(westshire: Talk) -> None:
    answer = await westshire.say(AMARA, f"concern {PASSES}")
    assert button(answer, "Leave it").startswith("concern drop ")
    assert "forgotten" in await westshire.ask(AMARA, press=button(answer, "Leave it"))
    assert counted(westshire)[3] == 0
    assert "no longer have those words" in await westshire.ask(
        AMARA, press=button(answer, "Log this concern")
    )


async def test_words_are_kept_for_a_day_at_most(westshire: Talk) -> None:
    answer = await westshire.say(AMARA, f"concern {PASSES}")
    westshire.clock.forward(hours=24, minutes=1)
    said = await westshire.ask(AMARA, press=button(answer, "Log this concern"))
    assert "no longer have those words" in said
    assert counted(westshire)[0] == 12


async def test_nobody_else_can_log_my_words(westshire: Talk) -> None:
    answer = await westshire.say(AMARA, f"concern {PASSES}")
    assert "no longer have those words" in await westshire.ask(JEAN, press=button(answer, "Log this concern"))
    assert counted(westshire)[0] == 12


async def test_casework_is_redirected_and_not_stored(westshire: Talk) -> None:
    answer = await westshire.say(AMARA, f"concern {PASSES}")
    assert button(answer, "It is ward casework") == "concern casework"
    said = await westshire.ask(AMARA, press="concern casework")
    assert "casework route" in said
    assert counted(westshire)[3] == 0
    sent = await westshire.ask(AMARA, press="concern send", form={"text": PASSES, "capacity": "ward"})
    assert "casework route" in sent
    assert counted(westshire)[0] == 12


async def test_only_councillors_are_asked_in_what_capacity(westshire: Talk) -> None:
    for who, asked in ((AMARA, True), (AOIFE, False)):
        form = (await westshire.say(who, "concern")).message.form
        assert form is not None
        assert ("capacity" in {f.name for f in form.fields}) is asked
        assert "Is a child at risk now?" in await westshire.ask(who, "concern")
    read_back = await westshire.say(AOIFE, f"concern {PASSES}")
    assert "casework" not in words(read_back)


async def test_too_few_words_come_back_in_the_form(westshire: Talk) -> None:
    answer = await westshire.say(AMARA, press="concern send", form={"text": "buses", "how_many": "1"})
    form = answer.message.form
    assert form is not None
    assert answer.keep_form
    given = {f.name: f for f in form.fields}
    assert given["text"].error.startswith("Please say a little more")
    assert (given["text"].value, given["how_many"].value) == ("buses", "1")
    assert "Raise a concern" in await westshire.ask(AMARA, "concern buses")
    assert counted(westshire)[0] == 12


@pytest.mark.parametrize(
    ("press", "form"),
    [
        (f"concern the pass of {NHS} does not work on the bus", {}),
        (f"concern words the pass of {NHS} does not work on the bus", {}),
        ("concern send", {"text": f"the pass of {NHS} does not work on the bus"}),
        ("concern send", {"text": PASSES, "wanted": f"a new pass for {NHS}"}),
    ],
)
async def test_a_childs_number_is_never_stored(westshire: Talk, press: str, form: dict[str, str]) -> None:
    answer = await westshire.say(AMARA, press=press, form=form)
    assert "an NHS number" in words(answer)
    assert answer.message.form is not None
    assert NHS not in words(answer)
    assert NHS not in everything_stored(westshire)
    assert counted(westshire)[0] == 12
    # The form that comes back does what was asked, without the number.
    clean = {f.name: f.value for f in answer.message.form.fields if f.name != "office"}
    again = await westshire.say(AMARA, press=answer.message.form.says, form=clean)
    assert NHS not in words(again)
    assert "Log this" in words(again) or "Logged as" in words(again)


async def test_a_childs_number_typed_later_is_never_stored(westshire: Talk) -> None:
    ref = await assigned(westshire)
    before = kept(westshire, ref)
    for who, line in (
        (AMARA, f"amend {ref}: it is {NHS}"),
        (AMARA, f"withdraw {ref} because {NHS}"),
        (DEE, f"update {ref}: met {NHS}"),
        (DEE, f"note {ref}: met {NHS}"),
        (DEE, f"done {ref}: met {NHS}"),
        (DEE, f"hold {ref} because {NHS}"),
        (DEE, f"not mine {ref} because {NHS}"),
        (DEE, f"extend {ref} to 11 December because {NHS}"),
        (DEE, f"cover back on Monday, {NHS}"),
        (OLU, f"decline {ref} because {NHS}; next: the school"),
        (OLU, f"decline {ref} because it is theirs; next: {NHS}"),
        (OLU, f"redirect {ref} to advocacy because {NHS}"),
        (OLU, f"close {ref}: {NHS}"),
        (OLU, f"send back {ref} because {NHS}"),
        (OLU, f"refuse {ref} because {NHS}"),
        (OLU, f"action new: see to the pass of {NHS} for housing due 4 December"),
        (OLU, f"reopen {ref} because {NHS}"),
    ):
        said = await westshire.ask(who, line)
        assert "an NHS number" in said, line
    assert kept(westshire, ref) == before
    assert NHS not in everything_stored(westshire)


async def test_a_child_at_risk_meets_the_card_and_nothing_is_stored(westshire: Talk) -> None:
    ref = await raised(westshire)
    for press, form in (
        (f"concern {LIVE}", {}),
        ("concern send", {"text": LIVE}),
        (f"amend {ref}: {LIVE}", {}),
    ):
        answer = await westshire.say(AMARA, press if not form else "", press=press if form else "", form=form)
        assert answer.urgent, press
        assert "01632 960254" in words(answer)
    assert "Larch" not in everything_stored(westshire)
    assert kept(westshire, ref).kinds == ("raised",)
    assert counted(westshire)[0] == 13


# --- afterwards


async def test_amending_tells_whoever_has_it(westshire: Talk) -> None:
    ref = await raised(westshire)
    await westshire.ask(AMARA, f"amend {ref}: it is the same on Sundays")
    assert "same on Sundays" in words(westshire.told(OLU)[-1])
    await westshire.ask(OLU, f"assign {ref} to communities")
    assert "Added later: it is the same on Sundays" in words(westshire.told(DEE)[-1])
    await westshire.ask(AMARA, f"amend {ref}: and on bank holidays")
    assert "bank holidays" in words(westshire.told(DEE)[-1])
    form = (await westshire.say(AMARA, f"amend {ref}")).message.form
    assert form is not None
    await westshire.ask(AMARA, press=form.says, form={"text": "and at night"})
    assert kept(westshire, ref).texts[-1] == "and at night"


async def test_withdrawing_before_work_begins(westshire: Talk) -> None:
    ref = await assigned(westshire)
    assert "withdrawn" in await westshire.ask(AMARA, f"withdraw {ref} because it was sorted")
    assert (kept(westshire, ref).state, kept(westshire, ref).closed) == ("withdrawn", True)
    assert "withdrawn" in words(westshire.told(DEE)[-1])
    assert "it was sorted" in words(westshire.told(OLU)[-1])
    later = await acknowledged(westshire, "Laptops for students arrive weeks after term begins")
    said = await westshire.ask(AMARA, f"withdraw {later}")
    assert "cannot be done now" in said
    assert "acknowledged by the lead" in said
    assert kept(westshire, later).state == "acknowledged"


async def test_chasing_once_a_working_day(westshire: Talk) -> None:
    ref = await assigned(westshire)
    assert "Communities and Housing and the officer" in await westshire.ask(AMARA, f"chase {ref}")
    assert "is there any news" in words(westshire.told(DEE)[-1])
    assert "being chased" in words(westshire.told(OLU)[-1])
    await westshire.ask(AMARA, f"chase {ref}")  # the same button, pressed again
    westshire.clock.forward(hours=3)
    again = await westshire.ask(AMARA, f"chase {ref}")
    assert "Once a working day is the rule" in again
    assert "Tuesday 24 November 2026" in again
    assert kept(westshire, ref).kinds.count("chased") == 1
    westshire.clock.forward(days=1)
    await westshire.ask(AMARA, f"chase {ref}")
    assert kept(westshire, ref).kinds.count("chased") == 2


async def test_a_weekend_is_no_working_day_for_chasing(westshire: Talk) -> None:
    ref = await assigned(westshire)
    westshire.clock.forward(days=4)  # Friday
    await westshire.ask(AMARA, f"chase {ref}")
    westshire.clock.forward(days=2)  # Sunday
    assert "Monday 30 November 2026" in await westshire.ask(AMARA, f"chase {ref}")


async def test_a_bare_chase_means_the_only_one_or_asks_which(westshire: Talk) -> None:
    first = await raised(westshire, SAMINA, "Leisure centre passes run out before the renewal comes")
    assert f"for news of {first}" in await westshire.ask(SAMINA, "chase")  # the one in front of her
    westshire.clock.forward(days=4)
    asked = await westshire.say(SAMINA, "chase")  # she raised another before
    assert "Which one do you mean?" in words(asked)
    assert "for news" in await westshire.ask(SAMINA, press=button(asked, first))
    assert kept(westshire, first).kinds == ("raised", "chased", "chased")


async def test_keeping_my_name_off_it(westshire: Talk) -> None:
    ref = await raised(westshire)
    said = await westshire.ask(AMARA, f"anonymous {ref}")
    assert "The officer still sees it" in said
    assert "may have seen your name" not in said
    await westshire.ask(OLU, f"assign {ref} to communities")
    assert "Amara" not in words(westshire.told(DEE)[-1])
    assert "Amara" not in await westshire.ask(DEE, f"status {ref}")
    assert "Raised by: Amara Osei (kept from the lead)" in await westshire.ask(OLU, f"status {ref}")
    later = await assigned(westshire, text="Laptops for students arrive weeks after term begins")
    assert "Amara Osei" in words(westshire.told(DEE)[-1])
    assert "may have seen your name already" in await westshire.ask(AMARA, f"keep my name off {later}")
    assert "Amara" not in await westshire.ask(DEE, f"status {later}")


async def test_asking_for_the_next_agenda(westshire: Talk) -> None:
    ref = await raised(westshire)
    assert "The officer and the chair decide" in await westshire.ask(AMARA, f"for agenda {ref}")
    assert "Asked by: Amara Osei" in words(westshire.told(OLU)[-1])
    await westshire.ask(JEAN, f"for agenda {ref}")  # she sees it in the panel's log
    assert "Asked by: Jean Attwater" in words(westshire.told(OLU)[-1])
    assert "not yours to see" in await westshire.ask(SAMINA, f"for agenda {ref}")


async def test_reopening_what_was_closed(talk: Talk) -> None:
    ref = await closed(talk)
    arrive(talk, AMARA)
    form = (await talk.say(AMARA, f"reopen {ref}")).message.form
    assert form is not None
    said = await talk.ask(AMARA, press=form.says, form={"text": "my pass still fails in Hartsea"})
    assert "open again" in said
    now = kept(talk, ref)
    assert (now.state, now.closed, now.lead) == ("assigned", False, DEE)
    assert now.due is not None
    assert "my pass still fails" in words(talk.told(DEE)[-1])
    assert "my pass still fails" in words(talk.told(OLU)[-1])
    await talk.ask(DEE, f"ack {ref}")
    assert kept(talk, ref).state == "acknowledged"


async def test_reopening_goes_to_triage_when_nobody_leads_any_more(westshire: Talk) -> None:
    ref = await closed(westshire)

    def leave(s: Session) -> None:
        action = action_by_ref(s, ref)
        assert action is not None
        assert action.directorate is not None
        for person in (action.directorate.lead, action.lead):
            assert person is not None
            person.until = westshire.clock.now().date() - timedelta(days=1)
        action.directorate.deputy_emails = []

    westshire.house.db.run_sync(leave)
    await westshire.ask(AMARA, f"reopen {ref} because it is not fixed")
    assert (kept(westshire, ref).state, kept(westshire, ref).lead) == ("new", "")
    assert ref in await westshire.ask(OLU, "triage")


async def test_reopening_what_was_declined_goes_back_to_triage(westshire: Talk) -> None:
    ref = await raised(westshire)
    await westshire.ask(OLU, f"decline {ref} because it is for the school; next: ask the governors")
    assert "The officer has been told why" in await westshire.ask(AMARA, f"reopen {ref} because they refused")
    assert kept(westshire, ref).state == "new"


async def test_my_concerns_and_their_status_in_words(westshire: Talk) -> None:
    assert "You have not raised any" in await westshire.ask(HANNAH, "my concerns")
    ref = await acknowledged(westshire)
    said = await westshire.ask(AMARA, "my concerns")
    assert f"{ref} {PASSES}: acknowledged by the lead, Communities and Housing, due Mon 7 Dec. Green" in said
    whole = await westshire.ask(AMARA, f"status {ref}")
    assert "Mon 23 Nov: acknowledged. Director of Communities and Housing" in whole
    assert "Raised by: Amara Osei" in whole
    assert "Jean" not in await westshire.ask(AMARA, "my concerns")


async def test_the_log_shows_other_members_no_names_and_no_words(westshire: Talk) -> None:
    ref = await assigned(westshire, text=f"{PASSES}. The rest of it is only for those who work on it")
    said = await westshire.ask(JEAN, f"status {ref}")
    assert PASSES in said
    assert "Communities and Housing" in said
    assert "Amara" not in said
    assert "The rest of it" not in said
    assert "What has happened" not in said
    assert "not yours to see" in await westshire.ask(SAMINA, f"status {ref}")
    assert ref in await westshire.ask(AOIFE, "action log")
    assert ref not in await westshire.ask(SAMINA, "action log")


async def test_finding_by_words_only_what_may_be_seen(westshire: Talk) -> None:
    assert "CPP-26/27-009" in await westshire.ask(AMARA, "status bus pass county boundary")
    assert "CPP-26/27-003" in await westshire.ask(AMARA, "what happened to the action on dentists")
    assert "find nothing about that" in await westshire.ask(SAMINA, "status county boundary")
    several = await westshire.say(OLU, "status panel websites flats")
    assert "Which one do you mean?" in words(several)
    assert "Your concerns" in await westshire.ask(AMARA, "status")
    assert "I have no action or concern called" in await westshire.ask(AMARA, "status CPP-26/27-999")


async def test_a_short_number_of_last_year_still_finds_its_action(westshire: Talk) -> None:
    ref = await assigned(westshire)
    westshire.clock.forward(days=180)  # in May a new municipal year begins
    assert PASSES in await westshire.ask(OLU, f"status {ref.rpartition('-')[2]}")
    second = await raised(westshire, text="The taxis to school never come")
    assert second == "CPP-27/28-001"
    assert "taxis to school" in await westshire.ask(OLU, "status 1")


async def test_a_question_about_a_numbered_concern_is_no_new_one(westshire: Talk) -> None:
    said = await westshire.ask(AMARA, "concern 9 - where's it up to")
    assert "Bus pass stops at the county boundary" in said
    assert counted(westshire)[3] == 0


async def test_what_is_not_found_shows_what_is_mine(westshire: Talk) -> None:
    said = await westshire.ask(AMARA, "status of the respite rota")
    assert "find nothing about that" in said
    assert "CPP-26/27-009" in said
    assert "my actions" not in said
    assert "Your directorate's actions" in await westshire.ask(DEE, "status of the respite rota")
