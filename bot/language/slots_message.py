"""Reads the text to be logged or sent out of what was typed, and to whom it should go."""

from __future__ import annotations

import re

from bot.language.slots_text import shown, without_lead

_CONCERN_LEAD = re.compile(
    r"^(?:(?:please|pls|can (?:you|we|i|someone)|could (?:you|we|i|someone)|would you|i(?:'d| would) like(?: you)? to|i (?:want|wish|need) to|"
    r"want to|need to|i want|just|hi|hello|ok|so|new|my|a|the|formally|formal|to)\b[\s,]*){0,6}"
    r"(?:(?:raise|log|flag|record|register|report|note|put (?:in|down)|submit|add)\b[\s,]*(?:(?:a|an|this|that|the|it|my|new|formally|formal|"
    r"following|as)\b[\s]*){0,4}(?:concern|issue|problem|worry|complaint|matter|something)?|(?:concern|issue|problem|worry|complaint)(?: for the (?:log|tracker))?"
    r"(?: to log)?)(?:\s*(?:re|about|with|w|that|at|regarding|concerning|is|on|over|of)\b|\s*[:,;–—-])[\s:,;–—-]*",
    re.I,
)
_BARE_LEAD = re.compile(
    r"^(?:(?:please|pls|can you|could you)[\s,]+)?(?:raise|log|flag|record|register|report|issue|concern|new concern|log (?:it|this|that)|log concern)"
    r"(?: (?:pls|please))?\s*[:;–—-]+\s*|^(?:please |pls )?(?:log|raise|flag|record|report) (?=\S)",
    re.I,
)
_CONCERN_TAIL = re.compile(
    r"[\s,.;–—-]+(?:(?:please|pls|plz|so|and|can (?:you|we|someone|that|this)|could (?:you|that|this)|i want|i'd like|i would like|want)[\s,]*){0,3}"
    r"(?:log|raise|flag|note|record|register|take) (?:it|this|that)(?: (?:up|please|pls|plz|down|raised|on|for us|formally))*[\s.!]*$"
    r"|[\s,.;–—-]+(?:raise|log|flag)(?: (?:please|pls|plz))?[\s.!]*$",
    re.I,
)
_CAST_LEAD = re.compile(
    r"^(?:(?:please|pls|can (?:you|we|someone)|could (?:you|somebody|someone)|would you(?: be so good as to)?|kindly|i(?:'d| would) like(?: you to)?|i want to|i want)\b[\s,]*){0,3}"
    r"(?:broadcast|announce(?:ment)?|notify|inform|tell|let|advise|message|msg|email|send|circulate|post|push|put|pass|publish|issue|notice|group message|spread|get|shout|"
    r"write|share|drop|give)\b[^:\n]{0,80}?(?:\s*:\s*|\bthat\b\s*|\bknow\b\s*(?:that\s*|about\s*)?|\bre\b\s*|\babout\b\s*|\bregarding\b\s*|\b(?:is|its|it's) (?=\w))",
    re.I,
)
_COLON_LEAD = re.compile(
    r"^[^:\n]{0,60}\b(?:members|councillors|everyone|all|notice|announcement|broadcast|panel|leads|message|following|round)\b[^:\n]{0,40}:\s*",
    re.I,
)
_AUDIENCES = (
    ("leads", r"\b(?:leads|directorates?|lead officers|directors|corporate leads)\b"),
    ("sub_group", r"\bsub-?group\b"),
    ("not_replied", r"\b(?:non[- ]?responders|(?:who|haven'?t|not) (?:have )?(?:not |n't )?(?:replied|responded|answered))\b"),
    ("councillors", r"\b(?:all|every|each)(?: of the)?(?: elected)? (?:councillors?|cllrs?|elected members?)|\bcouncillors only\b|\bjust councillors\b|"
                    r"\b(?:the )?whole (?:of the )?council\b|\bfull council list\b|\bto (?:all )?(?:councillors|cllrs)\b"),
    ("panel", r"\bpanel\b|\bboard\b"),
    ("members", r"\bmembers\b"),
    ("everyone", r"\b(?:everyone|everybody|every1|all|the (?:whole )?lot|them|others|gang|group)\b"),
)  # fmt: skip
_EXCEPT = re.compile(r"\b((?:except|but not|excluding|minus|bar|not|without|leave out|apart from) (?:the )?(?:part (?:2|ii|two)|exempt bits?|"
                     r"confidential (?:part|item|bit)s?|private bits?|press(?: copy)?|officers|co-?opted members|public))\b", re.I)  # fmt: skip


def concern_text(text: str) -> str:
    """The concern itself, without "please log:", "want to raise something about" and the like."""
    rest = without_lead(without_lead(text, _CONCERN_LEAD), _BARE_LEAD)
    shorter = _CONCERN_TAIL.sub("", rest).strip()
    return shorter if len(shorter.split()) > 1 else rest


def broadcast_slots(text: str) -> dict[str, object]:
    """Slots of a notice to others: the audience in one word, what is left out, and the text, where given."""
    seen = shown(text)
    slots: dict[str, object] = {}
    if who := audience(seen):
        slots["audience"] = who
    left_out = _EXCEPT.search(seen)
    if left_out:
        slots["except"] = left_out[1]
    words = without_lead(text, _COLON_LEAD)
    if words == text.strip():
        words = without_lead(text, _CAST_LEAD)
    if words != text.strip() and len(words.split()) > 1:
        slots["text"] = words
    return slots


def audience(text: str) -> str | None:
    """The audience a text names, in one word; None where it names none."""
    return next((name for name, pattern in _AUDIENCES if re.search(pattern, text, re.I)), None)
