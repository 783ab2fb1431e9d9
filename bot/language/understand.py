"""The one way in: what a sentence means, in the exact form that commands and `cpbot understand` use.

The guard comes first, whatever the card. Then the sentence is read by itself or as the reply to a card, its slots,
its time and its identifiers are taken from what it states, and several asks in one message are parted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from bot.language.guard import Guarded, guard
from bot.language.intents import Likely, read_intent
from bot.language.intents_asks import parted
from bot.language.intents_changes import changes
from bot.language.intents_corpus import CARDS, URGENT
from bot.language.intents_features import Reading, read
from bot.language.replies import read_reply
from bot.language.replies_slots import reply_slots
from bot.language.slots import intent_slots

if TYPE_CHECKING:
    from bot.language.dates import When
    from bot.language.identifiers_kinds import Identifier

_LONDON = ZoneInfo("Europe/London")
T = TypeVar("T")


@dataclass(frozen=True)
class Understanding:
    """What a sentence means.

    `intent` is one of ``intents_corpus.INTENTS``, or of ``REPLIES`` when a card was answered; `confidence` its
    chance. `sure` says whether to rely on it: an intent that would change something and is not sure must be asked
    about first. `alternatives` are the next readings for a "did you mean"; `asks` the several asks of one message,
    each with its own `text`, empty when it asks one thing. `topic` marks talk about risk (see `guard.Guarded`).
    """

    text: str
    intent: str
    confidence: float
    urgent: bool
    sure: bool
    alternatives: tuple[tuple[str, float], ...] = ()
    slots: dict[str, Any] = field(default_factory=dict)
    when: When | None = None
    identifiers: tuple[Identifier, ...] = ()
    asks: tuple[Understanding, ...] = ()
    topic: bool = False
    kind: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The public form: intent, confidence, urgent, slots, when and identifiers, ready for `json.dumps`."""
        when = self.when
        return {
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "urgent": self.urgent,
            "slots": _as_json(self.slots),
            "when": {"kind": when.kind if when else "none", "value": _as_json(when.value) if when else None},
            "identifiers": [{"kind": found.kind, "span": found.span} for found in self.identifiers],
        }


def understand(
    text: str, *, now: datetime, card: str | None = None, known_names: Sequence[str] = ()
) -> Understanding:
    """Reads a sentence at `now` (London wall time if naive), as the reply to `card` if one is given.

    `known_names` are names believed even in lower case. A card of another kind counts as ``none``: no card is
    open, yet only what stands by itself is taken for a reply. Never raises on any text.
    """
    card = card if card is None or card in CARDS else "none"
    moment = now if now.tzinfo else now.replace(tzinfo=_LONDON)
    guarded = guard(text)
    if guarded.urgent:
        return _urgent(text, moment, card, guarded)
    reading = read(text)
    meant = _replied(text, reading, card, known_names) if card else _asked(text, reading, known_names)
    asks = () if card else _asks(text, moment, known_names)
    return replace(
        meant,
        when=_when(text, moment),
        identifiers=_identifiers(text, moment),
        asks=asks,
        topic=guarded.topic,
    )


def _urgent(text: str, moment: datetime, card: str | None, guarded: Guarded) -> Understanding:
    """The safeguarding answer; nothing else that fails may stand in its way."""
    return Understanding(
        text=text,
        intent="safeguarding" if card else URGENT,
        confidence=guarded.p,
        urgent=True,
        sure=True,
        when=_or_else(lambda: _when(text, moment), None),
        identifiers=_or_else(lambda: _identifiers(text, moment), ()),
        kind=guarded.kind,
    )


def _asked(text: str, reading: Reading, known_names: Sequence[str]) -> Understanding:
    likely: Likely = read_intent(reading)
    slots = intent_slots(likely.intent, text, likely.chances, known_names)
    detail = slots.get("detail")
    looks_only = not changes(likely.intent, detail if isinstance(detail, str) else None)
    return Understanding(
        text=text,
        intent=likely.intent,
        confidence=likely.p,
        urgent=False,
        sure=likely.sure or (looks_only and likely.p >= 0.3),
        alternatives=likely.alternatives,
        slots=slots,
    )


def _replied(text: str, reading: Reading, card: str, known_names: Sequence[str]) -> Understanding:
    likely = read_reply(reading, card)
    slots = reply_slots(likely.intent, text, likely.chances, known_names)
    return Understanding(text, likely.intent, likely.p, False, likely.sure, likely.alternatives, slots)


def _asks(text: str, moment: datetime, known_names: Sequence[str]) -> tuple[Understanding, ...]:
    found = (_asked(part, read(part), known_names) for part in parted(text))
    return tuple(
        replace(ask, when=_when(ask.text, moment), identifiers=_identifiers(ask.text, moment))
        for ask in found
    )


def _when(text: str, moment: datetime) -> When:
    from bot.language.dates import read_when

    return read_when(text, moment)


def _identifiers(text: str, moment: datetime) -> tuple[Identifier, ...]:
    from bot.language.identifiers import find_identifiers

    return find_identifiers(text, today=moment.date())


def _or_else(reader: Callable[[], T], otherwise: T) -> T:
    try:
        return reader()
    except Exception:  # an urgent message is answered even where its dates cannot be read
        return otherwise


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_json(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(part) for part in value]
    return value
