"""Bodies as people name them, who chairs them, and who sits on them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.store.bodies import Body, Seat, bodies, holders, seats_of
from bot.store.people import Person
from bot.store.work import Work

_WORD = re.compile(r"[a-z0-9]+")
_SUB_GROUP = re.compile(r"\bsub[- ]?groups?\b", re.IGNORECASE)
_KINDS = frozenset({"panel", "board", "forum", "committee", "subgroup", "group", "session", "council"})
_PLAIN = frozenset({"and", "the", "of", "for", "in", "to", "on", "s"})


def body_named(work: Work, text: str) -> Body | None:
    """The one body that the words name, by reference or by name; None where none or several fit."""
    found = bodies(work.session)
    typed = set(re.findall(r"[A-Za-z][A-Za-z0-9-]*", text))
    by_ref = [b for b in found if b.ref in {t.upper() for t in typed}]
    by_tail = [b for b in found if "-" in b.ref and b.ref.rpartition("-")[2] in typed]
    for group in (by_ref, by_tail, _by_name(found, text)):
        if group:
            return group[0] if len(group) == 1 else None
    return None


def sits_on(person: Person, body: Body) -> Seat | None:
    """The person's seat on the body, if they hold one."""
    return next((s for s in body.seats if s.holder_id == person.id), None)


def bodies_of(work: Work, person: Person) -> set[int]:
    """The ids of the bodies a person sits on."""
    return {s.body_id for s in seats_of(work.session, person)}


def members_of(work: Work, body: Body) -> list[Person]:
    """Everybody with a seat on the body who has access today, in seat order."""
    return [p for p in holders(body) if p.active_on(work.today)]


def officers_of(body: Body, role: str) -> Seat | None:
    """The seat of the chair or vice-chair, if somebody holds it."""
    return next((s for s in body.seats if s.role == role and s.holder is not None), None)


def _by_name(found: Sequence[Body], text: str) -> list[Body]:
    said = _words(text)
    scores = {b.id: _score(_words(b.name), said) for b in found}
    best = max(scores.values(), default=0)
    return [b for b in found if best and scores[b.id] == best]


def _score(name: set[str], said: set[str]) -> int:
    """How many words of a name were said, its kind of body among them: "housing" alone is a topic."""
    kinds = name & _KINDS
    shared = name & said
    if kinds and not _same_kind(kinds, said):
        return 0
    own = name - _KINDS
    return len(shared) if (shared - _KINDS or not own or _is_plain_panel(name, said)) else 0


def _same_kind(kinds: set[str], said: set[str]) -> bool:
    return bool(kinds & said) or ("subgroup" in kinds and "group" in said)


def _is_plain_panel(name: set[str], said: set[str]) -> bool:
    # "The panel" is the body whose kind is no sub-group, whatever else it is called.
    return bool(name & said & (_KINDS - {"subgroup", "group", "session", "council"}))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_SUB_GROUP.sub("subgroup", text.casefold()))) - _PLAIN
