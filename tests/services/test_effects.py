"""What comes round by itself: meetings, deadlines, the digest, entries to review."""

from __future__ import annotations

from datetime import date

import pytest

from bot.delivery.outgoing import common_values, post
from bot.services.effects import EFFECTS
from bot.store.contacts import contact_by_key
from bot.store.duties import ReminderSchedule, schedules
from bot.store.work import Work
from tests.support.house import AMARA, DEE, OLU, Talk, words


def fire(talk: Talk, kind: str, audience: str = "body:CPP", days: tuple[str, ...] = ()) -> int:
    """The effect of a schedule, as if its time had come; how many messages it wrote."""

    def effect(s):  # type: ignore[no-untyped-def]
        work = Work(s, talk.clock.now())
        EFFECTS[kind](
            work, ReminderSchedule(key="t", kind=kind, audience=audience, rule="", days_before=list(days))
        )
        return post(work, talk.house.words, common_values(work))

    return talk.house.db.run_sync(effect)


def test_every_kind_of_schedule_that_is_loaded_has_an_effect(talk: Talk) -> None:
    kinds = talk.house.db.run_sync(lambda s: {x.kind for x in schedules(s)})
    assert kinds <= set(EFFECTS)
    assert {"duty", "meeting", "notice_deadline", "overdue", "digest", "directory_review"} == set(EFFECTS)


async def test_before_a_meeting_only_those_who_should_act_are_asked(talk: Talk) -> None:
    await talk.ask(AMARA, "rsvp yes M-9")
    talk.clock.forward(days=8)  # Tuesday 1 December: five working days before the meeting
    assert fire(talk, "meeting", days=("5",)) > 0
    assert talk.told(AMARA, "nudge") == []
    assert talk.told("graham.pennock@westshire.example", "nudge")
    assert fire(talk, "meeting", days=("5",)) == 0, "nobody twice in a day"
    assert fire(talk, "meeting", days=("9",)) == 0, "only on the days that were set"


async def test_the_working_day_before_those_who_come_are_reminded(talk: Talk) -> None:
    await talk.ask(AMARA, "rsvp yes M-9")
    talk.clock.forward(days=14)  # Monday 7 December
    fire(talk, "meeting", days=("5",))
    (message,) = talk.told(AMARA, "meeting")
    assert "Tomorrow" in words(message)
    assert "Tuesday 8 December 2026, 5.30pm" in words(message)


@pytest.mark.parametrize(
    ("forward", "sentence"),
    [(4, "1 working day is left"), (7, "Today is the last day"), (8, "Too late to publish in time")],
)
async def test_the_officer_is_warned_before_the_last_lawful_day(
    talk: Talk, forward: int, sentence: str
) -> None:
    talk.clock.forward(days=forward)  # the last day is Monday 30 November
    assert fire(talk, "notice_deadline", days=("1", "0")) == 4, "each of the four officers"
    (message,) = talk.told(OLU, "notice_deadline")
    assert sentence in words(message)
    assert "Monday 30 November 2026" in words(message)
    assert talk.told(AMARA, "notice_deadline") == []


async def test_no_warning_once_it_is_published(talk: Talk) -> None:
    answer = await talk.say(OLU, "meeting publish M-9")
    for pressed in [b for b in answer.message.buttons if "publish" in b.says]:
        await talk.say(OLU, press=pressed.says)
    talk.clock.forward(days=7)
    assert fire(talk, "notice_deadline", days=("1", "0")) == 0


async def test_the_digest_counts_what_awaits_the_officer(talk: Talk) -> None:
    fire(talk, "digest")
    (message,) = talk.told(OLU, "digest")
    assert "New concerns to triage: 2" in words(message)
    assert "Actions past their date: " in words(message)


async def test_owners_hear_of_their_own_entries(talk: Talk) -> None:
    def mine(s):  # type: ignore[no-untyped-def]
        entry = contact_by_key(s, "lc-duty")
        entry.owner, entry.review_by = DEE, date(2026, 1, 1)

    talk.house.db.run_sync(mine)
    fire(talk, "directory_review")
    assert "lc-duty" in words(talk.told(OLU, "directory_review")[0])
    assert "Leaving Care duty desk" in words(talk.told(DEE, "directory_review")[0])


async def test_overdue_actions_are_chased_once(talk: Talk) -> None:
    assert fire(talk, "overdue") > 0
    assert fire(talk, "overdue") == 0
