"""An entry as HTML: every part in its shape, and nothing typed that can become mark-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.web.render import LONGEST_ANNOUNCEMENT, Page, Renderer, announcement
from bot.channels.web.transcript import Entry
from bot.wording.pages import Pages
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
from tests.channels.web.desk import ASK, CARD, DANGER, NOW, said

RENDERER = Renderer(Pages())
PAGE = Page("4", "token", "nonce", date(2026, 11, 23))
HOSTILE = (
    "</p></li><script>alert(1)</script><img src=x onerror=alert(2)>\"'>"
    '<a href="javascript:alert(3)">&amp;{{7*7}}'
)
ALLOWED = frozenset(
    "li p article time form input button h2 h3 div span strong a ul dl dt dd "
    "label textarea select option fieldset legend".split()
)


class Read(HTMLParser):
    """The tags, attributes and words of a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]


def entry(*parts: Part, **more: object) -> Entry:
    return replace(Entry(12, 3, "answer", NOW, message=Message(parts)), **more)  # type: ignore[arg-type]


def show(*parts: Part, **more: object) -> Read:
    return Read(RENDERER.show(entry(*parts, **more), PAGE))


def spans(text: str) -> tuple[Span, ...]:
    return (Span(text), Span(text, bold=True), Span(text, href="https://westshire.example/"))


def every_part(text: str) -> tuple[Part, ...]:
    kinds: tuple[FieldKind, ...] = ("text", "long", "date", "time", "people", "check", "hidden")
    fields = [Field(f"q{n}", k, text, hint=text, value=text, error=text) for n, k in enumerate(kinds)]
    choices = (Choice(text, text), Choice("b", text))
    fields += [Field(f"c{n}", "choice", text, text, n == 0, choices, text, text) for n in range(2)]
    return (
        Heading(text),
        Paragraph(spans(text)),
        Notice(spans(text)),
        Small(spans(text)),
        Bullets((spans(text),)),
        Facts(((text, spans(text)),)),
        Buttons((Button(text, text), Button(text, text, "primary"), Button(text, text, "danger"))),
        Form(text, text, text, tuple(fields)),
    )


def check_harmless(page: Read) -> None:
    assert {tag for tag, _ in page.tags} <= ALLOWED
    for _, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on") or name in ("style", "src", "srcdoc")]
        assert attrs.get("href", "#").startswith(("#", "https://", "http://", "mailto:", "tel:"))
        assert attrs.get("action", "/as/4/say") == "/as/4/say"


def test_hostile_words_stay_words_in_every_part() -> None:
    page = show(*every_part(HOSTILE), problems={"q0": "missing"}, values={"q1": HOSTILE})
    check_harmless(page)
    assert page.text.count("<script>alert(1)</script>") > 20
    assert page.text.count("{{7*7}}") > 20
    assert {b.get("value") for b in page.all("button") if b.get("name") == "says"} == {HOSTILE}


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_no_words_at_all_make_a_tag(text: str) -> None:
    plain_ones = show(*every_part("words"))
    with_text = show(*every_part(text), text=text, chosen="")
    check_harmless(with_text)
    linked = [t for t, a in with_text.tags if t == "wbr" or a.get("href", "").startswith(("tel:", "mailto:"))]
    assert len(with_text.tags) - len(linked) <= len(plain_ones.tags)


@pytest.mark.parametrize("kind", ["said", "answer", "message"])
def test_hostile_words_of_a_person_stay_words(kind: str) -> None:
    page = Read(
        RENDERER.show(replace(entry(Heading("Hello")), kind=kind, text=HOSTILE, chosen=HOSTILE), PAGE)
    )
    check_harmless(page)
    assert "<script>alert(1)</script>" in page.text


def test_a_link_that_is_not_safe_to_follow_becomes_words() -> None:
    page = show(Paragraph((Span("press me", href="javascript:alert(1)"), Span("x", href="//evil.example"))))
    assert page.all("a") == []
    assert "press me" in page.text


def test_headings_step_down_from_the_page_title() -> None:
    html = RENDERER.show(entry(*said(ASK).parts, Heading("And more")), PAGE)
    assert [tag for tag, _ in Read(html).tags if tag in ("h2", "h3")] == ["h2", "h3", "h3"]


def test_a_form_titled_like_its_card_does_not_show_the_title_twice() -> None:
    form = Form("send", "Raise a concern", "Send", ())
    alone, under = show(form), show(Heading("Raise a concern"), form)
    assert [a["class"] for a in alone.all("h2")] == ["title title-small"]
    assert [a["class"] for a in under.all("h3")] == ["unseen"]
    assert "m12-form" in {a.get("aria-labelledby") for a in under.all("div")}


def test_numbers_to_ring_can_be_dialled_and_rooms_cannot() -> None:
    page = show(*said(CARD).parts, *said(DANGER).parts)
    links = [a["href"] for a in page.all("a")]
    for link in ("tel:999", "tel:01632960111", "tel:01632960254", "mailto:housing.duty@westshire.example"):
        assert link in links
    assert "tel:101" not in links, "Room 101 is no telephone number"
    assert links.count("tel:999") == 2


def test_a_number_inside_an_address_is_not_a_telephone_number() -> None:
    page = show(Facts((("E-mail", (Span("team.01632960111@westshire.example"),)),)))
    assert [a["href"] for a in page.all("a")] == ["mailto:team.01632960111@westshire.example"]


def test_a_form_names_each_field_and_ties_hint_and_error_to_it() -> None:
    page = show(
        *said(ASK).parts, problems={"title": "missing", "theme": "missing"}, values={"text": "Damp\n"}
    )
    labels = {a["for"] for a in page.all("label")}
    controls = [a for t in ("input", "textarea", "select") for a in page.all(t) if a.get("type") != "hidden"]
    assert {c["id"] for c in controls} <= labels
    ids = {a["id"] for _, a in page.tags if "id" in a}
    described = [d for _, a in page.tags for d in a.get("aria-describedby", "").split()]
    assert described
    assert set(described) <= ids
    title = next(c for c in controls if c["name"] == "f.title")
    assert title["aria-invalid"] == "true"
    summary = [a["href"] for a in page.all("a")]
    assert summary == ["#m12-theme-1", "#m12-title"]
    assert {h.removeprefix("#") for h in summary} <= ids
    assert "This needs an answer" in page.text
    assert "\nDamp\n" in page.text, "a leading line break is kept by the extra one that HTML drops"


def test_what_a_form_carries_unseen_does_not_travel_through_the_browser() -> None:
    form = Form("send", "Title", "Send", (Field("draft", "hidden", "draft", value="secret-41"),))
    html = RENDERER.show(entry(form), PAGE)
    assert "secret-41" not in html
    assert "f.draft" not in html


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("date", "2026-12-08", "date"),
        ("date", "next Tuesday", "text"),
        ("time", "17:30", "time"),
        ("time", "half past five", "text"),
        ("text", "x", "text"),
    ],
)
def test_a_value_that_a_picker_cannot_show_is_shown_as_text(kind: FieldKind, value: str, shown: str) -> None:
    page = show(Form("send", "T", "Send", (Field("when", kind, "When?", value=value),)))
    assert [(a["type"], a["value"]) for a in page.all("input") if a.get("name") == "f.when"] == [
        (shown, value)
    ]


def test_a_card_that_was_used_shows_what_was_chosen_and_no_controls() -> None:
    page = show(*said(ASK).parts, *said("[Yes] yes").parts, chosen="Send the concern")
    assert "You chose: Send the concern" in page.text
    assert [t for t, _ in page.tags if t in ("form", "button", "input", "textarea")] == []


def test_urgent_is_said_in_words_and_not_by_colour_alone() -> None:
    page = show(*said(DANGER).parts, urgent=True)
    assert "Urgent: please read this first" in page.text
    assert "data-urgent" in page.all("li")[0]
    assert "Urgent" not in show(*said(DANGER).parts).text


def test_words_that_must_not_be_kept_are_not_shown() -> None:
    page = Read(RENDERER.show(Entry(1, 1, "said", NOW, withheld=True), PAGE))
    assert "Your words were not kept." in page.text


def test_the_day_is_said_once_it_is_past() -> None:
    today = show(Heading("Hello")).text
    past = show(Heading("Hello"), at=NOW - timedelta(days=3)).text
    assert "9.30am" in today
    assert "Mon 23 Nov" not in today
    assert "Fri 20 Nov, 9.30am" in past


def test_an_announcement_is_the_beginning_without_controls() -> None:
    words = announcement(said(ASK + "[Press] me"))
    assert words == "Raise a concern It goes to the support officer first."
    long = announcement(said("word " * 200))
    assert len(long) <= LONGEST_ANNOUNCEMENT + 2
    assert long.endswith("word …")
