"""Directorates as people name them, and which one a text is likely for."""

from __future__ import annotations

import re

from bot.errors import BadInput
from bot.language.text import stems, words
from bot.store.people import Directorate, directorates
from bot.store.work import Work

_PLAIN = frozenset({"and", "the", "of", "for", "services", "service", "directorate", "department", "team"})


def directorate_named(work: Work, typed: str) -> Directorate:
    """The one directorate that was typed: its key, its name, part of its name, or a topic of its own.

    BadInput, with the names there are, where none or several fit.
    """
    every = directorates(work.session)
    wanted = " ".join(words(typed))
    exact = [d for d in every if wanted in (d.key.lower(), " ".join(words(d.name)))]
    by_name = exact or [d for d in every if _own(wanted) and _own(wanted) <= _own(d.name)]
    found = by_name or [d for d in every if set(stems(typed)) in [set(stems(t)) for t in d.topics]]
    if len(found) != 1:
        raise BadInput(
            "triage.no_such_directorate",
            {"directorate": "triage.error_directorate"},
            typed=typed,
            names=[d.name for d in every],
        )
    return found[0]


def suggested(work: Work, text: str) -> Directorate | None:
    """The directorate whose topics or name the text speaks of most; None where none or several stand out."""
    said = stems(text)
    scored = [(_score(d, text, said), d) for d in directorates(work.session)]
    best = max((score for score, _ in scored), default=0)
    top = [d for score, d in scored if best and score == best]
    return top[0] if len(top) == 1 else None


def _score(directorate: Directorate, text: str, said: list[str]) -> int:
    """A topic counts twice for each of its words, each time it is said; a word of the name once."""
    topics = sum(_times(t, text, said) * len(stems(t)) for t in directorate.topics)
    return 2 * topics + len(_own(directorate.name) & set(said))


def _times(topic: str, text: str, said: list[str]) -> int:
    if topic.isupper():  # "IT" is a topic, "it" is not
        return len(re.findall(rf"\b{re.escape(topic)}\b", text))
    phrase = stems(topic)
    return sum(said[i : i + len(phrase)] == phrase for i in range(len(said) - len(phrase) + 1))


def _own(name: str) -> set[str]:
    """The stems of a name that set it apart from the others."""
    return {s for s in stems(name) if s not in stems(" ".join(_PLAIN))}
