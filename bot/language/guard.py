"""Says whether a message describes a child at risk, so that the safeguarding card comes before anything else.

Two vote: a word list (`guard_words`) and a small model, which also knows how ordinary requests sound. A long
message is judged whole and by its sentences, and the most worrying part decides. Recall comes first, and anything
that fails in here counts as urgent.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.language import guard_words
from bot.language.intents_features import Reading, features, read
from bot.language.intents_model import load_model
from bot.language.intents_text import clip
from bot.language.intents_weighed import weighed

_SHORTEST_PART = 4
_MOST_PARTS = 60
ORDINARY_COUNTS = 2.0
VOTES = {
    guard_words.NOTHING: 0.0,
    guard_words.PERHAPS: 0.0,
    guard_words.LIKELY: 0.5,
    guard_words.PLAIN: 1.5,
}
FEWEST_WEIGHED = 2
FRAGMENT, DOUBT_OF_FRAGMENTS = 3, 2.5
"""A scrap such as "also at night" goes on from something said before; the model has read few so short."""
ALONE = {True: 1.0, False: -4.0}
"""A word by itself tells the model nothing: it counts as worrying where the word list knows it as a harm."""
WHEN = frozenset(
    """and also as at before after during in on by or but then too the a an of for from to until every each all most
    some night nights evening evenings day days morning mornings afternoon afternoons weekend weekends week weeks
    weekday weekdays month months year years time times today tonight tomorrow later soon now term holidays
    xday xmonth xnum ? !""".split()
)
"""Words that only say when: a message of nothing else tells of nobody, whatever the model makes of it."""
OPEN_INTENTS = frozenset({"contact_lookup", "raise_concern", "out_of_scope"})
_OVER_AND_OVER = re.compile(r"\b(\w{1,40})(?:\W{1,3}\1\b){2,}", re.IGNORECASE)
"""A word said three times or more in a row says no more than twice; the model would make a story of its length."""
_PART_ENDS = re.compile(r"[.!?;\n]+\s|,? (?:and )?(?:also|plus|btw|by the way|another thing|ps)\b,? ")


@dataclass(frozen=True)
class Guarded:
    """The guard's answer. `topic` marks talk *about* risk, answered as usual with a line of signposting.

    `kind` is one of ``intents_corpus.KINDS``, or None where nothing is urgent or the check failed; `p` is the
    likelihood, urgent from a half up; `why` names what spoke for it and never repeats the message.
    """

    urgent: bool
    kind: str | None
    p: float
    topic: bool
    why: str


def guard(text: str) -> Guarded:
    """Judges a message; never raises: a failure in here is answered as urgent."""
    try:
        return _judge(text)
    except Exception:  # whatever failed, the person who wrote about a child must still see the card
        return Guarded(urgent=True, kind=None, p=1.0, topic=False, why="the check itself failed")


@lru_cache(maxsize=4)
def _judge(text: str) -> Guarded:
    readings = [read(part) for part in parts_of(_OVER_AND_OVER.sub(r"\1 \1", text))]
    worst, reading = max(((worry(r), r) for r in readings), key=lambda pair: pair[0])
    urgent = worst >= 0
    p = 1 / (1 + math.exp(-max(-60.0, min(60.0, worst))))
    topic = not urgent and any(guard_words.speaks_of_risk(r) for r in readings)
    return Guarded(urgent, _kind(reading) if urgent else None, round(p, 4), topic, _why(reading, p))


def parts_of(text: str) -> Iterator[str]:
    """The message itself, and its sentences where it has several; a very long one by both its ends."""
    yield text
    found = [part for part in _PART_ENDS.split(clip(text)) if len(part.split()) >= _SHORTEST_PART]
    if len(found) > 1:
        yield from found[: _MOST_PARTS // 2]
        yield from found[_MOST_PARTS // 2 :][-_MOST_PARTS // 2 :]


def worry(reading: Reading) -> float:
    """How worrying a reading is: from 0 up it is urgent. The threshold was fitted on authors left out."""
    vote = guard_words.vote(reading)
    words = sum(word not in "?!" for word in reading.words)
    if words < FEWEST_WEIGHED or WHEN.issuperset(reading.words):
        return ALONE[vote > guard_words.NOTHING]
    model = load_model("guard_model")
    score = model.scores(features(reading))[0] - model.settings["threshold"] + VOTES[vote]
    if words <= FRAGMENT and vote == guard_words.NOTHING:
        score -= DOUBT_OF_FRAGMENTS
    return score if vote >= guard_words.LIKELY else score - ORDINARY_COUNTS * _ordinary(reading)


def _ordinary(reading: Reading) -> float:
    """How surely this is one of the requests that leave no room for a child's story, from 0 to 1."""
    return sum(p for intent, p in weighed(reading).items() if intent not in OPEN_INTENTS)


def _kind(reading: Reading) -> str:
    likely = load_model("guard_kinds").probabilities(features(reading))
    return max(likely, key=lambda kind: likely[kind])


def _why(reading: Reading, p: float) -> str:
    cues = sorted(name.removeprefix("risk.") for name in reading.names() if name.startswith("risk."))
    return f"words of {', '.join(cues)}; likelihood {p:.2f}" if cues else f"likelihood {p:.2f}"
