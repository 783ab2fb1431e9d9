"""What a question says of the hour, and when an entry answers."""

from __future__ import annotations

import pytest

from bot.language.hours import UNSAID, Hour, open_at, said, suits
from bot.language.text import normalise

ALWAYS = Hour.DAY | Hour.SHUT


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("who covers at the weekend", Hour.WEEKEND), ("who is on duty on tuesday", UNSAID),
        ("it's gone ten at night", Hour.EVENING), ("half two in the morning", Hour.NIGHT),
        ("its 11pm and he's on my step", Hour.NIGHT), ("20:40 on a thursday", Hour.EVENING), ("10.30am", Hour.DAY),
        ("eleven in the morning", Hour.DAY), ("eight o'clock tonight", Hour.EVENING), ("EDT number", Hour.SHUT),
        ("out of hours social worker", Hour.SHUT), ("Sunday teatime", Hour.WEEKEND), ("Tuesday dinnertime", Hour.DAY),
        ("bank holiday Monday, ten in the morning", Hour.WEEKEND | Hour.DAY), ("nowhere to sleep tonight", UNSAID),
        ("not surfaced since Sunday, nothing", UNSAID), ("he turned eighteen on Sunday", UNSAID),
        ("going missing every weekend", UNSAID), ("next fostering information evening", UNSAID),
        ("the evening line for carers", Hour.EVENING), ("she wakes eleven times", UNSAID), ("who to ring at night", Hour.NIGHT),
        ("who do i ring outside office hours", Hour.SHUT), ("out-of-hours number", Hour.SHUT), ("the office is shut", Hour.SHUT),
        ("the team closed the case", UNSAID), ("he left after six months", UNSAID), ("housing after 5pm", Hour.SHUT),
        ("missing one night", UNSAID), ("she's 16 am i right", UNSAID), ("she sat, crying", UNSAID), ("99pm", UNSAID),
        ("four in the evening", Hour.EVENING), ("ringing at 3pm on sunday", Hour.DAY | Hour.WEEKEND),
        ("", UNSAID),
    ],
)  # fmt: skip
def test_the_hour_is_heard_where_it_is_said(text: str, hour: Hour) -> None:
    assert said(normalise(text)) == hour


@pytest.mark.parametrize(
    ("hours", "parts", "only_when_shut"),
    [
        ("Mon to Fri 9am to 5pm", Hour.DAY, False), ("24 hours, every day", ALWAYS, False),
        ("Outside office hours, 5pm to 9am and all weekend", Hour.SHUT, True), ("every day 5pm to 11pm", Hour.EVENING | Hour.WEEKEND, True),
        ("Mon to Thu 5pm to 8.45am, Fri 4.30pm to Mon 8.45am, bank holidays", Hour.SHUT, True),
        ("Evenings and weekends", Hour.EVENING | Hour.WEEKEND, True), ("Mon to Sat noon to 8pm", Hour.DAY | Hour.EVENING | Hour.WEEKEND, False),
        ("Mon to Fri 9am to 5pm (nights ring Lamplight)", Hour.DAY, False), ("ask the desk", UNSAID, False),
        ("Mon to Fri 9am to 5pm, out of hours ring the duty team", Hour.DAY, False), ("9am – 5pm", Hour.DAY, False),
        ("17:00 to 09:00", Hour.EVENING | Hour.NIGHT, True), ("5pm-9am weekdays, 24hrs weekends", Hour.SHUT, True),
        ("replies within 24 hours", UNSAID, False), ("Mon to Fri, closed weekends and bank holidays", UNSAID, False),
        ("Wed 4pm to 6pm", UNSAID, False), ("satellite office Mon to Fri", UNSAID, False), ("99 to 120", UNSAID, False), ("", UNSAID, False),
    ],
)  # fmt: skip
def test_hours_are_read_as_officers_type_them(hours: str, parts: Hour, only_when_shut: bool) -> None:
    found = open_at(hours)
    assert (found.parts, found.only_when_shut) == (parts, only_when_shut)


@pytest.mark.parametrize(
    ("text", "hours", "how"),
    [
        ("gone midnight", "Mon to Fri 5pm to 9am", 1.0), ("gone midnight", "every day 5pm to 11pm", -0.5),
        ("gone midnight", "24 hours, every day", 0.5), ("gone midnight", "Mon to Fri 9am to 5pm", 0.0),
        ("2pm", "Mon to Fri 5pm to 9am", -1.0), ("2pm", "Mon to Fri 9am to 5pm", 0.0),
        ("who deals with it", "Mon to Fri 5pm to 9am", 0.0),
    ],
)  # fmt: skip
def test_an_entry_suits_the_hour_or_does_not(text: str, hours: str, how: float) -> None:
    assert suits(said(normalise(text)), open_at(hours)) == how
