"""Who is coming, whether that is enough, asking again, and recording who came."""

from __future__ import annotations

import pytest

from bot.store.people import by_email
from tests.commands.meeting_steps import (
    AOIFE,
    GRAHAM,
    HELEN,
    IFEOMA,
    JEAN,
    SAMINA,
    TARIQ,
    WITH_SEATS,
    confirm,
    ref_of,
    response,
    starting,
)
from tests.support.house import AMARA, DEE, OLU, Talk, button, words


async def test_before_anybody_answers(westshire: Talk) -> None:
    said = await westshire.ask(OLU, "who is coming")
    assert "Not enough for a quorum yet: 0 coming, 3 needed." in said
    assert f"Not answered ({WITH_SEATS})" in said
    assert "Vacant: 1 seat." in said


async def test_counts_names_and_quorum(talk: Talk) -> None:
    ref = ref_of(talk)
    for who, line in [
        (AMARA, "rsvp yes"),
        (HELEN, "rsvp late: by ten minutes"),
        (TARIQ, "rsvp early because of a train"),
        (JEAN, "rsvp remote"),
        (GRAHAM, "apologies because of my hip"),
        (AOIFE, f"rsvp yes {ref}"),
        (DEE, f"rsvp yes {ref}"),
    ]:
        await talk.say(who, line)
    said = await talk.ask(OLU, f"responses {ref}")
    assert "Enough for a quorum: 3 coming, 3 needed." in said
    assert "Coming (2)" in said
    assert "Coming, but late (1)" in said
    assert "Helen Marchbank; note: by ten minutes" in said
    assert "Joining online (1)" in said
    assert "1 person joining online does not count towards the quorum here." in said
    assert "Graham Pennock; not recorded yet; note: of my hip" in said
    assert "Seats without a vote do not count" in said
    assert "Dee Patel: Coming" in said
    assert f"Not answered ({WITH_SEATS - 6})" in said


async def test_members_see_names_and_no_reasons(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(GRAHAM, "apologies because of my hip")
    for who in (AMARA, AOIFE):
        said = await talk.ask(who, "who is coming" if who == AMARA else f"who is coming {ref}")
        assert "Graham Pennock" in said
        assert "hip" not in said
    assert "hip" not in await talk.ask(OLU, f"responses {ref}", place="channel")
    assert "for those who sit on it" in await talk.ask(SAMINA, "who is coming")
    assert "for those who sit on it" in await talk.ask(DEE, f"who is coming {ref}")


@pytest.mark.parametrize(
    "typed", ["who hasn't replied?", "are we quorate", "who is coming in December", "show coming who said no"]
)
async def test_everyday_questions(westshire: Talk, typed: str) -> None:
    assert "Who is coming: Corporate Parenting Panel" in await westshire.ask(OLU, typed)


async def test_maybes_might_make_it_enough(westshire: Talk) -> None:
    ref = ref_of(westshire)
    for who, answer in ((AMARA, "yes"), (HELEN, "yes"), (TARIQ, "maybe")):
        await westshire.say(who, f"rsvp {answer} {ref}")
    said = await westshire.ask(OLU, f"responses {ref}")
    assert "2 coming, 3 needed. With those in doubt it would be enough." in said


async def test_a_substitute_counts_once_they_say_yes(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    said = await talk.ask(OLU, f"responses {ref}")
    assert "Amara Osei; substitute: Ifeoma Chukwu (has not said yes yet)" in said
    assert "0 coming, 3 needed" in said
    await talk.say(IFEOMA, f"rsvp yes {ref}")
    assert "1 coming, 3 needed" in await talk.ask(OLU, f"responses {ref}")
    talk.clock.forward(minutes=1)
    await talk.say(IFEOMA, f"rsvp no {ref}")
    assert "Ifeoma Chukwu (cannot come)" in await talk.ask(OLU, f"responses {ref}")


async def test_a_body_without_a_quorum_and_one_where_remote_counts(westshire: Talk) -> None:
    health = ref_of(westshire, "CPP-HEALTH")
    for who in ("susan.ellery@westshire.example", GRAHAM, AOIFE):
        await westshire.say(who, f"rsvp remote {health}")
    assert "Enough for a quorum: 3 coming, 3 needed" in await westshire.ask(OLU, f"responses {health}")


async def test_no_quorum_set(open_house) -> None:  # type: ignore[no-untyped-def]
    talk = open_house("sqlite", "no-public-meetings")
    officer = "natasha.briggs-rowe@eastmarsh.example"
    assert "No quorum is set for this panel." in await talk.ask(
        officer, f"responses {ref_of(talk, 'SPEAKUP')}"
    )


async def test_nudging_asks_only_those_who_have_not_said(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"rsvp yes {ref}")
    await talk.say(HELEN, f"rsvp maybe {ref}")
    await talk.say(JEAN, f"substitute {ref} Hilary Overton")
    read = await talk.say(OLU, "nudge non-responders")
    # Everybody with a seat but Amara and Jean, and Jean's substitute.
    assert "Hilary Overton" in words(read)
    assert "Amara Osei" not in words(read)
    assert not talk.told(HELEN)
    done = await talk.say(OLU, press=button(read, f"Ask {WITH_SEATS - 1} people"))
    assert f"{WITH_SEATS - 1} people are being asked again" in words(done)
    (nudge,) = talk.told(HELEN)
    assert "You said maybe. Do you know now?" in words(nudge)
    assert nudge.card is not None
    assert (nudge.card.kind, nudge.card.subject) == ("rsvp_request", ref)
    assert not talk.told(AMARA)
    assert not talk.told(JEAN)


async def test_nobody_is_nudged_twice_in_a_day(talk: Talk) -> None:
    ref = ref_of(talk)
    read = await talk.say(OLU, f"nudge {ref}")
    await talk.say(OLU, press=starting(read, "Ask"))
    assert "Nobody is left to ask" in words(await talk.say(OLU, press=f"nudge go {ref}"))
    assert "Nobody is left to ask" in await talk.ask(OLU, f"nudge {ref}")
    assert len(talk.told(HELEN)) == 1
    talk.clock.forward(days=1)
    await confirm(talk, f"nudge {ref}", "Ask")
    assert len(talk.told(HELEN)) == 2
    assert "not yours to do" in await talk.ask(AMARA, f"nudge go {ref}")


async def test_recording_who_came(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    await talk.say(GRAHAM, f"apologies {ref}")
    assert "can be recorded from that day on" in await talk.ask(OLU, f"record {ref} Helen Marchbank present")
    talk.clock.forward(days=15, hours=12)
    assert "Helen Marchbank: present." in await talk.ask(OLU, f"record {ref} Helen Marchbank present")
    assert "present as substitute for Amara Osei" in await talk.ask(OLU, "mark Cllr Chukwu present as sub")
    assert "joined online" in await talk.ask(OLU, f"record {ref} Jean Attwater online")
    assert "in attendance (no seat there)" in await talk.ask(OLU, f"record {ref} {DEE} present")
    assert "Tariq Mahmood: absent." in await talk.ask(OLU, f"record {ref} Tariq Mahmood absent")
    said = await talk.ask(OLU, f"responses {ref}")
    assert "Not quorate: 2 present, 3 needed." in said
    await talk.say(OLU, f"record {ref} Susan Ellery present")
    assert "Quorate: 3 present, 3 needed." in await talk.ask(OLU, f"responses {ref}")
    said = await talk.ask(OLU, f"responses {ref}")
    assert "Present: Helen Marchbank and Susan Ellery" in said
    assert "Present as substitute: Ifeoma Chukwu" in said
    assert "In attendance: Dee Patel" in said
    assert "Apologies: Amara Osei" in said
    assert "Nudge those who have not answered" not in await talk.ask(OLU, f"responses {ref}")
    kept = response(talk, ref, AMARA)
    assert kept is not None
    assert (kept["attended"], kept["substitute"]) == ("apologies", IFEOMA)


async def test_for_whom_a_substitute_came(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(GRAHAM, f"apologies {ref}")
    westshire.clock.forward(days=16)
    asked = await westshire.say(OLU, "mark Alison Peverell present as sub")
    assert f"For whom did Alison Peverell stand in at {ref}?" in words(asked)
    said = words(await westshire.say(OLU, press=button(asked, "Graham Pennock")))
    assert "present as substitute for Graham Pennock" in said
    assert "Helen Marchbank has a seat" in await westshire.ask(
        OLU, f"record {ref} Helen Marchbank substitute for Jean Attwater"
    )
    assert "Dee Patel has no seat" in await westshire.ask(
        OLU, f"record {ref} Nathan Boateng substitute for Dee Patel"
    )
    tariq = await westshire.ask(OLU, f"record {ref} Moira Kinnaird substitute for Tariq Mahmood")
    assert "present as substitute for Tariq Mahmood" in tariq


async def test_without_a_name_of_the_meeting_it_is_the_last_that_began(westshire: Talk) -> None:
    said = await westshire.ask(OLU, "record Jean Attwater present")
    assert "Tuesday 13 October 2026" in said
    assert "That is the last meeting that has begun." in said
    assert "Which Peter?" in await westshire.ask(OLU, "record Peter present")
    assert "I know nobody called" in await westshire.ask(OLU, "record Zebedee present")


async def test_recording_apologies_one_and_all(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"apologies {ref}")
    await talk.say(GRAHAM, f"apologies {ref}")
    said = await talk.ask(OLU, f"confirm apologies {ref}")
    assert f"Recorded for {ref}: apologies from Amara Osei and Graham Pennock." in said
    assert "no apologies waiting" in await talk.ask(OLU, f"confirm apologies {ref}")
    assert "Graham Pennock; recorded" in await talk.ask(OLU, f"responses {ref}")
    assert "apologies" in await talk.ask(OLU, f"record {ref} Jean Attwater apologies")
    kept = response(talk, ref, JEAN)
    assert kept is not None
    assert (kept["answer"], kept["confirmed"]) == ("apologies", True)
    assert "not yours to do" in await talk.ask(AMARA, f"confirm apologies {ref}")
    await talk.say(AMARA, f"rsvp yes {ref}")
    await talk.say(AMARA, f"rsvp no {ref}")
    assert "Recorded for" in await talk.ask(OLU, f"confirm apologies {ref}"), "a new apology is recorded anew"


async def test_a_cancelled_meeting_takes_no_record(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await confirm(westshire, f"meeting cancel {ref}", "Cancel it")
    assert "is cancelled" in await westshire.ask(OLU, f"confirm apologies {ref}")
    assert "is cancelled" in await westshire.ask(OLU, f"record {ref} Jean Attwater apologies")
    assert "is cancelled" in await westshire.ask(OLU, f"nudge {ref}")


async def test_the_six_month_rule(westshire: Talk) -> None:
    await westshire.say(OLU, "record Jean Attwater present")
    await westshire.say(OLU, "record Graham Pennock online")
    await westshire.say(OLU, "record Susan Ellery present")
    early = await westshire.ask(OLU, "attendance")
    assert "Nobody whose attendance is recorded here is near it." in early
    assert "No attendance is recorded here for 7 councillors." in early
    westshire.clock.forward(days=60)
    near = await westshire.ask(OLU, "attendance")
    assert "Jean Attwater: last attended Tuesday 13 October 2026." in near
    assert "The last day to attend, or to have a reason approved, is Tuesday 13 April 2027." in near
    assert "Graham Pennock" not in near
    westshire.clock.forward(days=100)
    assert "The last day was Tuesday 13 April 2027." in await westshire.ask(OLU, "attendance")
    assert "in a private message" in await westshire.ask(OLU, "attendance", place="group")
    assert "not yours to do" in await westshire.ask(JEAN, "attendance")


async def test_the_six_month_rule_may_not_count(open_house) -> None:  # type: ignore[no-untyped-def]
    talk = open_house("sqlite", "no-public-meetings")
    said = await talk.ask("natasha.briggs-rowe@eastmarsh.example", "attendance")
    assert "No body here counts" in said
    assert "Ask the Monitoring Officer" in said


async def test_somebody_who_left_is_a_vacancy(westshire: Talk) -> None:
    def leave(session):  # type: ignore[no-untyped-def]
        by_email(session, JEAN).until = westshire.clock.now().date().replace(day=1)

    westshire.house.db.run_sync(leave)
    said = await westshire.ask(OLU, "who is coming")
    assert "Jean Attwater" not in said
    assert "Vacant: 2 seats." in said
