"""Shows a block without real values: each one stands as its own name, such as <meeting.place>."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Undefined

from bot.wording.parts import Message
from bot.wording.words import TEMPLATES, Words


class Named(Undefined):
    """A missing value that shows its name, has any attribute, and is a list of one."""

    __slots__ = ()
    # What the sandbox asks of anything it is to call: without these, any attribute would say yes.
    unsafe_callable = False
    alters_data = False

    def _child(self, step: str) -> Named:
        return Named(name=f"{self._undefined_name}{step}")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._child(f".{name}")

    def __getitem__(self, key: object) -> Any:
        return self if isinstance(key, slice) else self._child(f".{key}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def __iter__(self) -> Iterator[Any]:
        yield self._child(".1")
        if str(self._undefined_name).endswith(".1"):  # an item of a list of pairs
            yield self._child(".2")

    def __str__(self) -> str:
        return f"<{self._undefined_name}>"

    def __len__(self) -> int:
        return 1

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return hash(self._undefined_name)

    def _less(self, *others: Any) -> Any:
        return False

    def _same(self, *others: Any) -> Any:
        return self

    __lt__ = __le__ = __gt__ = __ge__ = _less
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = _same


def preview(block: str, folder: Path = TEMPLATES) -> Message:
    """The Message of a block with every value shown by name. KeyError for an unknown block."""
    return Words(folder, undefined=Named).say(block)
