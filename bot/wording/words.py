"""The words: template blocks, filled with values, become a Message.

Each value is swapped for an opaque mark while the template is rendered and put back after the
mark-up has been read. So nothing that a person typed can become a heading, a link or a button.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Undefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.wording import dates
from bot.wording.markup import parse
from bot.wording.parts import Card, FormFill, Message

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_KEEP = "values_kept"
_MARK = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = re.compile("[\ue000\ue001\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class _Values:
    """The values of one rendering, each behind its mark."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def mark(self, value: Any) -> str:
        text = "" if value is None else _PRIVATE.sub("", str(value))
        if not text:
            return ""
        self.kept.append(text)
        return f"\ue000{len(self.kept) - 1}\ue001"

    def literal(self, text: str) -> str:
        return _MARK.sub(lambda m: self.kept[int(m.group(1))], text)


def listing(items: Iterable[Any], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    words = [str(i) for i in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 action", "3 actions"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


FILTERS: Mapping[str, Callable[..., str]] = {
    "day": dates.say_day,
    "short_day": dates.say_short_day,
    "clock": dates.say_time,
    "when": dates.say_when,
    "listing": listing,
    "plural": plural,
}
"""What a template may do to a value: `{{ meeting.starts_at|when }}`."""


def _of_known(use: Callable[..., str]) -> Callable[..., Any]:
    """The same filter, leaving a value that is not known as it is: strict ones then fail by name."""

    def apply(value: Any, *more: Any) -> Any:
        return value if isinstance(value, Undefined) else use(value, *more)

    return apply


@pass_context
def _literal(context: Context, value: Any) -> str:
    # Taking the context also stops Jinja from folding constants at compile time.
    keep: _Values = context[_KEEP]
    return keep.mark(value)


class Words:
    """The templates of a folder. `say("meetings.next", values)` is a Message."""

    def __init__(self, folder: Path = TEMPLATES, undefined: type[Undefined] = StrictUndefined) -> None:
        self.folder = folder
        self._env = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folder),
            undefined=undefined,
            finalize=_literal,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            auto_reload=False,
        )
        self._env.filters.update({name: _of_known(use) for name, use in FILTERS.items()})
        self._template = lru_cache(maxsize=None)(self._env.get_template)

    def say(
        self,
        block: str,
        values: Mapping[str, Any] | None = None,
        *,
        form: FormFill | None = None,
        card: Card | None = None,
    ) -> Message:
        """The Message of a block, named "file.block". Unknown blocks and missing values raise."""
        keep = _Values()
        text = self._render(block, dict(values or {}), keep)
        return Message(parse(text, keep.literal, form), card)

    def line(self, block: str, values: Mapping[str, Any] | None = None) -> str:
        """One line of words, for a label, a help line or a form's error."""
        keep = _Values()
        return " ".join(keep.literal(self._render(block, dict(values or {}), keep)).split())

    def has(self, block: str) -> bool:
        """Whether such a block exists."""
        name, _, part = block.partition(".")
        return (self.folder / f"{name}.md").is_file() and part in self._template(f"{name}.md").blocks

    def blocks(self) -> list[str]:
        """Every block of every file, as "file.block"."""
        files = sorted(p for p in self.folder.glob("*.md") if not p.name.startswith("_"))
        return [f"{p.stem}.{b}" for p in files for b in self._template(p.name).blocks]

    def variables(self, name: str) -> dict[str, set[str]]:
        """Which values each block of a file uses, read from the template itself."""
        source = (self.folder / f"{name}.md").read_text(encoding="utf-8")
        tree = self._env.parse(source)
        return {
            b.name: {n.name for n in b.find_all(nodes.Name) if n.ctx == "load"}
            for b in tree.find_all(nodes.Block)
        }

    def _render(self, block: str, values: dict[str, Any], keep: _Values) -> str:
        name, _, part = block.partition(".")
        template = self._template(f"{name}.md")
        if part not in template.blocks:
            raise KeyError(f"templates/{name}.md has no block {part!r}")
        return "".join(template.blocks[part](template.new_context({**values, _KEEP: keep})))
