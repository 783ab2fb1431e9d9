"""The values of one block, read by key and by kind; whatever is wrong is noted with its line.

Every read marks its key as known, so `finish` can name the keys that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.council import values
from bot.council.problems import Place, Problems, listed, nearest, short
from bot.council.tree import Block, Items, Node, Scalar
from bot.council.values import UnknownWord, Unreadable

LINE, PARAGRAPH = 300, 4000
MOST_STRANGERS = 50
T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)


class Fields:
    """One block of a file, such as one person or one meeting. `noun` names what a key is called here."""

    def __init__(self, block: Block, file: str, problems: Problems, noun: str = "key") -> None:
        self.block, self.file, self.problems, self.noun = block, file, problems, noun
        self.asked: list[str] = []

    @property
    def where(self) -> Place:
        return Place(self.file, self.block.line)

    def at(self, key: str) -> Place:
        """Where a key is written; the block's own place when it is not."""
        return Place(self.file, self.block.lines.get(key, self.block.line))

    def say(self, key: str, message: str) -> None:
        """Note a problem at a key."""
        self.problems.add(self.at(key), message)

    def node(self, key: str) -> Node | None:
        """What stands under a key; None when it is not there or empty."""
        if key not in self.asked:
            self.asked.append(key)
        node = self.block.values.get(key)
        return None if isinstance(node, Scalar) and node.empty else node

    def missing(self, key: str) -> None:
        self.say(key, f'"{key}" is missing; add it.')

    def text(self, key: str, most: int = LINE) -> str | None:
        """The text under a key, stripped; None when there is none."""
        node = self.node(key)
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.say(key, f'"{key}" must be plain text, not a list or a block.')
            return None
        return self._clean(key, node, most)

    def need_text(self, key: str, most: int = LINE) -> str:
        """The text under a key; noted as missing, and empty, when there is none."""
        if self.node(key) is None:
            self.missing(key)
        return self.text(key, most) or ""

    def _clean(self, key: str, scalar: Scalar, most: int) -> str | None:
        text = scalar.text.strip()
        if any((letter < " " and letter not in "\n\t\r") or letter == "\x7f" for letter in text):
            message = f'"{key}" holds a control character; take it out.'
        elif len(text) > most:
            message = f'"{key}" is {len(text)} characters long; at most {most} are allowed.'
        else:
            return text
        self.problems.add(Place(self.file, scalar.line), message)
        return None

    def read(self, key: str, parse: Callable[[str], T]) -> T | None:
        """The value that `parse` makes of the text under a key; None when there is none or it is wrong."""
        text = self.text(key)
        return None if text is None else self._parsed(key, text, parse, self.at(key))

    def need(self, key: str, parse: Callable[[str], T], instead: T) -> T:
        """As `read`, with a missing value noted; `instead` stands in so that reading can go on."""
        if self.node(key) is None:
            self.missing(key)
        found = self.read(key, parse)
        return instead if found is None else found

    def _parsed(self, key: str, text: str, parse: Callable[[str], T], place: Place) -> T | None:
        try:
            return parse(text)
        except Unreadable as error:
            self.problems.add(place, str(error) if isinstance(error, UnknownWord) else f"{key}: {error}")
            return None

    def day(self, key: str) -> date | None:
        return self.read(key, values.day)

    def email(self, key: str) -> str | None:
        return self.read(key, values.email)

    def flag(self, key: str, instead: bool = False) -> bool:
        found = self.read(key, values.yes_or_no)
        return instead if found is None else found

    def number(self, key: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`."""

        def parse(text: str) -> int:
            if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
                raise Unreadable(f'"{short(text)}" is not a whole number from {least} to {most}.')
            return int(text)

        return self.read(key, parse)

    def word(self, key: str, words: type[Word]) -> Word | None:
        """One of the words of an enumeration; spaces and capitals do not matter."""
        return self.read(key, lambda text: one_of(text, words, key.replace("_", " ")))

    def need_word(self, key: str, words: type[Word], instead: Word) -> Word:
        """As `word`, with a missing value noted."""
        if self.node(key) is None:
            self.missing(key)
        return self.word(key, words) or instead

    def texts(self, key: str, most: int = LINE) -> tuple[str, ...]:
        """A list of texts. A single text counts as a list of one."""
        return tuple(text for text, _ in self._listed(key, most))

    def values(self, key: str, parse: Callable[[str], T]) -> tuple[T, ...]:
        """A list, each item read by `parse`; items that are wrong are noted and left out."""
        read = [self._parsed(key, text, parse, place) for text, place in self._listed(key, LINE)]
        return tuple(value for value in read if value is not None)

    def _listed(self, key: str, most: int) -> list[tuple[str, Place]]:
        found = []
        for node in self._items(key):
            if not isinstance(node, Scalar):
                self.problems.add(Place(self.file, node.line), f'"{key}" must be a list of plain texts.')
            elif not node.empty and (text := self._clean(key, node, most)):
                found.append((text, Place(self.file, node.line)))
        return found

    def _items(self, key: str) -> Sequence[Node]:
        node = self.node(key)
        if node is None:
            return ()
        return node.items if isinstance(node, Items) else (node,)

    def inner(self, key: str) -> Fields | None:
        """The block under a key."""
        node = self.node(key)
        if isinstance(node, Block):
            return Fields(node, self.file, self.problems)
        if node is not None:
            self.say(key, f'"{key}" must be a block of keys and values, indented below it.')
        return None

    def blocks(self, key: str) -> list[Fields]:
        """The list of blocks under a key."""
        found = []
        for node in self._items(key):
            if isinstance(node, Block):
                found.append(Fields(node, self.file, self.problems))
            else:
                message = f'"{key}" must be a list of blocks, each beginning with "- ".'
                self.problems.add(Place(self.file, node.line), message)
        return found

    def finish(self) -> None:
        """Note every key that no read has asked for, with the nearest one that exists."""
        strangers = [name for name in self.block.values if name not in self.asked]
        for name in strangers[:MOST_STRANGERS]:
            meant = nearest(name, self.asked)
            hint = f'did you mean "{meant}"?' if meant else f"use {listed(self.asked)}."
            self.problems.add(self.at(name), f'unknown {self.noun} "{short(name)}"; {hint}')


def one_of(text: str, words: type[Word], noun: str) -> Word:
    """The word of an enumeration that `text` is; Unreadable, listing the words, when it is none."""
    plain = text.strip().lower().replace(" ", "_").replace("-", "_")
    try:
        return words(plain)
    except ValueError:
        raise UnknownWord(f'unknown {noun} "{short(text)}"; use {listed(words)}.') from None
