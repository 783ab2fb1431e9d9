"""References and lengths of time as people type them; directorates as people name them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.errors import BadInput
from bot.rules.calendar import WorkingCalendar
from bot.services.action_dates import day_after, may_extend_alone
from bot.services.action_finding import REF, reference_in, without_reference
from bot.services.action_views import title_of
from bot.services.directorates import directorate_named, suggested
from bot.store.actions import Action, ActionEvent
from bot.store.work import Work
from tests.support.house import OLU, Talk


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("CPP-26/27-014", "CPP-26/27-014"),
        ("cpp 26/27 14", "cpp 26/27 14"),
        ("26/27-014", "26/27-014"),
        ("action 12", "action 12"),
        ("my concern 7", "my concern 7"),
        ("#12", "#12"),
        ("A-12", "A-12"),
        ("CPP-14", "CPP-14"),
        ("014", "014"),
        ("a14", "a14"),
        ("action CPP-26/27-014", "action CPP-26/27-014"),
    ],
)
def test_what_may_stand_for_a_reference(typed: str, ref: str) -> None:
    found = re.fullmatch(REF, typed, re.IGNORECASE)
    assert found is not None
    assert found["ref"] == ref


@pytest.mark.parametrize("typed", ["", "three", "3 people moved", "bus 12", "the 14th", "item 7", "14 May"])
def test_what_is_no_reference(typed: str) -> None:
    assert re.fullmatch(REF + r"(?:: .*)?", typed, re.IGNORECASE) is None


@pytest.mark.parametrize(
    ("sentence", "ref", "rest"),
    [
        ("update on A-12: visited the home", "A-12", "update on : visited the home"),
        ("is C-3 closed", "C-3", "is closed"),
        ("any news of CPP-26/27-014?", "CPP-26/27-014", "any news of ?"),
        ("half way through action 6", "action 6", "half way through"),
        ("a14: spoke to Jan", "a14", ": spoke to Jan"),
        ("tick a6", "a6", "tick"),
        ("the A14 was shut", "", "the A14 was shut"),
        ("I saw 14 young people on 3 May", "", "I saw 14 young people on 3 May"),
        ("the 12/13 budget and room B-12/4", "", "the 12/13 budget and room B-12/4"),
        ("what happened at the 26/27 meeting", "", "what happened at the 26/27 meeting"),
    ],
)
def test_a_reference_in_a_sentence(sentence: str, ref: str, rest: str) -> None:
    assert reference_in(sentence) == ref
    assert without_reference(sentence) == rest


@pytest.mark.parametrize(
    ("words", "due", "day"),
    [
        ("2 weeks", date(2026, 12, 7), date(2026, 12, 21)),
        ("need 2 more wks, waiting on legal", date(2026, 12, 7), date(2026, 12, 21)),
        ("two more weeks", date(2026, 11, 2), date(2026, 12, 7)),  # late already: from today
        ("a fortnight", date(2026, 12, 7), date(2026, 12, 21)),
        ("3 more working days", date(2026, 12, 7), date(2026, 12, 10)),
        ("a couple more weeks", date(2026, 12, 7), date(2026, 12, 21)),
        ("a week", None, date(2026, 11, 30)),
        ("some more time", date(2026, 12, 7), None),
    ],
)
def test_a_length_of_time_leads_to_a_day(
    westshire: Talk, words: str, due: date | None, day: date | None
) -> None:
    def run(s):  # type: ignore[no-untyped-def]
        return day_after(Work(s, westshire.clock.now()), Action(due=due), words)

    assert westshire.house.db.run_sync(run) == day


def extended(*kinds: str) -> Action:
    return Action(due=date(2026, 12, 7), events=[ActionEvent(kind=k) for k in kinds])


@pytest.mark.parametrize(
    ("kinds", "day", "alone"),
    [
        (("raised", "assigned"), date(2026, 12, 21), True),
        (("raised", "assigned"), date(2026, 12, 22), False),
        (("raised", "assigned", "extended"), date(2026, 12, 8), False),
        (("raised", "assigned", "extended", "assigned"), date(2026, 12, 8), True),
        (("raised", "assigned", "extended", "closed", "reopened"), date(2026, 12, 8), True),
        (("raised", "assigned", "extension_asked", "extension_refused"), date(2026, 12, 8), True),
        ((), date(2026, 12, 21), True),
    ],
)
def test_when_a_lead_may_put_a_date_back_alone(kinds: tuple[str, ...], day: date, alone: bool) -> None:
    assert may_extend_alone(extended(*kinds), day, date(2026, 11, 23), WorkingCalendar()) is alone


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bus passes stop working", "Bus passes stop working"),
        ("Laptops come late. They came in week five.", "Laptops come late"),
        ("No. 4 flat is damp and nobody comes", "No. 4 flat is damp and nobody comes"),
        ("  The\nbuses \n never  come  ", "The buses never come"),
    ],
)
def test_a_title_is_the_first_sentence(text: str, title: str) -> None:
    assert title_of(Action(text=text)) == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = title_of(Action(text="passes " * 40))
    assert len(title) <= 91
    assert title.endswith("passes…")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("place", "place"),
        ("Place and Transport", "place"),
        ("communities and housing", "communities"),
        ("Housing", "communities"),
        ("Children", "children"),
        ("highways", "place"),
        ("the education directorate", "education"),
        ("virtual school", "education"),
    ],
)
def test_a_directorate_by_what_it_is_called(westshire: Talk, typed: str, key: str) -> None:
    def run(s):  # type: ignore[no-untyped-def]
        return directorate_named(Work(s, westshire.clock.now()), typed).key

    assert westshire.house.db.run_sync(run) == key


@pytest.mark.parametrize("typed", ["magic", "and", "", "the council"])
def test_no_such_directorate(westshire: Talk, typed: str) -> None:
    def run(s):  # type: ignore[no-untyped-def]
        return directorate_named(Work(s, westshire.clock.now()), typed)

    with pytest.raises(BadInput):
        westshire.house.db.run_sync(run)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("the bus passes do not work", "place"),
        ("laptops arriving late for uni starters", "education"),
        ("no dentist will see them", "adults"),
        ("it sits with Place and Transport", "place"),
        ("the IT team lost the records", "resources"),
        ("why is it so", ""),
        ("the flat needs a bus", ""),
    ],
)
def test_where_a_text_may_belong(westshire: Talk, text: str, key: str) -> None:
    def run(s):  # type: ignore[no-untyped-def]
        found = suggested(Work(s, westshire.clock.now()), text)
        return found.key if found else ""

    assert westshire.house.db.run_sync(run) == key


async def test_a_bare_number_never_swallows_a_sentence(westshire: Talk) -> None:
    """ "update 3 flats are ready" is a sentence, not the update of action 003."""
    said = await westshire.ask(OLU, "update 3 flats are ready")
    assert "Saved on" not in said
