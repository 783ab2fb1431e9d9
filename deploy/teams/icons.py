"""Draws the app's two icons with the standard library: `python deploy/teams/icons.py`.

A grown-up and a child in a speech bubble: white on blue (192 x 192), and as a white outline (32 x 32).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from math import hypot
from pathlib import Path

Pixel = tuple[int, int, int, int]
Inside = Callable[[float, float], bool]
BLUE, WHITE, NOTHING = (29, 79, 145, 255), (255, 255, 255, 255), (255, 255, 255, 0)
FINE = 4
"""Each pixel is looked at in so many rows and columns, for smooth edges."""


def rounded(x: float, y: float, box: tuple[float, float, float, float], radius: float) -> bool:
    """Whether a point lies in a box with round corners."""
    left, top, right, bottom = box
    across = max(left + radius - x, 0.0, x - (right - radius))
    down = max(top + radius - y, 0.0, y - (bottom - radius))
    return hypot(across, down) <= radius


def bubble(x: float, y: float, thinner: float = 0.0) -> bool:
    """The speech bubble, in a square of side 1; `thinner` moves its edge inwards."""
    t = thinner
    body = rounded(x, y, (0.12 + t, 0.14 + t, 0.88 - t, 0.72 - t), 0.14 - t)
    tail = 0.70 - t <= y <= 0.88 - 2 * t and 0.28 + t <= x <= 0.28 + (0.88 - y) * 1.1 - t
    return body or tail


def person(x: float, y: float, middle: float, head: float, radius: float, feet: float) -> bool:
    """A head and shoulders that end at `feet`."""
    shoulders = head + radius * 1.25
    body = rounded(x, y, (middle - radius * 1.5, shoulders, middle + radius * 1.5, feet + 0.2), radius * 1.5)
    return hypot(x - middle, y - head) <= radius or (body and y <= feet)


def people(x: float, y: float) -> bool:
    """A grown-up and a child side by side."""
    return person(x, y, 0.40, 0.31, 0.085, 0.62) or person(x, y, 0.64, 0.41, 0.06, 0.62)


def colour(x: float, y: float) -> Pixel:
    """White bubble on blue, blue people in it."""
    return WHITE if bubble(x, y) and not people(x, y) else BLUE


def outline(x: float, y: float) -> Pixel:
    """The bubble's edge and the people, white on nothing."""
    edge = bubble(x, y) and not bubble(x, y, 0.06)
    return WHITE if edge or people(x, y) else NOTHING


def picture(side: int, at: Callable[[float, float], Pixel]) -> bytes:
    """A square PNG with transparency."""
    rows = b"".join(b"\0" + b"".join(bytes(pixel(c, r, side, at)) for c in range(side)) for r in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


def pixel(column: int, row: int, side: int, at: Callable[[float, float], Pixel]) -> Pixel:
    """The average of what a pixel covers, each part weighted by how solid it is."""
    steps = [(i + 0.5) / FINE for i in range(FINE)]
    seen = [at((column + dx) / side, (row + dy) / side) for dx in steps for dy in steps]
    solid = sum(p[3] for p in seen) or 1
    red, green, blue = (sum(p[n] * p[3] for p in seen) // solid for n in range(3))
    return red, green, blue, sum(p[3] for p in seen) // len(seen)


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    here = Path(__file__).parent
    (here / "color.png").write_bytes(picture(192, colour))
    (here / "outline.png").write_bytes(picture(32, outline))
