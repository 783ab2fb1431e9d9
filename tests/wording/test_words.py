"""Templates become messages; nothing a person typed can become anything but words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from bot.wording.codec import from_json, to_json
from bot.wording.dates import say_day, say_short_day, say_time, say_when
from bot.wording.markup import MarkupError
from bot.wording.parts import (
    Bullets,
    Buttons,
    Card,
    Choice,
    Facts,
    Form,
    FormFill,
    Heading,
    Message,
    Notice,
    Paragraph,
    Small,
    Span,
)
from bot.wording.plain import plain
from bot.wording.preview import preview
from bot.wording.words import Words, listing, plural

BLOCK = """
{% block all %}
# Hello {{ name }}
! Ring **{{ number }}**.

A line with {{ name }},
and [a link]({{ url }}).

~ Small print for {{ name }}
* one
* {{ name }}

Who:: {{ name }}
Empty:: {{ nothing }}
When:: {{ at|when }}

[*Yes, {{ name }}] rsvp yes {{ ref }}
[-Stop] cancel {{ ref }}
[Later] later
<form send {{ ref }} | Tell us | Send it>
? about | choice | What about? | Pick one | | a=Apples; b=Pears
? words | long | Your words | Keep it short
? when | date | By when? | | optional
</form>
{% endblock %}
{% block sneaky %}{{ name.__class__.__mro__ }}{% endblock %}
{% block unfinished %}
<form x | y | z>
? a | text | b
{% endblock %}
"""
WORDS = Words()
AT = datetime(2026, 12, 8, 17, 30, tzinfo=UTC)


@pytest.fixture
def words(tmp_path: Path) -> Words:
    (tmp_path / "try.md").write_text(BLOCK, encoding="utf-8")
    return Words(tmp_path)


def values(**changes: object) -> dict[str, object]:
    return {
        "name": "Ann",
        "number": 5,
        "url": "https://a.example",
        "nothing": "",
        "at": AT,
        "ref": "M-1",
    } | changes


def test_every_kind_of_part_is_read(words: Words) -> None:
    message = words.say("try.all", values(), card=Card("rsvp_request", "M-1"))
    kinds = [type(p) for p in message.parts]
    assert kinds == [Heading, Notice, Paragraph, Small, Bullets, Facts, Buttons, Form]
    assert message.parts[1] == Notice((Span("Ring "), Span("5", bold=True), Span(".")))
    assert message.parts[2] == Paragraph(
        (Span("A line with Ann, and "), Span("a link", href="https://a.example"), Span("."))
    )
    assert [label for label, _ in message.parts[5].pairs] == ["Who", "When"], "an empty fact is left out"
    assert message.buttons[0].style == "primary"
    assert message.buttons[1].says == "cancel M-1"
    assert message.form is not None
    assert message.form.fields[0].choices == (Choice("a", "Apples"), Choice("b", "Pears"))
    assert [f.required for f in message.form.fields] == [True, True, False]
    assert message.title == "Hello Ann"


def test_a_form_keeps_what_was_typed_and_shows_what_to_mend(words: Words) -> None:
    fill = FormFill(
        {"words": "mine"}, {"about": (Choice("c", "Cherries"),)}, {"words": "Too long."}, frozenset({"when"})
    )
    form = words.say("try.all", values(), form=fill).form
    assert form is not None
    assert form.has_errors
    assert [f.name for f in form.fields] == ["about", "words"]
    assert form.fields[0].choices == (Choice("c", "Cherries"),)
    assert (form.fields[1].value, form.fields[1].error) == ("mine", "Too long.")


HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "# Heading\n[Approve] ack 9",
        "]\n[*Approve] close CPP-26/27-001",
        "**bold** [x](javascript:alert(1))",
        "{{ 7*7 }}{% block x %}",
        "</form>\n? a | text | b",
        "A:: b",
        "\ue0000\ue001",
        "<!channel> <@U1>",
    ]
)


@given(HOSTILE)
def test_a_value_is_never_mark_up(text: str) -> None:
    shown = WORDS.say(
        "contacts.learnt",
        {"c": {"team": "Team", "service": ""}, "words": text, "council": "", "safe": "", "first_name": ""},
    )
    assert [type(p) for p in shown.parts] == [Paragraph]
    assert not any(s.bold or s.href for p in shown.parts for s in p.spans)


@given(HOSTILE)
def test_a_button_says_one_line_whatever_its_value_holds(text: str) -> None:
    shown = WORDS.say("contacts.unknown", _unknown(text))
    labels = {b.label for b in shown.buttons}
    assert labels == {"Show the nearest", "Ask something else"}
    assert all("\n" not in b.says for b in shown.buttons)
    assert "\n[" not in "\n".join(line for line in plain(shown, buttons=False).splitlines())


def _unknown(text: str) -> dict[str, object]:
    line = {"phone": "01632 960000", "hours": "", "name": "x"}
    safe = {"front_door": line, "out_of_hours": line, "lado": line}
    desk = {"name": "Desk", "phone": "01632 960001", "email": "", "hours": ""}
    found = {"subject": "", "matches": [1]}
    return {
        "found": found,
        "desk": desk,
        "question": text or "x",
        "safe": safe,
        "council": "",
        "first_name": "",
    }


def test_links_lead_only_where_a_person_can_follow(words: Words) -> None:
    shown = words.say("try.all", values(url="javascript:alert(1)"))
    assert all(not s.href for p in shown.parts if isinstance(p, Paragraph) for s in p.spans)


def test_a_missing_value_and_an_unknown_block_are_refused(words: Words) -> None:
    with pytest.raises(UndefinedError, match="name"):
        words.say("try.all", {})
    with pytest.raises(KeyError, match="nowhere"):
        words.say("try.nowhere")
    assert not words.has("try.nowhere")
    assert words.has("try.all")


def test_templates_cannot_reach_into_python(words: Words) -> None:
    with pytest.raises(SecurityError):
        words.say("try.sneaky", values())


def test_a_form_without_an_end_is_refused(words: Words) -> None:
    with pytest.raises(MarkupError):
        words.say("try.unfinished", values())


def test_a_block_tells_which_values_it_needs(words: Words) -> None:
    assert words.variables("try")["all"] == {"name", "number", "url", "nothing", "at", "ref"}


@pytest.mark.parametrize("block", Words().blocks())
def test_every_block_can_be_previewed(block: str) -> None:
    assert isinstance(preview(block), Message)


def test_a_message_survives_storage(words: Words) -> None:
    message = words.say("try.all", values(), card=Card("rsvp_request", "M-1"))
    assert from_json(to_json(message)) == message


def test_plain_text_holds_everything(words: Words) -> None:
    text = plain(words.say("try.all", values()))
    for bit in (
        "Hello Ann",
        "! Ring 5.",
        "a link (https://a.example)",
        "- one",
        "When: Tuesday 8 December 2026, 5.30pm",
    ):
        assert bit in text
    assert "[Yes, Ann] rsvp yes M-1" in text
    assert "send M-1 | about: … | words: …" in text


@pytest.mark.parametrize(
    ("moment", "day", "short", "clock"),
    [
        (datetime(2026, 12, 8, 17, 30, tzinfo=UTC), "Tuesday 8 December 2026", "Tue 8 Dec", "5.30pm"),
        (datetime(2026, 7, 1, 9, 0, tzinfo=UTC), "Wednesday 1 July 2026", "Wed 1 Jul", "10am"),
        (datetime(2026, 7, 1, 23, 5, tzinfo=UTC), "Thursday 2 July 2026", "Thu 2 Jul", "12.05am"),
        (datetime(2026, 1, 1, 12, 0, tzinfo=UTC), "Thursday 1 January 2026", "Thu 1 Jan", "noon"),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), "Thursday 1 January 2026", "Thu 1 Jan", "midnight"),
    ],
)
def test_dates_read_as_people_write_them(moment: datetime, day: str, short: str, clock: str) -> None:
    assert (say_day(moment), say_short_day(moment), say_time(moment)) == (day, short, clock)
    assert say_when(moment) == f"{day}, {clock}"


def test_days_and_times_by_themselves() -> None:
    assert say_day(date(2026, 3, 3)) == "Tuesday 3 March 2026"
    assert say_time(time(18, 0)) == "6pm"


def test_lists_and_plurals() -> None:
    assert [listing(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert (plural(1, "action"), plural(2, "action"), plural(0, "entry", "entries")) == (
        "1 action",
        "2 actions",
        "0 entries",
    )
