"""What a lead does with an action, and the lists of actions."""

from __future__ import annotations

from datetime import date

import pytest

from tests.commands.rounds import (
    AOIFE,
    CALLUM,
    HANNAH,
    PASSES,
    SAMINA,
    SHANTHI,
    STUART,
    acknowledged,
    also_officer,
    arrive,
    assigned,
    closed,
    counted,
    kept,
    proposed,
    raised,
)
from tests.support.house import AMARA, DEE, OLU, Talk, button, words


async def test_the_lead_is_told_and_acknowledges(talk: Talk) -> None:
    ref = await assigned(talk, wanted="Passes that work to the next town", how_many="more than 5")
    told = arrive(talk, DEE)
    assert told.card is not None
    assert (told.card.kind, told.card.subject) == ("action_assigned", ref)
    assert {b.label for b in told.buttons} == {"Acknowledge", "Update", "Need more time", "Not mine"}
    assert "Passes that work to the next town" in words(told)
    assert "Young people: more than 5" in words(told)
    assert not talk.told(CALLUM)
    assert "acknowledged, due Monday 7 December 2026" in await talk.ask(
        DEE, press=button(told, "Acknowledge")
    )
    assert kept(talk, ref).state == "acknowledged"
    assert "Director of Communities and Housing has taken on your concern" in words(talk.told(AMARA)[-1])


async def test_a_bare_ack_is_for_the_card_in_front(westshire: Talk) -> None:
    first = await assigned(westshire)
    second = await assigned(westshire, text="Laptops for students arrive weeks after term begins")
    asked = await westshire.say(DEE, "ack")
    assert {first, second} <= {b.label for b in asked.message.buttons}
    arrive(westshire, DEE)
    await westshire.ask(DEE, "ack")
    assert (kept(westshire, first).state, kept(westshire, second).state) == ("assigned", "acknowledged")
    await westshire.ask(DEE, "acknowledge " + first.rpartition("-")[2])  # a short number, of this year
    assert kept(westshire, first).state == "acknowledged"


async def test_a_second_press_changes_nothing(talk: Talk) -> None:
    ref = await assigned(talk)
    for line in (f"ack {ref}", f"update {ref}: met the bus company", f"done {ref}: passes work now"):
        first = await talk.ask(DEE, line)
        before, told = counted(talk), len(talk.told(AMARA))
        assert await talk.ask(DEE, line) == first
        assert counted(talk) == before
        assert len(talk.told(AMARA)) == told
    assert kept(talk, ref).kinds == ("raised", "assigned", "acknowledged", "update", "proposed")


async def test_somebody_else_was_first(westshire: Talk) -> None:
    ref = await assigned(westshire)
    await westshire.ask(CALLUM, f"ack {ref}")
    said = await westshire.say(DEE, f"ack {ref}")
    assert "is acknowledged by the lead" in words(said)
    assert "Last, on Monday 23 November 2026, 9.30am: acknowledged. Head of Housing Partnerships" in words(
        said
    )
    assert button(said, "Update") == f"update {ref}"


async def test_updates_move_it_on(westshire: Talk) -> None:
    ref = await assigned(westshire)
    said = await westshire.ask(DEE, f"note {ref}: starts when the new timetable is out")
    assert "given to a lead, not yet acknowledged" in said
    await westshire.ask(DEE, f"update {ref}: contract signed")
    assert kept(westshire, ref).state == "in_progress"
    assert "Communities and Housing says: contract signed" in words(westshire.told(AMARA)[-1])
    await westshire.ask(DEE, f"hold {ref} because the operator is being sold")
    assert kept(westshire, ref).state == "on_hold"
    assert "the operator is being sold" in words(westshire.told(AMARA)[-1])
    await westshire.ask(OLU, f"update {ref}: the sale is through")  # an officer, for the lead
    assert kept(westshire, ref).state == "in_progress"
    assert kept(westshire, ref).kinds[2:] == ("update", "update", "on_hold", "update")


async def test_words_are_asked_for_in_a_form(westshire: Talk) -> None:
    ref = await assigned(westshire)
    for verb, label in (
        ("update", "Save the update"),
        ("note", "Save the note"),
        ("done", "Propose closing"),
        ("hold", "Put on hold"),
        ("not mine", "Send it back"),
    ):
        form = (await westshire.say(DEE, f"{verb} {ref}")).message.form
        assert form is not None
        assert (form.says, form.submit) == (f"{verb} {ref}", label)
        empty = (await westshire.say(DEE, press=form.says, form={"text": " "})).message.form
        assert empty is not None
        assert empty.fields[0].error == "Please say this in a few words."
    assert kept(westshire, ref).kinds == ("raised", "assigned")
    await westshire.ask(DEE, press=f"not mine {ref}", form={"text": "it is for transport"})
    assert kept(westshire, ref).state == "new"


async def test_not_mine_goes_back_to_triage(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    said = await westshire.ask(DEE, f"not mine {ref} because it sits with Place and Transport")
    assert "back with the officer" in said
    now = kept(westshire, ref)
    assert (now.state, now.lead, now.due) == ("new", "", None)
    told = westshire.told(OLU)[-1]
    assert "Director of Communities and Housing says: it sits with Place and Transport" in words(told)
    await westshire.ask(OLU, press=button(told, "Assign to Place and Transport"))
    assert kept(westshire, ref).lead == STUART


async def test_a_lead_puts_the_date_back_once_alone(westshire: Talk) -> None:
    ref = await acknowledged(westshire)  # due on 7 December
    assert "now due Monday 21 December 2026" in await westshire.ask(
        DEE, f"extend {ref} to 21 December because legal has not answered"
    )
    told = words(westshire.told(AMARA)[-1])
    assert "Now due: Monday 21 December 2026" in told
    assert "Because: legal has not answered" in told
    officer_heard = len(westshire.told(OLU))
    asked = await westshire.ask(DEE, f"extend {ref} to 22 December because one more day is needed")
    assert "I have asked the officer" in asked
    assert kept(westshire, ref).due == date(2026, 12, 21)
    assert len(westshire.told(OLU)) == officer_heard + 1


async def test_a_longer_extension_is_the_officers_to_agree(talk: Talk) -> None:
    ref = await acknowledged(talk)
    # Eleven working days: Christmas Eve does not count here.
    await talk.ask(DEE, f"extend {ref} to 22 December because the contract is late")
    assert kept(talk, ref).due == date(2026, 12, 7)
    request = talk.told(OLU)[-1]
    assert "asks for: Tuesday 22 December 2026" in words(request)
    assert "Why: the contract is late" in words(request)
    assert "now due Tuesday 22 December 2026" in await talk.ask(OLU, press=button(request, "Agree"))
    assert kept(talk, ref).due == date(2026, 12, 22)
    assert "more time agreed" in words(talk.told(DEE)[-1])
    assert "Because: the contract is late" in words(talk.told(AMARA)[-1])
    assert "now due" in await talk.ask(OLU, press=button(request, "Agree"))  # pressed twice
    assert kept(talk, ref).kinds.count("extended") == 1
    talk.clock.forward(hours=1)
    assert "Nobody is waiting for an answer" in await talk.ask(HANNAH, press=button(request, "Agree"))


async def test_the_officer_refuses_more_time(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    await westshire.ask(DEE, f"extend {ref} to 29 January because the contract is late")
    press = button(westshire.told(OLU)[-1], "The date stands")
    form = (await westshire.say(OLU, press=press)).message.form
    assert form is not None
    await westshire.ask(OLU, press=form.says, form={"text": "the panel meets on 8 December"})
    assert kept(westshire, ref).due == date(2026, 12, 7)
    assert "the panel meets on 8 December" in words(westshire.told(DEE)[-1])
    await westshire.ask(OLU, press=form.says, form={"text": "the panel meets on 8 December"})
    assert kept(westshire, ref).kinds.count("extension_refused") == 1


async def test_an_officer_may_put_a_date_back_at_will(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    assert "now due" in await westshire.ask(OLU, f"extend {ref} to 29 January because the panel agreed")
    assert kept(westshire, ref).due == date(2027, 1, 29)


@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("2026-11-23", "too early"),
        ("2026-12-07", "too early"),
        ("half term", "cannot tell which day"),
        ("", "Which"),
    ],
)
async def test_a_day_that_cannot_be(westshire: Talk, day: str, error: str) -> None:
    ref = await acknowledged(westshire)
    form = (await westshire.say(DEE, f"extend {ref}")).message.form
    assert form is not None
    answer = await westshire.say(DEE, press=form.says, form={"day": day, "text": "waiting on legal"})
    back = answer.message.form
    assert back is not None
    assert {f.name: f.value for f in back.fields} == {"day": day, "text": "waiting on legal"}
    assert not day or error in back.fields[0].error
    assert kept(westshire, ref).due == date(2026, 12, 7)


async def test_a_typed_day_that_cannot_be_is_refused_in_words(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    early = await westshire.ask(DEE, f"extend {ref} to 1 December because legal is slow")
    assert (
        "too early. It must come after today and after the present due date, Monday 7 December 2026" in early
    )
    unclear = await westshire.ask(DEE, f"extend {ref} to some time because legal is slow")
    assert 'which day "some time" is' in unclear


async def test_done_waits_for_the_panel(westshire: Talk) -> None:
    ref = await proposed(westshire)
    assert kept(westshire, ref).state == "proposed_complete"
    assert "It closes when the panel agrees" in words(westshire.told(AMARA)[-1])
    told = westshire.told(OLU)[-1]
    assert "passes work on every bus now" in words(told)
    await westshire.ask(OLU, press=button(told, "Close it"))
    assert (kept(westshire, ref).state, kept(westshire, ref).closed) == ("closed", True)
    assert "What was done: passes work on every bus now" in words(westshire.told(AMARA)[-1])
    assert "is closed" in words(westshire.told(DEE)[-1])


async def test_close_from_a_lead_is_only_the_proposal(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    await westshire.ask(DEE, f"close {ref}: passes work now")
    assert kept(westshire, ref).state == "proposed_complete"


async def test_what_is_closed_stays_as_it_is(westshire: Talk) -> None:
    ref = await closed(westshire)
    before = kept(westshire, ref)
    for who, line in (
        (DEE, f"ack {ref}"),
        (DEE, f"update {ref}: one more thing"),
        (DEE, f"done {ref}: again, later"),
        (DEE, f"hold {ref} because of snow"),
        (DEE, f"not mine {ref} because of snow"),
        (DEE, f"extend {ref} to 29 January because of snow"),
        (AMARA, f"chase {ref}"),
        (AMARA, f"amend {ref}: and trains"),
        (AMARA, f"withdraw {ref}"),
        (OLU, f"assign {ref} to place"),
        (OLU, f"decline {ref} because it is late; next: nothing"),
        (OLU, f"redirect {ref} to advocacy"),
        (OLU, f"send back {ref} because it is not done"),
    ):
        talk_said = await westshire.ask(who, line)
        assert f"{ref} is closed" in talk_said, line
    assert kept(westshire, ref) == before


# --- lists


async def test_the_lists_of_a_lead(westshire: Talk) -> None:
    ref = await assigned(westshire)
    mine = await westshire.ask(DEE, "my actions")
    assert mine.index("CPP-26/27-001") < mine.index(ref)  # the red one first
    assert "Red: overdue" in mine
    assert "CPP-26/27-009" not in mine
    assert ref in await westshire.ask(CALLUM, "my actions")
    late = await westshire.ask(DEE, "whats overdue for my directorate")
    assert "CPP-26/27-001" in late
    assert "CPP-26/27-004" not in late
    assert "CPP-26/27-004" in await westshire.ask(OLU, "overdue")
    assert "CPP-26/27-005" not in await westshire.ask(OLU, "overdue")  # said to be done: not late any more
    westshire.house.db.run_sync(lambda s: s.execute(_none_due()))
    assert "Nothing is overdue" in await westshire.ask(DEE, "overdue")


def _none_due():  # type: ignore[no-untyped-def]
    from sqlalchemy import update

    from bot.store.actions import Action

    return update(Action).values(due=None)


async def test_the_log_has_reds_first_in_words(westshire: Talk) -> None:
    said = await westshire.ask(OLU, "action log")
    lines = [one for one in said.splitlines() if one.startswith("- CPP")]
    standing = [one.rpartition(". ")[2] for one in lines]
    ranks = ["Red: overdue", "Amber: due soon", "Green: on time", "No due date"]
    assert standing == sorted(standing, key=ranks.index)
    assert set(standing) == set(ranks)
    reds = await westshire.ask(OLU, "show me all reds")
    assert "CPP-26/27-001" in reds
    assert "Green" not in reds
    assert "Action log: Health Sub-group" in await westshire.ask(OLU, "action log CPP-HEALTH")
    assert "CPP-26/27-003" in await westshire.ask(OLU, "action log CPP-HEALTH")
    assert "CPP-26/27-001" not in await westshire.ask(OLU, "action log CPP-HEALTH")
    assert "I know no panel" in await westshire.ask(OLU, "action log of nonsense")
    assert "No action that you can see" in await westshire.ask(HANNAH, "action log CPP-EET")
    assert "Nothing is red" in await westshire.ask(SAMINA, "reds")


async def test_nothing_is_mine_where_nothing_is_open(westshire: Talk) -> None:
    westshire.house.db.run_sync(lambda s: s.execute(_all_closed()))
    assert "Nothing is open" in await westshire.ask(DEE, "my actions")
    assert "No action that you can see is open" in await westshire.ask(OLU, "action log")


def _all_closed():  # type: ignore[no-untyped-def]
    from sqlalchemy import update

    from bot.store.actions import Action

    return update(Action).values(state="closed")


async def test_away_and_who_stands_in(westshire: Talk) -> None:
    said = await westshire.ask(DEE, "cover on leave until Monday, Callum covering")
    assert "have been told" in said
    for who in (OLU, HANNAH, CALLUM):
        assert "Dee Patel (Director of Communities and Housing) says: on leave" in words(
            westshire.told(who)[-1]
        )
    assert not westshire.told(DEE)
    await westshire.ask(DEE, "cover on leave until Monday, Callum covering")
    assert len(westshire.told(CALLUM)) == 1
    form = (await westshire.say(DEE, "cover")).message.form
    assert form is not None
    await westshire.ask(DEE, press=form.says, form={"text": "back on Tuesday instead, Callum covering"})
    assert len(westshire.told(CALLUM)) == 2


async def test_a_lead_who_is_an_officer_sees_both_sets_of_buttons(westshire: Talk) -> None:
    also_officer(westshire, SHANTHI)
    ref = await assigned(westshire, to="education")
    said = await westshire.say(SHANTHI, f"status {ref}")
    labels = {b.label for b in said.message.buttons}
    assert {"Acknowledge", "Not mine", "Assign"} <= labels


async def test_what_each_can_do_next_is_offered(westshire: Talk) -> None:
    ref = await raised(westshire)
    offered = {
        who: {b.label for b in (await westshire.say(who, f"status {ref}")).message.buttons}
        for who in (AMARA, OLU, AOIFE)
    }
    assert offered[AMARA] == {"Add something", "Chase it", "Withdraw it"}
    assert offered[OLU] == {"Assign", "Not for us", "Send another way"}
    assert offered[AOIFE] == set()
    assert PASSES in await westshire.ask(AOIFE, f"status {ref}")
