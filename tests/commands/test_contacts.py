"""Who to contact, and how the officer makes the directory better without code."""

from __future__ import annotations

from bot.store.contacts import Question, contact_by_key
from bot.store.people import by_email
from tests.support.house import AMARA, OLU, Talk, button, words

CANONICAL = "who do I contact about housing for a care leaver"
NONSENSE = "qwertyuiop zxcvbnm"


async def test_the_canonical_question_gets_one_clear_card(talk: Talk) -> None:
    said = await talk.ask(AMARA, CANONICAL)
    for bit in (
        "Care leaver accommodation team",
        "Phone: ",
        "Hours: ",
        "Out of hours: ",
        "Last checked: Monday 14 September 2026",
        "Why this one",
    ):
        assert bit in said
    assert "Is a child at risk now?" in said


async def test_unsure_offers_a_few_and_a_button_opens_each(talk: Talk) -> None:
    answer = await talk.say(AMARA, "contact nearest housing")
    assert 1 <= len(answer.message.buttons) <= 3
    card = await talk.ask(AMARA, press=answer.message.buttons[0].says)
    assert "Last checked" in card


async def test_unknown_names_the_duty_desk_and_remembers_the_question(talk: Talk) -> None:
    said = await talk.ask(AMARA, f"contact {NONSENSE}")
    assert "I do not know who that is" in said
    assert "Phone: 01632" in said or "Phone: 07700" in said
    asked = await talk.ask(OLU, "questions")
    assert NONSENSE in asked


async def test_the_officer_settles_a_question_and_it_is_answered_from_then_on(talk: Talk) -> None:
    await talk.ask(AMARA, f"contact {NONSENSE}")
    number = talk.house.db.run_sync(lambda s: s.query(Question).one().id)
    assert "now answers" in await talk.ask(OLU, f"question {number} is lc-duty")
    assert "None. Every question" in await talk.ask(OLU, "questions")
    again = await talk.ask(AMARA, f"contact {NONSENSE}")
    assert "Leaving Care duty desk" in again


async def test_a_question_that_identifies_somebody_is_not_kept(talk: Talk) -> None:
    await talk.ask(AMARA, f"contact {NONSENSE} NHS number 943 476 5919")
    assert talk.house.db.run_sync(lambda s: s.query(Question).count()) == 0


async def test_anybody_can_say_that_an_entry_is_wrong(talk: Talk) -> None:
    answer = await talk.say(AMARA, CANONICAL)
    assert "will check" in await talk.ask(AMARA, press=button(answer, "This was wrong"))
    assert "said to be wrong" in await talk.ask(OLU, "unanswered")


async def test_words_can_be_taught_in_chat(talk: Talk) -> None:
    assert "now answers" in await talk.ask(OLU, "contact words lc-duty: flibbertigibbet")
    assert "Leaving Care duty desk" in await talk.ask(AMARA, "contact flibbertigibbet")
    assert "no entry called" in await talk.ask(OLU, "contact words nowhere: x y")
    assert "between 1 and 120" in await talk.ask(OLU, "contact words lc-duty: " + "long " * 40)


async def test_only_the_officer_works_on_the_directory(talk: Talk) -> None:
    for line in (
        "questions",
        "question 1 is lc-duty",
        "contact words lc-duty: x",
        "contact checked lc-duty",
        "contact review",
    ):
        assert "not yours to do" in await talk.ask(AMARA, line)


async def test_an_entry_past_its_review_date_says_so_until_it_is_checked(talk: Talk) -> None:
    assert "stays-in-date" not in await talk.ask(OLU, "contact review")

    def overdue(s):  # type: ignore[no-untyped-def]
        entry = contact_by_key(s, "lc-accommodation")
        entry.review_by = talk.clock.now().date().replace(year=2025)

    talk.house.db.run_sync(overdue)
    assert "past their review date" in await talk.ask(AMARA, "contact card lc-accommodation")
    assert "lc-accommodation" in await talk.ask(OLU, "contact review")
    assert "checked today" in await talk.ask(OLU, "contact checked lc-accommodation")
    assert "past their review date (" not in await talk.ask(AMARA, "contact card lc-accommodation")


async def test_the_form_asks_when_nothing_was_asked(talk: Talk) -> None:
    answer = await talk.say(AMARA, "contact")
    assert answer.message.form is not None
    said = await talk.ask(AMARA, press=answer.message.form.says, form={"text": "housing for a care leaver"})
    assert "Care leaver accommodation team" in said


async def test_looking_up_needs_no_seat_and_no_role_but_membership(talk: Talk) -> None:
    def somebody(s):  # type: ignore[no-untyped-def]
        return by_email(s, OLU).roles

    assert talk.house.db.run_sync(somebody) == ["officer"]
    assert words(await talk.say(OLU, CANONICAL)).startswith("Care leaver accommodation team")
