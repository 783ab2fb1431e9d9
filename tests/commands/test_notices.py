"""Publishing an agenda and sending the notice of a meeting, once."""

from __future__ import annotations

import asyncio

from tests.commands.meeting_steps import AOIFE, HELEN, SAMINA, WITH_SEATS, confirm, ref_of, starting
from tests.support.house import AMARA, OLU, Talk, button, words

ALL_COUNCILLORS_AND_SEATS = 78
HANNAH = "hannah.whitcombe@westshire.example"


async def test_the_whole_notice(talk: Talk) -> None:
    ref = ref_of(talk)
    published = await talk.say(OLU, f"meeting publish {ref}")
    preview = await talk.say(OLU, press=button(published, "Send the notice"))
    assert "This is what will be sent." in words(preview)
    assert not talk.told(AMARA)
    sent = await talk.say(OLU, press=button(preview, f"Send to {WITH_SEATS} people"))
    assert f"on its way to {WITH_SEATS} people" in words(sent)
    (notice,) = talk.told(AMARA, "notice")
    assert "When: Tuesday 8 December 2026, 5.30pm to 7.30pm" in words(notice)
    assert "7. Housing for care leavers" in words(notice)
    assert "2 items will be taken in private." in words(notice)
    assert [b.label for b in notice.buttons] == ["Coming", "Apologies", "Maybe", "Agenda"]
    assert notice.card is not None
    assert (notice.card.kind, notice.card.subject) == ("rsvp_request", ref)
    assert talk.told(AOIFE, "notice")
    assert not talk.told(SAMINA)
    answer = await talk.say(AMARA, press=button(notice, "Coming"))
    assert words(answer).startswith("Coming")
    assert answer.replaces


async def test_it_cannot_be_sent_twice(talk: Talk) -> None:
    ref = ref_of(talk)
    says = starting(await talk.say(OLU, f"notice send {ref}"), "Send to")
    await talk.say(OLU, press=says)
    assert "Everybody has had the notice" in words(await talk.say(OLU, press=says))
    again = await talk.say(OLU, f"notice send {ref}")
    assert "Everybody has had this notice already" in words(again)
    assert not [b for b in again.message.buttons if b.label.startswith("Send to")]
    assert len(talk.told(AMARA)) == 1


async def test_two_officers_at_once_send_it_once(talk: Talk) -> None:
    ref = ref_of(talk)
    says = starting(await talk.say(OLU, f"notice send {ref}"), "Send to")
    both = await asyncio.gather(talk.say(OLU, press=says), talk.say(HANNAH, press=says))
    assert sorted("on its way" in words(a) for a in both) == [False, True]
    assert ["Everybody has had the notice" in words(a) for a in both].count(True) == 1
    assert len(talk.told(AMARA)) == 1


async def test_a_changed_meeting_may_be_noticed_again(talk: Talk) -> None:
    ref = ref_of(talk)
    first = await talk.say(OLU, f"notice send {ref}")
    assert "The agenda is not published yet, so it is not in this notice." in words(first)
    await talk.say(OLU, press=starting(first, "Send to"))
    assert "The agenda will follow by Monday 30 November 2026." in words(talk.told(AMARA)[0])
    await talk.say(OLU, f"meeting publish {ref}")
    assert "has changed since you saw it" in words(await talk.say(OLU, press=starting(first, "Send to")))
    await confirm(talk, f"notice send {ref}", "Send to")
    await talk.say(OLU, f"agenda add {ref}: A late thing")
    await confirm(talk, f"notice send {ref}", "Send to")
    notices = [words(m) for m in talk.told(AMARA, "notice")]
    assert len(notices) == 3
    assert "A late thing" in notices[2]


async def test_to_all_councillors(talk: Talk) -> None:
    ref = ref_of(talk)
    panel = await talk.say(OLU, f"notice send {ref}")
    await talk.say(OLU, press=starting(panel, "Send to"))
    everyone = await talk.say(OLU, press=button(panel, "To all councillors too"))
    assert f"{WITH_SEATS} people have had it already" in words(everyone)
    rest = ALL_COUNCILLORS_AND_SEATS - WITH_SEATS
    await talk.say(OLU, press=button(everyone, f"Send to {rest} people"))
    (told,) = talk.told(SAMINA)
    assert "You are not on this panel. Its meetings are open to the public" in words(told)
    assert [b.label for b in told.buttons] == ["Agenda"]
    assert told.card is None
    assert len(talk.told(AMARA)) == 1


async def test_everyday_words_for_it(westshire: Talk) -> None:
    said = await westshire.ask(OLU, "post agenda to everyone, not the part 2")
    assert f"Send to {ALL_COUNCILLORS_AND_SEATS} people" in said
    assert f"Send to {WITH_SEATS} people" in await westshire.ask(OLU, "post the agenda to the panel")
    assert not westshire.told(AMARA)


async def test_a_count_that_changed_is_read_back_again(westshire: Talk) -> None:
    ref = ref_of(westshire)
    answer = await westshire.say(OLU, press=f"notice go {ref} s0 body 3")
    assert f"Send to {WITH_SEATS} people" in words(answer)
    assert not westshire.told(AMARA)


async def test_yes_sends_and_does_not_answer_for_the_officer(westshire: Talk) -> None:
    preview = await westshire.say(OLU, f"notice preview {ref_of(westshire)}")
    first = preview.message.buttons[0]
    assert first.label == f"Send to {WITH_SEATS} people"
    assert preview.message.card is not None
    assert preview.message.card.kind == "confirm"


async def test_only_officers_send(westshire: Talk) -> None:
    ref = ref_of(westshire)
    for line in (
        f"notice send {ref}",
        f"notice preview {ref}",
        f"notice go {ref} s0 body 17",
        f"meeting publish {ref}",
    ):
        assert "not yours to do" in await westshire.ask(HELEN, line)


async def test_deadlines_near_and_missed(westshire: Talk) -> None:
    ref = ref_of(westshire)
    westshire.clock.forward(days=3)
    near = await westshire.ask(OLU, f"notice preview {ref}")
    assert "The last lawful day to publish is Monday 30 November 2026: 2 working days left." in near
    westshire.clock.forward(days=4)
    assert "The last lawful day to publish is today" in await westshire.ask(OLU, f"notice preview {ref}")
    westshire.clock.forward(days=1)
    missed = await westshire.ask(OLU, f"notice preview {ref}")
    assert "The last lawful day to publish was Monday 30 November 2026" in missed
    assert "Publishing today would give 4 clear days, not 5" in missed
    late = await westshire.ask(OLU, f"meeting publish {ref}")
    assert "The agenda was published late: it was due by Monday 30 November 2026." in late
    assert "It gave 4 clear days, not 5." in late


async def test_a_local_target_is_not_called_law(open_house) -> None:  # type: ignore[no-untyped-def]
    talk = open_house("sqlite", "no-public-meetings")
    officer = "natasha.briggs-rowe@eastmarsh.example"
    said = await talk.ask(officer, f"agenda add {ref_of(talk)}: A thing to talk about")
    assert "local target" in said
    assert "lawful" not in said


async def test_a_notice_to_somebody_who_left_is_not_written(westshire: Talk) -> None:
    from bot.store.people import by_email

    def leave(session):  # type: ignore[no-untyped-def]
        by_email(session, HELEN).until = westshire.clock.now().date().replace(day=1)

    westshire.house.db.run_sync(leave)
    assert f"Send to {WITH_SEATS - 1} people" in await westshire.ask(OLU, f"notice send {ref_of(westshire)}")
