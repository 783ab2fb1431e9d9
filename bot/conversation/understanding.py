"""From a sentence to a reply: what was meant, in the light of the card in front of the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.clock import london
from bot.conversation.registry import Context, Effect, Matched, Registry, Reply, Says
from bot.language.understand import Understanding, understand
from bot.store.inbox import LastCard, forget_card, last_card
from bot.wording.parts import Button, Buttons, Card
from bot.wording.words import Words

CARD_LIFE = timedelta(days=3)
CARD_KINDS = frozenset(
    {
        "rsvp_request",
        "action_assigned",
        "action_update_due",
        "concern_saved",
        "did_you_mean",
        "confirm_broadcast",
    }
)
PASSING = frozenset({"did_you_mean", "confirm", "carry_on"})
"""Cards that only the very next message can answer."""
SHORT_REPLY = 6
"""Words up to which a message may be taken as a reply although it could mean something else."""
ALIKE = {
    "rsvp": frozenset({"rsvp_yes", "rsvp_no", "rsvp_maybe"}),
    "acknowledge": frozenset({"acknowledge_action", "rsvp_yes", "help"}),
}
"""Replies that are carried out at once, and what the same words may mean by themselves."""
WORTH_READING_BACK = 0.6
"""How likely a reading is that is read back with a button: a change is asked about either way."""
NEAR = (
    frozenset({"rsvp_yes", "rsvp_no", "rsvp_maybe"}),
    frozenset({"acknowledge_action", "update_action", "complete_action"}),
)
"""Readings that are read back in much the same way."""
CLEAR_REPLY = 0.8
"""How likely a reply to a card must be not to be taken for an answer to a meeting."""
MOST_OPTIONS = 3
LONGEST_REPEAT = 1500
"""A button repeats what was typed, and the platforms limit what a button can carry."""

Carry = Callable[[Context, Matched], Reply]


class Reader:
    """Reads sentences with the registry's readers; `carry` carries out a command."""

    def __init__(self, registry: Registry, words: Words, carry: Carry) -> None:
        self.registry = registry
        self.words = words
        self.carry = carry

    def reply(self, ctx: Context, text: str) -> Reply:
        """The reply to a sentence; every ask in it is answered."""
        card = last_card(ctx.work.session, ctx.person.id, ctx.work.now - CARD_LIFE)
        answered = self._to_card(ctx, card, text) if card else None
        if card and card.kind in PASSING:
            forget_card(ctx.work.session, ctx.person.id)
        if answered is not None:
            return answered
        first, *more = self._asks(ctx, text)
        return replace(first, then=(*first.then, *more)) if more else first

    def as_intent(self, ctx: Context, intent: str, text: str) -> Reply:
        """The reply to a sentence whose meaning the person has chosen."""
        meant = replace(self._understood(ctx, text), intent=intent, sure=True, asks=())
        return self._one(ctx, meant, text, chosen=True)

    def _asks(self, ctx: Context, text: str) -> list[Reply]:
        whole = self._understood(ctx, text)
        if len(whole.asks) < 2:
            return [self._one(ctx, whole, text)]
        return [self._one(ctx, ask, ask.text) for ask in whole.asks]

    def _understood(self, ctx: Context, text: str, card: str | None = None) -> Understanding:
        return understand(text, now=london(ctx.work.now), card=card)

    def _to_card(self, ctx: Context, card: LastCard, text: str) -> Reply | None:
        """The reply, if the sentence answers the card in front of the person."""
        kind = (
            card.kind if card.kind in CARD_KINDS else "confirm_broadcast" if card.kind == "confirm" else None
        )
        if kind is None:
            return None
        meant = self._understood(ctx, text, kind)
        ctx.card = Card(card.kind, card.subject)
        if (said := _pressed(card, meant)) and (matched := self.registry.match(said)):
            return self.carry(ctx, matched)
        if card.kind == "confirm":
            return Reply("talk.nothing_done") if meant.intent == "cancel" else None
        if kind != "rsvp_request" and (answer := self._perhaps_an_answer(ctx, meant, text)):
            return answer
        if meant.intent in ("fresh", "ask", "choose") or self._says_something_else(ctx, meant, text):
            return None
        return self._one(ctx, meant, text) if meant.intent in self.registry.readers else None

    def _perhaps_an_answer(self, ctx: Context, meant: Understanding, text: str) -> Reply | None:
        """Unclear under this card, but by itself an answer to a meeting: that is read back first."""
        if meant.confidence >= CLEAR_REPLY or meant.intent in ALIKE:
            return None
        alone = self._understood(ctx, text)
        if not alone.sure or alone.intent not in ALIKE["rsvp"] or alone.asks:
            return None
        return self._one(ctx, replace(alone, sure=False), text)

    def _says_something_else(self, ctx: Context, meant: Understanding, text: str) -> bool:
        """Whether the words, by themselves, mean something that is no answer to the card."""
        alike = ALIKE.get(meant.intent)
        if alike is None:
            return False
        alone = self._understood(ctx, text)
        return alone.intent not in alike and (alone.sure or len(text.split()) > SHORT_REPLY)

    def _one(self, ctx: Context, meant: Understanding, text: str, chosen: bool = False) -> Reply:
        read = self.registry.readers.get(meant.intent)
        if read is None:
            return Reply("talk.not_understood")
        ctx.sentence, ctx.reading = text, meant
        result = read(ctx, meant)
        if result is None:
            return Reply("talk.not_understood")
        if isinstance(result, Reply):
            return result if chosen or _evident(meant) else self._doubt(ctx, meant, text) or result
        return self._typed(ctx, result, meant, text, chosen)

    def _typed(self, ctx: Context, said: Says, meant: Understanding, text: str, chosen: bool) -> Reply:
        matched = self.registry.match(said.line)
        if matched is None:
            raise LookupError(f"a reader says what no command takes: {meant.intent}")
        effect = matched.spec.effect
        evident = _evident(meant) if effect is Effect.ASK else meant.sure
        if effect is Effect.LOOK or chosen or evident:
            return self.carry(ctx, matched)
        return self._doubt(ctx, meant, text) or self.carry(ctx, matched)

    def _doubt(self, ctx: Context, meant: Understanding, text: str) -> Reply | None:
        """Two or three readings as buttons; None when there is only one to offer."""
        names = dict.fromkeys([meant.intent, *(name for name, _ in meant.alternatives)])
        options = [n for n in names if self.words.has(f"talk.as_{n}")][:MOST_OPTIONS]
        if len(options) < 2:
            return None
        said = " ".join(text.split())[:LONGEST_REPEAT]
        buttons = tuple(Button(self.words.line(f"talk.as_{o}"), f"as {o} {said}") for o in options)
        return Reply("talk.did_you_mean", card=Card("did_you_mean"), extra=(Buttons(buttons),))


def _evident(meant: Understanding) -> bool:
    """Whether a reading may be read back without first offering others; near readings count together."""
    near = next((family for family in NEAR if meant.intent in family), frozenset({meant.intent}))
    others = sum(p for name, p in meant.alternatives if name in near)
    return meant.sure or meant.confidence + others >= WORTH_READING_BACK


def _pressed(card: LastCard, meant: Understanding) -> str:
    """What the button says that a short reply stands for, if it stands for one."""
    option = meant.slots.get("option")
    if meant.intent == "choose" and isinstance(option, int) and 1 <= option <= len(card.says):
        return card.says[option - 1]
    if card.kind == "confirm" and meant.intent == "confirm" and card.says:
        return card.says[0]
    return ""
