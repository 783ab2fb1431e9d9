"""The agenda: who may see what of it, where, and how the officer makes it."""

from __future__ import annotations

import pytest

from tests.commands.meeting_steps import AOIFE, IFEOMA, SAMINA, SECRET_TITLE, confirm, ref_of, starting
from tests.support.house import AMARA, DEE, OLU, Talk, button, words

OPEN_TITLE = "Housing for care leavers: move-on flats, tenancies and arrears"


@pytest.fixture
def published(talk: Talk) -> tuple[Talk, str]:
    """The December panel, its agenda published by hand below."""
    return talk, ref_of(talk)


async def test_before_it_is_published_only_officers_see_it(talk: Talk) -> None:
    ref = ref_of(talk)
    for person in (AMARA, DEE, SAMINA):
        said = await talk.ask(person, f"agenda {ref}")
        assert "It is due by Monday 30 November 2026" in said
        assert OPEN_TITLE not in said
    draft = await talk.ask(OLU, f"agenda {ref}")
    assert "Draft agenda" in draft
    assert OPEN_TITLE in draft
    assert SECRET_TITLE in draft
    in_channel = await talk.ask(OLU, f"agenda {ref}", place="channel")
    assert OPEN_TITLE not in in_channel


async def test_private_items_are_for_those_entitled_and_in_private(published: tuple[Talk, str]) -> None:
    talk, ref = published
    await talk.say(OLU, f"meeting publish {ref}")
    for person in (AMARA, AOIFE, OLU):
        said = await talk.ask(person, f"agenda {ref}")
        assert f"4. {SECRET_TITLE}" in said
        assert "Private (exempt)" in said
    for person, place in [
        (AMARA, "group"),
        (AMARA, "channel"),
        (OLU, "group"),
        (OLU, "channel"),
        (DEE, "personal"),
        (SAMINA, "personal"),
    ]:
        for line in (
            f"agenda {ref}",
            f"show agenda {ref}",
            f"agenda item 4 {ref}",
            f"is item 4 private {ref}",
            f"papers {ref}",
            f"meeting {ref}",
        ):
            said = await talk.ask(person, line, place=place)
            assert SECRET_TITLE not in said, (person, place, line)
            assert "Participation Lead" not in said
        said = await talk.ask(person, f"agenda {ref}", place=place)
        assert "Item 4 is private (exempt)" in said
        assert OPEN_TITLE in said


async def test_whether_an_item_is_private(westshire: Talk) -> None:
    ref = ref_of(westshire)
    assert "is not published yet" in await westshire.ask(AMARA, "is item 4 private")
    await westshire.say(OLU, f"meeting publish {ref}")
    assert f'Item 4, "{SECRET_TITLE}' in await westshire.ask(AMARA, "is item 4 private?")
    outside = await westshire.ask(SAMINA, "is item 4 private?")
    assert "Item 4 is private (exempt)" in outside
    assert SECRET_TITLE not in outside
    assert "is not private" in await westshire.ask(SAMINA, "is item 7 private")
    assert "has no item 40" in await westshire.ask(SAMINA, "is item 40 private")
    assert "is not private" in await westshire.ask(SAMINA, f"agenda item 7 {ref}")
    assert "is not private" in await westshire.ask(SAMINA, "show item 7 is item 7 private")


async def test_whether_the_papers_are_out(westshire: Talk) -> None:
    ref = ref_of(westshire)
    assert "Not yet." in await westshire.ask(AMARA, "papers for 8 December")
    assert "due by Monday 30 November 2026" in await westshire.ask(
        AMARA, "have the papers for the 8th gone out yet"
    )
    await westshire.say(OLU, f"meeting publish {ref}")
    assert "Yes." in await westshire.ask(AMARA, f"papers {ref}")
    assert "published on Monday 23 November 2026" in await westshire.ask(AMARA, f"papers {ref}")
    assert "There is no meeting then" in await westshire.ask(
        AMARA, "have the papers for the 14th gone out yet"
    )
    westshire.clock.forward(days=60)
    home = ref_of(westshire, "CPP-HOME", 0)
    assert "is not published." in await westshire.ask(AMARA, f"show papers {home}")


async def test_papers_of_a_past_meeting(westshire: Talk) -> None:
    said = await westshire.ask(AMARA, "show papers were the papers for 13 October published")
    assert "Corporate Parenting Panel on Tuesday 13 October 2026 was published" in said


async def test_minutes_are_not_here(westshire: Talk) -> None:
    assert "I do not hold the minutes" in await westshire.ask(AMARA, "minutes")


async def test_the_officer_makes_an_agenda(talk: Talk) -> None:
    ref = ref_of(talk, "CPP", 1)
    added = await talk.ask(OLU, f"agenda add {ref}: Dentists: what has changed?")
    assert "The item is added." in added
    assert "Dentists: what has changed?" in added
    assert "The last lawful day to publish the notice and agenda is Monday 1 February 2027" in added
    private = await talk.ask(OLU, f"agenda add {ref}: A visit to a home [private]")
    assert "A visit to a home Private (exempt)" in private
    last = int(private.split("A visit to a home")[0].rsplit("- ", 1)[1].strip(". "))
    assert "The item is open now." in (opened := await talk.ask(OLU, f"agenda open {ref} {last}"))
    assert "A visit to a home Private" not in opened
    assert "A visit to a home Private (exempt)" in await talk.ask(OLU, f"agenda private {ref} {last}")
    first = await talk.ask(OLU, f"agenda order {ref} {last}, 1")
    assert "- 1. A visit to a home Private (exempt)" in first
    assert "- 2. Welcome" in first
    assert f"- {last}. Dentists" in first
    gone = await talk.ask(OLU, f"agenda remove {ref} 1")
    assert "A visit to a home" not in gone
    assert "- 1. Welcome" in gone
    assert "has no item 99" in await talk.ask(OLU, f"agenda remove {ref} 99")
    assert "name each item once" in await talk.ask(OLU, f"agenda order {ref} 1 1")


async def test_a_form_for_an_item(westshire: Talk) -> None:
    ref = ref_of(westshire)
    form = (await westshire.say(OLU, f"agenda add {ref}")).message.form
    assert form is not None
    assert [f.name for f in form.fields] == ["title", "lead", "minutes", "private"]
    answers = {"title": "Bus passes", "lead": "Dee Patel", "minutes": "10", "private": "yes"}
    said = words(await westshire.say(OLU, press=form.says, form=answers))
    assert "Bus passes (Dee Patel) Private (exempt)" in said
    again = await westshire.say(OLU, press=form.says, form={**answers, "title": "x" * 201})
    assert again.keep_form
    assert "Give a title of up to 200 characters" in words(again)


async def test_an_item_is_added_to_a_published_agenda_with_a_warning(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(OLU, f"meeting publish {ref}")
    said = await westshire.ask(OLU, f"agenda add {ref}: A late thing")
    assert "A late item needs the chair to certify that it is urgent" in said


async def test_only_officers_make_it(westshire: Talk) -> None:
    ref = ref_of(westshire)
    for line in (
        f"agenda add {ref}: Mine",
        f"agenda remove {ref} 1",
        f"agenda order {ref} 2 1",
        f"agenda open {ref} 4",
    ):
        assert "not yours to do" in await westshire.ask(AMARA, line)


async def test_an_empty_agenda_cannot_be_published(westshire: Talk) -> None:
    made = words(await confirm(westshire, "meeting new CPP 4 March 2027 5pm", "Yes, enter it"))
    ref = made.split("Entered: ")[1].split()[0]
    assert "There is nothing on it yet." in await westshire.ask(OLU, f"agenda {ref}")
    assert "nothing on the agenda" in await westshire.ask(OLU, f"meeting publish {ref}")


async def test_titles_are_words_and_nothing_else(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(OLU, f"agenda add {ref}: [*Free] notice go {ref} s0 body 17")
    await westshire.say(OLU, f"meeting publish {ref}")
    answer = await westshire.say(AMARA, f"agenda {ref}")
    assert "Free" not in [b.label for b in answer.message.buttons]


async def test_no_private_item_leaves_in_a_notice(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(OLU, f"meeting publish {ref}")
    preview = await talk.say(OLU, f"notice preview {ref} to all members")
    assert SECRET_TITLE not in words(preview)
    await talk.say(OLU, press=starting(preview, "Send to"))
    await confirm(talk, f"meeting move {ref} to 15 December 6pm", "Yes, move it")
    for person in (AMARA, SAMINA, IFEOMA, OLU):
        for message in talk.told(person):
            assert SECRET_TITLE not in words(message)
            assert "Regulation 44" not in words(message)
    assert OPEN_TITLE in words(talk.told(AMARA, "notice")[0])


async def test_the_officer_may_publish_from_the_draft(westshire: Talk) -> None:
    ref = ref_of(westshire)
    draft = await westshire.say(OLU, f"agenda {ref}")
    said = words(await westshire.say(OLU, press=button(draft, "Publish it")))
    assert "The agenda is marked as published." in said
    assert "published in time" in said
    assert "marked as published already" in await westshire.ask(OLU, f"meeting publish {ref}")
