"""The last day to publish, with the council's own closures, and what each state is called."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.services.notice_standing import standing, standing_on
from bot.store.bodies import body_by_ref
from tests.commands.meeting_steps import look, meeting, ref_of
from tests.support.house import Talk

# Westshire does not count Christmas Eve, and shuts from 29 to 31 December 2026.
WESTSHIRE = [
    ("2026-12-02", "2026-11-24"),
    ("2026-12-07", "2026-11-27"),
    ("2027-01-04", "2026-12-16"),
    ("2027-01-05", "2026-12-17"),
    ("2027-01-06", "2026-12-18"),
    ("2027-01-11", "2026-12-23"),
    ("2027-03-30", "2027-03-18"),
    ("2027-05-04", "2027-04-23"),
    ("2027-06-01", "2027-05-21"),
    ("2028-01-05", "2027-12-22"),
]


@pytest.mark.parametrize(("day", "deadline"), WESTSHIRE)
def test_the_last_lawful_day(westshire: Talk, day: str, deadline: str) -> None:
    found = look(westshire, lambda w: standing_on(w, body_by_ref(w.session, "CPP"), date.fromisoformat(day)))
    assert found.deadline == date.fromisoformat(deadline)
    assert found.by_law
    assert found.clear_days == 5


def test_a_body_without_a_deadline(westshire: Talk) -> None:
    body = "CPP-HEALTH"
    found = look(westshire, lambda w: standing_on(w, body_by_ref(w.session, body), date(2027, 1, 19)))
    assert (found.state, found.deadline, found.is_near, found.is_missed) == (
        "no_deadline",
        None,
        False,
        False,
    )
    out = look(
        westshire, lambda w: standing_on(w, body_by_ref(w.session, body), date(2027, 1, 19), date(2027, 1, 4))
    )
    assert out.state == "no_deadline_published"


def test_how_a_notice_stands_as_the_days_go_by(westshire: Talk) -> None:
    ref = ref_of(westshire)

    def stands():  # type: ignore[no-untyped-def]
        return look(westshire, lambda w: standing(w, meeting(w, ref)))

    assert (stands().state, stands().is_near) == ("open", False)
    westshire.clock.forward(days=3)
    assert (stands().state, stands().is_near, stands().days_left) == ("open", True, 2)
    westshire.clock.forward(days=4)
    assert (stands().state, stands().is_near) == ("due_today", True)
    westshire.clock.forward(days=1)
    assert (stands().state, stands().is_near, stands().is_missed, stands().given) == (
        "missed",
        False,
        True,
        4,
    )


@pytest.mark.parametrize(
    ("local", "state"),
    [("2026-11-30T23:30", "published"), ("2026-12-01T00:30", "published_late")],
)
def test_the_day_of_publishing_is_the_day_in_london(westshire: Talk, local: str, state: str) -> None:
    moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/London"))

    def publish(work):  # type: ignore[no-untyped-def]
        found = meeting(work, ref_of(westshire))
        found.published_at = moment
        return standing(work, found).state

    assert look(westshire, publish) == state
