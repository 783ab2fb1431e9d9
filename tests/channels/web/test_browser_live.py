"""What others send arrives by itself, in a real browser, whatever becomes of the connection."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from bot.channels.web import PersonCard, WebChannel
from tests.channels.web.desk import AMARA, OLU, parcel
from tests.channels.web.serving import Served
from tests.channels.web.windows import Open, say


def test_a_message_reaches_the_other_window_without_stealing_the_focus(
    window: Open, served: Served, channel: WebChannel
) -> None:
    amara, olu = window("/as/4"), window("/as/7")
    box = amara.get_by_label("Your message")
    box.fill("I am in the middle of")
    box.focus()
    served.do(channel.send(parcel(AMARA, "# The agenda is out\n\nFor 8 December.\n\n[Next meeting] contact")))
    expect(amara.get_by_role("heading", name="The agenda is out")).to_be_visible()
    expect(amara.locator("#say-politely")).to_have_text("New message: The agenda is out For 8 December.")
    expect(box).to_be_focused()
    expect(box).to_have_value("I am in the middle of")
    expect(olu.locator("article.card")).to_have_count(0)
    amara.get_by_role("button", name="Next meeting", exact=True).click()
    expect(amara.get_by_role("heading", name="Leaving care housing team")).to_be_visible()
    served.do(channel.send(parcel(OLU, "Amara has seen it.")))
    expect(olu.locator(".entry-message").get_by_text("Amara has seen it.")).to_be_visible()


def test_a_message_far_below_is_pointed_to(window: Open, served: Served, channel: WebChannel) -> None:
    page = window("/as/4", "phone", reduced_motion="reduce")
    for _ in range(2):
        say(page, "contact")
    page.evaluate("scrollTo(0, 0)")
    served.do(channel.send(parcel(AMARA, "# The agenda is out")))
    pointer = page.get_by_role("link", name="1 new message")
    expect(pointer).to_be_visible()
    expect(page).to_have_title("(1) Amara Osei: conversation – Corporate parenting, Westshire County Council")
    pointer.click()
    expect(page.get_by_role("heading", name="The agenda is out")).to_be_in_viewport()
    expect(pointer).to_be_hidden()


def test_what_was_missed_arrives_when_the_stream_comes_back(
    window: Open, served: Served, channel: WebChannel
) -> None:
    page = window("/as/4")
    say(page, "hello")
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    served.do(channel.send(parcel(AMARA, "While you were away.")))
    expect(page.locator(".entry-message")).to_have_count(0)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(page.locator(".entry-message")).to_have_text(re.compile("While you were away."))
    expect(page.locator(".entry")).to_have_count(3)


def test_a_connection_that_is_lost_is_said_until_it_is_back(window: Open) -> None:
    page = window("/as/4")
    page.route("**/live*", lambda route: route.abort())
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(page.locator("#trouble")).to_have_text("The connection is lost. Trying again …", timeout=10_000)
    page.unroute("**/live*")
    expect(page.locator("#trouble")).to_have_text("", timeout=10_000)


def test_a_page_of_an_earlier_run_says_so_and_keeps_what_is_typed(
    window: Open, served: Served, channel: WebChannel
) -> None:
    page = window("/as/4")
    page.get_by_label("Your message").fill("Half a thought")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    served.do(_forget(channel, AMARA))
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(page.locator("#trouble")).to_contain_text("The demonstration was started again.")
    expect(page.get_by_role("link", name="Open the conversation again")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("Half a thought")


async def _forget(channel: WebChannel, person: PersonCard) -> None:
    """As a new process would: the person's transcript begins anew, under another mark."""
    channel.transcript(person.user_id).mark = "another"


def test_a_server_that_is_gone_is_said_and_nothing_typed_is_lost(window: Open, served: Served) -> None:
    page = window("/as/4")
    served.stop()
    page.get_by_label("Your message").fill("Are you there?")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#trouble")).to_contain_text("That was not sent.")
    expect(page.get_by_label("Your message")).to_have_value("Are you there?")
