"""Dates and times in the one form our readers see: "Tuesday 8 December 2026, 5.30pm"."""

from __future__ import annotations

from datetime import date, datetime, time

from bot.clock import london


def say_day(value: date | datetime) -> str:
    """ "Tuesday 8 December 2026"; a moment is taken in London."""
    day = london(value).date() if isinstance(value, datetime) else value
    return f"{day:%A} {day.day} {day:%B %Y}"


def say_short_day(value: date | datetime) -> str:
    """ "Tue 8 Dec"; for lists, where the year is plain."""
    day = london(value).date() if isinstance(value, datetime) else value
    return f"{day:%a} {day.day} {day:%b}"


def say_time(value: datetime | time) -> str:
    """ "5.30pm", "10am", "noon", "midnight"."""
    wall = london(value).time() if isinstance(value, datetime) else value
    if (wall.hour, wall.minute) in ((0, 0), (12, 0)):
        return "midnight" if wall.hour == 0 else "noon"
    minutes = f".{wall.minute:02d}" if wall.minute else ""
    return f"{wall.hour % 12 or 12}{minutes}{'am' if wall.hour < 12 else 'pm'}"


def say_when(value: datetime) -> str:
    """ "Tuesday 8 December 2026, 5.30pm"."""
    return f"{say_day(value)}, {say_time(value)}"
