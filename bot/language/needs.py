"""Reads a text into needs: how likely it speaks of each thing people ask a corporate parent's directory for."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from bot.language.features import features

LANE = 4
"""Bytes that one need's sum takes while rows are added up; a row holds one byte a need."""
_NEGLIGIBLE = 12.0
"""Needs this far below the likeliest (in natural logarithms) get no share at all."""
MIDDLE = 128
"""The byte that stands for a weight of nought."""


@dataclass(frozen=True, slots=True)
class Need:
    """One need: its id, what it is in plain words, and the subject it names when it lies out of scope."""

    id: str
    meaning: str
    subject: str = ""


class _Block:
    """The quantised weights of one kind of feature; adding up rows is adding up long whole numbers."""

    def __init__(
        self, names: list[str], rarity: list[float], rows: memoryview, scale: float, width: int
    ) -> None:
        self._place = {name: index for index, name in enumerate(names)}
        self._squares = [value * value for value in rarity]
        self._rows, self._scale, self._width = rows, scale, width
        self._lanes = [0] * len(names)
        self._nothing = memoryview(bytes(width * LANE)).cast("I")

    def _lane(self, place: int) -> int:
        spread = bytearray(self._width * LANE)
        spread[::LANE] = self._rows[place * self._width : (place + 1) * self._width]
        lane = self._lanes[place] = int.from_bytes(spread, "little")
        return lane

    def knows(self, found: Iterable[str]) -> bool:
        """Whether any of the features found is one of these."""
        return any(name in self._place for name in found)

    def total(self, found: Iterable[str]) -> tuple[memoryview, float, float]:
        """The known features' rows added up, by what to multiply each sum, and what to take off after that."""
        get = self._place.get
        places = [place for name in found if (place := get(name)) is not None]
        if not places:
            return self._nothing, 0.0, 0.0
        squares, lanes, lane = self._squares, self._lanes, self._lane
        factor = self._scale / math.sqrt(sum([squares[place] for place in places]))
        summed = sum([lanes[place] or lane(place) for place in places]).to_bytes(self._width * LANE, "little")
        return memoryview(summed).cast("I"), factor, factor * MIDDLE * len(places)


class NeedsModel:
    """A trained reader of needs. Build it with `NeedsModel.load()`."""

    def __init__(self, packed: bytes) -> None:
        head, body = zlib.decompress(packed).split(b"\n", 1)
        about = json.loads(head)
        self.needs = tuple(Need(*each) for each in about["needs"])
        self.sharpness: float = about["sharpness"]
        self._blocks = tuple(_blocks(about, memoryview(body)))

    @classmethod
    def load(cls) -> NeedsModel:
        """The model shipped with the program; read once a process."""
        return _shipped()

    def leanings(self, text: str) -> list[float]:
        """The bare score of each need, in the order of `needs`; all nought for a text with no known feature."""
        found = features(text)
        (words, by_word, less), (pieces, by_piece, least) = map(_Block.total, self._blocks, found)
        off = less + least
        return [word * by_word + piece * by_piece - off for word, piece in zip(words, pieces, strict=True)]

    def knows(self, text: str) -> bool:
        """Whether any word of a text is one that authors wrote; of others only pieces are read, which is guesswork."""
        return self._blocks[0].knows(features(text)[0])

    def read(self, text: str) -> list[float]:
        """How likely each need is: shares that sum to one, in the order of `needs`."""
        return shares(self.leanings(text), self.sharpness)


def shares(leanings: Sequence[float], sharpness: float) -> list[float]:
    """Scores turned into shares that sum to one; a higher sharpness favours the highest more."""
    top = max(leanings)
    least = top - _NEGLIGIBLE / sharpness
    raised = [math.exp((value - top) * sharpness) if value > least else 0.0 for value in leanings]
    whole = sum(raised)
    return [value / whole for value in raised]


def _blocks(about: dict[str, object], body: memoryview) -> Iterable[_Block]:
    width, start = len(about["needs"]), 0  # type: ignore[arg-type]
    for part in about["blocks"]:  # type: ignore[attr-defined]
        names = bytes(body[start : start + part["bytes"]]).decode().split("\n")
        start += part["bytes"]
        rarity = memoryview(bytes(body[start : start + 2 * len(names)])).cast("H")
        start += 2 * len(names)
        rows = body[start : start + width * len(names)]
        start += width * len(names)
        yield _Block(names, [value / 1000 for value in rarity], rows, part["scale"], width)


@lru_cache(maxsize=1)
def _shipped() -> NeedsModel:
    return NeedsModel(resources.files("bot.language").joinpath("data/needs.model").read_bytes())
