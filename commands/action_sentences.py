"""What members and leads mean when they write about concerns and actions in their own words.

A sentence never changes anything by itself: each one is read as a command that looks, or that reads back.
"""

from __future__ import annotations

import re

from bot.conversation.registry import Context, Reading, Says, reads
from bot.rules.access import Role
from bot.services.action_finding import reference_in, without_reference

_FEWEST = 3
_ONLY_ASKING = re.compile(
    r"\W*(?:(?:i|we|i'd|id|i'm|can|could|may|want|wanna|would|like|need|to|a|an|the|new|raise|log|report|make|"
    r"record|register|flag|another|concern|concerns|issue|issues|problem|worry|something|please|pls|with|you|"
    r"have|got|up|put|in)\b\W*)+",
    re.IGNORECASE,
)
_VERBS = (
    ("reopen", re.compile(r"\bre-?open\b|\blook(?:ed)? at (?:it|this|that) again\b", re.IGNORECASE)),
    ("for agenda", re.compile(r"\b(?:on|onto|for) (?:the |our )?(?:next )?agenda\b", re.IGNORECASE)),
    ("anonymous", re.compile(r"\bmy name (?:off|out|from)\b|\banonymous(?:ly)?\b", re.IGNORECASE)),
    ("withdraw", re.compile(r"\bwithdraw\b|\btake (?:it|this|that) back\b", re.IGNORECASE)),
    ("chase", re.compile(r"\bchase\b|\bnudge\b", re.IGNORECASE)),
)
_POINTS_AT_ONE = re.compile(r"\b(?:this|that|it|my concern|my name|my issue)\b", re.IGNORECASE)
_LEAD_CARDS = frozenset({"action_assigned", "action_update_due"})
_AWAY = re.compile(r"\b(?:on|annual) leave\b|\bcover(?:s|ing)?\b.*\b(?:me|for)\b|\bcovering\b", re.IGNORECASE)
_ASKS = r"^\W*(?:please\s+)?(?:what|whats|what's|which|show|list|see|any|give)\b.*"
_RED = re.compile(rf"{_ASKS}\breds?\b", re.IGNORECASE)
_LATE = re.compile(rf"{_ASKS}\b(?:overdue|late)\b", re.IGNORECASE)
_LIST = re.compile(
    rf"{_ASKS}\bactions?\b|\boutstanding actions?\b|\bwhat (?:have i got|am i down|do i have)\b",
    re.IGNORECASE,
)
_MOVE = re.compile(r"\bre-?assign\b|\bgive\b.*\binstead\b", re.IGNORECASE)
_TIME = re.compile(
    r"\bextension\b|\bdue date\b|\bdeadline\b"
    r"|\bmore (?:time|days?|weeks?|wks?|months?)\b|\bpush the (?:date|deadline)\b"
    r"|\b(?:push|move|put)(?:ed|d)?\b.*\bback\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^\W*(?:please\s+)?(?:add|note|update|progress|further|done|completed?|finished|closed)\b", re.IGNORECASE
)
_COLON = re.compile(r"\s*:\s+|\s+[–-]\s+")
_LONGEST_HEAD = 7
_ONLY_UPDATE = re.compile(
    r"\W*(?:(?:please|pls|update|an|my|the|this|action|actions|on|to|for)\b\W*)*", re.IGNORECASE
)
_ONLY_DONE = re.compile(
    r"\W*(?:(?:i|i've|ive|it|its|it's|is|are|all|my|the|that|this|now|have|has|been|can|be|you|please|pls|actions?|"
    r"mark|as|done|complete|completed|finished|finish|sorted|closed?|off|tick|sign|signed|job|on|with)\b\W*)*",
    re.IGNORECASE,
)
_PROPOSES = re.compile(r"\bpropos\w* (?:to )?(?:clos|complet)", re.IGNORECASE)
_NOT_MINE = re.compile(r"^\W*(?:this is\s+|it'?s\s+)?not\s+(?:mine|ours|for (?:me|us))\b\W*", re.IGNORECASE)
_MEANINGS = (
    ("cover", _AWAY),
    ("assign", _MOVE),
    ("not mine", _NOT_MINE),
    ("extend", _TIME),
    ("done", _PROPOSES),
    ("note", re.compile(r"\b(?:not|haven't|havent) (?:yet )?(?:started|begun|got round)\b", re.IGNORECASE)),
)
"""What words in an update show that more than an update is meant."""


# --- members


@reads("raise_concern")
def read_concern(ctx: Context, meant: Reading) -> Says:
    if (verb := _verb(ctx, meant)) and _points_at_one(ctx):
        return _checked(ctx, verb)
    if _ONLY_ASKING.fullmatch(ctx.sentence):
        return Says("concern")
    return Says(f"concern words {_plainly(ctx.sentence, meant)}")


@reads("my_concerns")
def read_mine(ctx: Context, meant: Reading) -> Says:
    verb = _verb(ctx, meant)
    return _checked(ctx, verb) if verb else _list(ctx) or Says(f"status {ctx.sentence}")


@reads("ask_concern")
def read_question(ctx: Context, meant: Reading) -> Says:
    if verb := _verb(ctx, meant):
        return _checked(ctx, verb)
    subject = reference_in(ctx.sentence) or (ctx.card.subject if ctx.card else "")
    return Says(f"status {subject or ctx.sentence}")


@reads("amend_concern")
def read_amendment(ctx: Context, meant: Reading) -> Says:
    if verb := _verb(ctx, meant):
        return _checked(ctx, verb)
    words = str(meant.slots.get("note") or ctx.sentence)
    return Says(f"check amend{_ref(ctx)}: {words}")


@reads("withdraw_concern")
def read_withdrawal(ctx: Context, meant: Reading) -> Says:
    """To take it back, unless the words plainly ask for something else ("not happy with that, reopen it")."""
    return _checked(ctx, _verb(ctx, meant) or "withdraw")


def _plainly(sentence: str, meant: Reading) -> str:
    """The concern itself, without "I want to raise something about" before it or "log it please" after it."""
    words = str(meant.slots.get("text") or "").strip()
    if len(words.split()) < _FEWEST:
        return sentence
    return words[:1].upper() + words[1:]


def _verb(ctx: Context, meant: Reading) -> str:
    """What a sentence about a concern asks to be done with it; empty where it only asks how it stands."""
    if meant.slots.get("anonymous"):
        return "anonymous"
    return next((verb for verb, words in _VERBS if words.search(ctx.sentence)), "")


def _points_at_one(ctx: Context) -> bool:
    """Whether the sentence is about a concern there is already, rather than a new one."""
    if reference_in(ctx.sentence):
        return True
    on_card = ctx.card is not None and ctx.card.kind == "concern_saved"
    return bool(_POINTS_AT_ONE.search(ctx.sentence)) and (on_card or len(ctx.sentence.split()) <= 9)


def _checked(ctx: Context, verb: str) -> Says:
    return Says(f"check {verb}{_ref(ctx)}" + (f": {ctx.sentence}" if verb == "reopen" else ""))


# --- leads and officers


@reads("acknowledge_action", "acknowledge")
def read_acknowledgement(ctx: Context, meant: Reading) -> Says | None:
    """A plain "ack" to the card in front of the lead is done at once; anything else is read back."""
    on_card = ctx.card is not None and ctx.card.kind in _LEAD_CARDS
    if meant.intent == "acknowledge" and not on_card:
        return None
    if ctx.card and on_card and meant.sure and not reference_in(ctx.sentence):
        return Says(f"ack {ctx.card.subject}")
    return Says(f"check ack{_ref(ctx)}")


@reads("update_action")
def read_update(ctx: Context, meant: Reading) -> Says:
    """An update, unless the words say that something else is meant."""
    meanings = (verb for verb, words in _MEANINGS if words.search(ctx.sentence))
    return _list(ctx) or _lead_says(ctx, next(meanings, "update"))


@reads("complete_action")
def read_completion(ctx: Context, meant: Reading) -> Says:
    return _lead_says(ctx, "done")


@reads("decline_action")
def read_not_mine(ctx: Context, meant: Reading) -> Says:
    return _lead_says(ctx, "not mine")


@reads("request_extension")
def read_extension(ctx: Context, meant: Reading) -> Says:
    return _lead_says(ctx, "extend")


def _lead_says(ctx: Context, verb: str) -> Says:
    """The command that reads back what a lead means; an officer's words lead to the officer's command."""
    said, officer = ctx.sentence, ctx.has(Role.OFFICER)
    match verb:
        case "cover":
            return Says(f"check cover: {said}")
        case "assign" if officer and _ref(ctx):
            return Says(f"assign{_ref(ctx)}")
        case "done" if officer and not ctx.has(Role.LEAD):
            return Says(f"check close{_ref(ctx)}")
        case "done":
            note = _note(said)
            return _words(ctx, verb, "" if _ONLY_DONE.fullmatch(without_reference(note)) else note)
        case "assign" | "not mine":
            return _words(ctx, "not mine", _NOT_MINE.sub("", said) or said)
        case "extend":
            return _words(ctx, verb, said)
    return _words(ctx, verb, _note(said))


def _list(ctx: Context) -> Says | None:
    """The list that a sentence asks for, if it asks for one that the person may see."""
    if _RED.search(ctx.sentence):
        return Says("reds")
    if _LATE.search(ctx.sentence) and ctx.has(Role.LEAD, Role.OFFICER):
        return Says("overdue")
    asks = _LIST.search(ctx.sentence) and not reference_in(ctx.sentence)
    return Says("my actions") if asks and ctx.has(Role.LEAD) else None


def _note(sentence: str) -> str:
    """What a sentence reports, without "update on action 12:" before it; empty where it reports nothing."""
    head, *rest = _COLON.split(sentence, maxsplit=1)
    if rest and len(head.split()) <= _LONGEST_HEAD and (reference_in(head) or _HEAD.match(head)):
        return rest[0]
    return "" if _ONLY_UPDATE.fullmatch(without_reference(sentence)) else sentence


def _words(ctx: Context, verb: str, words: str) -> Says:
    return Says(f"check {verb}{_ref(ctx)}" + (f": {words.strip()}" if words.strip() else ""))


def _ref(ctx: Context) -> str:
    found = reference_in(ctx.sentence)
    return f" {found}" if found else ""
