"""Every message fits into Slack, whatever is in it, and shows the same words as its plain text."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack import render, views
from bot.channels.slack.inputs import answer_of
from bot.channels.slack.text import escape, escaped, runs, unescape
from bot.wording.labels import label
from bot.wording.parts import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Facts,
    Field,
    Form,
    Heading,
    Message,
    Notice,
    Paragraph,
    Small,
    Span,
)
from bot.wording.plain import plain
from bot.wording.preview import preview
from bot.wording.words import Words
from tests.support import blockkit

HOSTILE = [
    "<!channel> <!here|here> <@U0AMARA> <#C1|x> <!subteam^S1>",
    "<https://evil.example|your bank> & <mailto:a@b.example>",
    "*bold* _italic_ ~gone~ `code` ```block``` > quote",
    "&lt;!channel&gt; &amp;amp; &",
    ":smile: :100: \u202e backwards \u200b",
    "]]>*</a>\\n\n\n\n> not a quote",
    "🙂" * 400,
    "a" * 9000,
    "<!channel>" * 700,
    "&" * 5000,
    "\n".join("> x" for _ in range(200)),
]
text = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=300), st.sampled_from(["", " ", "\n", "\u200b"]))
href = st.sampled_from(
    ["", "https://a.example/x?y=1&z=<2>", "javascript:alert(1)", "tel:999", "x", "http://" + "a" * 4000]
)
span = st.builds(Span, text, st.booleans(), href)
spans = st.lists(span, max_size=5).map(tuple)
says = st.one_of(text, st.sampled_from(["rsvp yes M-1", "concern", "x" * 2001]))
button = st.builds(Button, text, says, st.sampled_from(["default", "primary", "danger"]))
part = st.one_of(
    st.builds(Heading, text),
    st.builds(Paragraph, spans),
    st.builds(Notice, spans),
    st.builds(Small, spans),
    st.builds(Bullets, st.lists(spans, max_size=8).map(tuple)),
    st.builds(Facts, st.lists(st.tuples(st.text(max_size=60), spans), max_size=8).map(tuple)),
    st.builds(Buttons, st.lists(button, max_size=30).map(tuple)),
)
names = st.lists(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), unique=True, max_size=8)
kinds = st.sampled_from(["text", "long", "choice", "date", "time", "people", "check", "hidden"])
choices = st.lists(st.builds(Choice, st.text(min_size=1, max_size=200), text), max_size=120).map(tuple)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    value = st.one_of(text, st.sampled_from(["2026-12-08", "2026-13-40", "17:30", "25:00", "yes"]))
    fields = tuple(
        Field(
            name,
            draw(kinds),
            draw(text),
            draw(text),
            draw(st.booleans()),
            draw(choices),
            draw(value),
            draw(text),
        )
        for name in draw(names)
    )
    return Form(draw(st.sampled_from(["concern send", "x" * 1500])), draw(text), draw(text), fields)


messages = st.lists(part, max_size=14).map(lambda found: Message(tuple(found)))


@given(messages)
def test_any_message_is_within_the_limits(message: Message) -> None:
    assert blockkit.problems(render.payload(message)) == []
    assert blockkit.problems(views.home_view(message)) == []
    assert blockkit.problems(views.shown_view(message)) == []


@given(messages, forms(), says)
def test_any_form_is_within_the_limits(message: Message, form: Form, opens: str) -> None:
    whole = message + Message((form,))
    view = views.form_view(whole, form)
    assert blockkit.problems(view) == []
    assert blockkit.problems(render.payload(whole, opens)) == []
    said = views.said_by(view["private_metadata"])
    assert said is not None
    assert said[0] == form.says
    asked = {b["block_id"] for b in view["blocks"] if b["type"] == "input"}
    assert asked | said[1].keys() == {f.name for f in form.fields}, "no field is ever lost"


@given(spans)
def test_words_go_out_as_they_are(rich: tuple[Span, ...]) -> None:
    made = runs(rich)
    shown = "".join(r["text"] for r in made).replace("<\u2060", "<")
    if not any(s.href for s in rich):
        assert shown == "".join(s.text for s in rich)
    assert all(r["type"] == "text" or r["url"].startswith(("http", "mailto:")) for r in made)


@given(st.text())
def test_escaping_can_be_undone(typed: str) -> None:
    assert unescape(escape(typed)) == typed


@given(st.text(alphabet="&<>ab"), st.integers(2, 40))
def test_cutting_leaves_no_half_of_an_escape(typed: str, limit: int) -> None:
    shown = escaped(typed, limit)
    assert len(shown) <= limit
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_are_literal_in_every_place(typed: str) -> None:
    rich = (Span(typed),)
    message = Message(
        (
            Heading(typed),
            Paragraph(rich),
            Notice(rich),
            Small(rich),
            Bullets((rich,)),
            Facts(((typed[:60], rich),)),
            Buttons((Button(typed, f"contact {typed}"[:2000]),)),
        )
    )
    field = Field("text", "long", typed, typed, value=typed, error=typed)
    for shown in (
        render.payload(message),
        views.home_view(message),
        views.form_view(message, Form("concern send", typed, typed, (field,))),
    ):
        assert blockkit.problems(shown) == []
        assert "mrkdwn" not in json.dumps(shown), "no mark-up is ever used"


@pytest.mark.parametrize("block", [b for b in Words().blocks() if not b.startswith(("settings.", "labels."))])
def test_every_block_of_the_templates_fits(block: str) -> None:
    message = preview(block)
    form = message.form
    assert blockkit.problems(render.payload(message, "concern")) == []
    if form is None:
        return
    view = views.form_view(message, form)
    assert blockkit.problems(view) == []
    assert not view["submit"]["text"].endswith("…"), f"{form.submit!r} is too long for a modal's button"


def test_the_words_of_a_card_stand_in_its_plain_text_too() -> None:
    message = preview("meetings.one")
    shown = render.payload(message)
    for part in message.parts:
        if not isinstance(part, Buttons):
            for line in plain(Message((part,))).splitlines():
                assert escape(line.strip()) in shown["text"]


def test_lists_are_lists_and_facts_keep_their_labels() -> None:
    shown = render.blocks(
        Message((Bullets(((Span("one"),), (Span("two"),))), Facts((("Where", (Span("Room 1"),)),))))
    )
    assert shown[0]["elements"][0]["type"] == "rich_text_list"
    assert [e["text"] for e in shown[1]["elements"][0]["elements"]] == ["Where: ", "Room 1"]
    assert shown[1]["elements"][0]["elements"][0]["style"] == {"bold": True}


def test_what_must_not_be_overlooked_says_so_in_words() -> None:
    (shown,) = render.blocks(Message((Notice((Span("Ring 999."),)),)))
    assert blockkit.words(shown).startswith(f"{label('important')}: ")


def test_buttons_with_the_same_label_are_told_apart_by_a_screen_reader() -> None:
    shown = render.blocks(
        Message((Buttons((Button("Coming", "rsvp yes M-1"), Button("Coming", "rsvp yes M-2"))),))
    )
    first, second = shown[0]["elements"]
    assert first["accessibility_label"] != second["accessibility_label"]
    assert first["action_id"] != second["action_id"]


def test_a_button_whose_command_would_be_cut_is_left_out() -> None:
    assert render.blocks(Message((Buttons((Button("Send", "x" * 2001),)),)))[0]["type"] == "context"


def test_when_there_is_too_much_it_says_so_and_keeps_the_buttons_and_the_numbers_to_ring() -> None:
    long = Message(
        (
            *(Paragraph((Span("word " * 200),)) for _ in range(60)),
            Buttons((Button("Go on", "help"),)),
            Small((Span("Ring 999 in danger."),)),
        )
    )
    shown = render.blocks(long)
    assert label("cut_short") in blockkit.words(shown[-1])
    assert shown[-3]["elements"][0]["value"] == "help"
    assert "999" in blockkit.words(shown[-2])


def test_a_title_too_long_for_a_modal_stands_above_the_questions() -> None:
    title = "CPP-26/27-014: who works on it, and by when?"
    form = Form("assign CPP-26/27-014", title, "Assign", (Field("due", "date", "Due"),))
    view = views.form_view(Message((form,)), form)
    assert view["title"]["text"].endswith("…")
    assert view["blocks"][0]["text"]["text"] == title


def test_a_field_starts_with_what_was_there_before() -> None:
    fields = (
        Field("day", "date", "Day", value="2026-12-08"),
        Field("at", "time", "At", value="17:30"),
        Field("who", "people", "Who", value="olu.adeyemi@westshire.example"),
        Field("where", "choice", "Where", choices=(Choice("a", "A"), Choice("b", "B")), value="b"),
        Field("ok", "check", "Is it right?", value="yes"),
        Field("words", "long", "Words", value="w" * 2500, max_length=2000),
    )
    view = views.form_view(Message(()), Form("x", "T", "S", fields))
    got: dict[str, Any] = {b["block_id"]: b["element"] for b in view["blocks"]}
    assert got["day"]["initial_date"] == "2026-12-08"
    assert got["at"]["initial_time"] == "17:30"
    assert got["who"]["type"] == "external_select"
    assert got["who"]["initial_option"]["value"] == "olu.adeyemi@westshire.example"
    assert got["where"]["initial_option"]["value"] == "b"
    assert got["ok"]["initial_options"]
    assert got["words"]["initial_value"] == "w" * 2500, "words typed elsewhere are not cut off unseen"


def test_hidden_answers_too_long_to_carry_are_asked_for() -> None:
    fields = (
        Field("long_one", "hidden", "What you said", value="x" * 2980),
        Field("b", "hidden", "b", value="y"),
    )
    view = views.form_view(Message(()), Form("concern send", "T", "S", fields))
    assert views.said_by(view["private_metadata"]) == ("concern send", {"b": "y"})
    assert view["blocks"][0]["element"]["initial_value"] == "x" * 2980


@pytest.mark.parametrize(
    ("element", "answer"),
    [
        ({"type": "plain_text_input", "value": "words & <more>"}, "words & <more>"),
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "datepicker", "selected_date": "2026-12-08"}, "2026-12-08"),
        ({"type": "timepicker", "selected_time": "17:30"}, "17:30"),
        ({"type": "static_select", "selected_option": {"value": "place"}}, "place"),
        ({"type": "static_select", "selected_option": None}, ""),
        ({"type": "checkboxes", "selected_options": [{"value": "yes"}]}, "yes"),
        ({"type": "checkboxes", "selected_options": []}, ""),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
    ],
)
def test_every_kind_of_answer_is_read(element: dict[str, Any], answer: str) -> None:
    assert answer_of(element) == answer
