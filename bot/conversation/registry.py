"""The commands: what each one is called, who may use it, and the function that does it.

A command is one function in `commands/`, marked with `@command`. Its words stand in
`templates/<family>.md`. Help, the README's table and the platforms' manifests are made from here.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from bot.rules.access import EVERYONE, Role
from bot.store.people import Person
from bot.store.work import Work
from bot.wording.parts import Card, FormFill, Part

FREE_TEXT = r"(?P<text>\S.*)"
_FIRST = re.compile("[ \n:]")
"""What may follow a command's name."""


class Effect(Enum):
    """What carrying out a command does. Free text alone never causes a CHANGE."""

    LOOK = "look"
    ASK = "ask"
    """Reads back what would be done, with a button that does it."""
    UNDO = "undo"
    """Easily undone; may be done on a clear sentence, with a way back beside it."""
    CHANGE = "change"


@dataclass(frozen=True)
class Args:
    """What followed the command's name: the pattern's named groups, and a form's answers."""

    groups: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """A form's answer, else a group of the typed line, else the default. Never None."""
        return (self.form.get(name) or self.groups.get(name) or default).strip()


@dataclass(frozen=True)
class Reply:
    """A block of words and its values; the router makes the message.

    `public` replies may be shown in the channel where they were asked for. `extra` parts follow the
    block, for what no template can hold. `then` are further replies in the same message.
    """

    block: str
    values: Mapping[str, Any] = field(default_factory=dict)
    card: Card | None = None
    form: FormFill | None = None
    public: bool = False
    keep_form: bool = False
    extra: tuple[Part, ...] = ()
    then: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Says:
    """A sentence, read as a command that could have been typed."""

    line: str


class Reading(Protocol):
    """What was understood of a sentence (bot.language.understand.Understanding)."""

    @property
    def intent(self) -> str: ...
    @property
    def sure(self) -> bool: ...
    @property
    def slots(self) -> Mapping[str, Any]: ...
    @property
    def when(self) -> Any: ...


@dataclass(frozen=True)
class HelpLine:
    """A command as help shows it."""

    family: str
    usage: str
    words: str


@dataclass
class Context:
    """Everything a command may use: the unit of work, who asks, from where."""

    work: Work
    person: Person
    roles: frozenset[Role]
    sentence: str = ""
    reading: Reading | None = None
    card: Card | None = None
    public_place: bool = False
    channel: str = ""
    help: Callable[[], list[HelpLine]] = list
    line: Callable[[str], str] = str
    """One line of words from the templates, for a label."""
    run: Callable[[str], Reply] | None = None
    """Carry out another command for the same person, with the same checks."""
    carried: list[CommandSpec] = field(default_factory=list)
    """The commands that were carried out for this message, in order."""

    def has(self, *roles: Role) -> bool:
        """Whether the person holds any of the roles."""
        return bool(self.roles & set(roles))


Run = Callable[[Context, Args], Reply]
Read = Callable[[Context, Reading], "Reply | Says | None"]


@dataclass(frozen=True)
class CommandSpec:
    """One command. `keeps` names the arguments whose words are stored, and so are checked first."""

    name: str
    family: str
    usage: str
    example: str
    pattern: re.Pattern[str]
    roles: frozenset[Role]
    effect: Effect
    keeps: tuple[str, ...]
    hidden: bool
    aliases: tuple[str, ...]
    run: Run

    @property
    def help_block(self) -> str:
        return f"{self.family}.help_{self.name.replace(' ', '_').replace('-', '_')}"


_MARK = "__commands__"
_READ = "__reads__"


def command(
    name: str,
    *,
    usage: str = "",
    example: str = "",
    pattern: str = "",
    roles: frozenset[Role] = EVERYONE,
    effect: Effect = Effect.LOOK,
    keeps: tuple[str, ...] = (),
    hidden: bool = False,
    aliases: tuple[str, ...] = (),
) -> Callable[[Run], Run]:
    """Mark a function as the command `name`. `pattern` is what may follow the name, whole.

    Hidden commands are said by buttons only and stay out of help and manifests.
    """

    def mark(run: Run) -> Run:
        spec = CommandSpec(
            name=name,
            family=run.__module__.rpartition(".")[2],
            usage=usage or name,
            example=example or name,
            pattern=re.compile(pattern, re.IGNORECASE | re.DOTALL),
            roles=roles,
            effect=effect,
            keeps=keeps,
            hidden=hidden,
            aliases=aliases,
            run=run,
        )
        setattr(run, _MARK, [*getattr(run, _MARK, []), spec])
        return run

    return mark


def reads(*intents: str) -> Callable[[Read], Read]:
    """Mark a function as the reader of these intents: it turns a sentence into a command or a reply."""

    def mark(read: Read) -> Read:
        setattr(read, _READ, intents)
        return read

    return mark


@dataclass(frozen=True)
class Matched:
    """A typed line that is a command."""

    spec: CommandSpec
    args: Args


class Registry:
    """All commands and readers, found in the `commands` package."""

    def __init__(self, specs: Iterable[CommandSpec], readers: Mapping[str, Read]) -> None:
        self.specs = tuple(sorted(specs, key=lambda s: s.name))
        self.readers = dict(readers)
        names = [(n.lower(), s) for s in self.specs for n in (s.name, *s.aliases)]
        # The longest name first, so that "meeting new" is not read as "meeting" with something after it.
        self._names = sorted(names, key=lambda pair: (-len(pair[0]), pair[0]))
        self._by_word: dict[str, list[tuple[str, CommandSpec]]] = {}
        for name, spec in self._names:
            self._by_word.setdefault(name.split()[0], []).append((name, spec))

    @classmethod
    def discover(cls, package: str = "commands") -> Registry:
        """Import every module of the package and collect what is marked in it."""
        root = importlib.import_module(package)
        specs: list[CommandSpec] = []
        readers: dict[str, Read] = {}
        for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda m: m.name):
            module = importlib.import_module(f"{package}.{info.name}")
            for thing in vars(module).values():
                if getattr(thing, "__module__", "") != module.__name__:
                    continue
                specs += getattr(thing, _MARK, [])
                for intent in getattr(thing, _READ, ()):
                    if intent in readers:
                        raise ValueError(f"two readers of {intent!r}")
                    readers[intent] = thing
        return cls(specs, readers)

    def by_name(self, name: str) -> CommandSpec | None:
        """The command with exactly that name or alias."""
        return next((s for n, s in self._names if n == name.lower()), None)

    def match(self, line: str, form: Mapping[str, str] | None = None) -> Matched | None:
        """The command a line says, if what follows the name fits its pattern; else None."""
        text = line.strip()
        lowered = text.lower()
        for name, spec in self._by_word.get(_FIRST.split(lowered, maxsplit=1)[0], ()):
            if not lowered.startswith(name) or (rest := text[len(name) :])[:1] not in ("", " ", "\n", ":"):
                continue
            found = spec.pattern.fullmatch(rest.lstrip(" \n:").rstrip())
            if found:
                groups = {k: v for k, v in found.groupdict().items() if v is not None}
                return Matched(spec, Args(groups, dict(form or {})))
        return None

    def open_to(self, roles: frozenset[Role]) -> list[CommandSpec]:
        """The commands shown in help to somebody with these roles."""
        return [s for s in self.specs if not s.hidden and s.roles & roles]
