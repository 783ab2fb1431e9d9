"""Reads the small mark-up of the templates into message parts.

    # Heading            ! Notice             ~ Small print         * Bullet
    Label:: value        [Button] command     [*Main button] cmd    [-Dangerous] cmd
    <form command | Title | Submit label>
    ? name | kind | Label | hint | optional | value=Label; value=Label
    </form>

Blank lines separate paragraphs. `**bold**` and `[words](https://...)` work inside a line.
Values a person typed arrive as opaque marks (see `words.py`), so none of this can be forged by them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import get_args

from bot.wording.parts import (
    Bullets,
    Button,
    Buttons,
    Choice,
    Facts,
    Field,
    FieldKind,
    Form,
    FormFill,
    Heading,
    Notice,
    Paragraph,
    Part,
    Rich,
    Small,
    Span,
    Style,
)

Literal = Callable[[str], str]
_BUTTON = re.compile(r"^\[([*-]?)([^\]]+)\]\s+(\S.*)$")
_FACT = re.compile(r"^([^:\[\]]{1,60})::\s*(.*)$")
_INLINE = re.compile(r"\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)")
_STYLES: dict[str, Style] = {"*": "primary", "-": "danger", "": "default"}
_KINDS: dict[str, FieldKind] = {kind: kind for kind in get_args(FieldKind)}


class MarkupError(ValueError):
    """A template line that cannot be read; the text says which and why."""


def parse(text: str, literal: Literal, fill: FormFill | None = None) -> tuple[Part, ...]:
    """Parts of one rendered block. `literal` turns the opaque marks back into what they stand for."""
    return tuple(_Parser(literal, fill or FormFill()).parts(text))


class _Parser:
    def __init__(self, literal: Literal, fill: FormFill) -> None:
        self.literal = literal
        self.fill = fill

    def parts(self, text: str) -> Iterator[Part]:
        lines = iter([*text.splitlines(), ""])
        run: list[tuple[str, str]] = []
        for line in lines:
            bare = line.strip()
            if bare.startswith("<form "):
                yield from self._flush(run)
                yield self._form(bare, lines)
                continue
            kind, content = self._kind(bare)
            if run and run[-1][0] != kind:
                yield from self._flush(run)
            if kind != "blank":
                run.append((kind, content))

    def _kind(self, line: str) -> tuple[str, str]:
        if not line:
            return "blank", ""
        for mark, kind in (("# ", "heading"), ("! ", "notice"), ("~ ", "small"), ("* ", "bullet")):
            if line.startswith(mark):
                return kind, line[len(mark) :]
        if _BUTTON.match(line):
            return "button", line
        if _FACT.match(line):
            return "fact", line
        return "text", line

    def _flush(self, run: list[tuple[str, str]]) -> Iterator[Part]:
        if not run:
            return
        kind, contents = run[0][0], [c for _, c in run]
        run.clear()
        joined = " ".join(contents)
        match kind:
            case "heading":
                yield from (Heading(self._text(c)) for c in contents)
            case "notice":
                yield Notice(self._rich(joined))
            case "small":
                yield Small(self._rich(joined))
            case "bullet":
                yield Bullets(tuple(self._rich(c) for c in contents))
            case "button":
                yield Buttons(tuple(self._button(c) for c in contents))
            case "fact":
                yield Facts(tuple(pair for c in contents if (pair := self._fact(c))[1]))
            case _:
                yield Paragraph(self._rich(joined))

    def _text(self, raw: str) -> str:
        return " ".join(self.literal(raw).split())

    def _rich(self, raw: str) -> Rich:
        spans: list[Span] = []
        end = 0
        for found in _INLINE.finditer(raw):
            spans.append(Span(self.literal(raw[end : found.start()])))
            bold, words, href = found.groups()
            spans.append(
                Span(self.literal(bold), bold=True)
                if bold
                else Span(self.literal(words), href=_safe_link(self.literal(href)))
            )
            end = found.end()
        spans.append(Span(self.literal(raw[end:])))
        return tuple(s for s in spans if s.text)

    def _button(self, raw: str) -> Button:
        found = _BUTTON.match(raw)
        if not found:
            raise MarkupError(f"not a button: {raw}")
        mark, label, says = found.groups()
        return Button(self._text(label), self._text(says), _STYLES[mark])

    def _fact(self, raw: str) -> tuple[str, Rich]:
        found = _FACT.match(raw)
        if not found:
            raise MarkupError(f"not a fact: {raw}")
        return self._text(found.group(1)), self._rich(found.group(2))

    def _form(self, opening: str, lines: Iterator[str]) -> Form:
        says, title, submit = (self._text(p) for p in opening[6:].rstrip(">").split("|"))
        fields: list[Field] = []
        for line in lines:
            bare = line.strip()
            if bare == "</form>":
                shown = tuple(f for f in fields if f.name not in self.fill.hidden)
                return Form(says, title, submit, shown)
            if bare.startswith("? "):
                fields.append(self._field(bare[2:]))
            elif bare:
                raise MarkupError(f"not a form line: {bare}")
        raise MarkupError(f"form without end: {opening}")

    def _field(self, raw: str) -> Field:
        bits = [b.strip() for b in raw.split("|")]
        if len(bits) < 3 or bits[1] not in _KINDS:
            raise MarkupError(f"not a field: {raw}")
        name, kind, label, hint, flag, options = (*bits, "", "", "")[:6]
        choices = tuple(_choice(o) for o in options.split(";") if o.strip())
        return Field(
            name=name,
            kind=_KINDS[kind],
            label=self._text(label),
            hint=self._text(hint),
            required=flag != "optional",
            choices=self.fill.choices.get(name, choices),
            value=self.fill.values.get(name, ""),
            error=self.fill.errors.get(name, ""),
        )


def _choice(raw: str) -> Choice:
    value, _, label = raw.partition("=")
    return Choice(value.strip(), label.strip() or value.strip())


def _safe_link(href: str) -> str:
    """Only addresses a person can follow; anything else loses its link and stays as words."""
    return href if href.startswith(("https://", "http://", "mailto:", "tel:")) else ""
