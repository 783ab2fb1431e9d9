"""Reads how a person wishes to be reminded: when not, how often, by what, how long before, and until when."""

from __future__ import annotations

import re

from bot.language.slots_text import shown

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_WHEN = (
    rf"(?:the )?(?:end of [a-z]+(?: [a-z]+)?|new year|\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of )?[a-z]{{3,9}})?|(?:next )?{_DAY}|"
    r"mon|tues?|weds?|thurs?|fri|tomorrow|tonight|next (?:week|month)|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|i'?m back[^,.;]{0,30}|half term|in (?:an?|\d+|two|three|a few) (?:hours?|days?|weeks?|months?|fortnight))"
)
_QUIET = (
    ("weekends", r"\bweekends?\b|\bweekdays only\b|\bon weekdays\b|\bsaturdays? (?:or|and|&) sundays?\b|\bdays? off\b"),
    ("evenings", r"\bevenings?\b|\bat night\b|\bafter (?:\d|tea|work|i've gone)|\bbedtime\b|\boffice hours\b|\bin (?:the )?night\b"),
    ("mornings", r"\bbefore \d{1,2} ?(?:am)?\b|\bnot (?:in the )?mornings?\b"),
)  # fmt: skip
_QUIET_DAY = re.compile(rf"\b(?:no|not|don'?t|do not|stop|never)\b.{{0,30}}?\b(?:on |of a )?({_DAY})\b", re.I)
_FREQUENCY = (
    ("weekly", r"\bweekly\b|\bonce a week\b|\bevery week\b|\bone a week\b|\bsingle weekly\b"),
    ("fortnightly", r"\bfortnightly\b|\bonce a fortnight\b|\bevery (?:two|2) weeks\b"),
    ("monthly", r"\bmonthly\b|\bonce a month\b|\bevery month\b|\beach month\b"),
    ("daily", r"\b(?<!not )(?:once a day|daily (?:please|reminders?|summary))\b"),
    ("fewer", r"\b(?:fewer|less (?:of|often|reminders)|too (?:many|often)|not every (?:day|week)|every day is too|daily is too)\b"),
    ("once", r"\b(?:just|only) (?:one|once)\b|\bone reminder\b"),
)  # fmt: skip
_STOP = (
    r"^\W*(?:stop|unsubscribe)\W*$|\bstop (?:(?:all|any|the|these|those|your|sending|messaging|chasing|nagging|mithering|bothering|this|"
    r"it|reminders?|me|send)\b ?)+|\bturn (?:off|(?:these|them|reminders|it|the reminders) off)|\bno more\b|\bunsubscribe|\bcease\b|"
    r"\bleave (?:me|off)\b|\bdo not wish to\b|\bdon'?t (?:send|nag|message|remind|want any)\b"
)
_CHANNEL = re.compile(
    r"\b(e-?mail|text|sms|teams|slack)\b(?! (?:is|was|link|me not))|\b(?:by|via) (e-?mail|text|teams|slack)\b",
    re.I,
)
_LEAD = re.compile(
    r"\b((?:the |an? |one |two |three |\d{1,2} |half an )?(?:working )?(?:night|day|evening|morning|week|fortnight|month|hour|minute|min|hr|wk)s?) "
    r"(?:before|prior|ahead|in advance|b4|beforehand)|\b((?:two|three|a week|a day|one|\d{1,2}|a few)(?:'s|s'| days?'?| weeks?'?)? notice)\b",
    re.I,
)
_UNTIL = re.compile(rf"\b(?:until|till?|after|for) ({_WHEN})\b", re.I)
_DEFERRED = re.compile(
    rf"\b(?:until|till?|after|ask (?:me )?(?:again |about this )?(?:on )?|remind me (?:again )?(?:on )?|try me (?:again )?(?:on )?|chase me (?:on )?|"
    rf"come back to me (?:on )?|back (?:on )?|in) ?({_WHEN})\b|^\W*({_WHEN})\W*$|\b((?:in )?(?:a|an|one|two|three|\d+) (?:hours?|days?|weeks?|fortnight|months?)"
    rf"(?:'s? time)?)\b|\b(next week|next month|tomorrow|tonight|later|mon|tues?|weds?|thurs?|fri|{_DAY})\b",
    re.I,
)
_ABOUT = re.compile(r"\bremind(?:er)? (?:us |me )?(?:[a-z0-9: ]{0,30}? )?(?:to|about|of) (.{2,200})", re.I)


def preference_slots(text: str) -> dict[str, object]:
    """How the person wishes to be reminded; only what is said. ``stop`` is left out where quiet times are named."""
    seen = shown(text)
    found: dict[str, object] = {}
    quiet = _first(_QUIET, seen) or _named_day(seen)
    frequency = _first(_FREQUENCY, seen)
    channel = _CHANNEL.search(seen)
    lead = _LEAD.search(seen)
    found |= {"quiet": quiet, "frequency": frequency}
    found["channel"] = (channel[1] or channel[2]).lower().replace("e-mail", "email") if channel else None
    found["lead"] = (lead[1] or lead[2]) if lead else None
    kept = {name: value for name, value in found.items() if value}
    if not kept and re.search(_STOP, seen, re.I):
        kept["stop"] = True
    return kept


def reminder_slots(text: str) -> dict[str, object]:
    """Slots of ``remind_me``: the wishes above, ``until`` when to be quiet, and ``text``, what to be reminded of."""
    seen = shown(text)
    slots = preference_slots(seen)
    until = _UNTIL.search(seen)
    if until and (slots or re.search(r"\b(?:mute|snooze|pause|suspend|quiet|hush|leave|off)\b", seen, re.I)):
        slots["until"] = until[1]
    about = _ABOUT.search(seen)
    if about and "stop" not in slots:
        slots["text"] = about[1].strip(" .!?")
    return slots


def snooze_slots(text: str) -> dict[str, object]:
    """Slots of ``snooze``: ``until``, as typed."""
    found = _DEFERRED.search(shown(text))
    return {"until": next(part for part in found.groups() if part).strip()} if found else {}


def _first(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for name, pattern in table if re.search(pattern, text, re.I)), None)


def _named_day(seen: str) -> str | None:
    found = _QUIET_DAY.search(seen)
    return found[1].lower() if found else None
