"""The calendar feed: its key, and what is in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.services.calendar_feed import feed_link, feed_token, ics, person_of_token
from tests.commands.meeting_steps import SAMINA, SECRET_TITLE, confirm, look, ref_of
from tests.support.house import AMARA, DEE, OLU, Talk

KEY = "a secret that is long enough to be one"


@given(st.integers(min_value=1, max_value=10**9), st.text(min_size=16), st.text(min_size=16))
def test_a_token_opens_one_feed_with_one_secret(number: int, secret: str, other: str) -> None:
    token = feed_token(secret, number)
    assert person_of_token(secret, token) == number
    assert person_of_token(secret, f"{token}.ics") == number
    if other != secret:
        assert person_of_token(other, token) is None
    assert person_of_token(secret, token.replace(str(number), str(number + 1), 1)) is None


@pytest.mark.parametrize(
    "token", ["", "1", "1-", "-", "x-y", "1-" + "0" * 32, "٣-abc", "9" * 30 + "-a", "1-é"]
)
def test_what_is_no_token_opens_nothing(token: str) -> None:
    assert person_of_token(KEY, token) is None
    assert person_of_token("", token) is None


def test_the_link_needs_an_address_and_a_secret(westshire: Talk) -> None:
    def link(**cache: str) -> str:
        westshire.house.router.cache.update(public_url="", secret="")
        westshire.house.router.cache.update(cache)
        return look(westshire, lambda w: feed_link(w, w.me), AMARA)

    assert link() == ""
    assert link(public_url="https://bot.example") == ""
    assert link(public_url="https://bot.example", secret="short") == ""
    number = look(westshire, lambda w: w.me.id, AMARA)
    assert (
        link(public_url="https://bot.example/", secret=KEY)
        == f"https://bot.example/calendar/{feed_token(KEY, number)}.ics"
    )


def events(talk: Talk, who: str = AMARA) -> dict[str, dict[str, str]]:
    calendar = Calendar.from_ical(look(talk, lambda w: ics(w, w.me), who))
    return {
        str(e["description"]).split("\n")[0]: {
            "uid": str(e["uid"]),
            "sequence": str(e["sequence"]),
            "status": str(e["status"]),
            "start": e.decoded("dtstart").isoformat(),
            "zone": str(e["dtstart"].params.get("TZID", "")),
            "summary": str(e["summary"]),
            "description": str(e["description"]),
            "location": str(e["location"]),
        }
        for e in calendar.walk("VEVENT")
    }


async def test_a_meeting_keeps_its_identity_as_it_changes(talk: Talk) -> None:
    ref = ref_of(talk)
    first = events(talk)[ref]
    assert first["summary"] == "Corporate Parenting Panel"
    assert first["location"] == "Committee Room 2, County Hall, Hartsea"
    assert (first["start"], first["zone"]) == ("2026-12-08T17:30:00+00:00", "Europe/London")
    assert (first["status"], first["sequence"]) == ("TENTATIVE", "0")
    await talk.say(OLU, f"meeting publish {ref}")
    assert (events(talk)[ref]["status"], events(talk)[ref]["sequence"]) == ("CONFIRMED", "1")
    await confirm(talk, f"meeting move {ref} to 6 July 2027 6pm", "Yes, move it")
    moved = events(talk)[ref]
    assert (moved["uid"], moved["sequence"]) == (first["uid"], "2")
    assert moved["start"] == "2027-07-06T18:00:00+01:00"
    await confirm(talk, f"meeting cancel {ref}", "Cancel it")
    gone = events(talk)[ref]
    assert (gone["uid"], gone["sequence"], gone["status"]) == (first["uid"], "3", "CANCELLED")


async def test_no_private_title_is_in_any_feed(talk: Talk) -> None:
    ref = ref_of(talk)
    assert "Welcome" not in events(talk)[ref]["description"], "nothing before it is published"
    await talk.say(OLU, f"meeting publish {ref}")
    for who in (AMARA, OLU, SAMINA):
        text = look(talk, lambda w: ics(w, w.me), who).decode()
        assert SECRET_TITLE not in text.replace("\r\n ", "")
        assert "Regulation 44" not in text.replace("\r\n ", "")
        assert "7. Housing for care leavers" in events(talk, who)[ref]["description"]


def test_everybody_gets_the_meetings_of_their_bodies(westshire: Talk) -> None:
    names = {
        who: {e["summary"] for e in events(westshire, who).values()} for who in (AMARA, DEE, OLU, SAMINA)
    }
    assert names[AMARA] == {"Corporate Parenting Panel", "Housing and Care Leavers Sub-group"}
    assert names[DEE] == {"Housing and Care Leavers Sub-group"}
    assert names[SAMINA] == {"Corporate Parenting Panel"}
    assert len(names[OLU]) == 4


def test_it_is_a_calendar_that_others_can_read(westshire: Talk) -> None:
    text = look(westshire, lambda w: ics(w, w.me), AMARA)
    assert text.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/London" in text
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    uids = [e["uid"] for e in events(westshire).values()]
    assert len(uids) == len(set(uids))
    assert all(uid.endswith("@wcc.cpbot") for uid in uids)
