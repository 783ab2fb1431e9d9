"""Which meeting some words mean."""

from __future__ import annotations

import pytest

from bot.errors import NotFound
from bot.services.bodies import body_named
from bot.services.meeting_finder import find_meeting, find_own, own_meetings
from bot.services.spoken_days import slot_named, spans_named
from tests.commands.meeting_steps import IFEOMA, SAMINA, confirm, look, ref_of
from tests.support.house import AMARA, DEE, OLU, Talk


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("next cpp", "CPP"),
        ("CPP-EET", "CPP-EET"),
        ("the next EET meeting", "CPP-EET"),
        ("health sub group", "CPP-HEALTH"),
        ("health subgroup please", "CPP-HEALTH"),
        ("the housing sub-group", "CPP-HOME"),
        ("care leavers group", "CPP-HOME"),
        ("education employment and training sub-group", "CPP-EET"),
        ("the panel", "CPP"),
        ("corporate parenting panel", "CPP"),
        ("what is on about housing next time", None),
        ("I have a health problem", None),
        ("I am at home with a cold", None),
        ("my duties in corporate parenting", None),
        ("which sub-group", None),
        ("", None),
    ],
)
def test_the_body_that_words_name(westshire: Talk, text: str, ref: str | None) -> None:
    found = look(westshire, lambda w: (b := body_named(w, text)) and b.ref)
    assert found == ref


def found(talk: Talk, text: str, who: str = AMARA, card: str = "") -> str:
    return look(talk, lambda w: find_meeting(w, text, w.me, card).ref, who)


def own(talk: Talk, text: str, who: str = AMARA, card: str = "") -> str | None:
    return look(talk, lambda w: m.ref if (m := find_own(w, text, w.me, card)) else None, who)


def test_what_is_named_outweighs_what_is_near(westshire: Talk) -> None:
    december, february = ref_of(westshire), ref_of(westshire, "CPP", 1)
    home, health = ref_of(westshire, "CPP-HOME"), ref_of(westshire, "CPP-HEALTH")
    assert found(westshire, "") == december
    assert found(westshire, "", card=february) == february
    assert found(westshire, february) == february
    assert found(westshire, february.replace("M-", "m")) == february
    assert found(westshire, february.removeprefix("M-")) == february
    assert found(westshire, "9 February", card=december) == february
    assert found(westshire, "in January") == home, "one's own body first"
    assert found(westshire, "in January", SAMINA) == health, "else the soonest"
    assert found(westshire, "", DEE) == home
    assert found(westshire, "", OLU) == december
    assert found(westshire, "the 9th") == february, "the next one on a 9th"
    assert found(westshire, "what was on 13 October") != december


def test_a_reason_that_names_a_road_is_no_reference(westshire: Talk) -> None:
    december = ref_of(westshire)
    assert own(westshire, "late, stuck on the M1", card=december) == december


def test_a_cancelled_meeting_is_still_found_by_its_day(westshire: Talk) -> None:
    december = ref_of(westshire)
    look(
        westshire,
        lambda w: setattr(
            w.session.get(type(find_meeting(w, "", w.me)), int(december[2:])), "state", "cancelled"
        ),
        AMARA,
    )
    assert found(westshire, "8 December") == december
    assert found(westshire, "") != december


def test_words_that_name_no_meeting(westshire: Talk) -> None:
    with pytest.raises(NotFound) as nothing:
        found(westshire, "24 December")
    assert nothing.value.block == "meetings.none_then"
    assert nothing.value.values["meetings"][0].ref == ref_of(westshire)
    with pytest.raises(NotFound):
        found(westshire, "M-9999")


def test_ones_own_meetings(westshire: Talk) -> None:
    home = ref_of(westshire, "CPP-HOME")
    refs = look(westshire, lambda w: [m.ref for m in own_meetings(w, w.me)], AMARA)
    assert refs[:2] == [ref_of(westshire), home]
    assert ref_of(westshire, "CPP-HEALTH") not in refs
    assert look(westshire, lambda w: own_meetings(w, w.me), SAMINA) == []
    assert own(westshire, "no", SAMINA) is None
    assert own(westshire, "no, away until 5 January") is None


async def test_standing_in_makes_a_meeting_ones_own(westshire: Talk) -> None:
    december = ref_of(westshire)
    await westshire.say(AMARA, f"substitute {december} Ifeoma Chukwu")
    assert own(westshire, "yes", IFEOMA) == december
    await confirm(westshire, f"meeting cancel {december}", "Cancel it")
    assert own(westshire, "yes", IFEOMA) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("the 14th", "2026-12-14", "2026-12-14"),
        ("in January", "2027-01-01", "2027-01-31"),
        ("can't make February", "2027-02-01", "2027-02-28"),
        ("dec please", "2026-12-01", "2026-12-31"),
        ("8 December at 5.30pm", "2026-12-08", "2026-12-08"),
        ("next month", "2026-12-01", "2026-12-31"),
    ],
)
def test_days_that_words_name(westshire: Talk, text: str, first: str, last: str) -> None:
    spans = look(westshire, lambda w: spans_named(w, text))
    assert [(a.isoformat(), b.isoformat()) for a, b in spans] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "I may be late",
        "must go by 4",
        "at 6.30pm",
        "a march through town",
        "every Tuesday",
        "nothing at all",
        "31 June",
    ],
)
def test_words_that_name_no_day(westshire: Talk, text: str) -> None:
    assert look(westshire, lambda w: spans_named(w, text)) == ()


def test_times_and_days_that_an_officer_types(westshire: Talk) -> None:
    from datetime import date, time

    def slot(text: str, near: date | None = None):  # type: ignore[no-untyped-def]
        return look(westshire, lambda w: slot_named(w, text, near))

    assert slot("21 January 6pm").day == date(2027, 1, 21)
    assert slot("21 January 6pm").start == time(18)
    assert (slot("6pm").day, slot("6pm").start) == (None, time(18))
    assert slot("21st", date(2027, 1, 19)).day == date(2027, 1, 21)
    assert slot("5th", date(2026, 11, 30)).day == date(2026, 12, 5), "this month's 5th is past"
    assert slot("31st", date(2027, 2, 9)).day == date(2027, 3, 31), "February has none"
    assert slot("every Tuesday").day is None
    assert len(slot("next Friday").readings) == 2
