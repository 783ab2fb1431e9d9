"""When and where: what anybody can ask about meetings."""

from __future__ import annotations

import pytest

from tests.commands.meeting_steps import AOIFE, HELEN, SAMINA, TARIQ, Meant, confirm, look, ref_of
from tests.support.house import AMARA, DEE, OLU, Talk, button, words


async def test_the_next_meeting_of_ones_own_panel(talk: Talk) -> None:
    answer = await talk.say(AMARA, "next meeting")
    said = words(answer)
    assert "Corporate Parenting Panel" in said
    assert "When: Tuesday 8 December 2026, 5.30pm to 7.30pm" in said
    assert "Where: Committee Room 2, County Hall, Hartsea" in said
    assert "Chair: Helen Marchbank" in said
    assert "Your answer: Not answered yet" in said
    assert "due by Monday 30 November 2026" in said
    assert [b.label for b in answer.message.buttons][:4] == ["Coming", "Apologies", "Maybe", "Agenda"]
    assert answer.private


async def test_the_officer_is_warned_of_the_deadline(westshire: Talk) -> None:
    assert "lawful" not in await westshire.ask(OLU, "next meeting")
    westshire.clock.forward(days=4)
    said = await westshire.ask(OLU, "next meeting")
    assert "The last lawful day to publish is Monday 30 November 2026: 1 working day left." in said
    assert "Who is coming" in said
    assert "lawful" not in await westshire.ask(AMARA, "next meeting")


async def test_ones_own_answer_is_shown(westshire: Talk) -> None:
    await westshire.say(AMARA, press=button(await westshire.say(AMARA, "next meeting"), "Apologies"))
    assert "Your answer: Apologies" in await westshire.ask(AMARA, "next meeting")
    await westshire.say(OLU, f"confirm apologies {ref_of(westshire)}")
    assert "Your answer: Apologies (recorded by the officer)" in await westshire.ask(AMARA, "next meeting")


async def test_ones_own_body_comes_first(westshire: Talk) -> None:
    said = await westshire.ask(DEE, "next meeting")
    assert said.startswith("Housing and Care Leavers Sub-group")
    assert "Corporate Parenting Panel Tue 8 Dec, 5.30pm" in said
    assert "(vice-chair)" not in said


async def test_somebody_without_a_seat_is_not_asked_to_come(westshire: Talk) -> None:
    answer = await westshire.say(SAMINA, "next meeting")
    assert "You are not on this panel. Its meetings are open to the public" in words(answer)
    assert "Coming" not in [b.label for b in answer.message.buttons]
    assert "its meetings are not public" in await westshire.ask(
        SAMINA, "next meeting of the health sub-group"
    )


@pytest.mark.parametrize(
    ("typed", "heading", "day"),
    [
        ("next meeting of the health sub group", "Health Sub-group", "19 January 2027"),
        ("next meeting in January", "Housing and Care Leavers Sub-group", "21 January 2027"),
        ("next meeting for CPP-EET", "Education, Employment and Training Sub-group", "26 January 2027"),
        ("next meeting on 9 February", "Corporate Parenting Panel", "9 February 2027"),
        ("next meeting in April", "Corporate Parenting Panel", "13 April 2027"),
        ("meeting {ref}", "Corporate Parenting Panel", "8 December 2026"),
    ],
)
async def test_words_pick_the_meeting(westshire: Talk, typed: str, heading: str, day: str) -> None:
    said = await westshire.ask(AMARA, typed.format(ref=ref_of(westshire)))
    assert said.startswith(heading)
    assert day in said


async def test_a_day_without_a_meeting_offers_the_nearest(talk: Talk) -> None:
    answer = await talk.say(AMARA, "next meeting on 24 December")
    assert "There is no meeting then" in words(answer)
    assert f"meeting {ref_of(talk)}" in [b.says for b in answer.message.buttons]


async def test_a_meeting_nobody_knows(talk: Talk) -> None:
    assert "I know no meeting" in await talk.ask(AMARA, "meeting M-9999")


async def test_all_dates_with_their_bodies(westshire: Talk) -> None:
    said = await westshire.ask(SAMINA, "dates")
    assert "Tuesday 19 January 2027, 10am: Health Sub-group, Online" in said
    assert "Tuesday 7 December 2027, 5.30pm: Corporate Parenting Panel" in said
    assert said.index("8 December 2026") < said.index("19 January 2027") < said.index("9 February 2027")
    only = await westshire.ask(SAMINA, "dates for the health sub-group")
    assert "Health Sub-group" in only
    assert "Corporate Parenting Panel" not in only


async def test_a_cancelled_meeting_is_no_longer_a_date(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await confirm(westshire, f"meeting cancel {ref}", "Cancel it")
    assert "8 December 2026" not in await westshire.ask(AMARA, "dates")
    assert "This meeting is cancelled." in await westshire.ask(AMARA, f"meeting {ref}")


async def test_no_dates_at_all(westshire: Talk) -> None:
    westshire.clock.forward(days=800)
    assert "Nothing is planned." in await westshire.ask(AMARA, "dates")
    assert "No meeting is planned." in await westshire.ask(AMARA, "next meeting")


async def test_who_is_chairing(westshire: Talk) -> None:
    assert "Susan Ellery takes the chair" in await westshire.ask(AOIFE, "who is chairing in January?")
    ref = ref_of(westshire)
    assert "Helen Marchbank takes the chair" in await westshire.ask(AMARA, f"who is chairing {ref}")
    await westshire.say(HELEN, f"rsvp no {ref}")
    assert "Tariq Mahmood, the vice-chair, takes the chair" in await westshire.ask(
        AMARA, f"who is chairing {ref}"
    )
    await westshire.say(TARIQ, f"rsvp no {ref}")
    assert "will be chosen at the meeting" in await westshire.ask(AMARA, f"who is chairing {ref}")


async def test_the_calendar_feed_is_ones_own_and_private(westshire: Talk) -> None:
    westshire.house.router.cache.update(public_url="https://bot.westshire.example/", secret="s" * 40)
    mine, hers = await westshire.ask(AMARA, "calendar"), await westshire.ask(HELEN, "calendar")
    assert "https://bot.westshire.example/calendar/" in mine
    assert mine != hers
    assert "https://" not in await westshire.ask(AMARA, "calendar", place="channel")


async def test_the_calendar_feed_may_not_be_set_up(westshire: Talk) -> None:
    westshire.house.router.cache.update(public_url="", secret="")
    assert "The calendar feed is not set up" in await westshire.ask(AMARA, "calendar")


def read(talk: Talk, intent: str, sentence: str, who: str = AMARA) -> str:
    """The command that a sentence comes to."""
    from bot.conversation.identity import roles_of
    from bot.conversation.registry import Context, Says

    reader = talk.house.registry.readers[intent]

    def run(work):  # type: ignore[no-untyped-def]
        ctx = Context(work, work.me, roles_of(work.me), sentence=sentence)
        result = reader(ctx, Meant(intent))
        assert isinstance(result, Says)
        matched = talk.house.registry.match(result.line)
        assert matched is not None, result.line
        return matched.spec.name

    return look(talk, run, who)


@pytest.mark.parametrize(
    ("intent", "sentence", "command"),
    [
        ("next_meeting", "when is next cpp?", "show meeting"),
        ("next_meeting", "has the October meeting been moved", "show meeting"),
        ("next_meeting", "who is chairing in Jan", "show chair"),
        ("next_meeting", "dates for whole year so i can put in diary?", "show dates"),
        ("agenda", "agenda pls", "show agenda"),
        ("agenda", "What's on about housing next time please?", "show agenda"),
        ("agenda", "is item 7 private", "show item"),
        ("agenda", "have the papers for the 14th gone out yet", "show papers"),
        ("agenda", "wheres the pdf, cant open it on my phone", "show papers"),
        ("agenda", "can I have a copy of the minutes", "minutes"),
        ("who_is_coming", "who hasn't replied?", "show coming"),
        ("who_is_coming", "are we quorate", "show coming"),
    ],
)
async def test_sentences_come_to_commands(westshire: Talk, intent: str, sentence: str, command: str) -> None:
    assert read(westshire, intent, sentence) == command


@pytest.mark.parametrize(
    "typed", ["show meeting when is next cpp?", "show dates for the year", "show chair in January"]
)
async def test_what_readers_say_is_answered(westshire: Talk, typed: str) -> None:
    assert "went wrong" not in await westshire.ask(AMARA, typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("when is next cpp?", "Tuesday 8 December 2026, 5.30pm"),
        ("is it weds or thurs & what time", "When: "),
        ("agenda pls", "Agenda: Corporate Parenting Panel"),
        ("have the papers for the 14th gone out yet", "There is no meeting then"),
        ("wheres the pdf, cant open it on my phone", "on the council's website"),
        ("What's on about housing next time please?", "Agenda: Corporate Parenting Panel"),
        ("dates for whole year so i can put in diary?", "Meetings to come"),
        ("who is chairing in Jan", "Amara Osei takes the chair"),
        ("is item 7 private", "is not published yet"),
        ("next health sub group", "Health Sub-group"),
    ],
)
async def test_what_people_type(westshire: Talk, typed: str, said: str) -> None:
    assert said in await westshire.ask(AMARA, typed)
