"""Repetition: every other Tuesday, first Monday of each month, fortnightly on Fridays, daily."""

from __future__ import annotations

import re

from bot.language.dates_grammar import MONTH, ORDINAL, WD, month, number, weekday
from bot.language.dates_parts import Never, Noise, Part, Recurring, Rule, word
from bot.language.dates_setting import Setting

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKING_DAYS = "MO,TU,WE,TH,FR"
_UNITS = {
    "day": "FREQ=DAILY", "morning": "FREQ=DAILY", "afternoon": "FREQ=DAILY", "evening": "FREQ=DAILY",
    "night": "FREQ=DAILY", "hour": "FREQ=HOURLY", "week": "FREQ=WEEKLY", "fortnight": "FREQ=WEEKLY;INTERVAL=2",
    "month": "FREQ=MONTHLY", "quarter": "FREQ=MONTHLY;INTERVAL=3", "year": "FREQ=YEARLY",
    "weekday": f"FREQ=WEEKLY;BYDAY={_WORKING_DAYS}", "working day": f"FREQ=WEEKLY;BYDAY={_WORKING_DAYS}",
    "weekend": "FREQ=WEEKLY;BYDAY=SA,SU",
}  # fmt: skip
_ADVERBS = {
    "daily": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month", "quarterly": "quarter",
    "annually": "year", "yearly": "year", "hourly": "hour", "nightly": "night",
}  # fmt: skip
# "Monthly" before a noun describes the noun; of a message it still says how often.
_SENT = re.compile(r" (?:digests?|summar(?:y|ies)|updates?|e-?mails?|reminders?|nudges?|messages?|round-?ups?)\b")
_ADVERBIAL = re.compile(
    r"\W*$| ?[,.;!?)&-]| (?:on|at|from|for|in|until|to|and|or|if|please|pls|thanks|instead|not|rather|by|starting|now|is|as|but|so)\b"
)


def with_interval(rule: str, count: int) -> str:
    """`rule` every `count` of its units."""
    frequency, _, rest = rule.partition(";")
    if rest.startswith("INTERVAL="):
        count, rest = count * int(rest[9:]), ""
    return frequency + (f";INTERVAL={count}" if count > 1 else "") + (f";{rest}" if rest else "")


def _codes(names: str) -> str:
    chosen = {weekday(name) for name in re.findall(rf"(?:{WD})", names)}
    return ",".join(_CODES[day] for day in sorted(chosen))


def _weekdays(match: re.Match[str], setting: Setting) -> Part:
    """Every Monday and Thursday, every other Tuesday, on Fridays."""
    interval = 2 if match["other"] else 1
    return Recurring((with_interval("FREQ=WEEKLY", interval) + f";BYDAY={_codes(match['days'])}",))


def _every_nth_weekday(match: re.Match[str], setting: Setting) -> Part:
    """Every second Tuesday: each fortnight, or the second one of each month."""
    rank, code = number(match["rank"]), _codes(match["days"])
    if not 1 <= rank <= 5:
        return Noise()
    monthly = f"FREQ=MONTHLY;BYDAY={rank}{code}"
    return Recurring((with_interval("FREQ=WEEKLY", rank) + f";BYDAY={code}", monthly) if rank > 1 else (monthly,))


def _nth_of_each_month(match: re.Match[str], setting: Setting) -> Part:
    rank = -1 if match["rank"] == "last" else number(match["rank"])
    return _monthly(rank, match["kind"])


def _monthly(rank: int, kind: str) -> Part:
    if kind in ("working day", "weekday"):
        return Recurring((f"FREQ=MONTHLY;BYDAY={_WORKING_DAYS};BYSETPOS={rank}",))
    if kind in ("day", ""):
        return Recurring((f"FREQ=MONTHLY;BYMONTHDAY={rank}",)) if rank <= 31 else Never()
    return Recurring((f"FREQ=MONTHLY;BYDAY={rank}{_codes(kind)}",)) if rank <= 5 else Never()


def _monthly_on(match: re.Match[str], setting: Setting) -> Part:
    """Monthly on the 5th, every month on the first Monday."""
    rank = -1 if match["rank"] == "last" else number(match["rank"])
    return _monthly(rank, match["kind"] or "")


def _every_unit(match: re.Match[str], setting: Setting) -> Part:
    count = 2 if match["other"] else number(match["count"] or "a")
    rule = with_interval(_UNITS[match["unit"]], max(count, 1))
    return Recurring((rule + _on(match),))


def _on(match: re.Match[str]) -> str:
    return f";BYDAY={_codes(match['on'])}" if match["on"] else ""


def _adverb(match: re.Match[str], setting: Setting) -> Part:
    sent = bool(_SENT.match(setting.text, match.end()))
    if not sent and not match["on"] and not _ADVERBIAL.match(setting.text, match.end()):
        return Noise()
    rule = _UNITS[_ADVERBS[match["adverb"]]]
    if match["count"]:
        rule = with_interval(rule, number(match["count"]))
    return Recurring((rule + _on(match),), loose=sent)


def _yearly_on(match: re.Match[str], setting: Setting) -> Part:
    day = number(match["day"])
    return Recurring((f"FREQ=YEARLY;BYMONTH={month(match['month'])};BYMONTHDAY={day}",)) if 1 <= day <= 31 else Never()


_DAYS = rf"(?P<days>(?:{WD})s?(?:(?:,| and| &|, and| or)? ?(?:on )?(?:{WD})s?){{0,5}})"
_PLURAL = rf"(?P<days>(?:{WD})s(?:(?:,| and| &|, and| or) (?:on )?(?:{WD})s){{0,5}})"
_ON = rf"(?:,? (?:on )?(?:an? |the )?(?P<on>(?:{WD})s?(?:(?:,| and| &) (?:{WD})s?){{0,5}}))?"
_EACH = r"(?:every|each)"
_RANK = rf"(?:the )?(?P<rank>last|{ORDINAL})"
_KIND = rf"(?P<kind>working day|weekday|day|{WD})"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
RULES: tuple[Rule, ...] = (
    (word(rf"(?:on )?{_EACH} (?P<other>other |alternate )?{_DAYS}"), _weekdays),
    (word(rf"alternate {_DAYS}(?P<other>)"),
     lambda match, setting: Recurring((f"FREQ=WEEKLY;INTERVAL=2;BYDAY={_codes(match['days'])}",))),
    (word(rf"(?:on )(?P<x>{_PLURAL})(?! (?:meeting|panel|papers|agenda|minutes|session))(?P<other>)"), _weekdays),
    (re.compile(rf"^\W*(?P<x>{_PLURAL})(?=\W*$| at\b| from\b| [0-9])(?P<other>)"), _weekdays),
    (word(rf"{_EACH} (?P<rank>{ORDINAL}) (?P<days>{WD})"), _every_nth_weekday),
    (word(rf"{_EACH} {_RANK} {_KIND} (?:of|in) (?:the|each|every) month"), _nth_of_each_month),
    (word(rf"{_RANK} {_KIND} (?:of|in) {_EACH} month"), _nth_of_each_month),
    (word(rf"{_RANK}(?P<kind>) (?:of|in) {_EACH} month"), _nth_of_each_month),
    (word(rf"(?:monthly|(?:once )?{_EACH} month|once a month),? on (?:the )?(?P<rank>last|{ORDINAL})(?: {_KIND})?"), _monthly_on),
    (word(rf"(?:once )?{_EACH} (?P<other>other |alternate |#2 )?(?P<count>[0-9]{{1,2}} )?(?P<unit>{_UNIT}){_ON}"), _every_unit),
    (word(rf"once (?:a|an|per)(?P<other>)(?P<count>) (?P<unit>{_UNIT}){_ON}"), _every_unit),
    (word(r"(?:at |on )?(?P<x>weekends)"), lambda match, setting: Recurring((_UNITS["weekend"],))),
    (word(rf"(?:(?P<count>[0-9]{{1,2}})[- ])?(?P<adverb>{'|'.join(_ADVERBS)}){_ON}"), _adverb),
    (word(rf"(?:{_EACH} year|annually|yearly),? on (?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH})"), _yearly_on),
    (word(rf"{_EACH} (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH})"), _yearly_on),
    (word(rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH}) {_EACH} year"), _yearly_on),
    (word(r"(?:twice|[0-9]{1,2} times|a few times|several times) (?:a|an|per|each|every) (?:day|week|month|year|term)"
          r"|biweekly|bi-weekly|bimonthly|bi-monthly|termly|every (?:time|so often|now and (?:then|again)|few \w+|term)"),
     lambda match, setting: Noise()),
)  # fmt: skip
