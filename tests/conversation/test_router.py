"""One message from arrival to reply: claimed once, recognised, guarded, understood, allowed."""

from __future__ import annotations

import asyncio

import pytest

from bot.store.inbox import Draft, InboxEvent, SafeguardingShown
from bot.store.people import by_email
from tests.support.house import AMARA, DEE, OLU, Talk, button, words

AT_RISK = "a lad in my ward told me his dad beats him with a belt every night and he is scared to go home"


async def test_a_stranger_is_told_how_to_be_added(talk: Talk) -> None:
    assert "Ask democratic services" in await talk.ask("stranger@elsewhere.example", "next meeting")


async def test_a_leaver_loses_access_the_day_after(talk: Talk) -> None:
    def leave(s):  # type: ignore[no-untyped-def]
        by_email(s, AMARA).until = talk.clock.now().date()

    talk.house.db.run_sync(leave)
    assert "Corporate Parenting Panel" in await talk.ask(AMARA, "next meeting")
    talk.clock.forward(days=1)
    assert "I do not know you yet" in await talk.ask(AMARA, "next meeting")


async def test_the_same_event_twice_has_one_effect_and_the_same_answer(talk: Talk) -> None:
    first = await talk.say(AMARA, "concern the drop-in is shut on Fridays", event_id="Ev1")
    again = await talk.say(AMARA, "concern the drop-in is shut on Fridays", event_id="Ev1")
    assert words(first) == words(again)
    assert not first.again
    assert again.again
    assert talk.house.db.run_sync(lambda s: s.query(Draft).count()) == 1


async def test_eight_copies_at_once_act_once(talk: Talk) -> None:
    answer = await talk.say(AMARA, "concern the drop-in is shut on Fridays")
    press = button(answer, "Log this concern")
    answers = await asyncio.gather(*(talk.say(AMARA, press=press, event_id="click-1") for _ in range(8)))
    assert len({words(a) for a in answers}) == 1
    assert sum(not a.again for a in answers) == 1
    assert len(talk.told(OLU, "concern")) <= 1


async def test_a_child_at_risk_comes_before_everything_and_nothing_is_kept(talk: Talk) -> None:
    for text in (AT_RISK, f"concern {AT_RISK}", f"/cp log it please: {AT_RISK}"):
        answer = await talk.say(AMARA, text)
        assert answer.urgent
        assert answer.private
        shown = words(answer)
        assert "999" in shown
        assert "01632 960254" in shown, "the front door"
        assert "01632 960015" in shown, "out of hours"
        assert "belt" not in shown
    kept = talk.house.db.run_sync(lambda s: [str(r.answer) for r in s.query(InboxEvent)])
    assert not any("belt" in k for k in kept)
    assert talk.house.db.run_sync(lambda s: s.query(Draft).count()) == 0
    shown_rows = talk.house.db.run_sync(
        lambda s: [(r.kind, r.reported_at) for r in s.query(SafeguardingShown)]
    )
    assert len(shown_rows) == 3


async def test_a_stranger_who_describes_a_child_at_risk_sees_the_numbers_too(talk: Talk) -> None:
    answer = await talk.say("stranger@elsewhere.example", AT_RISK)
    assert answer.urgent
    assert "999" in words(answer)


async def test_a_form_is_guarded_like_a_sentence(talk: Talk) -> None:
    answer = await talk.say(AMARA, press="concern send", form={"text": AT_RISK, "area": "children"})
    assert answer.urgent


async def test_saying_that_it_was_reported_keeps_the_time_only(talk: Talk) -> None:
    answer = await talk.say(AMARA, AT_RISK)
    said = await talk.ask(AMARA, press=button(answer, "I have reported it"))
    assert "I have noted that you reported it" in said
    (reported,) = talk.house.db.run_sync(lambda s: [r.reported_at for r in s.query(SafeguardingShown)])
    assert reported == talk.clock.now()
    assert "no safeguarding card" in await talk.ask(AMARA, "reported")


async def test_a_false_alarm_can_carry_on_once_with_the_numbers_beside_it(talk: Talk) -> None:
    answer = await talk.say(AMARA, AT_RISK)
    await talk.say(AMARA, press=button(answer, "This is not about a child at risk"))
    carried = await talk.say(AMARA, AT_RISK)
    assert not carried.urgent
    assert "Is a child at risk now?" in words(carried)
    assert (await talk.say(AMARA, AT_RISK)).urgent, "only the next message is let through"


async def test_a_refusal_says_why_and_who_may(talk: Talk) -> None:
    said = await talk.ask(AMARA, "triage")
    assert "support officers" in said
    assert "triage" in said


@pytest.mark.parametrize("who", [AMARA, OLU, DEE])
async def test_help_fits_the_person(talk: Talk, who: str) -> None:
    said = await talk.ask(who, "help")
    assert ("[Triage]" in said) == (who == OLU)
    assert ("[My actions]" in said) == (who == DEE)
    everything = await talk.ask(who, "help all")
    assert ("awareness:" in everything) == (who == OLU)


async def test_words_that_identify_a_child_are_asked_for_again_and_not_kept(talk: Talk) -> None:
    text = "concern NHS number 943 476 5919 has waited a year for a dentist"
    answer = await talk.say(AMARA, text)
    shown = words(answer)
    assert "leave out anything that identifies a child" in shown
    assert "943 476 5919" not in shown
    assert talk.house.db.run_sync(lambda s: s.query(Draft).count()) == 0
    form = answer.message.form
    assert form is not None
    mended = await talk.say(AMARA, press=form.says, form={f.name: f.value for f in form.fields})
    assert "dentist" in words(mended)
    assert "943" not in words(mended)


async def test_office_details_may_be_kept_when_the_person_says_so(talk: Talk) -> None:
    answer = await talk.say(AMARA, "concern nobody answers 07700 900555 at the young people's office")
    form = answer.message.form
    assert form is not None
    kept = await talk.say(
        AMARA, press=form.says, form={"text": "nobody answers 07700 900555 at the office", "office": "yes"}
    )
    assert "07700 900555" in words(kept)


async def test_too_much_text_is_refused_in_a_sentence(talk: Talk) -> None:
    assert "under 4000 characters" in await talk.ask(AMARA, "contact " + "housing " * 600)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
async def test_nothing_typed_is_answered_with_help(talk: Talk, text: str) -> None:
    assert "What I can do for you" in await talk.ask(AMARA, text)


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> <@U1>",
        "{{ 7*7 }}",
        "\x00\x07",
        "\ud800 lone",
        "🙂" * 50,
        "'; DROP TABLE person; --",
        "%s%s%n",
    ],
)
async def test_hostile_text_is_answered_and_never_breaks(talk: Talk, text: str) -> None:
    answer = await talk.say(AMARA, text)
    assert answer.message.parts
    assert "something went wrong" not in words(answer)


async def test_when_something_of_ours_breaks_the_person_gets_a_reference(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk.house.router, "converse", lambda *a: 1 / 0)
    said = await talk.ask(AMARA, "next meeting")
    assert "something went wrong" in said
    assert "01632 960254" in said


async def test_a_channel_sees_only_what_is_public(talk: Talk) -> None:
    assert not (await talk.say(AMARA, "duties", place="channel")).private
    assert (
        await talk.say(AMARA, "who do I contact about housing for a care leaver", place="channel")
    ).private
    assert (await talk.say(AMARA, "concern the drop-in is shut", place="channel")).private


async def test_a_reply_for_a_channel_without_an_answer_becomes_a_delivery(talk: Talk) -> None:
    from bot.conversation.inbound import Inbound, Sender

    inbound = Inbound("dm-1", Sender("terminal", AMARA, email=AMARA), text="concern", by_delivery=True)
    answer = await talk.house.router.handle(inbound)
    assert answer.delivered
    (message,) = talk.told(AMARA, "reply")
    assert message.form is None
    assert message.buttons[-1].says == "concern", "a form is offered as a button that asks for it again"
    assert (await talk.house.router.handle(inbound)).again
    assert len(talk.told(AMARA, "reply")) == 1
