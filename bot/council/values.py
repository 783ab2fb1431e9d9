"""One written value to one Python value: dates, times, addresses, periods, quorums, cron rules.

Each function takes the text as an officer typed it, stripped and not empty, and raises Unreadable with a
sentence that says what is wanted.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from fractions import Fraction
from urllib.parse import urlsplit

from cronsim import CronSim, CronSimError

from bot.council.constitution import Period
from bot.council.problems import short

EMAIL = re.compile(r"[^@\s,;:<>()\"]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")
CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
PERIOD = re.compile(r"(\d{1,4})\s*(hour|day|week|month|year)s?", re.IGNORECASE)
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")
YEARLY_FORMS = ("%Y-%m-%d", "%Y %d %B", "%Y %d %b")
LEAP_YEAR = "2028"
FIRST_YEAR, LAST_YEAR = 1990, 2100
YES, NO = ("yes", "true", "on"), ("no", "false", "off")


class Unreadable(ValueError):
    """The text is not a value of the wanted kind; the exception's text says what is."""


class UnknownWord(Unreadable):
    """The text is none of the allowed words; the sentence lists them and needs no key before it."""


def _quoted(text: str, wanted: str) -> Unreadable:
    return Unreadable(f'"{short(text)}" is not {wanted}.')


def _first(text: str, forms: tuple[str, ...]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def day(text: str) -> date:
    """2026-12-08, 08/12/2026 (day first) or 8 December 2026."""
    found = _first(text, DAY_FORMS)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _quoted(text, "a date; write it as 2026-12-08")
    return found.date()


def day_of_year(text: str) -> tuple[int, int]:
    """(month, day) from 12-24 or 24 December."""
    found = _first(f"{LEAP_YEAR}-{text}", YEARLY_FORMS[:1]) or _first(f"{LEAP_YEAR} {text}", YEARLY_FORMS[1:])
    if found is None:
        raise _quoted(text, "a day of the year; write month and day, as in 12-24")
    return found.month, found.day


def wall_time(text: str) -> time:
    """17:30, 5.30pm or 5pm. Without am or pm the 24-hour clock is meant."""
    match = CLOCK.fullmatch(text)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    half = (match[3] or "").lower() if match else ""
    if match and half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half or (match and match[2] is None):
        hour = 99
    if hour > 23 or minute > 59:
        raise _quoted(text, "a time; write it as 17:30")
    return time(hour, minute)


def email(text: str) -> str:
    """The address in lower case."""
    address = text.lower()
    if not EMAIL.fullmatch(address) or ".." in address:
        raise _quoted(text, "an e-mail address")
    return address


def domain(text: str) -> str:
    """An e-mail domain, such as westshire.example, in lower case."""
    name = text.lower().removeprefix("@")
    if not EMAIL.fullmatch(f"x@{name}") or ".." in name:
        raise _quoted(text, "an e-mail domain; write it as council.example")
    return name


def phone(text: str) -> str:
    """A telephone number, perhaps with an extension or a word; as typed."""
    if sum(letter.isdigit() for letter in text) < 3:
        raise _quoted(text, "a telephone number")
    return text


def key(text: str) -> str:
    """A short name that other lines point to."""
    if not KEY.fullmatch(text):
        raise _quoted(text, "usable here; use letters, digits and hyphens, without spaces")
    return text


def reference(text: str) -> str:
    """A reference that people quote, such as CPP-26/27-014."""
    if not REFERENCE.fullmatch(text):
        raise _quoted(text, "a reference; use letters, digits, hyphens and slashes, as in CPP-26/27-014")
    return text


def web_address(text: str) -> str:
    """An http or https address."""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or any(c.isspace() for c in text):
        raise _quoted(text, "a web address; it starts with https://")
    return text


def yes_or_no(text: str) -> bool:
    """yes or no, true or false, on or off."""
    if text.lower() not in (*YES, *NO):
        raise _quoted(text, "yes or no")
    return text.lower() in YES


def period(text: str) -> Period:
    """6 years, 12 months, 24 hours."""
    match = PERIOD.fullmatch(text)
    if not match or int(match[1]) == 0:
        raise _quoted(text, "a period; write it as 12 months or 6 years")
    return Period(int(match[1]), f"{match[2].lower()}s")


def share(text: str) -> Fraction:
    """A part of the whole, such as 1/4: over 0, at most 1."""
    try:
        found = Fraction(text) if re.fullmatch(r"\d{1,3}\s*/\s*\d{1,3}", text) else Fraction(0)
    except ZeroDivisionError:
        found = Fraction(0)
    if not 0 < found <= 1:
        raise _quoted(text, "a share of the seats; write it as 1/4")
    return found


def cron(text: str) -> str:
    """A five-field cron rule that comes round at least once; spaces made single."""
    rule = " ".join(text.split())
    wanted = "a schedule; write five cron fields (minute, hour, day, month, weekday), as in 0 9 * * MON"
    if len(rule.split()) != 5 or len(rule) > 100:
        raise _quoted(text, wanted)
    try:
        next(CronSim(rule, datetime(2026, 1, 1, tzinfo=UTC)))
    except CronSimError:
        raise _quoted(text, wanted) from None
    except StopIteration:
        raise Unreadable(f'"{rule}" never comes round; check its day and month.') from None
    return rule
