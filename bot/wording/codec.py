"""Messages to and from JSON, for deliveries and for answers that are kept for a second asking."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from bot.wording import parts

_KINDS: dict[str, type[Any]] = {
    k.__name__: k
    for k in (
        parts.Span,
        parts.Heading,
        parts.Paragraph,
        parts.Notice,
        parts.Small,
        parts.Bullets,
        parts.Facts,
        parts.Button,
        parts.Buttons,
        parts.Choice,
        parts.Field,
        parts.Form,
        parts.Card,
        parts.Message,
    )
}


def to_json(message: parts.Message) -> dict[str, Any]:
    """The message as JSON-ready data; `from_json` gives an equal message back."""
    data: dict[str, Any] = _out(message)
    return data


def from_json(data: dict[str, Any]) -> parts.Message:
    """The message that `to_json` wrote."""
    message: parts.Message = _in(data)
    return message


def _out(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_out(v) for v in value]
    name = type(value).__name__
    if name not in _KINDS:
        return value
    # Defaults are left out: a message is stored once a recipient.
    return {"is": name} | {
        f.name: _out(v) for f in fields(value) if (v := getattr(value, f.name)) != f.default
    }


def _in(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_in(v) for v in value)
    if not isinstance(value, dict):
        return value
    given = {k: _in(v) for k, v in value.items() if k != "is"}
    return _KINDS[value["is"]](**given)
