"""How a person is reminded, and reminders of their own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.delivery.quiet import due_for
from bot.services.council import calendar
from bot.store.deliveries import Delivery
from bot.store.people import by_email
from bot.store.work import Work
from tests.support.house import AMARA, Talk, button


async def test_the_choice_is_shown_and_each_button_changes_it(talk: Talk) -> None:
    answer = await talk.say(AMARA, "reminders")
    assert "Duties: once a month" in await talk.ask(AMARA, "my reminders")
    changed = await talk.say(AMARA, press=button(answer, "Not at weekends"))
    assert "Weekends: no messages" in await talk.ask(AMARA, "reminders")
    assert "Weekends: messages may come" in await talk.ask(AMARA, press=button(changed, "Weekends are fine"))
    assert "once a week" in await talk.ask(AMARA, "reminders how often weekly")
    assert "Evenings: no messages after 6pm" in await talk.ask(AMARA, "reminders evenings off")


async def test_a_pause_ends_by_itself_or_by_hand(talk: Talk) -> None:
    assert "Paused: until Monday 4 January 2027" in await talk.ask(AMARA, "reminders pause until 2027-01-04")
    assert "Paused" not in await talk.ask(AMARA, "reminders resume")
    await talk.ask(AMARA, "reminders pause until 2026-11-30")
    talk.clock.forward(days=8)
    assert "Paused" not in await talk.ask(AMARA, "reminders")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("reminders pause until 2026-11-01", "a day after today"),
        ("reminders pause until 2031-01-01", "within a year"),
        ("reminders pause until 2026-13-40", "not a date I can use"),
        ("remind me 2020-01-01T09:00 to vote", "That time is past"),
        ("remind me 2026-99-01T09:00 to vote", "That time is past, or too far"),
    ],
)
async def test_bad_dates_get_a_sentence(talk: Talk, line: str, sentence: str) -> None:
    assert sentence in await talk.ask(AMARA, line)


async def test_stop_messaging_me_at_weekends(talk: Talk) -> None:
    assert "Weekends: no messages" in await talk.ask(AMARA, "reminders weekends off")

    def when(s, kind):  # type: ignore[no-untyped-def]
        work = Work(s, talk.clock.now())
        return due_for(work, by_email(s, AMARA), datetime(2026, 11, 28, 12, tzinfo=UTC), kind, calendar)

    assert talk.house.db.run_sync(lambda s: when(s, "action")) == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert talk.house.db.run_sync(lambda s: when(s, "reply")) == datetime(2026, 11, 28, 12, tzinfo=UTC)


async def test_a_reminder_of_my_own_leaves_at_its_time(talk: Talk) -> None:
    said = await talk.ask(AMARA, "remind me 2026-12-01T09:00 to read the papers")
    assert "Tuesday 1 December 2026, 9am: read the papers" in said
    due = talk.house.db.run_sync(lambda s: s.query(Delivery).filter_by(kind="own_reminder").one().due_at)
    assert due == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert date(2026, 12, 1) == due.date()


async def test_a_date_in_words_is_read_back_before_anything_is_set(talk: Talk) -> None:
    answer = await talk.say(AMARA, "remind me tomorrow at 10am to ring the drop-in")
    assert "Tuesday 24 November 2026, 10am" in await talk.ask(AMARA, press=button(answer, "Yes, remind me"))
