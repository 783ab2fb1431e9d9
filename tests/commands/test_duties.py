"""Duties: shown, sent to every member in rotation, read, asked about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services import duties as service
from bot.services.effects import EFFECTS
from bot.services.registers_awareness import awareness_rows
from bot.store.duties import Duty, DutyReminder, duties, schedules
from bot.store.people import everyone
from bot.store.work import Work
from tests.support.house import AMARA, DEE, OLU, Talk, button


def remind(talk: Talk) -> int:
    """What the schedule does when its time comes, and its messages written."""
    from bot.delivery.outgoing import common_values, post

    def effect(s):  # type: ignore[no-untyped-def]
        work = Work(s, talk.clock.now())
        schedule = next(x for x in schedules(s) if x.kind == "duty")
        EFFECTS["duty"](work, schedule)
        return post(work, talk.house.words, common_values(work))

    return talk.house.db.run_sync(effect)


def members(talk: Talk) -> list[str]:
    return talk.house.db.run_sync(lambda s: [p.email for p in everyone(s, talk.clock.now().date(), "member")])


async def test_everybody_can_read_the_duties_with_their_sources(talk: Talk) -> None:
    answer = await talk.say(AMARA, "duties")
    assert len(answer.message.buttons) >= 12
    one = await talk.ask(AMARA, press=answer.message.buttons[2].says)
    for bit in ("Worth asking: ", "Source: Children and Social Work Act 2017", "Checked on: "):
        assert bit in one
    assert "Principle 1" in await talk.ask(OLU, "duty 3")
    assert "no duty called" in await talk.ask(AMARA, "duty nowhere")


async def test_what_is_not_law_yet_says_so(talk: Talk) -> None:
    assert "In force: not yet" in await talk.ask(AMARA, "duty wider-parents")


async def test_a_reminder_goes_to_every_member_on_the_panel_or_not(talk: Talk) -> None:
    assert remind(talk) == len(members(talk))
    (message,) = talk.told(AMARA, "duty")
    assert {"I have read this", "Ask about this"} <= {b.label for b in message.buttons}
    assert talk.told(OLU, "duty") == []
    assert remind(talk) == 0, "nobody twice in one period"


async def test_duties_come_in_rotation(talk: Talk) -> None:
    titles = []
    listed = talk.house.db.run_sync(lambda s: [d.title for d in duties(s)])
    for _ in range(len(listed) + 1):
        remind(talk)
        titles.append(talk.told(AMARA, "duty")[-1].title)
        talk.clock.forward(days=31)
    assert titles == [*listed, listed[0]]


@given(st.lists(st.booleans(), min_size=1, max_size=40))
@settings(max_examples=40)
def test_a_pause_never_loses_a_duty(welcome: list[bool]) -> None:
    listed = [Duty(id=n, topic=str(n), title=str(n), words="") for n in range(1, 6)]
    last, seen = None, []
    for open_now in welcome:
        if open_now:
            last = service.next_duty(listed, last)
            seen.append(last.id)
    assert seen == [n % 5 + 1 for n in range(len(seen))]


async def test_i_have_read_this_counts_once(talk: Talk) -> None:
    remind(talk)
    (message,) = talk.told(AMARA, "duty")
    for _ in range(2):
        assert "Thank you" in await talk.ask(AMARA, press=button(message, "I have read this"))
    assert "no duty called" in await talk.ask(AMARA, "duty read nowhere")
    said = await talk.ask(OLU, "awareness")
    assert f"1 of {len(members(talk))}" in said
    assert "Amara Osei" not in said.split("none yet")[1]
    read = talk.house.db.run_sync(lambda s: [r.read_at for r in s.query(DutyReminder) if r.read_at])
    assert read == [talk.clock.now()]
    rows = talk.house.db.run_sync(lambda s: awareness_rows(Work(s, talk.clock.now())))
    assert [r["read on"] for r in rows if r["member"] == "Amara Osei"].count("2026-11-23") == 1


async def test_a_question_about_a_duty_reaches_the_officer(talk: Talk) -> None:
    form = (await talk.say(AMARA, "duty ask everyone")).message.form
    assert form is not None
    said = await talk.ask(AMARA, press=form.says, form={"text": "Does it cover licensing?"})
    assert "passed your question" in said
    (told,) = talk.told(OLU, "duty_question")
    assert "licensing" in str(told)
    assert "Amara Osei" in str(told)


async def test_the_register_of_awareness_is_the_officers(talk: Talk) -> None:
    assert "not yours to do" in await talk.ask(AMARA, "awareness")
    assert "not yours to do" in await talk.ask(DEE, "who has read what")


@pytest.mark.parametrize("text", ["why me", "I'm not on the panel why am I getting this"])
async def test_why_me_is_answered(talk: Talk, text: str) -> None:
    said = await talk.ask(AMARA, text)
    assert "Every elected member shares that duty" in said
    assert "reminders" in said
