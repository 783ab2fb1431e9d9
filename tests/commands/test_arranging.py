"""The officer arranges, moves and cancels meetings."""

from __future__ import annotations

import pytest

from bot.store.meetings import same_start
from tests.commands.meeting_steps import (
    AOIFE,
    IFEOMA,
    JEAN,
    SAMINA,
    WITH_SEATS,
    answer_of,
    confirm,
    look,
    meeting,
    ref_of,
    response,
    starting,
)
from tests.support.house import AMARA, OLU, Talk, button, words


async def test_a_new_meeting_is_read_back_and_then_entered(talk: Talk) -> None:
    read = await talk.say(OLU, "meeting new CPP 4 January 2027 5.30pm at The Lighthouse")
    said = words(read)
    assert "Monday 4 January 2027, 5.30pm to 7.30pm" in said
    assert "Where: The Lighthouse" in said
    # Christmas Eve does not count here, and the offices are shut from 29 to 31 December.
    assert "The last lawful day to publish the notice and agenda is Wednesday 16 December 2026" in said
    assert "4 January 2027" not in await talk.ask(AMARA, "dates")
    made = words(await talk.say(OLU, press=button(read, "Yes, enter it")))
    assert "Entered: M-" in made
    assert "Nobody has been told yet" in made
    assert not talk.told(AMARA)
    assert "Monday 4 January 2027, 5.30pm: Corporate Parenting Panel, The Lighthouse" in await talk.ask(
        AMARA, "dates"
    )


async def test_pressed_twice_it_is_entered_once(talk: Talk) -> None:
    says = button(await talk.say(OLU, "meeting new CPP 11 January 2027 5.30pm"), "Yes, enter it")
    await talk.say(OLU, press=says)
    assert "already meets then" in words(await talk.say(OLU, press=says))
    assert (await talk.ask(AMARA, "dates")).count("11 January 2027") == 1


async def test_a_form_asks_for_what_is_missing(westshire: Talk) -> None:
    answer = await westshire.say(OLU, "meeting new")
    form = answer.message.form
    assert form is not None
    assert [f.name for f in form.fields] == ["body", "date", "time", "end", "place"]
    assert [c.value for c in form.fields[0].choices] == ["CPP", "CPP-HEALTH", "CPP-HOME", "CPP-EET"]
    bad = {"body": "CPP-HEALTH", "date": "the 40th", "time": "soon", "end": "", "place": "Room 1"}
    again = await westshire.say(OLU, press="meeting new", form=bad)
    assert again.keep_form
    assert again.message.form is not None
    assert {f.name for f in again.message.form.fields if f.error} == {"date", "time"}
    assert {f.name: f.value for f in again.message.form.fields}["place"] == "Room 1"
    late = {"body": "CPP-HEALTH", "date": "2026-11-01", "time": "10:00", "end": "", "place": ""}
    past = await westshire.say(OLU, press="meeting new", form=late)
    assert past.message.form is not None
    assert {f.name: f.error for f in past.message.form.fields}["date"] == "This is in the past"
    backwards = {"body": "CPP-HEALTH", "date": "2027-03-02", "time": "10:00", "end": "09:00", "place": ""}
    assert "The end must be after the start" in words(
        await westshire.say(OLU, press="meeting new", form=backwards)
    )
    good = {"body": "CPP-HEALTH", "date": "2027-03-02", "time": "10:00", "end": "11:00", "place": "Room 1"}
    made = words(await westshire.say(OLU, press="meeting new", form=good))
    assert "Tuesday 2 March 2027, 10am to 11am" in made
    assert "Where: Room 1" in made
    assert "No deadline is set" in made


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("meeting new CPP 8 February 2027", "At what time on Monday 8 February 2027?"),
        ("meeting new CPP whenever it suits", "I could not find a day"),
        ("meeting new NOPE 8 February 2027 5pm", "Which panel do you mean?"),
        ("meeting new CPP 31 June 2027 5pm", "I could not find a day"),
        ("meeting new CPP next Friday 5pm", "Which do you mean?"),
        ("meeting new CPP 8 December 2026 5.30pm", "already meets then"),
    ],
)
async def test_what_cannot_be_entered_is_said(westshire: Talk, typed: str, said: str) -> None:
    assert said in await westshire.ask(OLU, typed)


async def test_a_clash_is_shown(westshire: Talk) -> None:
    said = await westshire.ask(OLU, "meeting new CPP 19 January 2027 5.30pm")
    assert "The same day: Health Sub-group, 10am to 11.30am" in said


async def test_only_officers_arrange(westshire: Talk) -> None:
    ref = ref_of(westshire)
    for line in ("meeting new", f"meeting move {ref} to 21 January 6pm", f"meeting cancel {ref}"):
        assert "not yours to do" in await westshire.ask(AMARA, line)


async def test_moving_keeps_the_answers_but_asks_again(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"rsvp yes {ref}")
    await talk.say(JEAN, f"rsvp no {ref}")
    await talk.say(OLU, f"confirm apologies {ref}")
    talk.clock.forward(minutes=5)
    read = await talk.say(OLU, f"meeting move {ref} to 21 January 6pm")
    assert "From: Tuesday 8 December 2026, 5.30pm" in words(read)
    assert "To: Thursday 21 January 2027, 6pm to 8pm" in words(read)
    assert "The same day: Housing and Care Leavers Sub-group" in words(read)
    assert not talk.told(AMARA, "meeting_moved")
    done = words(await talk.say(OLU, press=starting(read, f"Yes, move it and tell {WITH_SEATS} people")))
    assert "count as unconfirmed" in done
    assert answer_of(talk, ref, AMARA) == "attending"
    assert response(talk, ref, JEAN) == {
        "answer": "apologies",
        "note": "",
        "substitute": "",
        "confirmed": False,
        "attended": "",
    }
    (to_amara,), (to_aoife,) = talk.told(AMARA, "meeting_moved"), talk.told(AOIFE, "meeting_moved")
    assert 'You answered "Coming" for the old date.' in words(to_amara)
    assert "Please say whether you can come." in words(to_aoife)
    assert to_amara.card is not None
    assert (to_amara.card.kind, to_amara.card.subject) == ("rsvp_request", ref)
    who = await talk.ask(OLU, f"responses {ref}")
    assert "Amara Osei; answered before the meeting was moved" in who
    assert "0 coming, 3 needed" in who
    talk.clock.forward(minutes=5)
    await talk.say(AMARA, press=button(to_amara, "Coming"))
    assert "Amara Osei; answered before" not in await talk.ask(OLU, f"responses {ref}")


async def test_a_stale_button_does_nothing(talk: Talk) -> None:
    ref = ref_of(talk)
    first = await talk.say(OLU, f"meeting move {ref} to 21 January 6pm")
    await confirm(talk, f"meeting move {ref} to 22 January 6pm", "Yes, move it")
    assert "That meeting has changed since you saw it" in words(
        await talk.say(OLU, press=starting(first, "Yes, move it"))
    )
    assert "22 January 2027" in await talk.ask(AMARA, f"meeting {ref}")
    assert len(talk.told(AMARA, "meeting_moved")) == 1


async def test_words_for_moving(westshire: Talk) -> None:
    ref = ref_of(westshire)
    same_time = await westshire.ask(OLU, "meeting moved to 21st same time")
    assert "To: Monday 21 December 2026, 5.30pm to 7.30pm" in same_time
    january = ref_of(westshire, "CPP-HEALTH")
    assert "To: Thursday 21 January 2027, 10am to 11.30am" in await westshire.ask(
        OLU, f"meeting move {january} to the 21st"
    )
    only_time = await westshire.ask(OLU, f"meeting move {ref} to 6pm")
    assert "To: Tuesday 8 December 2026, 6pm to 8pm" in only_time
    assert "Type the new day" in await westshire.ask(OLU, f"meeting move {ref}")
    assert "That is when and where it is now" in await westshire.ask(
        OLU, f"meeting move {ref} to 8 December 5.30pm"
    )
    assert "is in the past" in await westshire.ask(OLU, f"meeting move {ref} to 20 November 2026")


async def test_moving_inside_the_clear_days_warns(westshire: Talk) -> None:
    said = await westshire.ask(OLU, f"meeting move {ref_of(westshire)} to 27 November 5.30pm")
    assert "The last lawful day to publish was Thursday 19 November 2026" in said
    assert "would give 3 clear days, not 5" in said
    assert "need the chair to certify that it is urgent" in said


async def test_another_place_alone_leaves_the_answers_standing(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(AMARA, f"rsvp yes {ref}")
    done = await confirm(westshire, f"meeting move {ref} at Civic Offices, Wynn Market", "Yes, move it")
    assert "Their answers stand" in words(done)
    (told,) = westshire.told(AMARA)
    assert "New place: Corporate Parenting Panel" in words(told)
    assert "Where: Civic Offices, Wynn Market" in words(told)
    assert not told.card
    assert "answered before the meeting was moved" not in await westshire.ask(OLU, f"responses {ref}")


async def test_a_published_agenda_must_be_published_again_after_a_move(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(OLU, f"meeting publish {ref}")
    read = await westshire.say(OLU, f"meeting move {ref} to 15 December 5.30pm")
    assert "must be published again" in words(read)
    done = await westshire.say(OLU, press=starting(read, "Yes, move it"))
    assert "The last lawful day to publish the notice and agenda is Monday 7 December 2026" in words(done)
    assert "not published yet" in await westshire.ask(AMARA, f"agenda {ref}")


async def test_cancelling_tells_whom_it_concerns_with_the_reason(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    read = await talk.say(OLU, f"meeting cancel {ref} because the hall is flooded")
    assert "It cannot be brought back" in words(read)
    done = await talk.say(OLU, press=starting(read, "Cancel it"))
    assert f"{WITH_SEATS + 1} people are being told" in words(done)
    for person in (AMARA, JEAN, IFEOMA):
        (told,) = talk.told(person, "meeting_cancelled")
        assert "Reason: the hall is flooded" in words(told)
    assert not talk.told(SAMINA)
    assert "is cancelled" in await talk.ask(OLU, f"meeting cancel {ref}")
    assert "nothing to answer" in await talk.ask(AMARA, f"rsvp yes {ref}")


async def test_a_meeting_that_is_over_stays_as_it_was(westshire: Talk) -> None:
    ref = ref_of(westshire)
    westshire.clock.forward(days=20)
    assert "is over" in await westshire.ask(OLU, f"meeting move {ref} to 21 January 6pm")
    assert "is over" in await westshire.ask(OLU, f"meeting cancel {ref}")


async def test_summer_and_winter_keep_the_wall_time(talk: Talk) -> None:
    await confirm(talk, "meeting new CPP 6 July 2027 5.30pm", "Yes, enter it")
    ref = (await talk.ask(AMARA, "next meeting on 6 July 2027")).split("Reference: ")[1].split()[0]
    starts = look(talk, lambda w: meeting(w, ref).starts_at)
    assert starts.isoformat() == "2027-07-06T16:30:00+00:00"
    await confirm(talk, f"meeting move {ref} to 2 November 2027", "Yes, move it")
    moved = look(talk, lambda w: meeting(w, ref))
    assert moved.starts_at.isoformat() == "2027-11-02T17:30:00+00:00"
    assert look(talk, lambda w: same_start(w.session, meeting(w, ref).body, moved.starts_at)) is not None


async def test_typed_words_stay_words(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await confirm(westshire, f"meeting cancel {ref} because [*Free] dates <!channel> # Big", "Cancel it")
    (told,) = westshire.told(AMARA)
    assert [b.label for b in told.buttons] == ["All dates"]
    assert "Reason: [*Free] dates <!channel> # Big" in words(told)


async def test_the_confirming_commands_check_again(westshire: Talk) -> None:
    ref = ref_of(westshire)
    for line in (
        "meeting make CPP 2027-03-01 17:30 19:30",
        f"meeting shift {ref} 2027-03-01 17:30 19:30 s0",
        f"meeting call off {ref} s0",
    ):
        assert "not yours to do" in words(await westshire.say(AMARA, press=line))
    assert "8 December 2026" in await westshire.ask(AMARA, f"meeting {ref}")
