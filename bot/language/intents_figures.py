"""What the models reach on hands left out, and the thresholds that follow from it (training only)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.language import guard_words
from bot.language.guard import OPEN_INTENTS, ORDINARY_COUNTS, VOTES
from bot.language.intents_changes import CHANGING
from bot.language.intents_leaveout import Judged, Part, is_urgent

FALSE_ALARMS = 0.0125
"""The share of ordinary requests that may see the safeguarding card by mistake (hands left out)."""
FALSE_ACTIONS = 0.01
"""The share of requests that may change something wrongly without a further question (hands left out)."""


def worry_of(one: Judged) -> float:
    """The guard's score of a judged line, before its threshold; as `bot.language.guard` counts it."""
    return max(_worry_of_part(part) for part in one.parts)


def _worry_of_part(part: Part) -> float:
    ordinary = sum(p for intent, p in part.said.items() if intent not in OPEN_INTENTS)
    counted = 0.0 if part.vote >= guard_words.LIKELY else ORDINARY_COUNTS * ordinary
    return part.score + VOTES[part.vote] - counted


def is_request(one: Judged) -> bool:
    """An ordinary request to the bot; the directory's many questions are counted apart."""
    return one.line.form == "intent" and not one.line.voice.startswith("needs")


def guard_threshold(judged: Sequence[Judged]) -> float:
    """The score from which a line is urgent, so that `FALSE_ALARMS` of the ordinary requests are."""
    ordinary = sorted(
        (worry_of(one) for one in judged if is_request(one) and not is_urgent(one.line)), reverse=True
    )
    return round(ordinary[int(len(ordinary) * FALSE_ALARMS)], 3) if ordinary else 0.0


def sure_from(judged: Sequence[Judged]) -> float:
    """The confidence from which a change may go ahead, so that at most `FALSE_ACTIONS` of requests go wrong."""
    requests = [one for one in judged if is_request(one) and one.said]
    wrong = sorted((p for one in requests for p in _wrong_change(one)), reverse=True)
    allowed = int(len(requests) * FALSE_ACTIONS)
    return round(max(0.5, wrong[allowed] + 0.001), 3) if len(wrong) > allowed else 0.5


def _wrong_change(one: Judged) -> Iterator[float]:
    top = max(one.said, key=lambda intent: one.said[intent])
    if top in CHANGING and top not in (one.line.label, *one.line.also):
        yield one.said[top]


def table(judged: Sequence[Judged], threshold: float, sure: float) -> Iterator[str]:
    """The figures, a line a hand, every hand judged by models that never read it."""
    for hand in sorted({one.line.hand for one in judged}):
        yield _row(hand, [one for one in judged if one.line.hand == hand], threshold, sure)


def _row(hand: str, judged: list[Judged], threshold: float, sure: float) -> str:
    risk = [worry_of(one) >= threshold for one in judged if is_urgent(one.line)]
    calm = [worry_of(one) >= threshold for one in judged if not is_urgent(one.line)]
    asked = [one for one in judged if is_request(one) and one.line.label in one.said]
    right = [_right(one) for one in asked]
    wrong = [p >= sure for one in asked for p in _wrong_change(one)]
    return (
        f"{hand:12} urgent {_share(risk)} of {len(risk)}, false {_share(calm)} of {len(calm)}, "
        f"intents {_share(right)} of {len(right)}, false actions {sum(wrong)} of {len(asked)}"
    )


def _right(one: Judged) -> bool:
    return max(one.said, key=lambda intent: one.said[intent]) in (one.line.label, *one.line.also)


def _share(found: Sequence[bool]) -> str:
    return f"{sum(found) / len(found):.3f}" if found else "  -  "
