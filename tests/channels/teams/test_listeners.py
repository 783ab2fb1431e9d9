"""Every surface of Teams leads to the same handle, and its answer is shown in its place."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.teams import render
from bot.conversation.inbound import Answer
from bot.wording.labels import label
from bot.wording.parts import (
    Button,
    Buttons,
    Field,
    Form,
    Heading,
    Message,
    Notice,
    Paragraph,
    Small,
    Span,
)
from tests.channels.teams.cards import faults
from tests.channels.teams.conftest import AMARA, GUEST, HANA, Desk, Roll, says
from tests.support.teams import FakeTeams, Fault, Line, User, actions, card_of, inputs, personal, words_of

PLACE = "19:channel@thread.tacv2;messageid=1"
FORM = Form(
    "concern send",
    "Raise a concern",
    "Log this concern",
    (Field("text", "long", "What is the concern?"), Field("draft", "hidden", "draft", value="7")),
)


def pressable(*buttons: Button) -> Message:
    return Message((Heading("Choose"), Buttons(buttons)))


def execute(fake: FakeTeams, button: Button, place: str = "personal", **more: str) -> dict[str, Any]:
    card = render.card(pressable(button))
    return fake.execute(AMARA, actions(card)[button.label], place, **more)


YES = Button("I am coming", "rsvp yes M-12", "primary")


# --- typed


async def test_a_message_is_answered_with_a_card(line: Line, fake: FakeTeams, desk: Desk) -> None:
    said = await line(fake.message(AMARA, "next meeting"))
    assert (said.status_code, said.content) == (200, b"")
    (sent,) = fake.sent(AMARA.conversation)
    assert "Here you are." in words_of(card_of(sent))
    assert sent["summary"] == "An answer\n\nHere you are."
    assert "text" not in sent
    assert desk.heard[0].text == "next meeting"


async def test_a_second_delivery_sends_nothing(line: Line, fake: FakeTeams, desk: Desk) -> None:
    activity = fake.message(AMARA, "next meeting")
    for _ in range(3):
        assert (await line(activity)).status_code == 200
    assert len(fake.sent()) == 1
    assert len({i.event_id for i in desk.heard}) == 1


async def test_every_call_carries_the_bots_token(line: Line, fake: FakeTeams) -> None:
    await line(fake.message(AMARA, "one"))
    await line(fake.message(HANA, "two"))
    assert {c.token for c in fake.calls} == {"given-1"}


async def test_a_bot_is_never_answered(line: Line, fake: FakeTeams, desk: Desk) -> None:
    activity = fake.message(AMARA, "hello")
    activity["from"] = {"id": "28:another-bot"}
    assert (await line(activity)).status_code == 200
    assert not desk.heard


# --- in a shared place


async def test_a_private_answer_goes_to_the_person_alone(
    line: Line, fake: FakeTeams, desk: Desk, roll: Roll
) -> None:
    roll.conversations[AMARA.object_id] = (AMARA.conversation, fake.url)
    desk.answer = Answer(says("CPP-26/27-014 is about bus passes."))
    await line(fake.message(AMARA, "my concerns about bus passes", "channel"))
    (in_public,) = fake.sent(PLACE)
    assert in_public["text"] == label("sent_privately")
    assert "attachments" not in in_public
    (in_private,) = fake.sent(AMARA.conversation)
    assert "bus passes" in words_of(card_of(in_private))
    assert not fake.called("POST", "/v3/conversations/19") or all(
        "bus" not in str(c.body) for c in fake.called("POST", "19:channel")
    )


async def test_without_a_known_conversation_one_is_opened(line: Line, fake: FakeTeams) -> None:
    await line(fake.message(AMARA, "my concerns", "groupChat"))
    (opened,) = [c for c in fake.calls if c.path == "/v3/conversations"]
    assert opened.body["members"] == [{"id": AMARA.id}]
    assert opened.body["channelData"]["tenant"]["id"] == opened.body["tenantId"]
    assert fake.sent(personal(AMARA.id))


async def test_the_object_id_is_tried_where_the_id_in_this_place_is_refused(
    line: Line, fake: FakeTeams
) -> None:
    fake.faults.append(Fault("/v3/conversations", 403, body={"error": {"code": "ForbiddenOperation"}}))
    await line(fake.message(AMARA, "my concerns", "channel"))
    assert fake.sent(AMARA.conversation)
    assert fake.sent(PLACE)[0]["text"] == label("sent_privately")


async def test_a_conversation_that_is_gone_is_opened_anew(line: Line, fake: FakeTeams, roll: Roll) -> None:
    roll.conversations[AMARA.object_id] = ("a:gone", fake.url)
    fake.faults.append(Fault("a:gone", 404))
    await line(fake.message(AMARA, "my concerns", "channel"))
    assert fake.sent(personal(AMARA.id))


@pytest.mark.parametrize("urgent", [False, True])
async def test_who_cannot_be_written_to_is_told_so(
    urgent: bool, line: Line, fake: FakeTeams, desk: Desk
) -> None:
    """Only what a child's safety needs is then shown where it was asked for."""
    desk.answer = Answer(says("Ring 999."), urgent=urgent)
    fake.faults += [Fault("/v3/conversations", 403), Fault("/v3/conversations", 403)]
    await line(fake.message(AMARA, "my concerns", "channel"))
    *shown, told = fake.sent(PLACE)
    assert told["text"] == label("not_in_private")
    assert [words_of(card_of(m)) for m in shown] == (["An answer\nRing 999."] if urgent else [])


async def test_a_public_answer_stays_in_its_thread(line: Line, fake: FakeTeams, desk: Desk) -> None:
    desk.answer = Answer(says("Your duties."), private=False)
    await line(fake.message(AMARA, "duties", "channel"))
    assert len(fake.sent()) == 1
    assert "Your duties." in words_of(card_of(fake.sent(PLACE)[0]))


# --- pressed


async def test_a_pressed_button_says_its_command(line: Line, fake: FakeTeams, desk: Desk) -> None:
    desk.answer = Answer(says("You are coming."), replaces=True)
    said = (await line(execute(fake, YES))).json()
    assert said["statusCode"] == 200
    assert said["type"] == "application/vnd.microsoft.card.adaptive"
    assert "You are coming." in words_of(said["value"])
    assert (desk.heard[0].says, desk.heard[0].text) == ("rsvp yes M-12", "")
    assert not fake.sent()


async def test_an_answer_that_replaces_nothing_stands_below(line: Line, fake: FakeTeams) -> None:
    said = (await line(execute(fake, YES))).json()
    assert said == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": label("answered_below"),
    }
    assert len(fake.sent(AMARA.conversation)) == 1


@pytest.mark.parametrize("replaces", [False, True])
async def test_the_same_press_again_changes_nothing(
    replaces: bool, line: Line, fake: FakeTeams, desk: Desk
) -> None:
    desk.answer = Answer(says("You are coming."), replaces=replaces)
    activity = execute(fake, YES)
    first, second = [(await line(activity)).json() for _ in range(2)]
    assert first == second
    assert len(fake.sent()) == (0 if replaces else 1)


async def test_a_form_that_is_wrong_stays_with_what_was_in_it(
    line: Line, fake: FakeTeams, desk: Desk
) -> None:
    asked = render.card(Message((FORM,)))
    wrong = Field("text", "long", "What is the concern?", value="too few", error="Please say more.")
    desk.answer = Answer(Message((Form(FORM.says, FORM.title, FORM.submit, (wrong,)),)), keep_form=True)
    send = actions(asked)["Log this concern"]
    said = (await line(fake.execute(AMARA, send, text="too few"))).json()
    assert desk.heard[0].form == {"text": "too few", "draft": "7"}
    assert inputs(said["value"])["text"]["value"] == "too few"
    assert f"{label('to_mend')}: \nPlease say more." in words_of(said["value"])
    assert not fake.sent()


async def test_a_button_in_a_shared_place_changes_nothing_there(
    line: Line, fake: FakeTeams, desk: Desk
) -> None:
    """A card that everybody sees is not replaced by what is meant for one of them."""
    desk.answer = Answer(says("You are coming."), replaces=True)
    said = (await line(execute(fake, YES, "channel"))).json()
    assert said["value"] == label("sent_privately")
    assert not fake.sent(PLACE)
    assert "You are coming." in words_of(card_of(fake.sent(personal(AMARA.id))[0]))


@pytest.mark.parametrize(
    "value",
    [{}, {"action": 7}, {"action": {"data": {"action": "old"}}}, {"action": {"data": "x"}}],
    ids=range(4),
)
async def test_a_button_of_old_is_answered_kindly(
    value: dict[str, Any], line: Line, fake: FakeTeams, desk: Desk
) -> None:
    said = await line(fake.invoke(AMARA, "adaptiveCard/action", value))
    assert said.json()["value"] == label("out_of_date")
    assert not desk.heard


MANY = pressable(*(Button(f"Duty {n}", f"duty {n}") for n in range(9)))


async def test_a_choice_from_a_list_says_its_command(line: Line, fake: FakeTeams, desk: Desk) -> None:
    go = actions(render.card(MANY))[label("go")]
    await line(fake.execute(AMARA, go, pick0="duty 7"))
    assert desk.heard[0].says == "duty 7"


async def test_nothing_chosen_from_a_list_is_asked_for(line: Line, fake: FakeTeams, desk: Desk) -> None:
    go = actions(render.card(MANY))[label("go")]
    assert (await line(fake.execute(AMARA, go))).json()["value"] == label("choose_first")
    await line(fake.activity(AMARA, "message", value=go["data"]))
    assert fake.sent(AMARA.conversation)[0]["text"] == label("choose_first")
    assert not desk.heard


# --- older clients


async def test_a_submit_replaces_the_card_by_its_id(line: Line, fake: FakeTeams, desk: Desk) -> None:
    await line(fake.message(AMARA, "next meeting"))
    (before,) = fake.sent(AMARA.conversation)
    desk.answer = Answer(says("You are coming."), replaces=True)
    data = {"action": "cp", "says": "rsvp yes M-12"}
    activity = fake.activity(AMARA, "message", value=data, replyToId=before["id"])
    assert (await line(activity)).status_code == 200
    (after,) = fake.sent(AMARA.conversation)
    assert "You are coming." in words_of(card_of(after))
    assert desk.heard[1].says == "rsvp yes M-12"


async def test_a_submit_that_replaces_nothing_is_answered_below(line: Line, fake: FakeTeams) -> None:
    data = {"action": "cp", "says": "help"}
    await line(fake.activity(AMARA, "message", value=data, replyToId="m1"))
    assert len(fake.sent(AMARA.conversation)) == 1
    assert not fake.called("PUT")


async def test_a_submit_of_old_is_answered_kindly(line: Line, fake: FakeTeams, desk: Desk) -> None:
    await line(fake.activity(AMARA, "message", value={"x": 1}))
    assert fake.sent(AMARA.conversation)[0]["text"] == label("out_of_date")
    assert not desk.heard


# --- search


def search(fake: FakeTeams, words: str, user: User = AMARA) -> dict[str, Any]:
    value = {"commandId": "contact", "parameters": [{"name": "text", "value": words}]}
    return fake.invoke(user, "composeExtension/query", value, "groupChat")


async def test_a_search_shows_the_answer_to_the_person_alone(line: Line, fake: FakeTeams, desk: Desk) -> None:
    desk.answer = Answer(Message((*says("Ring 01632 960001.", "Leaving care").parts, Buttons((YES,)))))
    said = (await line(search(fake, "housing"))).json()["composeExtension"]
    (found,) = said["attachments"]
    assert (said["type"], said["attachmentLayout"]) == ("result", "list")
    assert found["preview"]["content"] == {"title": "Leaving care", "text": "Ring 01632 960001."}
    assert not actions(found["content"]), "others could press them"
    assert (desk.heard[0].text, desk.heard[0].place) == ("contact find housing", "personal")
    assert desk.heard[0].conversation == ""
    assert not fake.sent()


async def test_each_entry_of_the_directory_is_a_hit_of_its_own(
    line: Line, fake: FakeTeams, desk: Desk
) -> None:
    parts = says("Ring 01632 960001.", "Leaving care").parts + says("Ring 01632 960002.", "Housing").parts
    desk.answer = Answer(Message(parts), command="contact find")
    found = (await line(search(fake, "housing"))).json()["composeExtension"]["attachments"]
    assert [f["preview"]["content"]["title"] for f in found] == ["Leaving care", "Housing"]
    assert [words_of(f["content"]).split("\n")[1] for f in found] == [
        "Ring 01632 960001.",
        "Ring 01632 960002.",
    ]
    assert [faults(f["content"]) for f in found] == [[], []]


async def test_what_is_no_entry_is_one_hit_and_whole(line: Line, fake: FakeTeams, desk: Desk) -> None:
    """The words for a child at risk, above all."""
    desk.answer = Answer(Message((Notice((Span("Ring 999."),)), *says("a").parts, *says("b").parts)))
    (found,) = (await line(search(fake, "housing"))).json()["composeExtension"]["attachments"]
    assert "Ring 999." in words_of(found["content"])
    assert "b" in words_of(found["content"]).split("\n")


async def test_a_search_that_finds_nothing_says_so(line: Line, fake: FakeTeams, desk: Desk) -> None:
    desk.answer = Answer(Message((Paragraph((Span("Try other words."),)),)), command="contact find")
    said = (await line(search(fake, "hous"))).json()["composeExtension"]
    assert said == {"type": "message", "text": "Try other words."}


async def test_a_search_waits_for_a_few_letters(line: Line, fake: FakeTeams, desk: Desk) -> None:
    said = (await line(search(fake, "ho"))).json()["composeExtension"]
    assert said == {"type": "message", "text": label("keep_typing")}
    assert not desk.heard


# --- coming and going


async def test_whoever_gets_the_bot_is_greeted_once(line: Line, fake: FakeTeams, desk: Desk) -> None:
    activity = fake.activity(AMARA, "installationUpdate", action="add")
    await line(activity)
    await line(activity)
    assert desk.heard[0].says == "welcome"
    assert desk.heard[0].conversation == AMARA.conversation
    assert len(fake.sent(AMARA.conversation)) == 1


async def test_a_team_that_gets_the_bot_is_told_how_to_ask(line: Line, fake: FakeTeams, desk: Desk) -> None:
    await line(fake.activity(AMARA, "installationUpdate", "channel", action="add"))
    assert fake.sent(PLACE)[0]["text"] == label("hello_all")
    assert not desk.heard


@pytest.mark.parametrize(("place", "closed"), [("personal", [AMARA.object_id]), ("channel", [])])
async def test_removing_the_bot_closes_that_persons_chat(
    place: str, closed: list[str], line: Line, fake: FakeTeams, desk: Desk, roll: Roll
) -> None:
    said = await line(fake.activity(AMARA, "installationUpdate", place, action="remove"))
    assert said.status_code == 200
    assert list(roll.closed) == closed
    assert not desk.heard
    assert not fake.calls


QUIET: dict[str, dict[str, Any]] = {
    "removed": {"type": "installationUpdate", "action": "remove"},
    "upgraded": {"type": "installationUpdate", "action": "add-upgrade"},
    "people came": {"type": "conversationUpdate", "membersAdded": [{"id": "29:x"}]},
    "typing": {"type": "typing"},
    "a reaction": {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
    "an edit": {"type": "messageUpdate", "text": "help"},
    "an event": {"type": "event", "name": "application/vnd.microsoft.meetingStart", "value": {}},
    "the end": {"type": "endOfConversation"},
    "something new": {"type": "somethingNobodyKnows"},
}


@pytest.mark.parametrize("what", QUIET)
async def test_what_needs_no_words_gets_none(what: str, line: Line, fake: FakeTeams, desk: Desk) -> None:
    said = await line({**fake.activity(AMARA, "x"), **QUIET[what]})
    assert (said.status_code, said.content) == (200, b"")
    assert not desk.heard
    assert not fake.calls


@pytest.mark.parametrize("name", ["task/fetch", "signin/verifyState", "fileConsent/invoke", "", "x" * 500])
async def test_an_invoke_we_do_not_serve_is_answered_501(name: str, line: Line, fake: FakeTeams) -> None:
    assert (await line(fake.invoke(AMARA, name, {}))).status_code == 501


# --- who


async def test_a_known_account_costs_no_call(line: Line, fake: FakeTeams, desk: Desk) -> None:
    await line(fake.message(AMARA, "help"))
    assert not fake.called("GET")
    assert desk.heard[0].sender.email == ""


async def test_a_new_account_is_matched_by_the_rosters_address(
    line: Line, fake: FakeTeams, desk: Desk, roll: Roll
) -> None:
    roll.emails.add(HANA.email)
    await line(fake.message(HANA, "help"))
    await line(fake.message(HANA, "help"))
    assert desk.heard[0].sender.email == HANA.email
    assert len(fake.called("GET", "/members/")) == 1


async def test_an_address_that_is_typed_counts_for_nothing(
    line: Line, fake: FakeTeams, desk: Desk, roll: Roll
) -> None:
    roll.emails.add(AMARA.email)
    activity = fake.message(HANA, f"I am {AMARA.email}")
    activity["from"] |= {"email": AMARA.email, "userPrincipalName": AMARA.email}
    await line(activity)
    assert desk.heard[0].sender.email == ""


ELSEWHERE: dict[str, dict[str, Any]] = {
    "a guest by role": {"userRole": "guest"},
    "a guest by name": {"userPrincipalName": "hana_council#EXT#@westshire.example"},
    "of another tenant": {"tenantId": "t2"},
}


@pytest.mark.parametrize("what", ELSEWHERE)
async def test_guests_are_not_vouched_for(
    what: str, line: Line, fake: FakeTeams, desk: Desk, roll: Roll, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll.emails |= {HANA.email, GUEST.email, ELSEWHERE[what].get("userPrincipalName", "")}
    shown = {**HANA.in_roster(), **ELSEWHERE[what]}
    monkeypatch.setattr(User, "in_roster", lambda _: shown)
    await line(fake.message(HANA, "help"))
    assert desk.heard[0].sender.email == ""


async def test_a_roster_that_cannot_be_read_makes_a_stranger(
    line: Line, fake: FakeTeams, desk: Desk, roll: Roll
) -> None:
    roll.emails.add(HANA.email)
    fake.faults.append(Fault("/members/", 403))
    await line(fake.message(HANA, "help"))
    assert desk.heard[0].sender.email == ""
    assert fake.sent(HANA.conversation)


# --- when it does not work


async def test_a_message_that_fails_is_answered_in_words(line: Line, fake: FakeTeams, desk: Desk) -> None:
    desk.fails = True
    assert (await line(fake.message(AMARA, "help"))).status_code == 200
    assert fake.sent(AMARA.conversation)[0]["text"] == label("failed")


async def test_a_press_that_fails_is_answered_in_words(line: Line, fake: FakeTeams, desk: Desk) -> None:
    desk.fails = True
    said = await line(execute(fake, YES))
    assert said.json()["value"] == label("failed")


@pytest.mark.parametrize("kind", ["search", "install"])
async def test_nothing_is_ever_answered_500(kind: str, line: Line, fake: FakeTeams, desk: Desk) -> None:
    desk.fails = True
    install = fake.activity(AMARA, "installationUpdate", action="add")
    said = await line(search(fake, "housing") if kind == "search" else install)
    assert said.status_code == 200


@pytest.mark.parametrize("status", [429, 412])
async def test_a_reply_that_was_surely_not_taken_is_sent_again(
    status: int, line: Line, fake: FakeTeams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.teams.replies.WAITS", (0, 0))
    fake.faults += [Fault("/activities", status), Fault("/activities", status)]
    await line(fake.message(AMARA, "help"))
    assert len(fake.called("POST", "/activities")) == 3
    assert len(fake.sent()) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_reply_in_doubt_is_not_repeated_but_said_to_be(
    status: int, line: Line, fake: FakeTeams
) -> None:
    fake.faults.append(Fault("/activities", status, after=True))
    assert (await line(fake.message(AMARA, "help"))).status_code == 200
    cards = [m for m in fake.sent(AMARA.conversation) if "attachments" in m]
    assert len(cards) == 1
    assert fake.sent(AMARA.conversation)[1]["text"] == label("answer_in_doubt")


async def test_what_a_childs_safety_needs_is_said_again_in_plain_words(
    line: Line, fake: FakeTeams, desk: Desk
) -> None:
    desk.answer = Answer(says("Ring 999."), urgent=True)
    fake.faults.append(Fault("/activities", 502))
    await line(fake.message(AMARA, "a child is at risk"))
    (said,) = fake.sent(AMARA.conversation)
    assert "Ring 999." in said["text"]


async def test_a_press_whose_answer_is_in_doubt_does_not_ask_to_be_repeated(
    line: Line, fake: FakeTeams, desk: Desk
) -> None:
    fake.faults.append(Fault("/activities", 502))
    said = await line(execute(fake, YES))
    assert said.json()["value"] == label("answer_in_doubt")
    assert len(desk.heard) == 1


async def test_an_answer_of_footnotes_only_is_shown(line: Line, fake: FakeTeams, desk: Desk) -> None:
    desk.answer = Answer(Message((Small((Span("Only this."),)),)))
    await line(fake.message(AMARA, "help"))
    assert "Only this." in words_of(card_of(fake.sent()[0]))
