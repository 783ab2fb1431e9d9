"""The word list's vote on whether a child at risk is described: from cues alone, no model.

It looks for a kind of harm (`risk.…` cues) told of one person, and steps back where the words speak of papers,
training or services. See `data/cues.tsv` for the words themselves.
"""

from __future__ import annotations

from bot.language.intents_features import Reading

NOTHING, PERHAPS, LIKELY, PLAIN = range(4)
"""The four votes. `PLAIN` alone is enough for the safeguarding card."""

_HARMS = frozenset(
    f"risk.{name}"
    for name in (
        "hit injury weapon sexual neglect alone locked missing exploit suicide selfharm homeless marriage radical"
    ).split()
)
_ALARMS = frozenset({"risk.fear", "risk.danger"})
_BUSINESS = frozenset(
    "topic.paper topic.training topic.general topic.service come.no act.ref raise.verb meet.panel".split()
)
_PERSON = frozenset({"who.onechild", "who.he"})


def vote(reading: Reading) -> int:
    """The word list's vote on a reading, from `NOTHING` to `PLAIN`."""
    names = reading.names()
    harms, person = names & _HARMS, bool(names & _PERSON)
    if not harms and not names & _ALARMS:
        return NOTHING
    if names & _BUSINESS:
        return PERHAPS if harms and person else NOTHING
    if "risk.suicide" in names and (person or "who.self" in names):
        return PLAIN
    return _told_of(names, len(harms), person)


def _told_of(names: frozenset[str], harms: int, person: bool) -> int:
    alarmed = bool(names & _ALARMS) or "say.told" in names
    if person and (harms > 1 or (harms and alarmed)):
        return PLAIN
    if (person and harms) or ("who.child" in names and harms > 1):
        return LIKELY
    return PERHAPS if harms else NOTHING


def speaks_of_risk(reading: Reading) -> bool:
    """Whether the words touch on risk at all, as reports and figures of speech also do."""
    names = reading.names()
    return bool(names & _HARMS) or "topic.risk" in names
