"""What officers do with concerns and actions."""

from __future__ import annotations

from datetime import date

import pytest

from tests.commands.rounds import (
    CALLUM,
    HANNAH,
    PASSES,
    SHANTHI,
    STUART,
    acknowledged,
    also_officer,
    assigned,
    counted,
    kept,
    proposed,
    raised,
)
from tests.support.house import AMARA, DEE, OLU, Talk, button, reference, words


async def test_triage_shows_the_oldest_first_and_what_is_late(westshire: Talk) -> None:
    ref = await raised(westshire)
    said = await westshire.ask(OLU, "triage")
    assert said.index("CPP-26/27-011") < said.index("CPP-26/27-012") < said.index(ref)
    assert f"{ref} {PASSES}. Waiting 0 working days. Perhaps for Place and Transport" in said
    assert "Late. CPP-26/27-011" in said
    assert f"Late. {ref}" not in said
    westshire.clock.forward(days=2)
    assert f"Late. {ref}" not in await westshire.ask(OLU, "triage")
    westshire.clock.forward(days=1)
    late = await westshire.ask(OLU, "triage")
    assert f"Late. {ref} {PASSES}. Waiting 3 working days, past the 2 promised." in late


async def test_triage_with_nothing_waiting(westshire: Talk) -> None:
    for ref in ("CPP-26/27-011", "CPP-26/27-012"):
        await westshire.ask(OLU, f"decline {ref} because it is done elsewhere; next: see the estates plan")
    assert "Every concern has somebody" in await westshire.ask(OLU, "triage")


async def test_assigning_by_form_by_line_and_by_button(westshire: Talk) -> None:
    ref = await raised(westshire)
    form = (await westshire.say(OLU, f"assign {ref}")).message.form
    assert form is not None
    given = {f.name: f.value for f in form.fields}
    assert given == {"directorate": "place", "due": "2026-12-07", "text": ""}
    await westshire.ask(OLU, press=form.says, form={**given, "text": "Anjali has the contract"})
    assert (kept(westshire, ref).state, kept(westshire, ref).lead) == ("assigned", STUART)
    assert "The officer adds: Anjali has the contract" in words(westshire.told(STUART)[-1])
    assert "Lead: Director of Place and Transport" in words(westshire.told(AMARA)[-1])
    await westshire.ask(OLU, f"reassign {ref} to Communities due 18 December")
    now = kept(westshire, ref)
    assert (now.lead, now.due) == (DEE, date(2026, 12, 18))
    assert "is no longer with you" in words(westshire.told(STUART)[-1])
    told = words(westshire.told(DEE)[-1])
    assert "Due: Friday 18 December 2026" in told


@pytest.mark.parametrize(
    ("sent", "field", "error"),
    [
        ({"directorate": "magic", "due": "2026-12-07"}, "directorate", "choose one of the directorates"),
        ({"directorate": "place", "due": "2026-11-20"}, "due", "too early"),
        ({"directorate": "place", "due": "soonish"}, "due", "cannot tell which day"),
    ],
)
async def test_an_assignment_that_cannot_be(
    westshire: Talk, sent: dict[str, str], field: str, error: str
) -> None:
    ref = await raised(westshire)
    answer = await westshire.say(OLU, press=f"assign {ref}", form=sent)
    assert answer.keep_form
    form = answer.message.form
    assert form is not None
    fields = {f.name: f for f in form.fields}
    assert error in fields[field].error
    assert fields["directorate"].choices
    assert kept(westshire, ref).state == "new"


async def test_a_typed_assignment_that_cannot_be(westshire: Talk) -> None:
    ref = await raised(westshire)
    said = await westshire.ask(OLU, f"assign {ref} to magic")
    assert 'I know no directorate called "magic"' in said
    assert "Place and Transport" in said
    assert "too early" in await westshire.ask(OLU, f"assign {ref} to place due 2026-11-20")
    assert "Nobody leads" in await _without_leads(westshire, ref)
    assert kept(westshire, ref).state == "new"


async def _without_leads(talk: Talk, ref: str) -> str:
    from bot.store.people import directorate_by_key

    def leave(s):  # type: ignore[no-untyped-def]
        directorate = directorate_by_key(s, "place")
        assert directorate is not None
        directorate.lead, directorate.deputy_emails = None, []

    talk.house.db.run_sync(leave)
    return await talk.ask(OLU, f"assign {ref} to place")


async def test_declining_needs_a_reason_and_what_comes_next(westshire: Talk) -> None:
    ref = await raised(westshire)
    form = (await westshire.say(OLU, f"decline {ref} because the school decides")).message.form
    assert form is not None
    assert {f.name: f.value for f in form.fields} == {"text": "the school decides", "next": ""}
    back = (
        await westshire.say(OLU, press=form.says, form={"text": "the school decides", "next": ""})
    ).message
    assert back.form is not None
    assert {f.name: f.error for f in back.form.fields} == {
        "text": "",
        "next": "Please say this in a few words.",
    }
    assert kept(westshire, ref).state == "new"
    await westshire.ask(OLU, f"decline {ref} because the school decides; next: its governors meet in January")
    assert (kept(westshire, ref).state, kept(westshire, ref).closed) == ("declined", True)
    assert kept(westshire, ref).texts[-2:] == ("its governors meet in January", "the school decides")
    told = words(westshire.told(AMARA)[-1])
    assert "Why: the school decides" in told
    assert "What comes next: its governors meet in January" in told
    again = f"decline {ref} because the school decides; next: its governors meet in January"
    assert "is not taken up. Whoever raised it" in await westshire.ask(OLU, again)
    assert kept(westshire, ref).kinds.count("declined") == 1


@pytest.mark.parametrize(
    ("route", "said"),
    [
        ("complaint", "complaints team"),
        ("advocacy", "independent advocate"),
        ("safeguarding", "01632 960254"),
        ("foi", "freedom of information"),
        ("casework", "usual casework route"),
    ],
)
async def test_each_route_says_how_to_take_it_there(westshire: Talk, route: str, said: str) -> None:
    ref = await assigned(westshire)
    await westshire.ask(OLU, f"redirect {ref} to {route} because that is quicker")
    assert (kept(westshire, ref).state, kept(westshire, ref).closed) == ("redirected", True)
    told = words(westshire.told(AMARA)[-1])
    assert said in told
    assert "The officer adds: that is quicker" in told
    assert "is no longer with you" in words(westshire.told(DEE)[-1])


async def test_redirecting_by_form_and_to_nowhere(westshire: Talk) -> None:
    ref = await raised(westshire)
    form = (await westshire.say(OLU, f"redirect {ref}")).message.form
    assert form is not None
    assert 'no route called "oblivion"' in await westshire.ask(OLU, f"redirect {ref} to oblivion")
    await westshire.ask(OLU, press=form.says, form={"to": "foi", "text": ""})
    assert kept(westshire, ref).state == "redirected"


async def test_an_action_of_a_meeting_or_the_chair(talk: Talk) -> None:
    said = await talk.ask(
        OLU, "action new: a list for care leavers of leisure offers for Communities due 29 January"
    )
    ref = reference(said)
    assert ref == "CPP-26/27-013"
    now = kept(talk, ref)
    assert (now.state, now.lead, now.due) == ("assigned", DEE, date(2027, 1, 29))
    assert now.moves == (("new", "new"), ("new", "assigned"))
    assert "a list for care leavers of leisure offers" in words(talk.told(DEE)[-1])
    assert "Raised by" not in words(talk.told(DEE)[-1])
    form = (await talk.say(OLU, "action new")).message.form
    assert form is not None
    sent = {
        "text": "Write to the bus company",
        "directorate": "place",
        "due": "2026-12-11",
        "source": "chair",
    }
    second = reference(await talk.ask(OLU, press=form.says, form=sent))
    assert second == "CPP-26/27-014"
    assert reference(await talk.ask(OLU, press=form.says, form=sent)) == second  # sent twice
    assert counted(talk)[0] == 14


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": "Write to them", "directorate": "magic", "due": "2026-12-11"}, "directorate"),
        ({"text": "Write to them", "directorate": "place", "due": "2026-11-11"}, "due"),
        ({"text": "", "directorate": "place", "due": "2026-12-11"}, "text"),
    ],
)
async def test_an_action_that_cannot_be_leaves_nothing(
    westshire: Talk, sent: dict[str, str], field: str
) -> None:
    form = (await westshire.say(OLU, press="action new", form=sent)).message.form
    assert form is not None
    assert [f.name for f in form.fields if f.error] == [field]
    assert counted(westshire)[0] == 12


async def test_closing_notes_the_meeting_that_agreed(westshire: Talk) -> None:
    ref = await proposed(westshire)
    assert "I know no meeting" in await westshire.ask(OLU, f"close {ref} at M-99999")
    await westshire.ask(OLU, f"close {ref} at M-1: the panel was pleased")
    assert kept(westshire, ref).kinds[-2:] == ("agreed_at", "closed")
    assert kept(westshire, ref).texts[-2:] == ("M-1", "the panel was pleased")
    assert "agreed by the panel at: M-1" in await westshire.ask(AMARA, f"status {ref}")


async def test_only_what_was_proposed_is_closed(westshire: Talk) -> None:
    ref = await acknowledged(westshire)
    said = await westshire.ask(OLU, f"close {ref}")
    assert "is acknowledged by the lead" in said
    assert kept(westshire, ref).state == "acknowledged"


async def test_nobody_closes_what_they_proposed_themselves(westshire: Talk) -> None:
    also_officer(westshire, SHANTHI)
    ref = await assigned(westshire, to="education")
    await westshire.ask(SHANTHI, f"done {ref}: every student has one")
    assert "another officer must agree" in await westshire.ask(SHANTHI, f"close {ref}")
    assert kept(westshire, ref).state == "proposed_complete"
    await westshire.ask(HANNAH, f"close {ref}")
    assert kept(westshire, ref).state == "closed"


async def test_sending_back_what_is_not_done(westshire: Talk) -> None:
    ref = await proposed(westshire)
    form = (await westshire.say(OLU, press=button(westshire.told(OLU)[-1], "Send back"))).message.form
    assert form is not None
    await westshire.ask(OLU, press=form.says, form={"text": "the Hartsea buses still refuse them"})
    assert kept(westshire, ref).state == "in_progress"
    assert "Still to do: the Hartsea buses still refuse them" in words(westshire.told(DEE)[-1])
    assert "the Hartsea buses still refuse them" in words(westshire.told(AMARA)[-1])


async def test_an_officer_reopens_and_the_member_is_told(westshire: Talk) -> None:
    ref = await raised(westshire)
    await westshire.ask(OLU, f"decline {ref} because the school decides; next: its governors")
    await westshire.ask(OLU, f"reopen {ref} because the school says it is ours")
    assert kept(westshire, ref).state == "new"
    assert "the school says it is ours" in words(westshire.told(AMARA)[-1])
    assert "With: nobody yet" in words(westshire.told(HANNAH)[-1])


async def test_reassigning_while_it_is_worked_on(westshire: Talk) -> None:
    ref = await proposed(westshire)
    await westshire.ask(OLU, f"assign {ref} to place due 11 December")
    assert (kept(westshire, ref).state, kept(westshire, ref).lead) == ("assigned", STUART)
    assert "not with your directorate; it is with Place and Transport" in await westshire.ask(
        CALLUM, f"ack {ref}"
    )
