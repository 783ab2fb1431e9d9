"""The web chat in a real browser: accessible in every state, by keyboard, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.channels.web import WebChannel
from tests.channels.web.desk import AMARA, Desk, parcel
from tests.channels.web.serving import Served
from tests.channels.web.windows import SIZES, Open, audit, say


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible(
    window: Open, served: Served, channel: WebChannel, size: str, scheme: str
) -> None:
    """The chooser; then cards, a used card, a message, a form, a form with errors and an urgent card."""
    audit(window("/", size, color_scheme=scheme, reduced_motion="reduce"))
    page = window("/as/4", size, color_scheme=scheme, reduced_motion="reduce")
    say(page, "contact")
    say(page, "broadcast").get_by_role("button", name="Send it").click()
    expect(page.get_by_text("You chose: Send it")).to_be_visible()
    served.do(channel.send(parcel(AMARA, "# The agenda is out\n\n[Next meeting] contact")))
    expect(page.get_by_text("Message for you")).to_be_visible()
    say(page, "concern")
    say(page, "concern").get_by_role("button", name="Send the concern").click()
    expect(page.locator(".problems")).to_be_focused()
    say(page, "danger")
    audit(page)


@pytest.mark.parametrize("path", ["/", "/as/4"])
def test_nothing_is_cut_off_on_the_narrowest_phone(window: Open, path: str) -> None:
    page = window(path, "phone")
    page.set_viewport_size({"width": 320, "height": 600})
    if path != "/":
        for words in ("contact", "concern", "danger", "x" * 200):
            say(page, words)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_an_urgent_card_interrupts(window: Open) -> None:
    page = window("/as/4")
    card = say(page, "danger")
    expect(page.locator("#say-now")).to_contain_text("Urgent: A child may be at risk: please act now")
    expect(page.get_by_role("alert").filter(has_text="Urgent")).to_be_attached()
    expect(card).to_be_focused()
    expect(card.get_by_text("Urgent: please read this first")).to_be_in_viewport()
    expect(card.get_by_role("link", name="999").first).to_have_attribute("href", "tel:999")


def test_a_whole_round_by_keyboard(window: Open, desk: Desk) -> None:
    page = window("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    page.get_by_label("Find somebody").focus()
    page.keyboard.type("osei")
    expect(page.locator("#count")).to_have_text("1 person")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".people a:focus")).to_have_text("Amara Osei Councillor, Hartsea Arches")
    page.keyboard.press("Enter")
    expect(page.locator("html[data-ready]")).to_be_attached()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your message")).to_be_focused()
    page.keyboard.type("concern")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Raise a concern")).to_be_visible()
    expect(page.locator("#say-politely")).to_have_text(
        "Raise a concern It goes to the support officer first."
    )
    expect(page.get_by_label("Your message")).to_be_focused()
    page.get_by_label("What is your concern?").focus()
    page.keyboard.type("The flats are damp")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("A short title").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".problems")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("A short title")).to_be_focused()
    expect(page.get_by_label("What is your concern?")).to_have_value("The flats are damp")
    expect(page.get_by_label("Housing")).to_be_checked()
    page.keyboard.type("Damp flats")
    page.keyboard.press("Enter")
    expect(page.locator("article.card").last).to_be_focused()
    expect(page.locator("article.card").last).to_contain_text("CPP-26/27-014")
    assert desk.taken[-1].form["title"] == "Damp flats"


def test_a_new_line_is_not_a_send(window: Open, desk: Desk) -> None:
    page = window("/as/4")
    box = page.get_by_label("Your message")
    box.press_sequentially("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    box.press("Enter")
    expect(page.locator("article.card")).to_have_count(1)
    assert [t.text for t in desk.taken] == ["one\ntwo"]


def test_what_has_the_focus_is_never_hidden_behind_the_message_box(window: Open) -> None:
    page = window("/as/4", "phone", reduced_motion="reduce")
    say(page, "concern")
    dock = page.locator(".dock").bounding_box()
    assert dock is not None
    page.get_by_label("What is your concern?").focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        focused = page.locator("form.form :focus")
        if focused.count() == 0:
            break
        box = focused.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= dock["y"] + 1


def test_without_scripts_it_is_the_same_chat(
    window: Open, desk: Desk, served: Served, channel: WebChannel
) -> None:
    page = window("/", java_script_enabled=False)
    page.get_by_label("Find somebody").fill("osei")
    page.get_by_role("button", name="Find").click()
    page.locator(".people a").click()
    page.get_by_label("Your message").fill("concern")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_label("What is your concern?").fill("The flats are damp")
    page.get_by_role("button", name="Send the concern").click()
    expect(page.get_by_text("A short title: This needs an answer")).to_be_visible()
    expect(page.get_by_label("What is your concern?")).to_have_value("The flats are damp")
    page.get_by_label("Housing").check()
    page.get_by_label("A short title").fill("Damp flats")
    page.get_by_role("button", name="Send the concern").click()
    expect(page.get_by_text("CPP-26/27-014")).to_be_visible()
    served.do(channel.send(parcel(AMARA, "# The agenda is out")))
    page.get_by_role("link", name="Check for new messages").click()
    expect(page.get_by_role("heading", name="The agenda is out")).to_be_visible()
    assert desk.taken[-1].says == "concern send"


def test_sending_twice_quickly_is_sending_once(window: Open, desk: Desk) -> None:
    desk.slowness = 0.2
    page = window("/as/4")
    say(page, "broadcast")
    page.get_by_role("button", name="Send it").dblclick()
    expect(page.get_by_text("Sent to 87 councillors.")).to_have_count(1)
    assert [t.says for t in desk.taken] == ["", "send now 12"]
