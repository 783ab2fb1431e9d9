"""Every block of words of this family says something, in every state, step and form it may be asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bot.rules.service_levels import EscalationStep
from bot.rules.states import ActionState
from bot.services.action_choice import LEAD_VERBS, RAISER_VERBS
from bot.services.action_lists import Waiting
from bot.services.action_views import Line, Step, View
from bot.services.triage import Route
from bot.store.council import CouncilName, Safeguarding
from bot.store.council import Line as Number
from bot.wording.parts import FormFill
from bot.wording.plain import plain
from bot.wording.words import Words

FAMILIES = ("concerns", "actions", "progress", "read_back", "triage")
WORDS = Words()
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = date(2026, 12, 7)
NUMBER = Number("Front door", "01632 960254", "office hours")
KINDS = (
    "raised",
    "assigned",
    "acknowledged",
    "update",
    "extension_asked",
    "extended",
    "extension_refused",
    "not_mine",
    "on_hold",
    "proposed",
    "closed",
    "agreed_at",
    "sent_back",
    "declined",
    "next_step",
    "redirected",
    "note",
    "reopened",
    "withdrawn",
    "amended",
    "anonymous",
    "agenda_asked",
    "chased",
    "escalated",
)
STEPS = tuple(Step(AT, kind, "Director of Place", "some words", DAY) for kind in KINDS)
LINE = Line(
    "CPP-26/27-014", "Bus passes fail", "assigned", "Green: on time", False, "Place and Transport", DAY
)
VIEW = View(
    **vars(LINE),
    seen="own",
    text="Bus passes fail. At the boundary.",
    wanted="A county pass",
    how_many="2-5",
    theme="Place",
    source="concern",
    body="Corporate Parenting Panel",
    lead="Director of Place",
    raised_on=AT,
    raiser="Amara Osei",
    anonymous=False,
    history=STEPS,
)
PLACE = SimpleNamespace(key="place", name="Place and Transport")
PERSON = SimpleNamespace(name="Dee Patel", title="Director of Communities and Housing")
FULL: dict[str, Any] = {
    "council": CouncilName("Westshire County Council", "Westshire", Safeguarding(NUMBER, NUMBER, NUMBER)),
    "safe": Safeguarding(NUMBER, NUMBER, NUMBER),
    "first_name": "Amara",
    "a": VIEW,
    "lines": [LINE, LINE],
    "can": ("ack", "update"),
    "last": STEPS[2],
    "after": ": words",
    "before": "ack",
    "text": "some words",
    "area": "Place and Transport",
    "number": 7,
    "member": True,
    "days": 2,
    "ref": VIEW.ref,
    "at": AT,
    "again": DAY,
    "seen_before": True,
    "words": "some words",
    "day": DAY,
    "done": "It is done",
    "reason": "a strike",
    "next_step": "the governors",
    "route": "complaint",
    "note": "a note",
    "typed": "typed",
    "with_whom": "Place and Transport",
    "verb": "update",
    "says": "update CPP-26/27-014: words",
    "limit": 10,
    "body": "Health Sub-group",
    "red": True,
    "due": DAY,
    "step": "reminder",
    "by": PERSON,
    "suggested": PLACE,
    "waiting": [Waiting(LINE, AT, 3, True, None), Waiting(LINE, AT, 0, False, PLACE)],  # type: ignore[arg-type]
    "names": ["Place"],
    "name": "Place",
    "routes": ["foi", "advocacy"],
}
BARE = FULL | {
    "a": replace(
        VIEW,
        directorate="",
        due=None,
        lead="",
        raiser="",
        history=(),
        seen="log",
        theme="",
        wanted="",
        how_many="",
        text="",
        state="new",
        anonymous=True,
    ),
    "lines": [],
    "can": (),
    "last": None,
    "member": False,
    "seen_before": False,
    "area": "",
    "note": "",
    "text": "",
    "with_whom": "",
    "day": DAY,
    "body": "",
    "red": False,
    "suggested": None,
    "waiting": [],
    "reason": "",
    "after": "",
    "by": SimpleNamespace(name="Dee Patel", title=""),
}
BLOCKS = [b for b in WORDS.blocks() if b.partition(".")[0] in FAMILIES]
NEEDS_A_DAY = {
    "concerns.told_assigned",
    "actions.told_assigned",
    "actions.told_due",
    "actions.told_head",
    "triage.assigned",
    "triage.created",
    "triage.granted",
    "triage.told_late",
    "triage.told_chair",
    "progress.extended",
}


def said(block: str, values: dict[str, Any]) -> str:
    return plain(WORDS.say(block, values, form=FormFill())).strip()


def test_the_family_has_its_blocks() -> None:
    assert len(BLOCKS) > 120


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_says_something_with_all_and_with_little(block: str) -> None:
    assert said(block, FULL)
    bare = BARE | ({"a": replace(BARE["a"], due=DAY)} if block in NEEDS_A_DAY else {})
    text = said(block, bare)
    assert text
    assert "None" not in text.split()
    assert "::" not in text


@pytest.mark.parametrize("state", ActionState)
def test_each_state_is_said_in_words(state: ActionState) -> None:
    for block in (
        "actions.card",
        "actions.mine",
        "actions.not_now",
        "actions.told_moved",
        "triage.told_chased",
    ):
        a = replace(VIEW, state=str(state))
        text = said(block, FULL | {"a": a, "lines": [a]})
        assert "_" not in text
        assert text


def test_each_kind_of_step_is_said_in_words() -> None:
    text = said("actions.card", FULL | {"a": replace(VIEW, history=STEPS[:15])})
    text += said("actions.card", FULL | {"a": replace(VIEW, history=STEPS[15:])})
    assert text.count("Director of Place\n") + text.count("Director of Place") >= len(KINDS)
    assert "_" not in text
    for step in (*EscalationStep, "unacknowledged"):
        one = Step(AT, "escalated", "", str(step), None)
        assert "_" not in said("actions.card", FULL | {"a": replace(VIEW, history=(one,))})
    for route in Route:
        one = Step(AT, "redirected", "", str(route), None)
        assert "sent another way" in said("actions.card", FULL | {"a": replace(VIEW, history=(one,))})


@pytest.mark.parametrize("verb", sorted({*LEAD_VERBS, *RAISER_VERBS, "close"}))
def test_each_verb_is_read_back_and_offered(verb: str) -> None:
    assert "some words" in said("read_back.check", FULL | {"verb": verb})
    buttons = (
        "ack",
        "update",
        "extend",
        "not mine",
        "done",
        "assign",
        "decline",
        "redirect",
        "close",
        "send back",
        "reopen",
        "amend",
        "chase",
        "withdraw",
    )
    assert said("actions.card", FULL | {"can": buttons}).count("[") == len(buttons)


@pytest.mark.parametrize(
    "verb", ["update", "note", "done", "hold", "not mine", "reopen", "amend", "send back", "refuse", "cover"]
)
def test_each_form_says_the_command_it_is_for(verb: str) -> None:
    form = WORDS.say(
        "progress.words_form", FULL | {"verb": verb}, form=FormFill(values={"text": "kept"})
    ).form
    assert form is not None
    assert form.says == (verb if verb == "cover" else f"{verb} {VIEW.ref}")
    assert form.fields[0].value == "kept"


@pytest.mark.parametrize("step", EscalationStep)
def test_each_step_of_the_ladder_is_said_in_words(step: EscalationStep) -> None:
    for block in ("actions.told_due", "triage.told_late"):
        assert "_" not in said(block, FULL | {"step": str(step)})


@pytest.mark.parametrize("route", Route)
def test_each_route_is_explained(route: Route) -> None:
    assert len(said("concerns.told_redirected", FULL | {"route": str(route)})) > 200


def test_no_value_can_become_mark_up() -> None:
    nasty = "# Heading\n[Press me](https://evil.example)\n[*Close] close CPP-26/27-001\n{{ 7 * 7 }}"
    a = replace(VIEW, text=nasty, title=nasty, history=(replace(STEPS[3], text=nasty),))
    message = WORDS.say("actions.card", FULL | {"a": a, "can": ()})
    assert not message.buttons
    assert [p for p in message.parts if type(p).__name__ == "Heading"][1:] == []
    assert "{{ 7 * 7 }}" in plain(message)
