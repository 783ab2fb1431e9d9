"""What a sentence states beside its intent: who, instead of whom, when, why. Only what the text says."""

from __future__ import annotations

import re
from typing import Any

Slots = dict[str, Any]
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_REF = re.compile(
    r"\b(?:[A-Z]{2,6}-(?:20)?\d\d/\d\d-\d{1,4}|\d\d/\d\d-\d{1,4}|[MBAC]-?\d{1,4})\b|\b(?:action|actions|concern)\s*#?\s*(\d{1,4})\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"\b(\d{1,3}|ten|five|twenty|half an hour|an hour)\s*(?:min(?:ute)?s?|mins)?\s*late\b", re.IGNORECASE
)
_LATE = re.compile(r"\b(?:late|delayed|running behind)\b", re.IGNORECASE)
_LEAVE = re.compile(
    r"\b(?:leave|leaving|go|off|away)\b[^.]{0,25}\b(?:by|at|early|before)\b|\bleave early\b", re.IGNORECASE
)
_REMOTE = re.compile(
    r"\b(?:dial|phone|ring|zoom|teams|remote(?:ly)?|online|virtual(?:ly)?|video|join from home)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:maybe|might|possibly|perhaps|not sure|unsure|tentative(?:ly)?|tbc|depends|hope to|hoping|try to|undecided|"
    r"let you know|pencil|uncertain|provisional(?:ly)?|50[/-]50)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:no|nope|can'?t|cannot|can not|cant|won'?t|wont|unable|apolog\w*|apols?|regrets?|not (?:coming|able|attending|going)|"
    r"miss (?:it|this)|double[- ]booked|clash\w*|away|on leave|decline)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:yes|yep|yeah|aye|y|attend(?:ing)?|come|coming|be there|count me in|accept|confirm(?:ed)?|present|see you|"
    r"put me down|will do|make it|in for|along)\b",
    re.IGNORECASE,
)
_TITLE = r"(?:(?:cllr|councillor|coun|mr|mrs|ms|miss|dr)\.?\s+)"
_NAME = rf"{_TITLE}?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?|{_TITLE}[\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
_SUB = re.compile(
    rf"(?P<a>{_NAME})\s+(?:will|can|is going to|to|is|has agreed to|could|would|shall)?\s*(?:be\s+)?(?:sub(?:stitut\w+|bing)?|stand(?:ing)? in|"
    rf"step(?:ping)? in|cover(?:ing)?|deputis\w+|come instead|attend instead|go instead|in my place|instead)\b"
    rf"|(?:sub(?:stitute)?(?:d)?(?: is| will be| by| with)?|substitut\w+(?: is| will be| by| with)?|replaced by|sending|send)[: ]+(?P<b>{_NAME})",
)
_SUB_LOWER = re.compile(
    r"\b(?:cllr|councillor)\.?\s+(?P<c>[a-z'’-]+)\s+(?:will|can|to|is)?\s*(?:sub\w*|cover\w*|stand\w* in|come instead)",
    re.IGNORECASE,
)
_FOR = re.compile(
    rf"\b(?:from|on behalf of)\s+(?P<who>(?:me|myself|{_NAME})(?:\s*(?:,|and|&)\s*(?:me|myself|{_NAME}))*)"
)
_REASON = re.compile(
    r"(?:because(?: of)?|as i(?:'m| am| have)?|due to|owing to|clash(?:es)? with|double[- ]booked with|,\s*(?=clash)|since i)\s*(?P<r>[^.;!]{3,120})",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:by|at|until|til|till|before|from)\s+(\d{1,2})(?:[.:](\d\d))?\s*(am|pm)?\b", re.IGNORECASE
)
_NEED = re.compile(
    r"\b(?:wheelchair|hearing loop|step[- ]free|parking space|large print|signer|interpreter|vegan|vegetarian|halal|allerg\w+)\b",
    re.IGNORECASE,
)
_EXTEND = re.compile(
    r"\b(\d{1,2}|a|an|one|two|three|four|five|six|a few|a couple of|couple of)\s+(?:more\s+|extra\s+)?(wks?|weeks?|days?|months?|fortnights?)\b",
    re.IGNORECASE,
)
_FORTNIGHT = re.compile(r"\b(?:another|a|an extra) fortnight\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:until|till|til|to|by|before)\s+((?:the\s+)?(?:end of [\w ]{3,12}|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|\d{1,2}(?:st|nd|rd|th)?(?:\s+\w+)?|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|next \w+|tomorrow|christmas|easter))",
    re.IGNORECASE,
)
_WAITING = re.compile(
    r"\b(?:waiting (?:on|for)|awaiting|because|as|since|due to)\s+([^.;!]{2,100})", re.IGNORECASE
)
_SITS_WITH = re.compile(
    r"\b(?:sits? with|belongs? (?:to|with)|one for|should (?:go|be) (?:to|with)|try|is (?:for|under)|it'?s)\s+((?:the\s+)?[A-Z][\w&' -]{2,50})"
)
_OFTEN = {
    "weekly": r"\b(?:weekly|once a week|every week)\b",
    "fortnightly": r"\b(?:fortnightly|every (?:two|2|other) weeks?)\b",
    "monthly": r"\b(?:monthly|once a month|every month)\b",
    "quarterly": r"\b(?:quarterly|every (?:three|3) months|once a quarter|every term)\b",
}
_STOP = re.compile(
    r"\b(?:stop|no more|unsubscribe|opt out|turn off|mute|switch off|leave me alone|don'?t (?:send|message|remind))\b",
    re.IGNORECASE,
)
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "one": 1,
    "two": 2,
    "three": 3,
    "top": 1,
    "last": 3,
}
_LEAD_IN = re.compile(
    r"^(?:(?:please |can (?:you|we|i|someone) |could (?:you|we|someone) |i(?:'d| would)? (?:want|like|need) to |want to |i )*"
    r"(?:raise|log|report|flag|register|record|note)\b(?: (?:this|that|it|something|a concern|an issue|a worry|my concern))*"
    r"(?: (?:about|re|regarding|that|please))?[:,\s]*)",
    re.IGNORECASE,
)


def rsvp_slots(text: str) -> Slots:
    """Answer, minutes, time, for whom, substitute, reason, requirement."""
    slots: Slots = {}
    if answer := _answer(text):
        slots["answer"] = answer
    if found := _MINUTES.search(text):
        slots["minutes"] = _minutes(found.group(1))
    if found := _TIME.search(text):
        slots["time"] = _clock(*found.groups())
    if name := _substitute(text):
        slots["substitute"] = name
    if found := _FOR.search(text):
        slots["for"] = [
            w.strip() for w in re.split(r"\s*(?:,|\band\b|&)\s*", found.group("who")) if w.strip()
        ]
    if found := _REASON.search(text):
        slots["reason"] = found.group("r").strip(" ,")
    if found := _NEED.search(text):
        slots["requirement"] = found.group()
    return slots


def _answer(text: str) -> str:
    if re.search(r"\bactually (?:i )?can\b|\bcan come (?:now|after all)\b", text, re.IGNORECASE):
        return "yes"
    if _MAYBE.search(text):
        return "maybe"
    if _REMOTE.search(text) and not _NO.search(re.sub(r"can'?t (?:be|get) there in person", "", text)):
        return "remote"
    if _NO.search(text) and not re.search(r"\bno problem\b|\bnot? miss\b", text, re.IGNORECASE):
        return "no"
    if _LATE.search(text):
        return "late"
    if _LEAVE.search(text):
        return "leave_early"
    return "yes" if _YES.search(text) else ""


def _minutes(word: str) -> int:
    lowered = word.lower()
    if lowered.isdigit():
        return int(lowered)
    return {"half an hour": 30, "an hour": 60, "five": 5, "ten": 10, "twenty": 20}[lowered]


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    number = int(hour) % 24
    if (half or "").lower() == "pm" or (not half and 1 <= number <= 6):
        number = number % 12 + 12
    return f"{number:02d}:{int(minute or 0):02d}"


def _substitute(text: str) -> str:
    found = _SUB.search(text)
    if found:
        name = found.group("a") or found.group("b")
        first = name.split()[0].lower()
        return (
            ""
            if first in ("i", "sorry", "apologies", "yes", "no", "can", "my", "someone", "actually")
            else name
        )
    lower = _SUB_LOWER.search(text)
    return f"Cllr {lower.group('c').title()}" if lower else ""


def reference(text: str) -> str:
    """A reference as typed, such as CPP-26/27-014, A14 or M-12."""
    found = _REF.search(text)
    return found.group() if found else ""


def action_slots(text: str) -> Slots:
    """What is said of an action: more time, until when, why, whose it is."""
    slots: Slots = {}
    if ref := reference(text):
        slots["ref"] = slots["action"] = ref
    if _FORTNIGHT.search(text):
        slots["extend_by"] = "a fortnight"
    elif found := _EXTEND.search(text):
        slots["extend_by"] = f"{_count(found.group(1))} {_unit(found.group(2))}"
    if found := _UNTIL.search(text):
        slots["until"] = found.group(1).strip()
    if found := _WAITING.search(text):
        slots["reason"] = found.group(1).strip(" ,")
    if found := _SITS_WITH.search(text):
        slots["suggest"] = re.sub(r"^the ", "", found.group(1).strip())
    return slots


def _count(word: str) -> str:
    lowered = word.lower()
    return str(_NUMBERS.get(lowered, lowered))


def _unit(word: str) -> str:
    return {"wk": "weeks", "wks": "weeks", "week": "weeks", "day": "days", "month": "months"}.get(
        word.lower(), word.lower()
    )


def reminder_slots(text: str) -> Slots:
    """How somebody wants to be reminded."""
    slots: Slots = {}
    lowered = text.lower()
    quiet = [
        w
        for w, cue in (("weekends", "weekend"), ("evenings", "evening"), ("evenings", "after 6"))
        if cue in lowered
    ]
    if quiet:
        slots["quiet"] = quiet[0]
    for often, pattern in _OFTEN.items():
        if re.search(pattern, lowered):
            slots["frequency"] = often
    if found := _UNTIL.search(text):
        slots["until"] = found.group(1).strip()
    if _STOP.search(text) and not quiet and "until" not in slots:
        slots["stop"] = True
    return slots


def option_slots(text: str) -> Slots:
    """Which of the offered readings is chosen, from 1."""
    found = re.search(r"\b([1-9])\b", text)
    if found:
        return {"option": int(found.group(1))}
    words = re.findall(r"[a-z0-9]+", text.lower())
    return next(({"option": _ORDINALS[w]} for w in words if w in _ORDINALS), {})


def note_of(text: str) -> str:
    """An update's own words, without "update:" in front."""
    return (
        re.sub(
            r"^\s*(?:update|progress|done|complete[d]?|finished)\b\s*(?:on [^:,-]{1,40})?\s*[:,-]?\s*",
            "",
            text,
            flags=re.IGNORECASE,
        ).strip()
        or text.strip()
    )


def concern_text(text: str) -> str:
    """A concern's own words, without the lead-in."""
    found = _LEAD_IN.sub("", text, count=1).strip()
    return found[:1].upper() + found[1:] if len(found.split()) > 1 else text.strip()
