"""Reads what a reply to an invitation says: coming or not, late, online, who instead, why, and what is needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.language.intents_text import fold
from bot.language.slots_clock import clock, minutes
from bot.language.slots_people import answers_for, substitute
from bot.language.slots_text import clauses, shown, tidy

_TURNED = (
    ("no", r"\b(?:change|make) (?:my yes|that|it) (?:to )?a no\b|\bwas (?:yes|coming) (?:but |and )?now no\b"
           r"|\bcan'?t (?:come|make it) now\b|\bpull out\b|\bhave to withdraw\b|\bcan'?t after all\b"),
    ("yes", r"\b(?:cancel|scrap|ignore) (?:my apolog\w+|that)\b.{0,20}\bcoming\b|\bmake (?:that|it) a yes\b"
            r"|\bcan (?:come|make it|attend|be there)(?: to \S{1,20} \S{1,20})? (?:now|after all)\b|\bchange (?:my no|that) to (?:a )?yes\b"
            r"|\b(?:said no|gave apologies) .{0,40}\bcan (?:come|attend|make)\b"),
)  # fmt: skip
_MAYBE = (
    r"^maybe\b|\bas a maybe\b|\bmaybe (?:for|at)\b|\btbc\b|\b50 ?/? ?50\b|\btentative|\bprovisional|\bnot (?:yet )?"
    r"(?:sure|certain)\b|\bundecided\b|\bmight not\b|\bcan'?t (?:say|promise|confirm)\b|\blet you know\b|\bdepends\b|"
    r"\bwill confirm\b|\bdunno\b|\bdon'?t know (?:yet|if)\b|\bquestion mark\b|\bshrugsign\b"
)
_REMOTE = (
    r"\b(?:dial(?:ling)? in|ring in|phone in|call in|video ?(?:link|call)|remote(?:ly)?|online|on ?line|(?:on|by|via|from|"
    r"through) (?:my )?(?:teams|zoom|phone|computer|laptop|home|the (?:computer|screen|link))|teams (?:please|pls)|"
    r"on (?:the|my) screen)\b"
)
_LATE = r"\b(?:late|running behind|after the start|miss the (?:first|start|beginning)|get(?:ting)? there (?:by|about|for|around)|there (?:by|from|about|around) \d)"
_NOT_LATE = r"\b(?:too late|late(?:r)? (?:reply|response|papers)|let you know later|apologies for lateness in replying)\b"
_EARLY = (
    r"\b(?:(?:need|have|got|'ve got|must|gotta|want) (?:to )?(?:be )?(?:go|leave|off|away|get off|slip away|dash)\b|leav(?:e|ing) "
    r"(?:at|early|by|before|about|around)|(?:stay|there|come|attend) (?:only )?(?:for )?(?:till?|until)|first (?:hour|half)|slip (?:off|away|out)|"
    r"only (?:for|till?|until|stay)|away by)"
)
_NOT_HERE = r"\bin person or (?:remote|online)"
_REQUIREMENTS = (
    r"hearing loop|induction loop|vegetarian|vegan|gluten[- ]free|dairy[- ]free|halal|kosher|nut allergy|"
    r"(?:a )?parking(?: space| place| permit| bay)?|step[- ]free(?: access)?|wheelchair(?: access| space)?|"
    r"lift[- ]accessible room|accessible room|ramp|(?:a )?(?:bsl |sign language )?interpreter|large print(?: papers)?|"
    r"paper copies|hard copies|side door|cr[eè]che|childcare"
)
_REQUIREMENT = re.compile(rf"\b({_REQUIREMENTS})\b", re.I)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|"
    r"aug|sept?|oct|nov|dec)"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thurs?|fri)"
_NAMED_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|the \d{{1,2}}(?:st|nd|rd|th)(?: of {_MONTH})?|(?:next )?{_DAY}|{_MONTH})"
_MEETING = re.compile(
    rf"\b(?:for|to|on|at|make|do|attend|yes to|no to|about)(?: be at)? (?:the )?(?:meeting (?:of|on) )?({_NAMED_DATE})(?:'s|s)?\b"
    rf"|\b({_NAMED_DATE})(?:'s)? (?:meeting|panel|one|board|cpp)\b|\b(tomorrow|tonight|tmrw|tmw)(?:'s)?\b",
    re.I,
)
_REASON_CUE = re.compile(
    r"\b(?:because(?: of)?|cos|coz|due to|owing to|on account of|as (?=i\b|i'm|im\b|we\b|my\b|it)|since (?=i\b|i'm|we\b|my\b)"
    r"|stuck (?:in|at|on)|clash(?:es)? with|coming from)\s*",
    re.I,
)
_NO_REASON = re.compile(
    r"\b(?:apolog\w*|apols?|regrets?|can'?t|cannot|can not|won'?t|unable|not able|not (?:be )?(?:coming|attending|there|going)|"
    r"decline|miss (?:this|it|the)|sub(?:s|bing)?|substitut\w+|in my (?:place|stead)|instead|stand(?:ing)? in|deputy|"
    r"put (?:me|us)|mark (?:me|us)|count (?:me|us)|be there|attend\w*|coming|will come|let you know|confirm|maybe|late|"
    r"thank\w*|please|yes|no|nope|record|note|accept my|online|remotely|see you|not this time|not me|"
    r"will do my best|depends(?! on)|tbc|not sure|can i|may i|could i)\b",
    re.I,
)
_BARE_REASON = re.compile(
    r"\b(?:clash|leave|holiday|away|ill|sick|unwell|hospital|funeral|work|meeting|planning|licensing|family|kids?|child\w*|"
    r"baby|school|train|bus|car|traffic|weather|snow|flu|covid|migraine|jury|court|appointment|op|operation|chemo|birthday|"
    r"wedding|half term|conference|course|double booked|abroad|bereavement|poorly|shift|babysitter|engagement|commitment|"
    r"strike|exam\w*|stuck|in [A-Z]\w+|rota|boss|vet|dentist|doctor)\b",
    re.I,
)


def response_slots(
    text: str, likely: Mapping[str, float], known_names: Sequence[str] = (), hint: str | None = None
) -> dict[str, object]:
    """The slots of a response; `likely` gives the chances of the three ``rsvp_…`` intents, `hint` fixes the base."""
    seen, folded = shown(text), fold(shown(text))
    answer = _answer(folded, hint or _base(likely))
    slots: dict[str, object] = {"answer": answer}
    if answer in ("late", "leave_early", "yes", "remote"):
        slots |= _stated(minutes=minutes(seen) if answer != "yes" else None, time=_moment(seen, answer))
    people, stand_in = answers_for(seen, known_names), substitute(seen, known_names)
    slots |= _stated(
        **{"for": [name for name in people if name != stand_in]},
        substitute=stand_in,
        reason=reason(seen, answer),
        requirement=_requirement(seen),
        meeting=meeting_named(seen),
    )
    if slots.get("for") == ["me"]:
        del slots["for"]
    return slots


def _stated(**found: object) -> dict[str, object]:
    return {name: value for name, value in found.items() if value not in (None, [], "")}


def _base(likely: Mapping[str, float]) -> str:
    chances = {answer: likely.get(f"rsvp_{answer}", 0.0) for answer in ("yes", "no", "maybe")}
    return max(chances, key=lambda answer: chances[answer])


def _answer(folded: str, base: str) -> str:
    turned = next((answer for answer, pattern in _TURNED if re.search(pattern, folded)), None)
    base = turned or ("maybe" if re.search(_MAYBE, folded) else base)
    if base == "maybe":
        return base
    if (
        re.search(_REMOTE, folded)
        and not re.search(_NOT_HERE, folded)
        and (base == "yes" or _but_remote(folded))
    ):
        return "remote"
    if base == "no":
        return "late" if re.search(r"\bapolog\w+ for (?:the )?(?:lateness|being late)", folded) else base
    if re.search(_LATE, folded) and not re.search(_NOT_LATE, folded):
        return "late"
    return "leave_early" if re.search(_EARLY, folded) else base


def _but_remote(folded: str) -> bool:
    return bool(re.search(r"\b(?:but|only|instead|just)\b|\bcan i\b|\bcould i\b|\bmay i\b", folded))


def _moment(seen: str, answer: str) -> str | None:
    return (
        clock(seen)
        if answer != "yes" or re.search(r"\bhalf (?:two|past)|\bcan be there (?:at|for|by)", seen, re.I)
        else None
    )


def _requirement(seen: str) -> str | None:
    found = _REQUIREMENT.search(seen)
    asks = re.search(r"\b(?:need|note|please|pls|require|could|use|for me|coming|yes|there)\b|,", seen, re.I)
    return re.sub(r"^a ", "", found[1], flags=re.I) if found and asks else None


def meeting_named(seen: str) -> str | None:
    """The meeting a message names by its date, as typed ("the 14th", "Dec", "Thursday"); None if it names none."""
    found = _MEETING.search(seen)
    return next((part for part in found.groups() if part), None) if found else None


def reason(seen: str, answer: str) -> str | None:
    """Why, as typed: what follows a word such as "because", or a clause that is nothing but a reason."""
    cue = _REASON_CUE.search(seen)
    if cue:
        kept = cue[0].strip() if re.match(r"stuck|clash", cue[0], re.I) else ""
        rest = clauses(seen[cue.end() :])
        return tidy(f"{kept} {rest[0]}".strip()) if rest else None
    if answer in ("yes", "leave_early"):
        return None
    told = [tidy(clause) for clause in clauses(seen)]
    return ", ".join(c for c in told if c and not _NO_REASON.search(c) and _BARE_REASON.search(c)) or None
