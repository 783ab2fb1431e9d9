"""Repetition: every other Tuesday, first Monday of each month, fortnightly on Fridays, daily."""

from __future__ import annotations

import re

from bot.language.dates_grammar import WD, month, number, phrase, said, weekday
from bot.language.dates_parts import Never, Noise, Part, Recurring, Rule
from bot.language.dates_setting import Setting

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKING_DAYS = "MO,TU,WE,TH,FR"
_UNITS = {
    "hour": "FREQ=HOURLY",
    "day": "FREQ=DAILY",
    "morning": "FREQ=DAILY",
    "afternoon": "FREQ=DAILY",
    "evening": "FREQ=DAILY",
    "night": "FREQ=DAILY",
    "week": "FREQ=WEEKLY",
    "fortnight": "FREQ=WEEKLY;INTERVAL=2",
    "weekday": f"FREQ=WEEKLY;BYDAY={_WORKING_DAYS}",
    "working day": f"FREQ=WEEKLY;BYDAY={_WORKING_DAYS}",
    "weekend": "FREQ=WEEKLY;BYDAY=SA,SU",
    "month": "FREQ=MONTHLY",
    "quarter": "FREQ=MONTHLY;INTERVAL=3",
    "year": "FREQ=YEARLY",
}
_ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
    "annually": "year",
    "yearly": "year",
}
# "Monthly" before a noun describes the noun; of a message it still says how often.
_SENT = re.compile(
    r" (?:digests?|summar(?:y|ies)|updates?|e-?mails?|reminders?|nudges?|messages?|round-?ups?)\b"
)
_ADVERBIAL = re.compile(
    r"\W*$| ?[,.;!?)&-]| (?:on|at|from|for|in|until|to|and|or|if|please|pls|thanks|instead|not|rather|by|"
    r"starting|"
    r"now|is|as|but|so)\b"
)


def _every(rule: str, count: int) -> str:
    """`rule` every `count` of its units."""
    frequency, _, rest = rule.partition(";")
    if rest.startswith("INTERVAL="):
        count, rest = count * int(rest[9:]), ""
    return frequency + (f";INTERVAL={count}" if count > 1 else "") + (f";{rest}" if rest else "")


def _codes(names: str) -> str:
    chosen = {weekday(name) for name in re.findall(WD, names)}
    return ",".join(_CODES[day] for day in sorted(chosen))


def _weekdays(match: re.Match[str], setting: Setting) -> Part:
    """Every Monday and Thursday, every other Tuesday, on Fridays."""
    interval = 2 if said(match, "other") else 1
    return Recurring((f"{_every('FREQ=WEEKLY', interval)};BYDAY={_codes(match['days'])}",))


def _nth_weekday(match: re.Match[str], setting: Setting) -> Part:
    """Every second Tuesday: each fortnight, or the second one of each month."""
    rank, code = number(match["rank"]), _codes(match["days"])
    if not 1 <= rank <= 5:
        return Noise()
    monthly = f"FREQ=MONTHLY;BYDAY={rank}{code}"
    return Recurring((f"{_every('FREQ=WEEKLY', rank)};BYDAY={code}", monthly) if rank > 1 else (monthly,))


def _monthly(match: re.Match[str], setting: Setting) -> Part:
    """The first Monday, the 5th, or the last working day of each month."""
    rank, kind = -1 if match["rank"] == "last" else number(match["rank"]), said(match, "kind")
    if kind in ("working day", "weekday"):
        return Recurring((f"FREQ=MONTHLY;BYDAY={_WORKING_DAYS};BYSETPOS={rank}",))
    if kind in ("day", ""):
        return Recurring((f"FREQ=MONTHLY;BYMONTHDAY={rank}",)) if rank <= 31 else Never()
    return Recurring((f"FREQ=MONTHLY;BYDAY={rank}{_codes(kind)}",)) if rank <= 5 else Never()


def _unit(match: re.Match[str], setting: Setting) -> Part:
    count = 2 if said(match, "other") else max(number(said(match, "times")), 1)
    return Recurring((_every(_UNITS[match["period"]], count) + _on(match),))


def _on(match: re.Match[str]) -> str:
    return f";BYDAY={_codes(match['on'])}" if match["on"] else ""


def _adverb(match: re.Match[str], setting: Setting) -> Part:
    sent = bool(_SENT.match(setting.text, match.end()))
    if not sent and not match["on"] and not _ADVERBIAL.match(setting.text, match.end()):
        return Noise()
    rule = _every(_UNITS[_ADVERBS[match["adverb"]]], max(number(match["times"]), 1))
    return Recurring((rule + _on(match),), loose=sent)


def _yearly(match: re.Match[str], setting: Setting) -> Part:
    day = number(match["day"])
    rule = f"FREQ=YEARLY;BYMONTH={month(match['month'])};BYMONTHDAY={day}"
    return Recurring((rule,)) if 1 <= day <= 31 else Never()


_DAYS = r"(?P<days>{WD}s?(?:(?:,| and| &|, and| or)? ?(?:on )?{WD}s?){0,5})"
_PLURAL = r"(?P<days>{WD}s(?:(?:,| and| &|, and| or) (?:on )?{WD}s){0,5})"
_AND_ON = r"(?:,? (?:on )?(?:an? |the )?(?P<on>{WD}s?(?:(?:,| and| &) {WD}s?){0,5}))?"
_EACH = r"(?:every|each)"
_KIND = r"(?P<kind>working day|weekday|day|{WD})"
_PERIOD = rf"(?P<period>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
_RARELY = (
    r"(?:twice|[0-9]{1,2} times|a few times|several times) (?:an?|per|each|every) (?:day|week|month|year|"
    r"term)"
    r"|biweekly|bi-weekly|bimonthly|bi-monthly|termly"
    r"|every (?:time|so often|now and (?:then|again)|few \w+|term)"
)
RULES: tuple[Rule, ...] = (
    (phrase(r"(?:on )?" + _EACH + r" (?P<other>other |alternate )?" + _DAYS), _weekdays),
    (phrase(r"(?P<other>alternate) " + _DAYS), _weekdays),
    (phrase(r"on (?P<x>" + _PLURAL + r")(?! (?:meeting|panel|papers|agenda|minutes|session))"), _weekdays),
    (phrase(r"^\W*(?P<x>" + _PLURAL + r")(?=\W*$| at\b| from\b| [0-9])", anywhere=True), _weekdays),
    (phrase(_EACH + r" (?P<rank>last) (?P<kind>{WD}|working day|weekday|day)(?! (?:of|in) )"), _monthly),
    (phrase(_EACH + r" (?P<rank>{NTH}) (?P<days>{WD})"), _nth_weekday),
    (phrase(_EACH + r" (?:the )?{rank} " + _KIND + r" (?:of|in) (?:the|each|every) month"), _monthly),
    (phrase(r"(?:the )?{rank} (?:" + _KIND + r" )?(?:of|in) " + _EACH + r" month"), _monthly),
    (
        phrase(
            rf"(?:monthly|(?:once )?{_EACH} month|once a month),? on (?:the )?"
            + r"{rank}(?: "
            + _KIND
            + r")?"
        ),
        _monthly,
    ),
    (
        phrase(
            rf"(?:once )?{_EACH} (?P<other>other |alternate |#2 )?"
            + r"(?P<times>[0-9]{1,2} )?"
            + _PERIOD
            + _AND_ON
        ),
        _unit,
    ),
    (phrase(r"once (?:a|an|per) " + _PERIOD + _AND_ON), _unit),
    (phrase(r"(?:at |on )?(?P<x>weekends)"), lambda match, setting: Recurring((_UNITS["weekend"],))),
    (phrase(rf"(?:(?P<times>[0-9]{{1,2}})[- ])?(?P<adverb>{'|'.join(_ADVERBS)})" + _AND_ON), _adverb),
    (phrase(rf"(?:{_EACH} year|annually|yearly),? on (?:the )?" + r"{day}(?: of)? {month}"), _yearly),
    (phrase(_EACH + r" {day}(?: of)? {month}"), _yearly),
    (phrase(r"(?:the )?{day}(?: of)? {month} " + _EACH + r" year"), _yearly),
    (phrase(_RARELY), lambda match, setting: Noise()),
)
