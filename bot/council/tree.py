"""What a file holds, as a tree in which every value knows its line; YAML text to that tree.

Values stay as they were typed: `phone: 01632 960001` keeps its nought and `ref: NO` is no boolean. What a
value means is for the reader that knows the key. Built from YAML events without recursion, and without
anchors, aliases or tags, so that a small file cannot grow large or deep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from bot.council.problems import Place, Problems, short

DEEPEST = 20
MOST_VALUES = 200_000
TAIL = 'put quotes around text that holds ": " or " #" or begins with a sign.'
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EMPTY_WORDS = ("", "~", "null", "Null", "NULL")


@dataclass(slots=True)
class Scalar:
    line: int
    text: str
    plain: bool = True

    @property
    def empty(self) -> bool:
        """Whether nothing was written: an empty cell, or YAML's null."""
        return not self.text.strip() or (self.plain and self.text in EMPTY_WORDS)


@dataclass(slots=True)
class Items:
    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """Keys with their values, in the file's order. A key that is written twice keeps its first value."""

    line: int
    values: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Items | Block


class _Builder:
    """Takes YAML events one at a time and grows the tree."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file, self.problems = file, problems
        self.root: Node | None = None
        self.open: list[Items | Block] = []
        self.keys: list[Scalar | None] = []
        self.values = 0

    def say(self, line: int, message: str) -> None:
        self.problems.add(Place(self.file, line), message)

    def take(self, event: yaml.Event) -> bool:
        """Add one event; False when there is no sense in going on."""
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.say(line, 'a second document begins here; take out the line "---".')
            return False
        if getattr(event, "anchor", None) is not None:
            self.say(line, f"anchors and aliases (& and *) are not allowed; write the value out, or {TAIL}")
            return False
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close()
        elif isinstance(event, yaml.NodeEvent):
            return self._node(event, line)
        return True

    def _node(self, event: yaml.NodeEvent, line: int) -> bool:
        self.values += 1
        if self.values > MOST_VALUES:
            self.say(line, "the file holds more than a council can have; take out what does not belong.")
            return False
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self.say(line, f'tags such as "{short(str(tag))}" are not allowed; take it out.')
            return False
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(Scalar(line, event.value, plain=event.implicit[0]))
            return True
        return self._open(Block(line) if isinstance(event, yaml.MappingStartEvent) else Items(line))

    def _scalar(self, scalar: Scalar) -> None:
        if self.open and isinstance(self.open[-1], Block) and self.keys[-1] is None:
            self.keys[-1] = scalar
        else:
            self._place(scalar)

    def _open(self, node: Items | Block) -> bool:
        if self.open and isinstance(self.open[-1], Block) and self.keys[-1] is None:
            self.say(node.line, "a list or block stands where a key should be; write key: value.")
            return False
        if len(self.open) >= DEEPEST:
            self.say(node.line, "blocks are nested too deep; check the spaces at the start of the lines.")
            return False
        self._place(node)
        self.open.append(node)
        self.keys.append(None)
        return True

    def _close(self) -> None:
        self.open.pop()
        self.keys.pop()

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
        elif isinstance(parent := self.open[-1], Items):
            parent.items.append(node)
        else:
            self._fill(parent, node)

    def _fill(self, parent: Block, node: Node) -> None:
        key, self.keys[-1] = self.keys[-1], None
        if key is None:
            return
        if key.text in parent.values:
            first = parent.lines[key.text]
            self.say(key.line, f'"{short(key.text)}" is written twice (first in line {first}); keep one.')
            return
        parent.values[key.text] = node
        parent.lines[key.text] = key.line


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=LOADER)


def _why(error: yaml.YAMLError) -> str:
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    return f"this is not well-formed YAML ({short(str(reason))}); check the indentation, and {TAIL}"


def parse_yaml(text: str, file: str, problems: Problems) -> Node | None:
    """The tree of one YAML file, or None; what is wrong with its form is added to `problems`."""
    builder = _Builder(file, problems)
    try:
        whole = all(builder.take(event) for event in _events(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        builder.say(mark.line + 1 if mark else 0, _why(error))
        return None
    return builder.root if whole else None
