"""What a post does: words, buttons, forms, each once, with and without errors, by plain HTML posts."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest

from bot.channels.web import WebChannel
from bot.channels.web.people import TENANT
from tests.channels.web.conftest import Window
from tests.channels.web.desk import AMARA, Desk, parcel

GOOD = {"f__text": "The flats are damp", "f__theme": "housing", "f__title": "Damp flats"}


async def test_typed_words_reach_the_bot_as_text_of_a_proven_person(amara: Window, desk: Desk) -> None:
    page = await amara.say(text="  hello\r\nthere  ")
    [taken] = desk.taken
    assert (taken.text, taken.says, taken.place) == ("hello\nthere", "", "personal")
    assert (taken.sender.channel, taken.sender.tenant, taken.sender.user_id) == ("web", TENANT, "4")
    assert taken.sender.email == AMARA.email
    assert "You said: hello\nthere" in page


async def test_a_post_leads_back_to_the_answer(amara: Window) -> None:
    await amara.open()
    response = await amara.post(text="hello")
    assert (response.status_code, response.headers["location"]) == (303, "/as/4#m2")
    await amara.open()
    assert (await amara.post(text="   ")).headers["location"] == "/as/4#text"


async def test_a_button_says_its_command(amara: Window, desk: Desk) -> None:
    await amara.say(text="contact")
    page = await amara.say(says="contact wrong lc-duty", from_=2)
    assert (desk.taken[-1].says, desk.taken[-1].text) == ("contact wrong lc-duty", "")
    assert 'class="said">This was wrong<' in page, "the person sees the label they pressed"
    assert 'value="contact wrong lc-duty"' in page, "a look-up leaves its buttons in place"


async def test_what_is_no_button_of_the_card_is_read_as_typed(amara: Window, desk: Desk) -> None:
    await amara.say(text="contact")
    await amara.say(says="broadcast to everybody", from_=2)
    assert (desk.taken[-1].says, desk.taken[-1].text) == ("", "broadcast to everybody")
    await amara.say(says="contact wrong lc-duty", from_=77)
    assert (desk.taken[-1].says, desk.taken[-1].text) == ("", "contact wrong lc-duty")


async def test_a_card_whose_button_changed_something_is_used_up(amara: Window, desk: Desk) -> None:
    await amara.say(text="broadcast")
    page = await amara.say(says="send now 12", from_=2)
    assert "You chose: <strong>Send it</strong>" in page
    assert "send now 12" not in page
    await amara.say(says="send now 12", from_=2)
    assert desk.taken[-1].text == "send now 12", (
        "a used button counts as words, which the bot reads and guards"
    )


async def test_the_same_post_again_has_no_second_effect(amara: Window, desk: Desk) -> None:
    await amara.open()
    first = await amara.post(text="hello")
    again = await amara.post(text="hello")
    assert first.headers["location"] == again.headers["location"]
    assert len(desk.taken) == 1
    assert (await amara.open()).count('class="words">You said: hello') == 1


async def test_two_posts_at_once_show_one_answer(amara: Window, desk: Desk) -> None:
    desk.slowness = 0.02
    await amara.open()
    await asyncio.gather(*(amara.post(text="hello") for _ in range(4)))
    assert len(desk.taken) == 1
    assert (await amara.open()).count('class="words">You said: hello') == 1


async def test_another_thing_from_the_same_page_is_another_thing(amara: Window, desk: Desk) -> None:
    await amara.open()
    await amara.post(text="hello")
    await amara.post(text="goodbye")
    assert [t.text for t in desk.taken] == ["hello", "goodbye"]
    assert len({t.event_id for t in desk.taken}) == 2


async def test_the_same_words_of_two_people_are_two_events(amara: Window, olu: Window, desk: Desk) -> None:
    await amara.say(text="hello")
    nonce = amara.seal()["nonce"]
    await olu.open()
    olu.html = olu.html.replace(olu.seal()["nonce"], nonce)
    await olu.post(text="hello")
    assert len({t.event_id for t in desk.taken}) == 2


async def test_a_form_goes_with_its_answers_and_what_it_carries(amara: Window, desk: Desk) -> None:
    await amara.say(text="concern")
    page = await amara.say(form=1, from_=2, f__draft="d-forged", f__stray="x", f__copy="", **GOOD)
    sent = desk.taken[-1]
    assert sent.says == "concern send"
    assert sent.form == {
        "text": "The flats are damp",
        "theme": "housing",
        "title": "Damp flats",
        "draft": "d-41",
    }
    assert "You chose: <strong>Send the concern</strong>" in page
    assert "CPP-26/27-014" in page


async def test_missing_answers_are_shown_beside_their_fields_and_nothing_is_lost(
    amara: Window, desk: Desk
) -> None:
    await amara.say(text="concern")
    page = await amara.say(form=1, from_=2, f__text="The flats are damp", f__theme="moon", f__chair="yes")
    assert [t.text for t in desk.taken] == ["concern"]
    assert "Please check your answers" in page
    assert "What is it about: Choose one of the answers offered" in page
    assert "A short title: This needs an answer" in page
    assert "The flats are damp</textarea>" in page
    assert re.search(r'name="f.chair" value="yes" checked', page)
    assert page.count('class="entry entry-') == 2, "a form to be mended adds no line to the conversation"


async def test_the_bots_own_errors_keep_the_form_open_in_its_place(amara: Window, desk: Desk) -> None:
    await amara.say(text="concern")
    page = await amara.say(form=1, from_=2, **{**GOOD, "f__title": "Damp"})
    assert page.count("Give a title of at least five letters") == 2
    assert 'value="Damp"' in page
    assert page.count('class="entry entry-') == 2
    page = await amara.say(form=1, from_=2, **GOOD)
    assert "CPP-26/27-014" in page
    assert "Please check" not in page


async def test_a_form_too_long_is_stopped_before_the_bot(amara: Window, desk: Desk) -> None:
    await amara.say(text="concern")
    page = await amara.say(form=1, from_=2, **{**GOOD, "f__text": "x" * 2001})
    assert "Keep this under 2000 characters" in page
    assert len(desk.taken) == 1


async def test_a_used_or_vanished_form_is_refused_in_words(amara: Window, desk: Desk) -> None:
    await amara.say(text="concern")
    await amara.say(form=1, from_=2, **GOOD)
    for source in (2, 55):
        await amara.open()
        response = await amara.post(form=1, from_=source, **GOOD)
        assert response.status_code == 409
        assert "That form has been used" in response.text
    assert len(desk.taken) == 2


async def test_urgent_words_are_not_kept(amara: Window, channel: WebChannel) -> None:
    page = await amara.say(text="a child is in danger")
    assert "a child is in danger" not in page
    assert "Your words were not kept." in page
    assert "Urgent: please read this first" in page
    assert "a child is in danger" not in str(channel.transcript("4").entries)


async def test_urgent_words_in_a_form_are_not_kept_either(amara: Window, channel: WebChannel) -> None:
    await amara.say(text="concern")
    await amara.say(form=1, from_=2, f__text="danger tonight", f__theme="housing")
    page = await amara.say(form=1, from_=2, **{**GOOD, "f__text": "danger tonight"})
    assert "Urgent: please read this first" in page
    assert "danger tonight" not in str(channel.transcript("4").entries)


async def test_what_others_send_is_on_the_page(amara: Window, olu: Window, channel: WebChannel) -> None:
    await channel.send(parcel(AMARA, "# The agenda is out"))
    assert "The agenda is out" in await amara.open()
    assert "Message for you" in amara.html
    assert "The agenda is out" not in await olu.open()


async def test_the_script_gets_entries_and_a_new_nonce(amara: Window, client: httpx.AsyncClient) -> None:
    await amara.open()
    given = (await amara.post({"accept": "application/json"}, text="hello")).json()
    assert [(e["entry"], e["kind"]) for e in given["entries"]] == [(1, "said"), (2, "answer")]
    assert given["focus"] == 2
    assert given["nonce"] != amara.seal()["nonce"]
    assert "You said: hello" in given["entries"][1]["html"]


@pytest.mark.parametrize("person", ["99", "x", "4 ", "%2e%2e", "-4"])
async def test_nobody_is_a_page_that_says_so(client: httpx.AsyncClient, person: str) -> None:
    response = await client.get(f"/as/{person}")
    assert response.status_code == 404


async def test_the_panel_suggests_four_things_by_role(amara: Window, olu: Window) -> None:
    said = {}
    for window in (amara, olu):
        said[window.person.id] = re.findall(
            r'class="example" name="text" value="([^"]+)"', await window.open()
        )
        assert len(said[window.person.id]) == 4
    assert said[4] != said[7]
