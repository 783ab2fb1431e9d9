"""Which action is meant: a reference in whatever form it is typed, a few words, or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from bot.errors import NotFound
from bot.language.stopwords import ASKING
from bot.language.text import stem, stems
from bot.rules.references import parse_action_reference
from bot.services.action_access import Sight, sight
from bot.store.actions import Action, action_by_ref, all_actions, newest_numbered
from bot.store.bodies import bodies, main_body
from bot.store.work import Work

_YEAR = r"(?:20)?\d\d/(?:20)?\d\d[-\s/]*"
_LONG = rf"[a-z][a-z0-9-]{{1,15}}[-\s]?{_YEAR}#?\d{{1,4}}|{_YEAR}#?\d{{1,4}}|[a-z]{{3,10}}-\d{{1,4}}"
_SHORT = r"(?:the |my )?(?:action|concern|ref(?:erence)?|no\.?|number)s?\s*#?\d{1,4}|#\d{1,4}|[ac]-\d{1,4}"
_JOINED = r"[ac]\d{1,4}"
_BARE = r"\d{1,4}(?=\s*(?:$|:|to\b|because\b))"
_WORD = r"(?:action|concern|ref(?:erence)?)\s+"
REF = rf"(?P<ref>(?:{_WORD})?(?:{_LONG})|{_SHORT}|{_JOINED}|{_BARE})"
"""What may stand for a reference in a typed command. A bare number only where nothing else can be meant."""

_IN_TEXT = re.compile(rf"(?<![\w/-])(?:{_LONG}|{_SHORT})(?![\w/])", re.IGNORECASE)
_AT_HEAD = re.compile(
    rf"\s*(?:(?:ack|tick|done|close|update|finished|sorted)\s+)?({_JOINED})(?=\s|:|$)", re.IGNORECASE
)
_LEAD_IN = re.compile(
    r"^(?:(?:the|my)\s+)?(?:actions?|concerns?|[ac]-?(?=\d)|ref(?:erence)?|no\.?|number)\s*#?", re.IGNORECASE
)
_OWN_TALK = """
    about action again another answer back both chase close closed concern could deadline ever
    everything flag flagged forum good happen happened happening heard issue item june january
    february last latest list log logged march april may july august september october november
    december matter member month my news off officer officers open our outstanding own owner owns
    panel point progress raise raised received record reopen replied reply report reported resolved
    response sent service show since so status still submitted told update updates we week who year
"""
_TALK = frozenset(stem(word) for word in (*ASKING, *_OWN_TALK.split()))
"""Words that people put around the subject of a question about an action."""
MOST = 5
_ALIKE, _LONG_WORD = 4, 6


def find_action(work: Work, typed: str) -> Action:
    """The action that a typed reference names, or NotFound.

    A number without a year is of this municipal year, or else of the last year that had one.
    """
    main = main_body(work.session)
    exact = action_by_ref(work.session, typed.strip().upper())
    if exact is not None:
        return exact
    bare = _LEAD_IN.sub("", typed.strip())
    known = [b.ref for b in bodies(work.session)]
    ref = parse_action_reference(bare, main.ref if main else None, work.today, known)
    found = action_by_ref(work.session, ref) if ref else None
    if found is None and ref and "/" not in typed:
        found = newest_numbered(work.session, ref.partition("-")[0], int(ref.rpartition("-")[2]))
    if found is None:
        raise NotFound("actions.no_such_action", typed=typed)
    return found


def reference_in(sentence: str) -> str:
    """The first reference that a sentence holds, as typed; empty where it holds none.

    "A14" alone is a road: it counts only at the head of a sentence, or after a word such as "ack".
    """
    found = _IN_TEXT.search(sentence) or _AT_HEAD.match(sentence)
    return found.group(found.lastindex or 0) if found else ""


def without_reference(sentence: str) -> str:
    """The sentence with its first reference taken out."""
    ref = reference_in(sentence)
    return " ".join(sentence.replace(ref, " ", 1).split()) if ref else sentence


def about(work: Work, sentence: str, among: Collection[Action] | None = None) -> list[Action]:
    """The actions that the words of a sentence are about, best first, of those the person may see."""
    wanted = set(stems(sentence)) - _TALK
    if not wanted:
        return []
    pool = all_actions(work.session) if among is None else among
    seen = {a: _stems_of(a) for a in pool if sight(work, a)}
    found = _best({a: len(wanted & said) for a, said in seen.items()})
    found = found or _best({a: _akin(wanted, said) for a, said in seen.items()})
    return sorted(found, key=lambda a: (sight(work, a) is not Sight.OWN, -a.id))[:MOST]


def has_subject(sentence: str) -> bool:
    """Whether anything is left of a sentence once the words of asking are taken away."""
    return bool(set(stems(sentence)) - _TALK)


def only_one(actions: Sequence[Action]) -> Action | None:
    """The single action of a list, or None."""
    return actions[0] if len(actions) == 1 else None


def _stems_of(action: Action) -> set[str]:
    return set(stems(f"{action.theme} {action.text}"))


def _best(scores: Mapping[Action, int]) -> list[Action]:
    most = max(scores.values(), default=0)
    return [a for a, score in scores.items() if most and score == most]


def _akin(wanted: set[str], said: set[str]) -> int:
    """How many longer words begin alike, as "dentist" and "dental" do: for when none is the same."""
    longer = {s[:_ALIKE] for s in said if len(s) >= _LONG_WORD}
    return sum(w[:_ALIKE] in longer for w in wanted if len(w) >= _LONG_WORD)
