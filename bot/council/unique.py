"""Keys that may be used once only."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.council.problems import Place, Problems, short


@dataclass(slots=True)
class Unique:
    """Remembers where each key was first used. Capitals do not make two keys different."""

    problems: Problems
    first: dict[tuple[str, str], Place] = field(default_factory=dict)

    def check(self, noun: str, key: str | None, place: Place) -> None:
        """Note a problem when `key` was used before; nothing happens for an empty key."""
        if not key:
            return
        known = self.first.setdefault((noun, key.lower()), place)
        if known is not place:
            message = f"{noun} {short(key)} is used twice (first in line {known.line}); keep one."
            self.problems.add(place, message)
