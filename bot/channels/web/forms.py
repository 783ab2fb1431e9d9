"""What a browser posted: the body within its limit, and a form's answers held against its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request

from bot.channels.web.trust import Turned
from bot.wording.parts import Field, Form

LARGEST_BODY = 64 * 1024
MOST_FIELDS = 100
PREFIX = "f."
"""Stands before a question's name, so that no question can pass for one of our own fields."""


@dataclass(frozen=True)
class Posted:
    """One post of the conversation page. `source` is the entry whose button or form it was."""

    csrf: str
    nonce: str
    text: str = ""
    says: str = ""
    source: int = 0
    is_form: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)


async def read_posted(request: Request) -> Posted:
    """The post, or Turned: 413 too large, 415 not a form, 400 unreadable."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Turned(415, "unreadable")
    body = await _body(request)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise Turned(400, "unreadable") from None
    values = {name: value.replace("\r\n", "\n") for name, value in pairs}
    return _posted(values)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Turned(413, "too_large")
    return bytes(body)


def _posted(values: Mapping[str, str]) -> Posted:
    source = values.get("from", "")
    return Posted(
        csrf=values.get("csrf", ""),
        nonce=values.get("nonce", ""),
        text=values.get("text", "").strip(),
        says=values.get("says", ""),
        source=int(source) if source.isdecimal() and len(source) < 10 else 0,
        is_form="form" in values,
        answers={k.removeprefix(PREFIX): v for k, v in values.items() if k.startswith(PREFIX)},
    )


def answers_to(form: Form, given: Mapping[str, str]) -> dict[str, str]:
    """The answers to the form's own questions. What it carries unseen is its own, never the browser's."""
    found = {f.name: f.value if f.kind == "hidden" else given.get(f.name, "").strip() for f in form.fields}
    return {name: value for name, value in found.items() if value}


def problems_in(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """What a platform would not let through: field -> "missing", "choose" (not an option) or "long"."""
    found = {f.name: _problem(f, answers.get(f.name, "")) for f in form.fields if f.kind != "hidden"}
    return {name: problem for name, problem in found.items() if problem}


def _problem(question: Field, answer: str) -> str:
    if not answer:
        return "missing" if question.required else ""
    if question.choices and answer not in {c.value for c in question.choices}:
        return "choose"
    return "long" if len(answer) > question.max_length else ""
