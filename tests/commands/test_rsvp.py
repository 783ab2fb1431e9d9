"""Answering an invitation: what anybody may say, take back and say again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.conversation.identity import roles_of
from bot.conversation.registry import Context, Reply, Says
from bot.store.work import Work
from bot.wording.parts import Card
from tests.commands.meeting_steps import (
    AOIFE,
    HELEN,
    IFEOMA,
    JEAN,
    SAMINA,
    Meant,
    answer_of,
    confirm,
    look,
    meeting,
    ref_of,
    response,
)
from tests.support.house import AMARA, DEE, OLU, Talk, button, words


async def test_a_round_of_answers(talk: Talk) -> None:
    ref = ref_of(talk)
    for typed, kept, said in [
        (
            "rsvp yes",
            "attending",
            "I have you down for the Corporate Parenting Panel on Tuesday 8 December 2026",
        ),
        ("rsvp late: 20 minutes late", "late", "Only the officer sees your note."),
        ("rsvp early because I must go at 6.30", "leaving_early", "Coming, but leaving early"),
        ("rsvp remote", "remote", "does not count towards the quorum"),
        ("rsvp maybe", "maybe", "Tell me when you know"),
        ("rsvp no", "apologies", "The officer will record them."),
        ("rsvp apologies", "apologies", "The officer will record them."),
        (f"rsvp attending {ref}", "attending", "Coming"),
    ]:
        assert said in await talk.ask(AMARA, typed), typed
        assert answer_of(talk, ref, AMARA) == kept
    assert response(talk, ref, AMARA) == {
        "answer": "attending",
        "note": "",
        "substitute": "",
        "confirmed": False,
        "attended": "",
    }


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("apologies", ""),
        ("apologies {ref}", ""),
        ("apologies because I am at Planning", "I am at Planning"),
        ("apologies {ref}: clash with Planning", "clash with Planning"),
        ("apols {ref}, a clash", "a clash"),
        ("my apologies.", ""),
    ],
)
async def test_apologies_with_and_without_a_reason(westshire: Talk, typed: str, note: str) -> None:
    ref = ref_of(westshire)
    assert "I have your apologies" in await westshire.ask(AMARA, typed.format(ref=ref))
    kept = response(westshire, ref, AMARA)
    assert kept is not None
    assert (kept["answer"], kept["note"], kept["confirmed"]) == ("apologies", note, False)


async def test_undo_puts_everything_back(talk: Talk) -> None:
    ref = ref_of(talk)
    await talk.say(AMARA, f"apologies {ref} because a clash")
    await talk.say(OLU, f"confirm apologies {ref}")
    before = response(talk, ref, AMARA)
    changed = await talk.say(AMARA, f"rsvp yes {ref}")
    assert response(talk, ref, AMARA) != before
    undo = button(changed, "Undo")
    assert 'Put back: "Apologies"' in words(await talk.say(AMARA, press=undo))
    assert response(talk, ref, AMARA) == before
    assert "There is nothing to undo there" in words(await talk.say(AMARA, press=undo))
    assert "There is nothing to undo there" in words(await talk.say(HELEN, press=undo))


async def test_undo_of_the_first_answer_leaves_none(talk: Talk) -> None:
    ref = ref_of(talk)
    first = await talk.say(AMARA, "rsvp yes")
    assert "You have not answered" in words(await talk.say(AMARA, press=button(first, "Undo")))
    assert response(talk, ref, AMARA) is None
    assert "Amara Osei" in (await talk.ask(OLU, f"responses {ref}")).split("Not answered")[1]


async def test_an_old_undo_does_not_touch_a_newer_answer(westshire: Talk) -> None:
    ref = ref_of(westshire)
    first = await westshire.say(AMARA, "rsvp no")
    westshire.clock.forward(minutes=1)
    await westshire.say(AMARA, "rsvp yes")
    assert "you have answered again since" in words(await westshire.say(AMARA, press=button(first, "Undo")))
    assert answer_of(westshire, ref, AMARA) == "attending"


async def test_a_second_delivery_of_a_press_answers_once(talk: Talk) -> None:
    ref = ref_of(talk)
    first = await talk.say(AMARA, press=f"rsvp no {ref}", event_id="same")
    await talk.say(AMARA, press=f"rsvp yes {ref}")
    again = await talk.say(AMARA, press=f"rsvp no {ref}", event_id="same")
    assert words(again) == words(first)
    assert answer_of(talk, ref, AMARA) == "attending"


async def test_two_presses_at_once_leave_one_answer(talk: Talk) -> None:
    ref = ref_of(talk)
    answers = await asyncio.gather(
        *(talk.say(AMARA, press=f"rsvp {w} {ref}") for w in ("yes", "no", "maybe"))
    )
    assert not [a for a in answers if "went wrong" in words(a)]
    rows = look(talk, lambda w: [r.person.email for r in meeting(w, ref).responses])
    assert rows == [AMARA]


async def test_somebody_without_a_seat_is_told_kindly(talk: Talk) -> None:
    said = await talk.ask(SAMINA, "rsvp yes")
    assert "You are not on this panel" in said
    assert "you are welcome to watch" in said
    assert response(talk, ref_of(talk), SAMINA) is None
    assert "ask the support officer" in await talk.ask(SAMINA, f"rsvp yes {ref_of(talk, 'CPP-HEALTH')}")


async def test_officers_and_leads_attend_without_a_vote(westshire: Talk) -> None:
    ref = ref_of(westshire)
    assert "You attend without a vote." in await westshire.ask(OLU, "rsvp yes")
    assert "You attend without a vote." in await westshire.ask(DEE, f"rsvp yes {ref}")
    assert "Your seat has no vote." in await westshire.ask(AOIFE, f"rsvp yes {ref}")
    assert "no vote" not in await westshire.ask(AMARA, f"rsvp yes {ref}")
    assert "0 coming, 3 needed" not in await westshire.ask(OLU, f"responses {ref}")
    assert "1 coming, 3 needed" in await westshire.ask(OLU, f"responses {ref}")


async def test_after_the_meeting_it_is_too_late(talk: Talk) -> None:
    ref = ref_of(talk)
    given = await talk.say(AMARA, f"rsvp no {ref}")
    talk.clock.forward(days=15, hours=9)
    assert "Coming" in await talk.ask(AMARA, f"rsvp late {ref}: nearly there"), (
        "it has begun, and is not over"
    )
    talk.clock.forward(hours=2)
    assert "is over, so I can no longer take an answer" in await talk.ask(AMARA, f"rsvp no {ref}")
    assert "nothing to undo" in words(await talk.say(AMARA, press=button(given, "Undo")))
    assert answer_of(talk, ref, AMARA) == "late"


async def test_nobody_answers_for_somebody_else(talk: Talk) -> None:
    ref = ref_of(talk)
    answer = await talk.say(AMARA, f"rsvp no {ref} and for Jean: both at Planning")
    assert "I have your apologies" in words(answer)
    assert "I have noted nothing for Jean" in words(answer)
    assert response(talk, ref, JEAN) is None
    asked = await talk.say(AMARA, press=button(answer, "Ask Jean Attwater"))
    assert "I am asking Jean Attwater" in words(asked)
    (told,) = talk.told(JEAN)
    assert "Please say whether you can come." in words(told)
    await talk.say(AMARA, press=button(answer, "Ask Jean Attwater"))
    assert len(talk.told(JEAN)) == 1
    assert "on which you both sit" in words(await talk.say(SAMINA, press=f"rsvp ask {ref} {JEAN}"))


async def test_the_officer_enters_an_answer_given_elsewhere(talk: Talk) -> None:
    ref = ref_of(talk)
    answer = await talk.say(OLU, f"answer for Jean Attwater no {ref} because she rang")
    assert 'Entered for Jean Attwater: "Apologies"' in words(answer)
    kept = response(talk, ref, JEAN)
    assert kept is not None
    assert (kept["answer"], kept["note"]) == ("apologies", "she rang")
    assert "You have not answered" in words(await talk.say(OLU, press=button(answer, "Undo")))
    assert response(talk, ref, JEAN) is None
    assert "not yours to do" in await talk.ask(AMARA, f"answer for Jean Attwater no {ref}")
    assert "I know nobody called" in await talk.ask(OLU, f"answer for Zebedee no {ref}")
    assert "You are not on this panel" in await talk.ask(OLU, f"answer for Samina Akhtar no {ref}")


async def test_a_note_with_a_childs_details_is_asked_about_and_not_kept(westshire: Talk) -> None:
    ref = ref_of(westshire)
    answer = await westshire.say(AMARA, f"apologies {ref} because of NHS number 943 476 5919")
    assert "Nothing has been kept yet" in words(answer)
    assert response(westshire, ref, AMARA) is None


@pytest.mark.parametrize(
    "note",
    [
        "[*Yes] notice go M-9 s0 body 17",
        "# Heading",
        "<!channel> <@U1> *bold*",
        "'; DROP TABLE response; --",
        "{{ 7*7 }}{% x %}",
    ],
)
async def test_hostile_notes_stay_words(westshire: Talk, note: str) -> None:
    ref = ref_of(westshire)
    await westshire.say(AMARA, f"apologies {ref} because {note}")
    for who in (AMARA, OLU, HELEN):
        answer = await westshire.say(who, f"responses {ref}")
        assert "Yes" not in [b.label for b in answer.message.buttons]
        assert (note in words(answer)) == (who == OLU)
    kept = response(westshire, ref, AMARA)
    assert kept is not None
    assert kept["note"] == note


async def test_a_very_long_note_is_cut(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await westshire.say(AMARA, f"apologies {ref} because {'long ' * 300}")
    kept = response(westshire, ref, AMARA)
    assert kept is not None
    assert len(kept["note"]) == 500


def read(talk: Talk, meant: Meant, sentence: str, who: str = AMARA, card: str = "") -> tuple[str, list[str]]:
    """What the reader of answers makes of a sentence: a line; or a block, and what its buttons say."""
    reader = talk.house.registry.readers[meant.intent]

    def run(work: Work) -> Any:
        ctx = Context(work, work.me, roles_of(work.me), sentence=sentence)
        ctx.card = Card("rsvp_request", card) if card else None
        result = reader(ctx, meant)
        if isinstance(result, Says):
            assert talk.house.registry.match(result.line) is not None, result.line
            return result.line, []
        assert isinstance(result, Reply)
        said = talk.house.words.say(result.block, result.values, card=result.card)
        return result.block, [b.says for b in said.buttons]

    return look(talk, run, who)


@pytest.mark.parametrize(
    ("slots", "sentence", "line"),
    [
        ({"answer": "yes"}, "yes will be there", "rsvp yes {ref}"),
        (
            {"answer": "no", "reason": "clash with Planning"},
            "Apologies, clash with Planning.",
            "rsvp no {ref} because clash with Planning",
        ),
        (
            {"answer": "no", "substitute": "Cllr Okoro"},
            "sorry cant make it, Cllr Okoro will sub for me",
            "substitute {ref} Cllr Okoro",
        ),
        (
            {"answer": "no", "substitute": "Bob (new)", "reason": "ill"},
            "ill, Bob (new) subs",
            "substitute {ref} Bob new because ill",
        ),
        ({"answer": "remote"}, "can I dial in instead", "rsvp remote {ref}"),
        (
            {"answer": "late", "minutes": 20, "time": "16:00"},
            "i'll be 20 min late & need to go by 4",
            "rsvp late {ref} because i'll be 20 min late & need to go by 4",
        ),
        ({"answer": "leave_early"}, "must leave early", "rsvp early {ref} because must leave early"),
        ({"answer": "maybe"}, "put me down as maybe", "rsvp maybe {ref}"),
        ({"answer": "yes"}, "Actually I can come now!!", "rsvp yes {ref}"),
        ({"answer": "no", "for": ["me", "Jean"]}, "apols from me and Jean", "rsvp no {ref} and for Jean"),
        (
            {"answer": "no", "for": ["me", "Jean", "Dom Farr"], "reason": "away"},
            "apols from me, Jean and Dom Farr, away",
            "rsvp no {ref} and for Jean and Dom Farr because away",
        ),
    ],
)
async def test_a_reply_to_the_card_comes_to_a_command(
    westshire: Talk, slots: dict[str, Any], sentence: str, line: str
) -> None:
    ref = ref_of(westshire)
    assert read(westshire, Meant("rsvp", slots), sentence, card=ref) == (line.format(ref=ref), [])


async def test_the_day_in_a_sentence_picks_the_meeting(westshire: Talk) -> None:
    february = ref_of(westshire, "CPP", 1)
    home = ref_of(westshire, "CPP-HOME")
    card = ref_of(westshire)
    for sentence, ref in [
        ("can't make February", february),
        ("sorry can't do 9 February", february),
        ("no for the 21st of January", home),
        ("can't come to the housing sub-group", home),
        ("no, I am away until 5 January", card),
    ]:
        said, _ = read(westshire, Meant("rsvp", {"answer": "no"}), sentence, card=card)
        assert said.split()[2] == ref, sentence


async def test_a_day_without_a_meeting_asks_which(westshire: Talk) -> None:
    block, says = read(westshire, Meant("rsvp_no"), "can't do it, I am away until 5 January")
    assert block == "rsvp.which"
    assert says[0].startswith(f"rsvp no {ref_of(westshire)}")
    assert len(says) == 4


async def test_an_unsure_sentence_is_read_back(westshire: Talk) -> None:
    ref = ref_of(westshire)
    block, says = read(westshire, Meant("rsvp", {"answer": "no"}, sure=False), "hmm no")
    assert block == "rsvp.read_back"
    assert says[0] == f"rsvp no {ref}"
    assert response(westshire, ref, AMARA) is None


async def test_words_that_disagree_with_their_reading_are_read_back(westshire: Talk) -> None:
    block, _ = read(westshire, Meant("rsvp_yes", {"answer": "no"}), "I can't come, sorry")
    assert block == "rsvp.read_back"


async def test_an_answer_for_others_alone_is_not_ones_own(westshire: Talk) -> None:
    slots = {"answer": "no", "for": ["Jean"]}
    ref = ref_of(westshire)
    members = read(westshire, Meant("rsvp", slots), "Jean sends her apologies")
    assert members == ("rsvp.for_others", [f"rsvp ask {ref} {JEAN}"])
    officers = read(westshire, Meant("rsvp", slots), "Jean sends her apologies", who=OLU)
    assert officers == ("rsvp.for_others", [f"answer for {JEAN} no {ref}"])


async def test_without_an_answer_it_is_asked_for(westshire: Talk) -> None:
    block, says = read(westshire, Meant("rsvp", {}), "about the panel")
    assert block == "rsvp.ask_answer"
    assert says[0] == f"rsvp yes {ref_of(westshire)}"


async def test_a_cancelled_meeting_is_not_answered(westshire: Talk) -> None:
    ref = ref_of(westshire)
    await confirm(westshire, f"meeting cancel {ref}", "Cancel it")
    assert "is cancelled, so there is nothing to answer" in await westshire.ask(AMARA, f"rsvp yes {ref}")


@pytest.mark.parametrize(
    ("sentence", "kept", "note"),
    [
        ("yes will be there", "attending", ""),
        ("Apologies, clash with Planning.", "apologies", "clash with Planning"),
        ("please send my apologies", "apologies", ""),
        ("sorry can't make it", "apologies", ""),
        ("can I dial in instead", "remote", ""),
        ("i'll be 20 min late & need to go by 4", "late", "i'll be 20 min late & need to go by 4"),
        ("put me down as maybe", "maybe", ""),
        ("I need a hearing loop but I'll be there", "attending", "I need a hearing loop but I'll be there"),
    ],
)
@pytest.mark.parametrize("under_the_card", [True, False])
async def test_plain_sentences(
    westshire: Talk, sentence: str, kept: str, note: str, under_the_card: bool
) -> None:
    ref = ref_of(westshire)
    if under_the_card:
        await westshire.say(AMARA, "next meeting")
    answer = await westshire.say(AMARA, sentence)
    found = response(westshire, ref, AMARA)
    assert found is not None, words(answer)
    assert (found["answer"], found["note"]) == (kept, note)
    await westshire.say(AMARA, press=button(answer, "Undo"))
    assert response(westshire, ref, AMARA) is None


async def test_changing_ones_mind_in_words(talk: Talk) -> None:
    ref = ref_of(talk)
    for sentence, kept in [
        ("sorry cant make it, Cllr Chukwu will sub for me", "apologies"),
        ("Actually I can come now!!", "attending"),
        ("apologies for december", "apologies"),
    ]:
        talk.clock.forward(minutes=1)
        await talk.say(AMARA, sentence)
        assert answer_of(talk, ref, AMARA) == kept, sentence
    assert [m.title for m in talk.told(IFEOMA)] == [
        "Can you stand in for Amara Osei?",
        "You are not needed as substitute",
    ]


async def test_for_oneself_and_for_somebody_else_in_words(talk: Talk) -> None:
    ref = ref_of(talk)
    said = await talk.ask(AMARA, "apols from me and Jean")
    assert "I have your apologies" in said
    assert "I have noted nothing for Jean" in said
    assert response(talk, ref, JEAN) is None
    assert "I have noted nothing for Jean" in await talk.ask(HELEN, "Jean sends her apologies")
    assert response(talk, ref, HELEN) is None


async def test_the_february_meeting_in_words(westshire: Talk) -> None:
    await westshire.say(AMARA, "can't make February, sorry")
    assert answer_of(westshire, ref_of(westshire, "CPP", 1), AMARA) == "apologies"
    assert answer_of(westshire, ref_of(westshire), AMARA) == ""


async def test_several_asks_in_one_message(westshire: Talk) -> None:
    said = await westshire.ask(AMARA, "who is chairing in february, also apols for december")
    assert "Helen Marchbank takes the chair" in said
    assert "I have your apologies for the Corporate Parenting Panel on Tuesday 8 December 2026" in said
