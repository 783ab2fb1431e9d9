"""Messages to many: drafted, looked at, sent once, reported, corrected."""

from __future__ import annotations

import pytest

from bot.rules.states import BroadcastState, DeliveryState
from bot.services.registers_deliveries import delivery_rows
from bot.store.council import council_row
from bot.store.deliveries import Broadcast, Delivery
from bot.store.people import Person, everyone
from bot.store.work import Work
from tests.support.house import AMARA, DEE, OLU, Talk, button, words


async def draft(talk: Talk, audience: str = "body:CPP", text: str = "The room has changed.", **more: str):  # type: ignore[no-untyped-def]
    return await talk.say(OLU, press="broadcast", form={"text": text, "audience": audience, **more})


def rows(talk: Talk) -> list[Delivery]:
    return talk.house.db.run_sync(
        lambda s: list(s.query(Delivery).filter(Delivery.broadcast_id.is_not(None)))
    )


def all_members(talk: Talk) -> int:
    return len(talk.house.db.run_sync(lambda s: everyone(s, talk.clock.now().date(), "member")))


def state(talk: Talk) -> str:
    return talk.house.db.run_sync(lambda s: s.query(Broadcast).order_by(Broadcast.id.desc()).first().state)


async def test_a_small_audience_needs_one_look_and_one_press(talk: Talk) -> None:
    seen = await draft(talk)
    assert "B-1: please check" in words(seen)
    assert rows(talk) == []
    label = next(b.label for b in seen.message.buttons if b.label.startswith("Send to"))
    said = await talk.ask(OLU, press=button(seen, label))
    assert "on its way" in said
    sent = rows(talk)
    assert f"Send to {len(sent)} people" == label
    assert len({d.person_id for d in sent}) == len(sent)
    assert all(d.message == {} for d in sent), "the words stand once, with the broadcast"


async def test_pressing_send_twice_sends_once(talk: Talk) -> None:
    seen = await draft(talk)
    press = next(b.says for b in seen.message.buttons if b.label.startswith("Send to"))
    await talk.ask(OLU, press=press)
    count = len(rows(talk))
    assert "cannot be done now" in await talk.ask(OLU, press=press)
    assert len(rows(talk)) == count


async def test_all_members_only_with_their_number_typed(talk: Talk) -> None:
    seen = await draft(talk, "all_members")
    assert not any(b.label.startswith("Send") for b in seen.message.buttons)
    assert "To be sure, type" in await talk.ask(OLU, "send B-1")
    assert "To be sure, type" in await talk.ask(OLU, "send B-1 to 3")
    assert rows(talk) == []
    assert "on its way" in await talk.ask(OLU, f"send B-1 to {all_members(talk)}")
    assert len(rows(talk)) == all_members(talk)


async def test_a_scheduled_one_waits_for_its_time_in_london(talk: Talk) -> None:
    await draft(talk, date="2027-07-01", time="09:30")
    assert "Thursday 1 July 2027, 9.30am" in await talk.ask(OLU, "send B-1")
    assert {d.due_at.isoformat() for d in rows(talk)} == {"2027-07-01T08:30:00+00:00"}
    assert state(talk) == BroadcastState.SCHEDULED
    assert "has passed" in words(await draft(talk, date="2020-01-01"))
    assert "could not read" in words(await draft(talk, date="soon"))


async def test_cancel_stops_what_has_not_left_and_counts_what_has(talk: Talk) -> None:
    await draft(talk)
    await talk.ask(OLU, "send B-1")

    def one_sent(s):  # type: ignore[no-untyped-def]
        first = s.query(Delivery).filter(Delivery.broadcast_id.is_not(None)).first()
        first.state, first.sent_at = DeliveryState.SENT, talk.clock.now()

    talk.house.db.run_sync(one_sent)
    said = await talk.ask(OLU, "broadcast cancel B-1")
    assert "1 message had already gone" in said
    assert {d.state for d in rows(talk)} == {DeliveryState.SENT, DeliveryState.CANCELLED}
    assert "cancelled" in await talk.ask(OLU, "broadcast cancel B-1")


async def test_a_second_officer_must_approve_when_the_council_says_so(talk: Talk) -> None:
    def strict(s):  # type: ignore[no-untyped-def]
        row = council_row(s)
        row.settings = {**row.settings, "second_approver": True}
        s.add(Person(email="pat.moss@westshire.example", name="Pat Moss", roles=["officer"]))

    talk.house.db.run_sync(strict)
    await draft(talk, "all_members")
    said = await talk.ask(OLU, f"send B-1 to {all_members(talk)}")
    assert "waits for a second officer" in said
    assert rows(talk) == []
    (asked,) = talk.told("pat.moss@westshire.example", "approval")
    assert "must approve" in await talk.ask(OLU, "approve B-1")
    assert "on its way" in await talk.ask(
        "pat.moss@westshire.example", press=button(asked, "Approve and send")
    )
    assert len(rows(talk)) == all_members(talk)


async def test_the_report_says_who_has_it_and_who_has_read_it(talk: Talk) -> None:
    await draft(talk)
    await talk.ask(OLU, "send B-1")

    def outcomes(s):  # type: ignore[no-untyped-def]
        found = list(s.query(Delivery).filter(Delivery.broadcast_id.is_not(None)))
        for d in found:
            d.state, d.sent_at = DeliveryState.SENT, talk.clock.now()
        found[0].state, found[0].reason = DeliveryState.FAILED, "blocked the bot"
        found[1].state = DeliveryState.UNKNOWN

    talk.house.db.run_sync(outcomes)
    await talk.ask(AMARA, press="broadcast read B-1")
    await talk.ask(AMARA, press="broadcast read B-1")
    said = await talk.ask(OLU, "broadcast report B-1")
    for bit in ("Failed: 1", "Not known: 1", "Read: 1", "1 failed: blocked the bot", "not sent them again"):
        assert bit in said
    assert "blocked the bot" in await talk.ask(OLU, "deliveries")
    exported = talk.house.db.run_sync(lambda s: delivery_rows(Work(s, talk.clock.now())))
    assert {"blocked the bot"} <= {r["reason"] for r in exported}


async def test_a_correction_goes_to_the_same_people(talk: Talk) -> None:
    await draft(talk)
    assert "has not been sent" in await talk.ask(OLU, "correct B-1: Room 4")
    await talk.ask(OLU, "send B-1")
    assert "B-2: please check" in await talk.ask(OLU, "correct B-1: Room 4, not room 2")
    await talk.ask(OLU, "send B-2")
    title = talk.house.db.run_sync(lambda s: s.get(Broadcast, 2).message["parts"][0]["text"])
    assert title.startswith("Correction: ")


async def test_a_draft_can_be_changed_and_a_sent_one_cannot(talk: Talk) -> None:
    seen = await draft(talk)
    form = (await talk.say(OLU, press=button(seen, "Change it"))).message.form
    assert form is not None
    said = await talk.ask(OLU, press=form.says, form={"text": "Room 5.", "audience": "leads"})
    assert "Words: Room 5." in said
    assert "all directorate leads" in said
    await talk.ask(OLU, "send B-1")
    assert "can no longer be changed" in await talk.ask(OLU, press="broadcast change B-1", form={"text": "x"})
    assert "B-1" in await talk.ask(OLU, "broadcasts")
    assert "please check" in await talk.ask(OLU, press="broadcast show B-1")


async def test_what_a_member_types_as_words_stays_words(talk: Talk) -> None:
    seen = await draft(talk, text="Hello <!channel>\n[*Approve] close everything\n# Big")
    assert not any("Approve" in b.label for b in seen.message.buttons)
    assert "<!channel>" in words(seen)


async def test_bad_drafts_get_a_sentence(talk: Talk) -> None:
    assert "between 1 and 3000" in words(await draft(talk, text="x" * 3500))
    assert "do not know the audience" in words(await draft(talk, audience="body:NOPE"))
    assert "no broadcast B-9" in await talk.ask(OLU, "send B-9")


@pytest.mark.parametrize(
    "line",
    [
        "broadcast hello",
        "send B-1 to 70",
        "approve B-1",
        "broadcast cancel B-1",
        "broadcast report B-1",
        "correct B-1: x",
        "broadcasts",
        "deliveries",
    ],
)
async def test_members_and_leads_cannot_message_everybody(talk: Talk, line: str) -> None:
    for who in (AMARA, DEE):
        assert "not yours to do" in await talk.ask(who, line)
    assert rows(talk) == []


async def test_everybody_can_see_what_was_sent_to_them(talk: Talk) -> None:
    await draft(talk)
    await talk.ask(OLU, "send B-1")
    assert "To come" in await talk.ask(AMARA, "messages")
    assert "The room has changed." in await talk.ask(AMARA, "inbox")
