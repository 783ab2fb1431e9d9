"""Worked examples of the last day on which a notice may be published, each checked by hand or twice over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.rules.calendar import WorkingCalendar

EXCLUDING_CHRISTMAS_EVE = WorkingCalendar(closed_every_year=frozenset({(12, 24)}))
SHUT_OVER_CHRISTMAS = WorkingCalendar(closed_every_year=frozenset({(12, 24), (12, 29), (12, 30), (12, 31)}))


@dataclass(frozen=True)
class Example:
    """A meeting, the five days that count, and the last day to publish: in general, and with local closures.

    `mistakes` are the later days that calendar days, weekends without bank holidays, and counting the day of
    issue would give.
    """

    meeting: date
    counted: tuple[date, ...]
    latest: date
    without_christmas_eve: date
    shut_over_christmas: date
    mistakes: tuple[date, ...]


def day(text: str) -> date:
    """The date written as `2 Dec 2026`."""
    return datetime.strptime(text, "%d %b %Y").date()  # noqa: DTZ007


# meeting | five counted days | latest | without Christmas Eve, shut over Christmas | mistakes
_TABLE = """
 2 Dec 2026 | 25 Nov, 26 Nov, 27 Nov, 30 Nov, 1 Dec  | 24 Nov |               | 26 Nov, 25 Nov
 7 Dec 2026 | 30 Nov, 1 Dec, 2 Dec, 3 Dec, 4 Dec     | 27 Nov |               | 1 Dec, 30 Nov
29 Dec 2026 | 18 Dec, 21 Dec, 22 Dec, 23 Dec, 24 Dec | 17 Dec | 16 Dec, 16 Dec | 23 Dec, 21 Dec, 18 Dec
 4 Jan 2027 | 23 Dec, 24 Dec, 29 Dec, 30 Dec, 31 Dec | 22 Dec | 21 Dec, 16 Dec | 29 Dec, 25 Dec, 23 Dec
 5 Jan 2027 | 24 Dec, 29 Dec, 30 Dec, 31 Dec, 4 Jan  | 23 Dec | 22 Dec, 17 Dec | 30 Dec, 28 Dec, 24 Dec
 6 Jan 2027 | 29 Dec, 30 Dec, 31 Dec, 4 Jan, 5 Jan   | 24 Dec | 23 Dec, 18 Dec | 31 Dec, 29 Dec, 29 Dec
11 Jan 2027 | 4 Jan, 5 Jan, 6 Jan, 7 Jan, 8 Jan      | 31 Dec | 31 Dec, 23 Dec | 5 Jan, 1 Jan, 4 Jan
25 Mar 2027 | 18 Mar, 19 Mar, 22 Mar, 23 Mar, 24 Mar | 17 Mar |               | 19 Mar, 18 Mar
30 Mar 2027 | 19 Mar, 22 Mar, 23 Mar, 24 Mar, 25 Mar | 18 Mar |               | 24 Mar, 22 Mar, 19 Mar
31 Mar 2027 | 22 Mar, 23 Mar, 24 Mar, 25 Mar, 30 Mar | 19 Mar |               | 25 Mar, 23 Mar, 22 Mar
 5 Apr 2027 | 25 Mar, 30 Mar, 31 Mar, 1 Apr, 2 Apr   | 24 Mar |               | 30 Mar, 26 Mar, 25 Mar
 4 May 2027 | 26 Apr, 27 Apr, 28 Apr, 29 Apr, 30 Apr | 23 Apr |               | 28 Apr, 26 Apr, 26 Apr
 6 May 2027 | 28 Apr, 29 Apr, 30 Apr, 4 May, 5 May   | 27 Apr |               | 30 Apr, 28 Apr, 28 Apr
10 May 2027 | 30 Apr, 4 May, 5 May, 6 May, 7 May     | 29 Apr |               | 4 May, 30 Apr, 30 Apr
 1 Jun 2027 | 24 May, 25 May, 26 May, 27 May, 28 May | 21 May |               | 26 May, 24 May, 24 May
 7 Jun 2027 | 28 May, 1 Jun, 2 Jun, 3 Jun, 4 Jun     | 27 May |               | 1 Jun, 28 May, 28 May
31 Aug 2027 | 23 Aug, 24 Aug, 25 Aug, 26 Aug, 27 Aug | 20 Aug |               | 25 Aug, 23 Aug, 23 Aug
 5 Jan 2028 | 24 Dec, 29 Dec, 30 Dec, 31 Dec, 4 Jan  | 23 Dec | 22 Dec, 17 Dec | 30 Dec, 28 Dec, 24 Dec
 7 Apr 2026 | 27 Mar, 30 Mar, 31 Mar, 1 Apr, 2 Apr   | 26 Mar |               | 1 Apr, 30 Mar, 27 Mar
26 May 2026 | 18 May, 19 May, 20 May, 21 May, 22 May | 15 May |               | 20 May, 18 May, 18 May
"""


def _example(line: str) -> Example:
    meeting_text, *columns = line.split("|")
    meeting = day(meeting_text.strip())
    counted, latest, local, mistakes = (_days_before(meeting, column) for column in columns)
    without_eve, shut = local or (latest[0], latest[0])
    return Example(meeting, counted, latest[0], without_eve, shut, mistakes)


def _days_before(meeting: date, column: str) -> tuple[date, ...]:
    texts = [text.strip() for text in column.split(",") if text.strip()]
    return tuple(_before(meeting, text) for text in texts)


def _before(meeting: date, text: str) -> date:
    found = day(f"{text} {meeting.year}")
    return found if found < meeting else day(f"{text} {meeting.year - 1}")


EXAMPLES = [_example(line) for line in _TABLE.strip().splitlines()]
