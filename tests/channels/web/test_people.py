"""Who one can be: groups in order, and a search that forgives."""

from __future__ import annotations

import httpx
import pytest

from bot.channels.web.people import PersonCard, grouped, matching
from tests.channels.web.desk import AMARA, DEE, OLU, PAT, PEOPLE

BOTH = PersonCard(20, "Helen Marchbank", "h@westshire.example", ("lead", "member"), "Chair")


def test_people_stand_under_their_main_role_in_a_fixed_order() -> None:
    groups = grouped([PAT, DEE, BOTH, OLU, AMARA])
    assert [(g.role, [p.name for p in g.people]) for g in groups] == [
        ("member", ["Amara Osei"]),
        ("officer", ["Olu Adeyemi"]),
        ("lead", ["Dee Patel", "Helen Marchbank"]),
        ("partner", ["Pat O'Shea"]),
    ]


def test_empty_groups_are_left_out() -> None:
    assert [g.role for g in grouped([OLU])] == ["officer"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Amara Osei", "Olu Adeyemi", "Dee Patel", "Pat O'Shea"]),
        ("amara", ["Amara Osei"]),
        ("OSE am", ["Amara Osei"]),
        ("arches labour", ["Amara Osei"]),
        ("housing", ["Dee Patel"]),
        ("sei", []),
        ("amara patel", []),
    ],
)
def test_every_word_of_a_search_begins_a_word(query: str, found: list[str]) -> None:
    assert [p.name for p in matching(PEOPLE, query)] == found


async def test_the_chooser_offers_everybody_and_searches_without_scripts(client: httpx.AsyncClient) -> None:
    everybody = (await client.get("/")).text
    assert all(f'href="/as/{p.id}"' in everybody for p in PEOPLE)
    assert "Start here" in everybody
    found = (await client.get("/", params={"q": "olu"})).text
    assert 'href="/as/7"' in found
    assert 'href="/as/4"' not in found
    assert "1 person" in found
    assert "Nobody fits that" in (await client.get("/", params={"q": "zzz"})).text


async def test_what_was_searched_for_is_shown_as_text(client: httpx.AsyncClient) -> None:
    page = (await client.get("/", params={"q": '"><script>x</script>'})).text
    assert "<script>x" not in page
    assert "&#34;&gt;&lt;script&gt;x" in page
