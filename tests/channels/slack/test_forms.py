"""Modals: the right questions, errors beside their fields, and nothing typed is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.store.inbox import Draft
from tests.channels.slack.conftest import U_AMARA, U_OLU, Process
from tests.support.blockkit import words
from tests.support.house import AMARA, OLU
from tests.support.slack import FakeSlack

LONG = "The bus passes of our care leavers run out at nineteen. " * 30


def inputs(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}


async def test_a_concern_is_logged_and_the_officer_is_told(bot: Process) -> None:
    await bot.door.slash(U_AMARA, "concern")
    view = bot.door.modal()
    assert set(inputs(view)) >= {"area", "text", "wanted", "how_many", "anonymous"}
    answer = await bot.door.submit(
        U_AMARA, view, {"text": LONG.strip(), "area": "place", "anonymous": ["yes"]}
    )
    assert answer["response_action"] == "update"
    shown = words(answer["view"])
    assert "Logged as CPP-26/27-" in shown
    assert LONG.strip() in shown
    assert "the lead does not" in shown
    assert bot.talk.told(OLU)


async def test_a_concern_too_short_is_asked_for_again_beside_its_field(bot: Process) -> None:
    await bot.door.slash(U_AMARA, "concern")
    view = bot.door.modal()
    answer = await bot.door.submit(U_AMARA, view, {"text": "short"})
    assert answer["response_action"] == "errors"
    assert "a sentence is enough" in answer["errors"]["text"]
    mended = await bot.door.submit(U_AMARA, view, {"text": "The drop-in has been shut since October"})
    assert "Logged as" in words(mended["view"])


async def test_words_that_identify_a_child_stay_in_the_modal_to_be_mended(bot: Process) -> None:
    await bot.door.slash(U_AMARA, "concern")
    secret = "NHS number 943 476 5919 has waited a year for a dentist"
    answer = await bot.door.submit(U_AMARA, bot.door.modal(), {"text": secret, "how_many": "2-5"})
    view = answer["view"]
    assert "leave out anything that identifies a child" in words(view)
    assert "943" not in json.dumps(answer)
    assert json.loads(view["private_metadata"])["kept"]["how_many"] == "2-5", "what was right is kept"
    mended = await bot.door.submit(U_AMARA, view)
    assert "Logged as" in words(mended["view"])
    assert "943" not in words(mended["view"])


async def test_a_child_at_risk_comes_before_the_form(bot: Process) -> None:
    await bot.door.slash(U_AMARA, "concern")
    text = "a lad in my ward told me his dad beats him with a belt every night, he is scared to go home"
    answer = await bot.door.submit(U_AMARA, bot.door.modal(), {"text": text})
    assert "999" in words(answer["view"])
    assert "belt" not in json.dumps(answer)


async def test_a_meeting_is_entered_and_what_is_wrong_stands_beside_its_field(bot: Process) -> None:
    await bot.door.slash(U_OLU, "meeting new")
    view = bot.door.modal()
    kinds = {name: element["type"] for name, element in inputs(view).items()}
    assert kinds["date"] == "datepicker"
    assert kinds["time"] == "timepicker"
    assert kinds["body"] == "static_select"
    wrong = await bot.door.submit(U_OLU, view, {"body": "CPP", "date": "2020-01-01", "time": "17:30"})
    assert wrong["response_action"] == "errors"
    assert wrong["errors"].keys() == {"date"}
    right = await bot.door.submit(U_OLU, view, {"body": "CPP", "date": "2027-03-09", "time": "17:30"})
    assert "Entered: M-" in words(right["view"])
    assert "Tuesday 9 March 2027, 5.30pm" in words(right["view"])


async def test_the_broadcast_is_seen_with_its_count_before_it_goes(bot: Process, fake: FakeSlack) -> None:
    await bot.door.slash(U_OLU, "broadcast")
    view = bot.door.modal()
    audience = inputs(view)["audience"]["options"]
    assert any("(" in o["text"]["text"] for o in audience), "each audience with its number"
    text = "We meet in *Room 4* <!channel> & <http://x.example|here>."
    answer = await bot.door.submit(U_OLU, view, {"text": text, "audience": "leads"})
    seen = answer["view"]
    assert "We meet in *Room 4*" in words(seen)
    assert "<!channel>" not in json.dumps(seen)
    leads = int(next(o for o in audience if o["value"] == "leads")["text"]["text"].split("(")[1][:-1])
    sending = bot.door.button(seen, f"Send to {leads} people")
    await bot.door.click(U_OLU, sending, shown={**seen, "id": _opened(bot, seen)})
    assert "is on its way" in words(bot.door.modal())


def _opened(bot: Process, view: dict[str, Any]) -> str:
    """The view as it stands on Slack after response_action=update."""
    bot.door.fake.views["VNOW"] = {**view, "id": "VNOW"}
    return "VNOW"


async def test_an_action_is_assigned_with_the_likely_directorate_chosen(bot: Process) -> None:
    await bot.door.slash(U_AMARA, "concern")
    await bot.door.submit(U_AMARA, bot.door.modal(), {"text": "Bus passes for care leavers run out at 19"})
    shown = await bot.door.slash(U_OLU, "triage")
    ref = next(
        b["value"].split()[1]
        for row in shown["blocks"]
        if row["type"] == "actions"
        for b in row["elements"]
        if b["value"].startswith("assign")
    )
    await bot.door.slash(U_OLU, f"assign {ref}")
    view = bot.door.modal()
    assert ref in words(view)
    wrong = await bot.door.submit(U_OLU, view, {"directorate": "place", "due": "2020-01-01"})
    assert wrong["errors"].keys() == {"due"}
    right = await bot.door.submit(U_OLU, view, {"directorate": "place", "due": "2026-12-18"})
    assert "Friday 18 December 2026" in words(right["view"])


async def test_a_form_that_a_message_asks_for_waits_behind_a_button(bot: Process, fake: FakeSlack) -> None:
    await bot.door.dm(U_AMARA, "concern")
    await bot.deliver()
    ((channel, ts), card) = next(iter(fake.messages.items()))
    button = bot.door.button(card, "Raise a concern")
    assert button["value"] == "concern", "a plain command is simply said again"
    await bot.door.click(U_AMARA, button, channel=channel, ts=ts, ephemeral=False)
    assert bot.door.modal()["callback_id"] == "cp_form"
    assert bot.talk.house.db.run_sync(lambda s: s.query(Draft).count()) == 0


async def test_a_form_with_words_in_it_is_kept_as_it_was_shown_and_not_as_it_was_typed(
    bot: Process, fake: FakeSlack
) -> None:
    await bot.door.dm(U_AMARA, "concern NHS number 943 476 5919 has waited a year for a dentist")
    kept = [str(m) for m in bot.talk.told(AMARA)]
    drafts = bot.talk.house.db.run_sync(lambda s: [str(d.content) for d in s.query(Draft)])
    assert not any("943" in k for k in [*kept, *drafts])
    await bot.deliver()
    ((channel, ts), card) = next(iter(fake.messages.items()))
    assert "943" not in json.dumps(card)
    opener = bot.door.button(card, "Check the words")
    await bot.door.click(U_AMARA, opener, channel=channel, ts=ts, ephemeral=False)
    view = bot.door.modal()
    assert "has waited a year for a dentist" in inputs(view)["text"]["initial_value"]
    await bot.door.submit(U_AMARA, view)


async def test_a_kept_form_is_its_owners_alone_and_gone_after_a_day(bot: Process, fake: FakeSlack) -> None:
    await bot.door.dm(U_AMARA, "concern NHS number 943 476 5919 has waited a year for a dentist")
    await bot.deliver()
    ((channel, ts), card) = next(iter(fake.messages.items()))
    opener = bot.door.button(card, "Check the words")
    assert "no longer have that form" in (await bot.door.slash(U_OLU, opener["value"]))["text"]
    bot.talk.clock.forward(hours=25)
    await bot.door.click(U_AMARA, opener, channel=channel, ts=ts, ephemeral=False)
    assert "no longer have that form" in fake.read(channel)[-1]


@pytest.mark.parametrize("metadata", ["", "{", "[]", '{"says": "concern send"}', "null"])
async def test_a_modal_that_is_no_longer_ours_says_so(one: Process, metadata: str) -> None:
    view = {"type": "modal", "callback_id": "of_old", "private_metadata": metadata, "blocks": []}
    answer = await one.door.submit(U_AMARA, view)
    assert "out of date" in words(answer["view"])


async def test_an_answer_without_words_is_no_answer(one: Process) -> None:
    await one.door.slash(U_AMARA, "concern")
    view = one.door.modal()
    full = {**view, "id": "V9", "state": {"values": {"text": {"text": {"type": "plain_text_input"}}}}}
    body = {"type": "view_submission", **one.door._who(U_AMARA), "view": full}
    answer = (await one.door.interact(body)).json()
    assert answer["errors"].keys() == {"text"}


async def test_a_substitute_is_chosen_among_the_names_that_slack_offers(
    bot: Process, fake: FakeSlack
) -> None:
    card = await bot.door.slash(U_AMARA, "next meeting")
    await bot.door.press(U_AMARA, card, "Apologies")
    answer = fake.of("response_url")[-1].args
    await bot.door.press(U_AMARA, answer, "Send a substitute")
    asked = bot.door.modal()
    field = next(b["element"] for b in asked["blocks"] if b.get("block_id") == "name")
    assert field["type"] == "external_select"
    assert "Ifeoma Chukwu" in await bot.door.suggest(U_AMARA, "chuk")
    shown = await bot.door.submit(U_AMARA, asked, {"name": "ifeoma.chukwu@westshire.example"})
    assert "Ifeoma Chukwu" in words(shown["view"])
    assert "being told and asked to stand in" in words(shown["view"])
    assert bot.talk.told("ifeoma.chukwu@westshire.example")
