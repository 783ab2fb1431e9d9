"""Windows of a real browser on a served web chat, and what one does in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

SIZES = {"phone": (360, 740), "desktop": (1280, 860)}
RULES = {"target-size": {"enabled": True}}
Open = Callable[..., Page]


@contextmanager
def windows(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a path in a window of its own. An error of a page, or a request to another host, fails."""
    opened: list[Any] = []
    wrong: list[str] = []

    def open_(path: str, size: str = "desktop", **more: Any) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, **more)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(address) else wrong.append(r.url))
        page.goto(path)
        if more.get("java_script_enabled", True):
            expect(page.locator("html[data-ready]" if path.startswith("/as") else "html")).to_be_attached()
        return page

    yield open_
    for context in opened:
        context.close()
    assert wrong == []


def say(page: Page, words: str) -> Locator:
    """Type and send; the card that answers."""
    cards = page.locator("article.card")
    number = cards.count()
    page.get_by_label("Your message").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(cards).to_have_count(number + 1)
    return cards.last


def audit(page: Page) -> None:
    """No rule of axe is broken on the page as it stands."""
    result = Axe().run(page, options={"rules": RULES})
    assert result.violations_count == 0, result.generate_report()
