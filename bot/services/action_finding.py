"""Which action is meant: a reference in whatever form it is typed, a few words, or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.errors import NotFound
from bot.language.text import stems
from bot.rules.references import parse_action_reference
from bot.services.action_access import Sight, sight
from bot.store.actions import Action, action_by_ref, all_actions
from bot.store.bodies import bodies, main_body
from bot.store.work import Work

_YEAR = r"(?:20)?\d\d/(?:20)?\d\d[-\s/]*"
_LONG = rf"[a-z][a-z0-9-]{{1,15}}[-\s]?{_YEAR}#?\d{{1,4}}|{_YEAR}#?\d{{1,4}}|[a-z]{{3,10}}-\d{{1,4}}"
_SHORT = r"(?:the |my )?(?:action|concern|ref(?:erence)?|no\.?|number)s?\s*#?\d{1,4}|#\d{1,4}|[ac]-\d{1,4}"
_BARE = r"\d{1,4}(?=\s*(?:$|:|to\b|because\b))"
_WORD = r"(?:action|concern|ref(?:erence)?)\s+"
REF = rf"(?P<ref>(?:{_WORD})?(?:{_LONG})|{_SHORT}|{_BARE})"
"""What may stand for a reference in a typed command. A bare number only where nothing else can be meant."""

_IN_TEXT = re.compile(rf"(?<![\w/-])(?:{_LONG}|{_SHORT})(?![\w/])", re.IGNORECASE)
_LEAD_IN = re.compile(r"^(?:(?:the|my)\s+)?(?:actions?|concerns?|[ac]-|ref(?:erence)?|no\.?|number)\s*#?", re.IGNORECASE)
_TALK = frozenset(
    stems(
        "a about action actions again an and any anybody anyone are as ask asked at be been can concern concerns could "
        "chase did do does for from get going had happen happened happening has have heard how i in is issue it me my "
        "of on one open our owns panel please progress question raise raised reply reported say show so status still "
        "that the their them there these they thing this to update updates us was we were what when where which who "
        "whats wheres why will with would you your answer answered anything ever logged closed list latest news june "
        "january february march april may july august september october november december since last year week month"
    )
)
"""Words that people put around the subject of a question about an action."""
MOST = 5


def find_action(work: Work, typed: str) -> Action:
    """The action that a typed reference names, or NotFound. A short number is of this municipal year."""
    main = main_body(work.session)
    exact = action_by_ref(work.session, typed.strip().upper())
    if exact is not None:
        return exact
    bare = _LEAD_IN.sub("", typed.strip())
    known = [b.ref for b in bodies(work.session)]
    ref = parse_action_reference(bare, main.ref if main else None, work.today, known)
    found = action_by_ref(work.session, ref) if ref else None
    if found is None:
        raise NotFound("actions.no_such_action", typed=typed)
    return found


def reference_in(sentence: str) -> str:
    """The first reference that a sentence holds, as typed; empty where it holds none."""
    found = _IN_TEXT.search(sentence)
    return found.group() if found else ""


def without_reference(sentence: str) -> str:
    """The sentence with its first reference taken out."""
    return " ".join(_IN_TEXT.sub(" ", sentence, count=1).split())


def about(work: Work, sentence: str, among: Collection[Action] | None = None) -> list[Action]:
    """The actions that the words of a sentence are about, best first, of those the person may see."""
    wanted = set(stems(sentence)) - _TALK
    if not wanted:
        return []
    pool = all_actions(work.session) if among is None else among
    scored = [(_score(a, wanted), a) for a in pool]
    best = max((score for score, _ in scored), default=0)
    fit = [a for score, a in scored if score and score == best and sight(work, a)]
    return sorted(fit, key=lambda a: (sight(work, a) is not Sight.OWN, -a.id))[:MOST]


def has_subject(sentence: str) -> bool:
    """Whether anything is left of a sentence once the words of asking are taken away."""
    return bool(set(stems(sentence)) - _TALK)


def only_one(actions: Sequence[Action]) -> Action | None:
    """The single action of a list, or None."""
    return actions[0] if len(actions) == 1 else None


def _score(action: Action, wanted: set[str]) -> int:
    return len(wanted & set(stems(f"{action.theme} {action.text}")))
