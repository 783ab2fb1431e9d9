"""The web chat in front of the real bot: what the side panel suggests works, and safety comes first."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest

from bot.channels.web import PersonCard, WebChannel, create_web
from bot.channels.web.people import GROUPS
from bot.store.people import everyone
from tests.channels.web.conftest import HOME, Window
from tests.support.house import AMARA, DEE, OLU, Talk


@pytest.fixture
def cards(westshire: Talk) -> list[PersonCard]:
    """Westshire's people as the chooser takes them."""
    today = westshire.clock.now().date()
    people = westshire.house.db.run_sync(everyone, today)
    return [PersonCard(p.id, p.name, p.email, tuple(p.roles), p.title, p.ward, p.party) for p in people]


@pytest.fixture
async def client(westshire: Talk, cards: list[PersonCard]) -> AsyncIterator[httpx.AsyncClient]:
    async def people() -> list[PersonCard]:
        return cards

    web = create_web(
        westshire.house.router.handle, people, WebChannel(westshire.clock), council="Westshire County Council"
    )
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers={"origin": HOME}) as client:
        yield client


def window(client: httpx.AsyncClient, cards: list[PersonCard], email: str) -> Window:
    return Window(client, next(c for c in cards if c.email == email))


@pytest.mark.parametrize("group", GROUPS)
async def test_what_the_panel_suggests_is_understood(
    westshire: Talk, client: httpx.AsyncClient, cards: list[PersonCard], group: str
) -> None:
    """Each is carried out, or read back for a yes; a last resort to the directory does not count."""
    of_group = [c for c in cards if c.group == group]
    person = next((c for c in of_group if c.email in (AMARA, OLU, DEE)), of_group[0])
    page = await Window(client, person).open()
    suggested = [unescape(s) for s in re.findall(r'class="example" name="text" value="([^"]+)"', page)]
    assert len(suggested) == 4
    for sentence in suggested:
        answer = await westshire.say(person.email, sentence)
        card = answer.message.card
        assert answer.command or (card and card.kind == "confirm"), sentence
        assert (answer.command == "contact") == ("contact" in sentence), sentence


async def test_a_button_of_the_real_bot_works_and_a_double_press_is_one(
    client: httpx.AsyncClient, cards: list[PersonCard]
) -> None:
    amara = window(client, cards, AMARA)
    page = await amara.say(text="next meeting")
    says = re.findall(r'name="says" value="([^"]+)"', page)
    assert says
    source = amara.last_card()
    first = await amara.post(says=says[0], from_=source)
    again = await amara.post(says=says[0], from_=source)
    assert first.headers["location"] == again.headers["location"]
    assert (await amara.open()).count('class="said"') == 2


async def test_a_child_at_risk_comes_before_everything(
    client: httpx.AsyncClient, cards: list[PersonCard]
) -> None:
    olu = window(client, cards, OLU)
    words = "a child just told me her foster carer hits her, she is scared to go back tonight"
    page = await olu.say(text=words)
    assert "Urgent: please read this first" in page
    assert 'href="tel:999"' in page
    assert words not in page
