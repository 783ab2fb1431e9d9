"""What time does a sentence speak of? A day, a time, a stretch, a repetition, several readings, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from bot.language import dates_noise
from bot.language.dates_decide import all_readings, relevant, something_lost
from bot.language.dates_fallback import last_resort
from bot.language.dates_join import chosen, joined
from bot.language.dates_parts import Found, Never, found_by
from bot.language.dates_readings import LONDON, Reading
from bot.language.dates_rules import RULES
from bot.language.dates_setting import Setting
from bot.language.dates_words import Plain, plain

Kind = Literal["date", "datetime", "range", "recurrence", "ambiguous", "none"]
Value: TypeAlias = "str | tuple[str, str] | tuple[Reading, ...] | None"

LONGEST = 2000
"""Characters that are read: an instruction stands at the head of a message, not at its foot."""

_MOST = 6
"""Readings that can still be offered to choose from."""


@dataclass(frozen=True)
class When:
    """What a sentence says of time.

    `value` by `kind`: date `2026-06-16`; datetime `2026-06-16T18:30`, London wall time, with an offset only
    in the hour that happens twice; range `(first, last)`, both included; recurrence, a plain RRULE;
    ambiguous, the readings, each as for one of the other kinds; none, None. `span` is the words as typed,
    empty where none were found; with `none` it holds words that name no real day ("31 June").
    """

    kind: Kind
    value: Value
    span: str

    @property
    def day(self) -> date | None:
        """The day of a date or a datetime; None of every other kind."""
        single = self.kind in ("date", "datetime") and isinstance(self.value, str)
        return date.fromisoformat(str(self.value)[:10]) if single else None

    @property
    def moment(self) -> datetime | None:
        """A datetime as an aware one in London; None of every other kind."""
        if self.kind != "datetime" or not isinstance(self.value, str):
            return None
        typed = datetime.fromisoformat(self.value)
        return typed.astimezone(LONDON) if typed.tzinfo else typed.replace(tzinfo=LONDON)


NOTHING = When("none", None, "")


def read_when(text: str, now: datetime, *, future: bool = True) -> When:
    """The time that `text` speaks of, read at `now` (aware; any zone).

    A day without its year or month is the next such, or the last such beside words that look back (`met`,
    `sent`, `minutes from`); with `future=False` always the last. Two different days are ambiguous. Days
    that do not exist, or lie more than three years off, are none.
    """
    if now.tzinfo is None:
        raise ValueError("the moment of reading needs a time zone")
    source = plain(text[:LONGEST])
    setting = Setting(source.text, now.astimezone(LONDON), future)
    pieces = chosen(found_by(RULES, setting), dates_noise.outside(setting))
    kept = relevant(joined(pieces, setting), setting)
    if not pieces or (kept and something_lost(kept, setting)):
        kept = last_resort(setting) or kept
    return _decided(kept, setting, source)


def _decided(pieces: Sequence[Found], setting: Setting, source: Plain) -> When:
    if not pieces:
        return NOTHING
    start, end = source.typed_span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))
    span = source.typed[start:end]
    if any(isinstance(piece.part, Never) for piece in pieces) or something_lost(pieces, setting):
        return When("none", None, span)
    return _when(all_readings(pieces, setting), span)


def _when(found: tuple[Reading, ...], span: str) -> When:
    if not found or len(found) > _MOST:
        return When("none", None, span)
    if len(found) > 1:
        return When("ambiguous", tuple(sorted(found, key=_order)), span)
    return When(_kind(found[0]), found[0], span)


def _order(reading: Reading) -> tuple[str, ...]:
    """By date; rules of repetition before them, as they were said."""
    if isinstance(reading, str):
        return ("",) if reading.startswith("FREQ=") else (reading,)
    return reading


def _kind(reading: Reading) -> Kind:
    if isinstance(reading, tuple):
        return "range"
    if reading.startswith("FREQ="):
        return "recurrence"
    return "datetime" if "T" in reading else "date"
