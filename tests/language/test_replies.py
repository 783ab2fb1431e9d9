"""Replies to the card in front of a person: what is carried out, what is asked back, what is no reply at all."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.language.understand import Understanding, understand

NOW = datetime.fromisoformat("2026-11-23T09:30:00+00:00")


def said(text: str, card: str) -> Understanding:
    return understand(text, now=NOW, card=card)


@pytest.mark.parametrize(
    ("card", "text", "intent", "slots"),
    [
        ("rsvp_request", "yes", "rsvp", {"answer": "yes"}),
        ("rsvp_request", "yep see you there", "rsvp", {"answer": "yes"}),
        ("rsvp_request", "no sorry, at a funeral", "rsvp", {"answer": "no"}),
        ("rsvp_request", "can I join on Teams", "rsvp", {"answer": "remote"}),
        ("rsvp_request", "10 mins late", "rsvp", {"answer": "late", "minutes": 10}),
        ("rsvp_request", "thanks", "thanks", {}),
        ("action_assigned", "ack", "acknowledge", {}),
        ("action_assigned", "not mine, try Housing", "decline_action", {"suggest": "Housing"}),
        ("action_assigned", "need another fortnight", "request_extension", {}),
        ("action_assigned", "ta", "thanks", {}),
        ("action_update_due", "all done, letters sent Friday", "complete_action", {}),
        ("action_assigned", "done: contract changed, laptops now ordered in June", "complete_action", {}),
        ("action_update_due", "half way through, two schools left to see", "update_action", {}),
        ("concern_saved", "please leave my name off it", "amend_concern", {"anonymous": True}),
        ("concern_saved", "what happens now?", "ask_concern", {}),
        ("concern_saved", "scrap that, I was wrong", "withdraw_concern", {}),
        ("did_you_mean", "2", "choose", {"option": 2}),
        ("did_you_mean", "the first one", "choose", {"option": 1}),
        ("did_you_mean", "none of those", "reject_suggestions", {}),
        ("confirm_broadcast", "yes send it", "confirm", {}),
        ("confirm_broadcast", "no, don't send", "cancel", {}),
        ("confirm_broadcast", "send it tomorrow at 9 instead", "schedule_broadcast", {}),
    ],
)
def test_plain_replies(card: str, text: str, intent: str, slots: dict[str, object]) -> None:
    read = said(text, card)
    assert read.intent == intent
    assert slots.items() <= dict(read.slots).items()


@pytest.mark.parametrize(
    "text",
    [
        "yes but not to the officers",
        "yes if the chair is happy",
        "I think so",
        "is that everyone?",
        "yes? or should we wait",
        "go on then unless Helen objects",
        "not sure",
        "what does it look like on a phone",
    ],
)
def test_a_broadcast_goes_out_on_a_plain_yes_only(text: str) -> None:
    assert said(text, "confirm_broadcast").intent != "confirm"


@pytest.mark.parametrize("card", ["rsvp_request", "action_assigned", "concern_saved", "confirm_broadcast"])
def test_a_new_question_is_no_reply(card: str) -> None:
    assert said("who do I contact about a care leaver's council tax", card).intent == "fresh"


def test_done_inside_an_update_does_not_complete() -> None:
    text = "the survey is done, still waiting for the quotes"
    assert said(text, "action_update_due").intent == "update_action"


def test_thanks_says_nothing_more() -> None:
    for card in ("rsvp_request", "action_assigned", "concern_saved"):
        read = said("thank you very much", card)
        assert read.intent == "thanks"
        assert read.slots == {}


@pytest.mark.parametrize(
    "card", ["rsvp_request", "action_assigned", "confirm_broadcast", "did_you_mean", "none"]
)
@pytest.mark.parametrize("text", ["asdf qwer zxcv", "qwertyuiop", "flibberty", "..."])
def test_words_that_nobody_knows_are_asked_about(card: str, text: str) -> None:
    assert said(text, card).intent == "ask"
