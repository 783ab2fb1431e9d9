"""Finds people named in a reply: for whom it answers, and who comes instead.

Names are given back as typed. Lower-case names are believed only after a title, where the pattern leaves no other
reading, or when they are among the names the caller knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.language.slots_text import shown

_TITLE = r"(?:cllr|councillor|coun|mrs|mr|ms|miss|dr|sir|dame|lord|lady|prof)\.?"
_WORD = r"[A-Z][\w'’-]{1,30}"
_NAME = rf"(?:(?i:{_TITLE}) [A-Za-z][\w'’-]{{1,30}}(?: {_WORD})?|{_WORD}(?: {_WORD})?)"
_LOOSE = rf"(?:{_NAME}|[a-z][a-z'’-]{{1,20}}(?: (?!will|is|can|to|instead)[a-z][a-z'’-]{{1,20}})?)"
_STANDS_IN = (
    r"(?i:(?:has (?:very )?(?:kindly )?agreed to |is going to |is able to |will |is |can |to |would |'ll |’ll )?(?:be )?"
    r"(?:sub(?:s|bing)?\b|substitut\w+|stand(?:ing|s)? in|deputis\w+|(?:go|going|come|coming|attend|attending|be|comes?|step"
    r"(?:ping)? in)?\s?(?:instead|in my (?:place|stead)|for me)\b))"
)
_SUBSTITUTES = (
    re.compile(rf"\b({_NAME}),? {_STANDS_IN}"),
    re.compile(
        rf"(?i:\b(?:my |our |the |a )?(?:substitute|sub|deputy|stand-in)(?: is| will be| for me is|:|,)?) ({_LOOSE})"
    ),
    re.compile(rf"(?i:\b(?:sending|send|nominate|nominating|asked)) (?i:my deputy |our deputy )?({_NAME})"),
    re.compile(rf"(?i:\b(?:not me|no),? )({_NAME}) (?i:instead|coming|will)"),
    re.compile(rf"(?i:\bit'?s |\bgo with )({_NAME})(?i: not me)"),
)
_TITLES = frozenset("cllr councillor coun mrs mr ms miss dr sir dame lord lady prof".split())
_ME = frozenset({"me", "i", "myself", "us"})
_NOT_NAMES = frozenset(
    "absence absent lateness late the this that january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday "
    "saturday sunday mon tue tues wed weds thu thurs fri sat sun panel meeting planning tonight tomorrow today next "
    "all both us now teams zoom online yes no apologies apols sorry not being missing my our a an it everyone you "
    "please thanks thursdays tuesdays cant can't cannot im i'm ive i've and or but so for".split()
)
_LISTS = (
    re.compile(r"\b(?:apolog\w*|apols?|yes|no|regrets|acceptances?) (?:is |are |received )?(?:from|for|on behalf of) ([^.;!?\n]{2,80})", re.I),
    re.compile(r"\b(?:mark|put|count|record|note) ([^.;!?\n]{2,60}?) (?:down |as |in\b|out\b|present)", re.I),
    re.compile(r"^\W*((?:both )?(?:me|i|myself) (?:and|&|\+|n|plus) [^.,;!?\n]{2,40})", re.I),
    re.compile(r"\b((?:both |neither )?[\w'’.-]+(?: [\w'’.-]+)? (?:and|nor|&) (?:me|I|myself))\b"),
    re.compile(r"\b((?:both |neither )?(?:I|me) (?:and|nor|&) [^.,;!?\n]{2,40})", re.I),
    re.compile(rf"\b({_NAME})(?:'s| is| will be| can'?t| cannot| can| won'?t)(?: also| be)? (?:come|coming|attend|there|not coming)"),
)  # fmt: skip
_LIST_ENDS = re.compile(
    r"\s+(?:will|can'?t|cannot|can|are|is|for|at|to|on|as|please|pls|both|won'?t|have|has|coming|yes|because|who|from|"
    r"this|next|in|not|sorry|also|attending)\b.*$",
    re.I,
)
_LIST_JOINS = re.compile(r"\s*(?:,|&|\+|\band\b|\bnor\b|\bplus\b|\bn\b)\s*", re.I)
_CLEAN_NAME = re.compile(rf"^(?:{_NAME}|[a-z][a-z'’-]{{2,20}}(?: [a-z][a-z'’-]{{2,20}})?)$")


def substitute(text: str, known_names: Sequence[str] = ()) -> str | None:
    """Who comes instead of the speaker, as typed; None where no one is named."""
    seen = shown(text)
    for pattern in _SUBSTITUTES:
        for found in pattern.finditer(seen):
            name = _trimmed(found[1])
            if name and not _is_no_name(name):
                return name
    return _known_substitute(seen, known_names)


def _known_substitute(seen: str, known_names: Sequence[str]) -> str | None:
    for name in known_names:
        if re.search(rf"\b{re.escape(name)} {_STANDS_IN}", seen, re.I):
            return name
    return None


def answers_for(text: str, known_names: Sequence[str] = ()) -> list[str]:
    """For whom a reply answers, when it names anyone besides the speaker: names as typed, and ``"me"``."""
    seen = shown(text)
    named: list[str] = []
    for pattern in _LISTS:
        for found in pattern.finditer(seen):
            named += [name for name in _listed(found[1], known_names) if name not in named]
    return named if any(name != "me" for name in named) else []


def _listed(text: str, known_names: Sequence[str]) -> Iterator[str]:
    without = re.sub(r"^(?:both|neither)\s+", "", _LIST_ENDS.sub("", text.strip()), flags=re.I)
    for piece in _LIST_JOINS.split(without):
        name = _trimmed(piece)
        if name.lower() in _ME:
            yield "me"
        elif _CLEAN_NAME.match(name) and not _is_no_name(name) and _believable(name, text, known_names):
            yield name


def _believable(name: str, text: str, known_names: Sequence[str]) -> bool:
    if name[0].isupper() or name.lower().startswith(("cllr ", "councillor ", "mrs ", "mr ", "ms ", "dr ")):
        return True
    lowered = name.lower()
    known = any(
        lowered in known_name.lower().split() or lowered == known_name.lower() for known_name in known_names
    )
    return known or (" " not in name and bool(re.search(r"\b(?:me|i|and|&)\b", text, re.I)))


def _trimmed(name: str) -> str:
    return re.sub(r"(?:'s|’s)$", "", name.strip(" .,;:!?-"))


def _is_no_name(name: str) -> bool:
    """A title says nothing by itself: it is the word behind it that must be a name."""
    words = [word.lower() for word in name.split()]
    named = [word for word in words if word.rstrip(".") not in _TITLES]
    return not named or named[0] in _NOT_NAMES
