"""Reads what a message says of an action: which one, how it stands, what is asked for, and whose it should be."""

from __future__ import annotations

import re

from bot.language.slots_text import clauses, shown, tidy, without_lead

REFERENCE = re.compile(
    r"\b(?:[A-Z]{2,5}[- ]?\d{2}/\d{2}-\d{1,4}|[AMC]-?\d{1,4}|(?:action|concern|issue|task|number|no\.?) (?:point |number |no\.? ?)?"
    r"#?[A-Z]?-?\d{1,4})\b",
    re.I,
)
_NUMBERS = {
    "a": 1, "an": 1, "another": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10,
}  # fmt: skip
_AMOUNT = re.compile(
    rf"\b(?:(couple of|few|\d{{1,3}}|{'|'.join(_NUMBERS)}) )?(?:more |further |extra |additional |whole )?(working )?"
    r"(days?|wks?|weeks?|months?|fortnight)\b",
    re.I,
)
_UNIT = {"day": "day", "wk": "week", "week": "week", "month": "month", "fortnight": "week"}
_DATE = (
    r"(?:(?:the )?end of (?:the )?(?:[a-z]+ )?(?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|month|term|year|week)|after [a-z]+(?: [a-z]+)?|"
    r"the new year|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)?(?: (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[a-z]*)?(?: \d{4})?|"
    r"(?:next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thurs?|fri|january|february|march|april|"
    r"june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|the spring|"
    r"the summer|easter|christmas|next (?:week|month|year|term)|tomorrow|month end|year end)"
)
_UNTIL = re.compile(
    rf"\b(?:until|till?|to|by|for|say|date of|is|end) ({_DATE})\b|^\W*({_DATE})\W*\??$|\bwould ({_DATE}) be\b|\b(after (?:christmas|easter|half term|the \w+))\b",
    re.I,
)
_TO_WHOM = (
    r"(?:(?:this |it |that )?(?:sits|sit|lies|belongs?|rests) (?:with|to|under)|redirect(?:ed)? (?:it |this )?to|"
    r"reassign(?:ed)? (?:it |this )?to|pass(?:ed)? (?:it |this |that )?(?:on )?to|(?:should|needs? to|ought to) (?:go|be sent|"
    r"be passed) to|(?:should|ought to) (?:be|sit)(?: with)?|send (?:this |it )?(?:on )?to|give (?:it |this |that )?to|"
    r"(?:please |pls )?try|move (?:this |it )?to|(?:one|this|that)(?:'s| is| one's| one is)? for|i'?d suggest|suggest|"
    r"ask|transferred to|moved to|isn'?t (?:this|it))"
)
_SUGGEST = re.compile(rf"\b{_TO_WHOM} ((?:the )?[A-Za-z][\w&'’ -]{{1,60}})", re.I)
_OWNER_IS = re.compile(
    r"\b(?:it|that|this)(?:'s|s| is| one's)? (?:the )?([A-Z][\w& -]{2,40}?)(?:'s|’s)(?: job| area| remit)?\s*$"
)
_OTHER_HAS = re.compile(
    r"\b([A-Z]\w+(?: [A-Z]\w+)?) (?:has taken over|is (?:now )?the lead|manages|look after)", re.I
)
_SUGGEST_ENDS = re.compile(
    r"\s+(?:because|as|since|who|where|which|they|please|pls|instead|now|in [A-Z]?\w+|this|that|not|and|i|we|months?|"
    r"weeks?|long)\b.*$",
    re.I,
)
_NO_OWNER = frozenset("me us you it this that them again one someone somebody anyone another the".split())
_STATUS = (
    ("not_started", r"\bnot (?:yet )?(?:been )?(?:started|begun|looked)|\bhaven'?t (?:started|begun|had a chance)|\bnot (?:got|had a chance)|\bnot so much as"),
    ("blocked", r"\b(?:blocked|stuck|on hold|held up|parked|can'?t (?:start|move|do this|begin|finish)|cannot (?:start|move|begin))"),
    ("in_progress", r"\b(?:in progress|started|start on|under ?way|half ?(?:way|done)|on track|on schedule|nearly (?:there|done)|"
                    r"working on (?:it|this)|going well|progressing|\d{1,3} ?%|\d of \d|part done|begun|making progress|ongoing)"),
)  # fmt: skip
_LEAD = re.compile(
    r"^(?:(?:please )?(?:(?:final |interim |progress )?update(?: on)?|progress(?: report)?(?: on)?|add (?:a )?note(?: to| on)?|"
    r"put (?:a )?note (?:on|against)|note (?:on|for|that)?|please note(?: that| on| for)?|put down that|status of|re|about|my action|action|"
    r"(?:on )?[A-Z]{2,5}[- ]?\d{2}/\d{2}-\d{1,4}|[AM]-?\d{1,4}|action \d{1,4})\b)(?:'s| is| that)?[\s:,;.-]*",
    re.I,
)
_DONE = re.compile(
    r"^(?:(?:it'?s|that'?s|this is|this was|all|now|yes|is|i can report that|i'?m pleased to say|so|it|you can|please|pls|this|that|been|"
    r"can be|to|we|i|the action|mark|have|has|consider|propose|recommend)[\s,]*){0,6}"
    r"(?:done(?: and dusted)?|completed?|finished|closed?|clos(?:e|ing|ure)|sorted|signed off|sign (?:it |this )?off|tick(?:ed)? (?:it )?off|"
    r"discharged|over|off the list|take (?:it|this) off(?: the list| my list)?|shut (?:it|this)|job done|ticksign)"
    r"(?:[\s,]*(?:it|this|now|off|already|please|pls|as|with|of|action|down|too|in full|yesterday|thanks|the list|list))*$",
    re.I,
)
_EXTENSION = re.compile(
    r"\b(?:extension|extend|ext|more time|longer|push|deadline|date|(?:need|have|allow|give|want|can i|could i|may i|shall|request)\b.{0,40}"
    r"(?:wks?|weeks?|days?|months?|fortnight|till?|until))\b",
    re.I,
)


def reference(text: str) -> str | None:
    """The reference of an action or concern, as typed; None where there is none."""
    found = REFERENCE.search(shown(text))
    return found[0] if found else None


def extend_by(text: str) -> str | None:
    """How much longer is asked for, in words such as "2 weeks" or "10 working days"."""
    for found in _AMOUNT.finditer(shown(text)):
        amount, working, unit = found.groups()
        if amount or unit.lower() == "fortnight":
            return _amount((amount or "a").lower(), bool(working), unit.lower())
    return None


def _amount(amount: str, working: bool, unit: str) -> str:
    if amount in ("few", "couple of"):
        return f"a {amount} {unit}"
    number = _NUMBERS.get(amount) or int(amount)
    number *= 2 if unit == "fortnight" else 1
    named = _UNIT[unit.rstrip("s")] if unit != "fortnight" else "week"
    return f"{number} {'working ' if working else ''}{named}{'' if number == 1 else 's'}"


def until(text: str) -> str | None:
    """The date asked for, as typed ("end of month", "31 January"); None where none is named."""
    found = _UNTIL.search(shown(text))
    return next((part for part in found.groups() if part), None) if found else None


def suggested(text: str) -> str | None:
    """Whose action it is said to be, as typed; None where no one is suggested."""
    for clause in clauses(text):
        for pattern in (_SUGGEST, _OWNER_IS, _OTHER_HAS):
            found = pattern.search(clause)
            name = _SUGGEST_ENDS.sub("", found[1]).strip(" -'’") if found else ""
            name = re.sub(r"(?:'s|’s)$", "", re.sub(r"^the (?=[A-Z])", "", name))
            if name and name.split()[0].lower() not in _NO_OWNER:
                return name
    return None


def status(text: str) -> str | None:
    """``not_started``, ``blocked`` or ``in_progress``, where the text says so."""
    seen = shown(text).lower()
    return next((name for name, pattern in _STATUS if re.search(pattern, seen)), None)


def note(text: str, *, finished: bool = False) -> str | None:
    """What is reported, without lead-in, reference and (when `finished`) the words that say it is done."""
    if not finished:
        return without_lead(text, _LEAD).strip(" .") or None
    told = [without_lead(clause, _LEAD) for clause in clauses(text)]
    kept = [tidy(clause) for clause in told if not _DONE.match(clause) and not REFERENCE.fullmatch(clause)]
    return (
        ", ".join(
            clause
            for clause in kept
            if clause and not re.fullmatch(r"(?:final |interim )?update", clause, re.I)
        )
        or None
    )


def why_longer(text: str) -> str | None:
    """Why more time is asked for: the clauses that do not ask for it, as typed."""
    kept = [tidy(clause) for clause in clauses(text)]
    told = [
        c
        for c in kept
        if c and not _EXTENSION.search(c) and not REFERENCE.fullmatch(c) and not _AMOUNT.fullmatch(c)
    ]
    return ", ".join(c for c in told if len(c.split()) > 1 and not _UNTIL.fullmatch(c)) or None
