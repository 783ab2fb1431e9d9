"""A message as plain text: the terminal, e-mail, and the words that travel beside every card."""

from __future__ import annotations

from bot.wording.parts import (
    Bullets,
    Buttons,
    Facts,
    Form,
    Heading,
    Message,
    Notice,
    Paragraph,
    Part,
    Rich,
    Small,
    plain_spans,
)


def plain(message: Message, *, buttons: bool = True) -> str:
    """The message as text, a blank line between parts. With `buttons`, what each one says is shown."""
    pieces = [_part(p, buttons) for p in message.parts]
    return "\n\n".join(piece for piece in pieces if piece)


def _part(part: Part, buttons: bool) -> str:
    match part:
        case Heading(text):
            return text
        case Paragraph(spans) | Small(spans):
            return _indented(spans)
        case Notice(spans):
            return "! " + _indented(spans)
        case Bullets(items):
            return "\n".join("- " + _indented(i) for i in items)
        case Facts(pairs):
            return "\n".join(f"{label}: {_indented(value)}" for label, value in pairs)
        case Buttons():
            return "\n".join(f"[{b.label}] {b.says}" for b in part.buttons) if buttons else ""
        case Form():
            return _form(part) if buttons else ""


def _indented(spans: Rich) -> str:
    # A line break inside typed words is set in, so that it cannot pass for a line of ours.
    return plain_spans(spans).replace("\n", "\n    ")


def _form(form: Form) -> str:
    lines = [form.title]
    for f in form.fields:
        if f.kind == "hidden":
            continue
        need = "" if f.required else " (optional)"
        options = f" [{'; '.join(c.value for c in f.choices)}]" if f.choices else ""
        lines.append(f"- {f.name}: {f.label}{need}{options}" + (f" = {f.value}" if f.value else ""))
        if f.error:
            lines.append(f"  ! {f.error}")
    shown = " | ".join(f"{f.name}: {f.value or '…'}" for f in form.fields if f.required or f.value)
    return "\n".join([*lines, f"[{form.submit}] {form.says} | {shown}"])
