"""Sending somebody in one's place, under each body's own rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.store.bodies import body_by_ref
from tests.commands.meeting_steps import (
    AOIFE,
    HELEN,
    IFEOMA,
    JEAN,
    NATHAN,
    answer_of,
    confirm,
    ref_of,
    response,
    starting,
)
from tests.support.house import AMARA, OLU, Talk, button, words


def rule(talk: Talk, substitutes: str) -> None:
    """Give the panel another rule."""

    def change(session):  # type: ignore[no-untyped-def]
        body = body_by_ref(session, "CPP")
        body.rules = {**body.rules, "substitutes": substitutes}

    talk.house.db.run_sync(change)


def substitute_of(talk: Talk, ref: str, who: str) -> str:
    kept = response(talk, ref, who)
    assert kept is not None
    name: str = kept["substitute"]
    return name


async def test_a_substitute_is_told_and_asked_and_answers(talk: Talk) -> None:
    ref = ref_of(talk)
    answer = await talk.say(AMARA, f"substitute {ref} Cllr Chukwu because I am away")
    assert "I have your apologies" in words(answer)
    assert "Ifeoma Chukwu is being told and asked to stand in for you." in words(answer)
    assert response(talk, ref, AMARA) == {
        "answer": "apologies",
        "note": "I am away",
        "substitute": IFEOMA,
        "confirmed": False,
        "attended": "",
    }
    (asked,) = talk.told(IFEOMA)
    assert "Can you stand in for Amara Osei?" in words(asked)
    assert "I am away" not in words(asked)
    assert asked.card is not None
    assert asked.card.subject == ref
    yes = await talk.say(IFEOMA, press=button(asked, "Coming"))
    assert "You are standing in for somebody. I have told them." in words(yes)
    assert "no vote" not in words(yes)
    (told,) = talk.told(AMARA)
    assert "Ifeoma Chukwu will stand in for you" in words(told)
    talk.clock.forward(minutes=1)
    await talk.say(IFEOMA, f"rsvp no {ref}")
    assert "Ifeoma Chukwu cannot stand in for you" in words(talk.told(AMARA)[1])
    talk.clock.forward(minutes=1)
    await talk.say(IFEOMA, f"rsvp maybe {ref}")
    assert "Ifeoma Chukwu may be able to stand in" in words(talk.told(AMARA)[2])


async def test_saying_it_twice_asks_once(westshire: Talk) -> None:
    for _ in range(2):
        await westshire.say(AMARA, "substitute Ifeoma Chukwu")
        westshire.clock.forward(minutes=1)
    assert len(westshire.told(IFEOMA)) == 1


async def test_a_change_of_mind_stands_the_substitute_down(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    await talk.say(IFEOMA, f"rsvp yes {ref}")
    assert "1 coming, 3 needed" in await talk.ask(OLU, f"responses {ref}")
    talk.clock.forward(minutes=1)
    await talk.say(AMARA, f"rsvp yes {ref}")
    assert substitute_of(talk, ref, AMARA) == ""
    assert "Amara Osei no longer needs you" in words(talk.told(IFEOMA)[1])
    assert response(talk, ref, IFEOMA) is None
    assert "You are not on this panel" in await talk.ask(IFEOMA, f"rsvp yes {ref}")


async def test_undo_stands_the_substitute_down_too(westshire: Talk) -> None:
    ref = ref_of(westshire)
    answer = await westshire.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    await westshire.say(AMARA, press=button(answer, "Undo"))
    assert response(westshire, ref, AMARA) is None
    assert len(westshire.told(IFEOMA)) == 2


async def test_another_substitute_takes_the_place(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    westshire.clock.forward(minutes=1)
    await westshire.say(AMARA, f"substitute {ref} Nathan Boateng")
    assert substitute_of(westshire, ref, AMARA) == NATHAN
    assert "You are not needed as substitute" in words(westshire.told(IFEOMA)[1])
    assert len(westshire.told(NATHAN)) == 1


async def test_apologies_said_again_keep_the_substitute(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    await westshire.say(AMARA, f"rsvp no {ref}")
    assert substitute_of(westshire, ref, AMARA) == IFEOMA


@pytest.mark.parametrize(
    ("allowed", "who", "name", "said"),
    [
        ("party", AMARA, "Graham Pennock", "somebody of your own party"),  # another party, and a seat
        ("party", AMARA, "Peter Cawthra", "somebody of your own party"),  # another party
        ("party", AMARA, "Dominic Farr", "somebody of your own party"),  # the same party, but a seat
        ("party", AOIFE, "Samina Akhtar", "somebody of your own party"),  # a partner has no party
        ("named", AMARA, "Nathan Boateng", "Only those named for your seat can"),
        ("named", AMARA, "Zebedee Okoro", "Only those named for your seat can"),
        ("agency", AOIFE, "Lucy Adebayo", "somebody of your own organisation"),
        ("agency", AMARA, "Olu Adeyemi", "somebody of your own organisation"),
        ("any", AMARA, "Helen Marchbank", "they have a seat there already"),
        ("none", AMARA, "Ifeoma Chukwu", "This panel allows no substitutes"),
        ("none", AMARA, "Zebedee Okoro", "This panel allows no substitutes"),
    ],
)
async def test_who_may_not(westshire: Talk, allowed: str, who: str, name: str, said: str) -> None:
    rule(westshire, allowed)
    ref = ref_of(westshire)
    answer = await westshire.say(who, f"substitute {ref} {name}")
    assert said in words(answer)
    assert answer_of(westshire, ref, who) == "apologies", "the apologies stand"
    assert substitute_of(westshire, ref, who) == ""
    for person in (HELEN, NATHAN, IFEOMA):
        assert not westshire.told(person)


@pytest.mark.parametrize(
    ("allowed", "who", "name"),
    [
        ("party", AMARA, "Nathan Boateng"),
        ("party", AOIFE, "Mei Tsang"),  # named for the seat
        ("named", AMARA, "Ifeoma Chukwu"),
        ("agency", AOIFE, "Mei Tsang"),
        ("agency", AMARA, "Samina Akhtar"),
        ("any", AMARA, "Peter Cawthra"),
    ],
)
async def test_who_may(westshire: Talk, allowed: str, who: str, name: str) -> None:
    rule(westshire, allowed)
    assert f"{name} is being told and asked" in await westshire.ask(
        who, f"substitute {ref_of(westshire)} {name}"
    )


async def test_those_who_may_are_offered(westshire: Talk) -> None:
    ref = ref_of(westshire)
    refused = await westshire.say(AMARA, f"substitute {ref} Graham Pennock")
    await westshire.say(AMARA, press=button(refused, "Ask Ifeoma Chukwu"))
    assert substitute_of(westshire, ref, AMARA) == IFEOMA


async def test_a_name_that_fits_several_is_asked_about(westshire: Talk) -> None:
    rule(westshire, "any")
    ref = ref_of(westshire)
    answer = await westshire.say(AMARA, f"substitute {ref} Peter")
    assert "Which Peter?" in words(answer)
    assert answer_of(westshire, ref, AMARA) == "apologies"
    labels = [b.label for b in answer.message.buttons]
    assert any(label.startswith("Peter Cawthra") for label in labels)
    assert "Peter Nkemelu" in labels
    await westshire.say(AMARA, press=starting(answer, "Peter Cawthra"))
    assert substitute_of(westshire, ref, AMARA) == "peter.cawthra@westshire.example"


async def test_an_unknown_name_is_kept_for_the_officer(talk: Talk) -> None:
    ref = ref_of(talk)
    said = await talk.ask(AMARA, f"substitute {ref} Cllr Okoro")
    assert 'I do not know "Cllr Okoro"' in said
    assert substitute_of(talk, ref, AMARA) == "Cllr Okoro"
    assert "substitute: Cllr Okoro (name to be confirmed)" in await talk.ask(OLU, f"responses {ref}")


async def test_a_sentence_that_begins_so_is_no_apology(talk: Talk) -> None:
    ref = ref_of(talk)
    answer = await talk.say(AMARA, "substitute teachers cost too much")
    assert "Nothing has been kept yet." in words(answer)
    assert response(talk, ref, AMARA) is None
    await talk.say(AMARA, press=button(answer, "Yes"))
    assert substitute_of(talk, ref, AMARA) == "teachers cost too much"


async def test_a_substitute_sends_no_substitute(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    assert "You have no seat of your own" in await westshire.ask(IFEOMA, f"substitute {ref} Nathan Boateng")


async def test_a_body_without_substitutes(open_house: Callable[..., Talk]) -> None:
    talk = open_house("sqlite", "no-public-meetings")
    said = await talk.ask("desmond.okafor@eastmarsh.example", "substitute Pamela Rusbridge")
    assert "This panel allows no substitutes" in said
    assert "I have your apologies" in said


async def test_a_substitute_is_told_of_a_move(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(AMARA, f"substitute {ref} Ifeoma Chukwu")
    await westshire.say(IFEOMA, f"rsvp yes {ref}")
    await confirm(westshire, f"meeting move {ref} to 15 December 6pm", "Yes, move it")
    (moved,) = westshire.told(IFEOMA, "meeting_moved")
    assert 'You answered "Coming" for the old date.' in words(moved)


async def test_jean_is_not_a_substitute_by_chance(westshire: Talk) -> None:
    """A first answer names nobody, so it must match nobody."""
    ref = ref_of(westshire)
    await westshire.say(AMARA, f"rsvp yes {ref}")
    await westshire.say(JEAN, f"rsvp yes {ref}")
    assert not westshire.told(AMARA)
    assert not westshire.told(JEAN)
