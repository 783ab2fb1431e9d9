"""A message as a card: the same words, nothing forged, always within the limits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.teams.inputs import OURS
from bot.channels.teams.limits import ACTIONS, CARD_BYTES
from bot.channels.teams.render import activity, card, only_words
from bot.wording.labels import label
from bot.wording.parts import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Facts,
    Field,
    FieldKind,
    Form,
    Heading,
    Message,
    Notice,
    Paragraph,
    Part,
    Small,
    Span,
)
from bot.wording.preview import preview
from bot.wording.words import Words
from tests.channels.teams.cards import faults
from tests.support.teams import actions, each, inputs, words_of

WORDS = Words()
HOSTILE = [
    "**bold** _it_ `code` [click](https://evil.example) ![x](https://evil.example/x.png)",
    "<at>everyone</at> <b>b</b> &lt;script&gt; <https://evil.example>",
    "{{DATE(2026-01-01T00:00:00Z,SHORT)}} {{TIME(2026-01-01T00:00:00Z)}}",
    "1. one\n2. two\n- three\n\r\n# four",
    '"}],"actions":[{"type":"Action.OpenUrl"}]',
    "=cmd|' /C calc'!A0",
    "\u202eright to left\u202c \u200bzero",
]


def said(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def form(*fields: Field) -> Form:
    return Form("concern send", "Raise a concern", "Log this concern", fields)


@pytest.mark.parametrize("block", WORDS.blocks())
def test_every_block_of_words_makes_a_good_card(block: str) -> None:
    message = preview(block)
    assert faults(card(message)) == []
    assert not {f.name for f in message.form.fields} & OURS if message.form else True


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_typed_stays_as_it_was_typed(text: str) -> None:
    spans = said(text)
    made = card(
        Message(
            (
                Heading(text.replace("\n", " ")),
                Paragraph(spans),
                Notice(spans),
                Small(spans),
                Bullets((spans,)),
                Facts((("Your words", spans),)),
            )
        )
    )
    assert faults(made) == []
    blocks = [e for e in each(made) if e.get("type") == "TextBlock"]
    assert blocks == [], "a TextBlock reads Markdown"
    runs = [e["text"] for e in each(made) if e.get("type") == "TextRun"]
    assert sum(text.replace("\n", " ") == r.replace("\u2060", "") for r in runs) >= 1
    assert not [r for r in runs if "{{" in r]
    assert not [e for e in each(made) if e.get("type") == "Action.OpenUrl"]


def test_a_plain_heading_is_announced_as_one() -> None:
    made = card(Message((Heading("Corporate Parenting Panel, 8 December 2026, 5.30pm"),)))
    assert made["body"][0]["style"] == "heading"


@pytest.mark.parametrize(
    "text", ["1. one", "- one", "a_b_c", "a*b*c", "[a](b)", "<b>", "&amp;", "+ one", "a\nb"]
)
def test_a_heading_that_markdown_could_read_is_a_run(text: str) -> None:
    assert card(Message((Heading(text),)))["body"][0]["type"] == "RichTextBlock"


def test_our_own_bold_and_links_are_kept() -> None:
    spans = (
        Span("Ring "),
        Span("999", bold=True),
        Span(" or see "),
        Span("this", href="https://council.example"),
    )
    inlines = card(Message((Paragraph(spans),)))["body"][0]["inlines"]
    assert [i.get("weight") for i in inlines] == [None, "Bolder", None, None]
    assert inlines[3]["selectAction"]["url"] == "https://council.example"


def test_a_notice_says_in_words_that_it_is_important() -> None:
    made = card(Message((Notice(said("Ring 999.")),)))
    assert words_of(made) == f"{label('important')}: \nRing 999."


def test_a_line_break_in_typed_words_cannot_pass_for_a_line_of_ours() -> None:
    made = card(Message((Facts((("Your words", said("a\nPhone: 01632 960999")),)),)))
    assert "\n\u2003Phone" in words_of(made)


def _buttons(count: int, what: str = "Meeting") -> Buttons:
    return Buttons(tuple(Button(f"{what} {n}", f"{what.lower()} {n}") for n in range(count)))


def _lists(made: dict[str, Any]) -> list[list[tuple[str, str]]]:
    return [[(c["title"], c["value"]) for c in i["choices"]] for i in inputs(made).values()]


def test_six_buttons_stand_open() -> None:
    made = card(Message((Heading("Choose"), _buttons(6))))
    assert faults(made) == []
    assert len(actions(made)) == ACTIONS == 6
    assert not inputs(made)


def test_more_buttons_become_a_list_to_choose_from() -> None:
    made = card(Message((Heading("Choose"), _buttons(40))))
    assert faults(made) == []
    assert _lists(made) == [[(f"Meeting {n}", f"meeting {n}") for n in range(40)]]
    (go,) = actions(made).values()
    (asked,) = inputs(made).values()
    assert (go["title"], go["data"]) == (label("go"), {"action": "cp", "pick": asked["id"]})
    assert asked["isRequired"] is True


def test_only_the_longest_groups_become_lists() -> None:
    made = card(Message((Heading("All"), _buttons(2), _buttons(9, "Duty"), _buttons(3, "Concern"))))
    assert faults(made) == []
    assert [len(found) for found in _lists(made)] == [9]
    assert "Concern 2" in actions(made)


def test_a_card_with_several_lists_insists_on_none() -> None:
    made = card(Message((Heading("All"), _buttons(9, "Duty"), _buttons(9, "Concern"))))
    assert faults(made) == []
    assert [len(found) for found in _lists(made)] == [9, 9]
    assert not any("isRequired" in i for i in inputs(made).values())


def test_many_groups_share_the_last_list() -> None:
    made = card(Message(tuple(_buttons(1, f"Group{n}") for n in range(12))))
    assert faults(made) == []
    assert list(actions(made))[:5] == [f"Group{n} 0" for n in range(5)]
    assert [t for t, _ in _lists(made)[0]] == [f"Group{n} 0" for n in range(5, 12)]


def test_beside_a_form_there_is_no_list_for_it_to_be_mixed_with() -> None:
    made = card(Message((form(Field("a", "text", "A")), _buttons(9), _buttons(2, "Other"))))
    assert faults(made) == []
    assert list(inputs(made)) == ["a"]
    assert len(actions(made)) == ACTIONS


@pytest.mark.parametrize("block", WORDS.blocks())
def test_every_button_of_our_words_can_be_pressed(block: str) -> None:
    made = card(message := preview(block))
    said = {a["data"].get("says") for a in actions(made).values()}
    chosen = {c["value"] for i in inputs(made).values() for c in i.get("choices", [])}
    assert {b.says for b in message.buttons} <= said | chosen


def test_styles_are_told_by_words_and_look() -> None:
    made = card(
        Message((Buttons((Button("Yes", "y", "primary"), Button("No", "n", "danger"), Button("?", "q"))),))
    )
    assert [a["style"] for a in actions(made).values()] == ["positive", "destructive", "default"]


KINDS: list[tuple[Field, dict[str, Any]]] = [
    (Field("a", "text", "A", "Hint"), {"type": "Input.Text", "isMultiline": False}),
    (Field("a", "long", "A", value="was"), {"type": "Input.Text", "isMultiline": True, "value": "was"}),
    (Field("a", "date", "A", value="2026-12-08"), {"type": "Input.Date", "value": "2026-12-08"}),
    (Field("a", "date", "A", value="the 8th"), {"type": "Input.Text", "value": "the 8th"}),
    (Field("a", "time", "A", value="17:30"), {"type": "Input.Time", "value": "17:30"}),
    (Field("a", "time", "A", value="half five"), {"type": "Input.Text", "value": "half five"}),
    (Field("a", "check", "A", value="yes"), {"type": "Input.Toggle", "valueOn": "yes", "value": "yes"}),
    (Field("a", "people", "A", value="h@x.example"), {"type": "Input.Text", "value": "h@x.example"}),
    (
        Field("a", "choice", "A", choices=(Choice("x", "Ex"),), value="x"),
        {"type": "Input.ChoiceSet", "value": "x", "style": "compact"},
    ),
    (Field("a", "choice", "A"), {"type": "Input.Text"}),
]


@pytest.mark.parametrize(("field", "wanted"), KINDS, ids=lambda k: getattr(k, "kind", ""))
@pytest.mark.parametrize("required", [True, False])
def test_every_kind_of_question(field: Field, wanted: dict[str, Any], required: bool) -> None:
    asked = Field(field.name, field.kind, field.label, field.hint, required, field.choices, field.value)
    made = card(Message((form(asked),)))
    assert faults(made) == []
    shown = inputs(made)["a"]
    assert wanted.items() <= shown.items()
    assert shown.get("isRequired", False) is required
    if field.kind != "check":
        assert shown["label"] == ("A" if required else f"A ({label('optional')})")


def test_an_error_stands_beside_its_field_in_words() -> None:
    made = card(Message((form(Field("a", "text", "A", value="x", error="Too short.")),)))
    assert [e["type"] for e in made["body"]][1:3] == ["RichTextBlock", "Input.Text"]
    assert f"{label('to_mend')}: \nToo short." in words_of(made)


def test_a_form_is_sent_whole_and_a_button_beside_it_leaves_it_alone() -> None:
    asked = form(Field("a", "text", "A"), Field("draft", "hidden", "draft", value="7"))
    made = card(Message((asked, Buttons((Button("Leave it", "nothing"),)))))
    send, leave = actions(made)["Log this concern"], actions(made)["Leave it"]
    assert send["data"] == {"action": "cp", "says": "concern send", "kept": {"draft": "7"}}
    assert "associatedInputs" not in send
    assert leave["associatedInputs"] == leave["fallback"]["associatedInputs"] == "none"
    assert list(inputs(made)) == ["a"]


@pytest.mark.parametrize("above", [(), (Heading("Let us go on in private"),)], ids=["first", "second"])
def test_a_title_is_not_said_twice(above: tuple[Part, ...]) -> None:
    made = card(Message((*above, Heading("Raise a concern"), form(Field("a", "text", "A")))))
    assert words_of(made).count("Raise a concern") == 1


def test_only_one_form_is_asked_at_a_time() -> None:
    made = card(Message((form(Field("a", "text", "A")), form(Field("a", "text", "A again")))))
    assert faults(made) == []
    assert len(inputs(made)) == 1


def test_a_question_with_such_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="says"):
        card(Message((form(Field("says", "text", "A")),)))


def test_what_does_not_fit_is_left_out_and_said_to_be() -> None:
    rows = Bullets(tuple(said(f"CPP-26/27-{n:03} " + "words " * 40) for n in range(300)))
    buttons = Buttons((Button("More", "more"),))
    made = card(Message((Heading("Everything"), rows, buttons)))
    assert faults(made) == []
    assert "CPP-26/27-000" in words_of(made)
    assert words_of(made).endswith(label("cut_short"))
    assert "More" in actions(made)


def test_a_short_message_is_whole() -> None:
    made = card(Message((Heading("Next meeting"), Paragraph(said("Tuesday.")))))
    assert words_of(made) == "Next meeting\nTuesday."
    assert made["fallbackText"] == "Next meeting\n\nTuesday."


def test_an_empty_message_is_still_a_card() -> None:
    assert faults(card(Message(()))) == []


def test_answers_that_are_too_long_are_cut_before_buttons_are_lost() -> None:
    fields = tuple(Field(f"f{n}", "long", f"Field {n}", value="🙂" * 2000) for n in range(6))
    made = card(Message((form(*fields), Buttons((Button("Leave it", "nothing"),)))))
    assert faults(made) == []
    assert set(actions(made)) == {"Log this concern", "Leave it"}
    assert len(inputs(made)) == 6


def test_an_activity_holds_a_card_and_never_text_beside_it() -> None:
    made = activity(Message((Heading("Next meeting"), Buttons((Button("Yes", "rsvp yes M-1"),)))))
    assert made["summary"] == "Next meeting"
    assert "text" not in made
    assert len(made["attachments"]) == 1


def test_only_words_leaves_nothing_to_press() -> None:
    whole = Message((Heading("A"), Buttons((Button("B", "b"),)), form(Field("a", "text", "A"))))
    made = card(only_words(whole))
    assert not actions(made)
    assert not inputs(made)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=400)
LONG = st.sampled_from(["🙂" * 3000, "x" * 20_000, '"' * 4000, "\\" * 4000, "\x01" * 900]) | TEXT
RICH = st.lists(st.builds(Span, LONG, st.booleans(), st.just("")), min_size=1, max_size=3).map(tuple)
BUTTON = st.builds(Button, TEXT, st.text("abc ", min_size=1, max_size=4000).map(lambda t: "a" + t))
KIND: st.SearchStrategy[FieldKind] = st.sampled_from(
    ["text", "long", "choice", "date", "time", "people", "check"]
)


@st.composite
def fields(draw: st.DrawFn) -> tuple[Field, ...]:
    kinds: list[FieldKind] = draw(st.lists(KIND, min_size=1, max_size=6))
    choices = draw(st.lists(st.builds(Choice, TEXT, LONG), max_size=80))
    return tuple(
        Field(f"f{n}", k, draw(TEXT), draw(TEXT), draw(st.booleans()), tuple(choices), draw(LONG), draw(TEXT))
        for n, k in enumerate(kinds)
    )


PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, TEXT),
    st.builds(Paragraph, RICH),
    st.builds(Notice, RICH),
    st.builds(Small, RICH),
    st.builds(Bullets, st.lists(RICH, max_size=40).map(tuple)),
    st.builds(Facts, st.lists(st.tuples(TEXT, RICH), max_size=10).map(tuple)),
    st.builds(Buttons, st.lists(BUTTON, min_size=1, max_size=30).map(tuple)),
    st.builds(Form, st.just("concern send"), TEXT, TEXT, fields()),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PARTS, max_size=12))
def test_no_message_makes_a_card_that_teams_would_refuse(parts: list[Part]) -> None:
    made = card(Message(tuple(parts)))
    assert len(json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()) <= CARD_BYTES
    assert faults(made) == []
