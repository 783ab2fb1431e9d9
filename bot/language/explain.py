"""Says in a few plain words why an entry was found."""

from __future__ import annotations

from bot.language.ages import OLDEST, Stated, fit, stated
from bot.language.entry import Entry
from bot.language.entry_ages import age_span
from bot.language.evidence import FEATURES, Candidate, Evidence
from bot.language.hours import JUST_THEN
from bot.language.needs import NeedsModel

MOST_WORDS_SHOWN = 3
_CLEAR = 0.2
"""The share from which a question's likeliest need is worth naming."""
_EXACT = {"alias": "asked before in these words", "id": "its reference", "team": "its name"}
_PLACES = {name: place for place, name in enumerate(FEATURES)}


def because(entry: Entry, candidate: Candidate, evidence: Evidence, model: NeedsModel) -> str:
    """For example "matched: care leaver, evicted; age 19; read as: a home for a care leaver"."""
    reasons = (
        _matched(candidate, evidence),
        _age(entry, candidate, evidence),
        _hour(candidate),
        _read(candidate, model),
    )
    return "; ".join(filter(None, reasons)) or "the nearest by its wording"


def _matched(candidate: Candidate, evidence: Evidence) -> str:
    said = dict.fromkeys(evidence.parts[index].said for index in candidate.parts)
    return "matched: " + ", ".join(list(said)[:MOST_WORDS_SHOWN]) if said else ""


def _age(entry: Entry, candidate: Candidate, evidence: Evidence) -> str:
    if candidate.features[_PLACES["age"]] <= 0:
        return ""
    span = age_span(entry)
    fitting = [age for age in stated(evidence.tokens) if age.exact and fit((age,), span) > 0]
    return _in_years(fitting[0]) if fitting else ""


def _hour(candidate: Candidate) -> str:
    return "answers out of hours" if candidate.features[_PLACES["hour"]] >= JUST_THEN else ""


def _in_years(age: Stated) -> str:
    if age.low == age.high:
        return f"age {age.low}"
    if age.high == OLDEST:
        return f"over {age.low}"
    return f"age {age.low} or {age.high}" if age.low else f"under {age.high + 1}"


def _read(candidate: Candidate, model: NeedsModel) -> str:
    return _in_words(model, candidate.need) if candidate.need is not None else ""


def reading_in_words(model: NeedsModel, evidence: Evidence) -> str:
    """For example "read as: staying with foster carers after 18"; empty where the reading is not clear."""
    top = evidence.reading.top
    return _in_words(model, top) if evidence.reading.shares[top] >= _CLEAR else ""


def _in_words(model: NeedsModel, need: int) -> str:
    return "read as: " + model.needs[need].meaning.split(",")[0].split(":")[0]


def named_exactly(how: str) -> str:
    """For example "matched: its name"."""
    return f"matched: {_EXACT[how]}"
