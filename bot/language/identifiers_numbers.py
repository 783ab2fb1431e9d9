"""Numbers that an office gives to one person: NHS, learner, pupil, National Insurance, case, court."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.language.identifiers_kinds import Allowed, Found
from bot.language.identifiers_text import Message

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

_SEP = r"[ .-]{0,2}"
_TEN = re.compile(rf"(?<![\w+/£-])(?:[0-9]{_SEP}){{9}}[0-9](?![\w/]|[:-][0-9])")
_NHS_CUE = re.compile(r"\bnhs\b(?! ?(?:111|trust|england|direct|app|111))[^0-9]{0,24}$", re.IGNORECASE)
_ULN_CUE = re.compile(r"\b(?:uln|(?:unique )?learner (?:number|no|num|id))\b[^0-9]{0,16}$", re.IGNORECASE)
_OTHER_NUMBER = re.compile(
    r"\b(?:order|po|purchase|invoice|account|acct|sort code|charity|company|isbn|uprn|meeting id|"
    r"passcode|cost code|"
    r"tel|telephone|phone|mobile|mob|call|ring|text|fax|ticket|job|asset|serial|tracking|budget)\b[^0-9]{0,16}$",
    re.IGNORECASE,
)
_USUAL = re.compile(r"(?!0)(?:[0-9]{10}|[0-9]{3}([ .-])[0-9]{3}\1[0-9]{4}|[0-9]{4} [0-9]{3} [0-9]{3})")
_LANDLINE = re.compile(r"(?:1[0-9]{3}[ -][0-9]{6}|7[0-9]{3}[ -][0-9]{6}|7[0-9]{9})$")

_UPN = re.compile(rf"(?<!\w)[A-Za-z]{_SEP}(?:[0-9]{_SEP}){{11}}[0-9A-Za-z](?!\w)")
_UPN_CUE = re.compile(r"\b(?:upn|(?:unique )?pupil (?:number|no|num|id))\b[^0-9]{0,16}$", re.IGNORECASE)

_NINO = re.compile(rf"(?<!\w)[A-Za-z]{{2}}{_SEP}(?:[0-9]{{2}}{_SEP}){{3}}[A-Za-z](?!\w)")
_REAL_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[0-9]{6}[A-D]$")
_NINO_CUE = re.compile(
    r"\b(?:nino?|ni (?:number|no|num)|national insurance(?: \w+)?)\b[^0-9]{0,16}$", re.IGNORECASE
)

_COURT = re.compile(r"(?<!\w)[A-Za-z]{2} ?[0-9]{2} ?[A-Za-z] ?[0-9]{5}(?!\w)")
_CASE = re.compile(
    r"\b(?:lcs|ics|liquid ?logic|mosaic|eclipse|care ?director|ssid|frameworki|azeus|carefirst|home office|"
    r"case|person|client|service user|social care|child)"
    r"(?: (?:id|ids|no|num|number|ref|reference|case|person|record|file|is|was)\b\.?| ?[:#=-]){0,3} ?#?"
    r"(?P<value>[A-Za-z]{0,3}-?[0-9]{5,10})(?![\w/]|[ -][0-9]| (?:people|children|households|families|"
    r"pounds|times)\b)",
    re.IGNORECASE,
)


def find(message: Message, allowed: Allowed, today: date) -> Iterable[Found]:
    """Every such number, the surest kinds first."""
    yield from _courts(message)
    yield from _pupils(message)
    yield from _insurance(message)
    yield from _cases(message)
    yield from _tens(message, allowed)


def valid_nhs(figures: str) -> bool:
    """Whether the tenth figure is the check digit of the first nine (10 is never issued)."""
    check = (
        11 - sum(int(figure) * weight for figure, weight in zip(figures, range(10, 1, -1), strict=False)) % 11
    )
    return check != 10 and check % 11 == int(figures[9])


def valid_upn(upn: str) -> bool:
    """Whether the first letter is the check letter of the twelve that follow."""
    values = [_UPN_LETTERS.find(mark) if mark.isalpha() else int(mark) for mark in upn[1:]]
    if min(values) < 0:
        return False
    return _UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, 2)) % 23] == upn[0]


def _tens(message: Message, allowed: Allowed) -> Iterable[Found]:
    """Ten figures: an NHS number by cue or check digit, a learner number by cue only (the checks overlap)."""
    for match in _TEN.finditer(message.text):
        before = message.before(match.start(), 40)
        if _ULN_CUE.search(before):
            yield "uln", *match.span()
        elif _NHS_CUE.search(before) or _uncued_nhs(match.group(), before, allowed):
            yield "nhs", *match.span()


def _uncued_nhs(typed: str, before: str, allowed: Allowed) -> bool:
    """A right check digit without a cue, unless the words or the grouping make it another kind of number."""
    if (
        not _USUAL.fullmatch(typed)
        or _OTHER_NUMBER.search(before)
        or _LANDLINE.match(typed)
        or allowed.phone(typed)
    ):
        return False
    return valid_nhs(_figures(typed))


def _pupils(message: Message) -> Iterable[Found]:
    for match in _UPN.finditer(message.text):
        solid = _solid(match.group())
        if (
            _UPN_CUE.search(message.before(match.start(), 40))
            or (match.group() == solid and valid_upn(solid))
            or (valid_upn(solid) and " " in match.group())
        ):
            yield "upn", *match.span()


def _insurance(message: Message) -> Iterable[Found]:
    for match in _NINO.finditer(message.text):
        real = _REAL_NINO.match(_solid(match.group()))
        if real or _NINO_CUE.search(message.before(match.start(), 40)):
            yield "nino", *match.span()


def _courts(message: Message) -> Iterable[Found]:
    for match in _COURT.finditer(message.text):
        if match.group() == match.group().upper() or " " not in match.group():
            yield "court_no", *match.span()


def _cases(message: Message) -> Iterable[Found]:
    for match in _CASE.finditer(message.text):
        yield "case_id", *match.span("value")


def _figures(typed: str) -> str:
    return re.sub(r"[^0-9]", "", typed)


def _solid(typed: str) -> str:
    return re.sub(r"[ .-]", "", typed).upper()
