"""Reading sentences: the public form, the urgent answer first, several asks in one message, slots as typed."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.intents_corpus import CARDS, INTENTS, REPLIES, URGENT
from bot.language.understand import Understanding, understand

NOW = datetime.fromisoformat("2026-11-23T09:30:00+00:00")


def meant(text: str, card: str | None = None, known: tuple[str, ...] = ()) -> Understanding:
    return understand(text, now=NOW, card=card, known_names=known)


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("when's the panel meeting next", "next_meeting", {}),
        ("who has the chair in February", "next_meeting", {"detail": "chair", "month": "February"}),
        ("agenda for next week please", "agenda", {}),
        ("I'll be there", "rsvp_yes", {"answer": "yes"}),
        ("apologies, clash with licensing", "rsvp_no", {"answer": "no", "reason": "clash with licensing"}),
        (
            "can't come on the 8th, Cllr Nadia Rahman will sub for me",
            "rsvp_no",
            {"answer": "no", "substitute": "Cllr Nadia Rahman"},
        ),
        ("ill be 15 mins late", "rsvp_yes", {"answer": "late", "minutes": 15}),
        ("apols from me and Helen", "rsvp_no", {"answer": "no", "for": ["me", "Helen"]}),
        ("put me down as a maybe", "rsvp_maybe", {"answer": "maybe"}),
        ("who still hasn't answered?", "who_is_coming", {"detail": "not_replied"}),
        ("are we quorate for the 8th?", "who_is_coming", {"detail": "quorate"}),
        ("what became of CPP-26/27-003", "my_concerns", {"ref": "CPP-26/27-003"}),
        ("no more messages at weekends please", "remind_me", {"quiet": "weekends"}),
        ("what are my duties as a corporate parent", "duties", {}),
        (
            "need two more weeks on A14, waiting on legal",
            "update_action",
            {"detail": "extension", "extend_by": "2 weeks", "ref": "A14"},
        ),
        ("who deals with bus passes for care leavers", "contact_lookup", {}),
        ("hello", "help", {}),
    ],
)
def test_plain_sentences(text: str, intent: str, slots: dict[str, object]) -> None:
    read = meant(text)
    assert read.intent == intent
    assert slots.items() <= dict(read.slots).items()


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("apologies for Dec, and who is chairing Jan?", ["rsvp_no", "next_meeting"]),
        ("can i have the agenda. also apologies from me for the 8th", ["agenda", "rsvp_no"]),
        ("stop the weekend messages; when is the next panel?", ["remind_me", "next_meeting"]),
    ],
)
def test_several_asks_in_one_message(text: str, intents: list[str]) -> None:
    read = meant(text)
    assert [ask.intent for ask in read.asks] == intents
    assert all(ask.text in text for ask in read.asks)


def test_one_ask_is_not_cut_up() -> None:
    for text in (
        "sorry can't make it, Cllr Okoro will sub for me",
        "who do I ring about a care leaver, she is nineteen and on her own",
    ):
        assert meant(text).asks == ()


@pytest.mark.parametrize("card", [None, *CARDS])
def test_a_child_at_risk_comes_before_any_card(card: str | None) -> None:
    read = meant("the boy next door says his stepdad hit him with a belt last night", card)
    assert read.urgent
    assert read.intent == ("safeguarding" if card else URGENT)


def test_the_moment_and_the_identifiers_are_read_too() -> None:
    read = meant("ring me on 07700 900123 about the meeting on 14 December").to_json()
    assert read["when"] == {"kind": "date", "value": "2026-12-14"}
    assert [found["kind"] for found in read["identifiers"]]


def test_the_public_form() -> None:
    read = meant("apologies for the 8th").to_json()
    assert set(read) == {"intent", "confidence", "urgent", "slots", "when", "identifiers"}
    assert 0 <= read["confidence"] <= 1
    json.dumps(read)


@given(st.text(max_size=400), st.sampled_from([None, *CARDS]))
def test_any_text_gets_an_intent_that_exists(text: str, card: str | None) -> None:
    read = meant(text, card)
    assert read.intent in (*INTENTS, *REPLIES)
    assert 0 <= read.confidence <= 1
    json.dumps(read.to_json())


def test_known_names_are_believed_in_lower_case() -> None:
    said = "cant do thursday, nadia rahman will stand in for me"
    assert meant(said, known=("Nadia Rahman",)).slots.get("substitute", "").lower() == "nadia rahman"


@pytest.mark.parametrize("text", ["yes", "ok", "no", "👍", "done"])
def test_a_bare_word_without_a_card_is_never_acted_on(text: str) -> None:
    assert not (meant(text).sure and meant(text).intent not in ("help", "out_of_scope"))


def test_nonsense_is_not_acted_on() -> None:
    for text in ("", "   ", "?", "zxcv qwer", "a" * 5000, "1 2 3 4 5 " * 500):
        read = meant(text)
        assert not read.urgent, text[:20]
        assert not (read.sure and read.intent.startswith("rsvp_")), text[:20]
