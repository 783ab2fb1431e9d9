"""Phrases about time and what they mean at many a moment: clock changes, leap days, year ends among them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.language.dates import When, read_when
from bot.language.dates_readings import LONDON, Reading

_TABLE = Path(__file__).with_name("dates_table.tsv")


def _rows() -> list[tuple[str, str, str]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()[1:]
    return [(now, phrase, expected) for now, phrase, expected in (line.split("\t") for line in lines)]


def _at(now: str) -> datetime:
    return datetime.fromisoformat(now).replace(tzinfo=LONDON)


def _written(reading: Reading) -> str:
    return "..".join(reading) if isinstance(reading, tuple) else reading


def _shown(when: When) -> str:
    if when.value is None:
        return "-"
    if when.kind == "ambiguous":
        return " | ".join(_written(reading) for reading in when.value)  # type: ignore[arg-type]
    return _written(when.value)  # type: ignore[arg-type]


def test_the_table_is_long_and_says_each_thing_once() -> None:
    rows = _rows()
    assert len(rows) >= 600
    assert len({(now, phrase) for now, phrase, _ in rows}) == len(rows)


@pytest.mark.parametrize(("now", "phrase", "expected"), _rows())
def test_phrase_means(now: str, phrase: str, expected: str) -> None:
    assert _shown(read_when(phrase, _at(now))) == expected


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("8 December 2026", "date"),
        ("8 December 2026 at 5pm", "datetime"),
        ("8-10 December", "range"),
        ("every Monday", "recurrence"),
        ("next Friday", "ambiguous"),
        ("31 June", "none"),
    ],
)
def test_kind_is_named(phrase: str, kind: str) -> None:
    assert read_when(phrase, _at("2026-06-10T10:00")).kind == kind


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Apologies for the 8th, clash with planning", "the 8th"),
        ("can u do TMRW at 5ish?", "TMRW at 5ish"),
        ("Moved to 21st same time", "21st"),
        ("“Thursday week” suits me", "Thursday week"),
        ("see you on Weds 9th December\u00a02026", "Weds 9th December\u00a02026"),
        ("31 June, surely?", "31 June"),
        ("nothing to see here", ""),
    ],
)
def test_span_is_the_words_as_typed(text: str, span: str) -> None:
    assert read_when(text, _at("2026-06-10T10:00")).span == span


def test_looking_back_takes_the_last_such_day() -> None:
    now = _at("2026-06-10T10:00")
    assert read_when("8 December", now, future=False).value == "2025-12-08"
    assert read_when("Friday", now, future=False).value == "2026-06-05"
    assert read_when("at 5pm", now, future=False).value == "2026-06-09T17:00"


def test_any_zone_of_now_will_do_and_none_will_not() -> None:
    assert read_when("today", datetime.fromisoformat("2026-06-10T23:30:00+00:00")).value == "2026-06-11"
    with pytest.raises(ValueError, match="time zone"):
        read_when("today", datetime.fromisoformat("2026-06-10T10:00"))


def test_day_and_moment_of_an_answer() -> None:
    now = _at("2026-06-10T10:00")
    at_five = read_when("8 December at 5pm", now)
    assert at_five.day == datetime(2026, 12, 8, tzinfo=LONDON).date()
    assert at_five.moment == datetime(2026, 12, 8, 17, tzinfo=LONDON)
    assert read_when("8 December", now).moment is None
    assert read_when("next Friday", now).day is None


def test_the_second_of_two_equal_hours_is_kept_apart() -> None:
    first = read_when("in 1 hour", _at("2026-10-25T00:30")).moment
    second = read_when("in 2 hours", _at("2026-10-25T00:30")).moment
    assert first is not None
    assert second is not None
    assert (second - first).total_seconds() == 0  # one wall time ...
    assert second.timestamp() - first.timestamp() == 3600  # ... an hour apart
