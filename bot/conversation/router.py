"""One message, from arrival to reply, in one transaction."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.conversation import safety
from bot.conversation.forms import SAYS as FORM
from bot.conversation.forms import kept_form, opener
from bot.conversation.identity import recognise, roles_of
from bot.conversation.inbound import Answer, Inbound, cleaned
from bot.conversation.registry import Context, Effect, HelpLine, Matched, Registry, Reply
from bot.conversation.understanding import Reader
from bot.delivery.outgoing import post, renderer, reply_later
from bot.errors import BotError, Refused
from bot.rules.access import allowed
from bot.store.council import council_name, council_row
from bot.store.inbox import answer_given, claim, forget_card, keep_answer, last_card, show_card
from bot.store.people import Person
from bot.store.session import Database
from bot.store.work import Welcome, Work
from bot.wording.codec import from_json, to_json
from bot.wording.parts import FormFill, Message
from bot.wording.words import Words

log = structlog.get_logger()
LONGEST_TEXT = 4000
_CALL = re.compile(r"^\s*(?:/cp\b|@?cpbot\b[,:]?)\s*", re.IGNORECASE)
_TYPED_FORM = re.compile(r"\s*\|\s*(?=[a-z_]+\s*:)")
_ONE_TOKEN = re.compile(r"[\w./:-]{0,40}")
_AS = re.compile(r"as (?P<intent>[a-z_]+) (?P<text>\S.*)", re.DOTALL)
_KEPT = ("private", "replaces", "keep_form", "urgent", "command", "delivered", "opens")
CARRY_ON = "carry on"
CARRY_ON_LIFE = timedelta(minutes=10)


class _Told(Exception):
    """A refusal in words, on its way out of the transaction that it undoes."""

    def __init__(self, message: Message, block: str) -> None:
        super().__init__(block)
        self.message = message
        self.block = block


class Router:
    """Answers every message. `handle` is what each channel is given; it never raises."""

    def __init__(self, db: Database, words: Words, registry: Registry, clock: Clock) -> None:
        self.db = db
        self.words = words
        self.registry = registry
        self.clock = clock
        self.cache: dict[str, Any] = {}
        self.welcome: Welcome | None = None
        self.wake: Callable[[], None] = lambda: None
        """Called after each message, so that what it caused leaves at once."""
        self.reader = Reader(registry, words, self.carry)

    async def handle(self, inbound: Inbound) -> Answer:
        """The answer to one message. Refusals and failures are answers too."""
        inbound = cleaned(inbound)
        try:
            return await self._handled(inbound)
        except Exception as error:
            return await self._apologise(error, inbound)

    async def _handled(self, inbound: Inbound) -> Answer:
        try:
            answer = await self.db.run(self.converse, inbound)
        except _Told as refusal:
            # The refused transaction is gone, and with it anything half-done. The refusal is told in its own.
            answer = await self.db.run(self.converse, inbound, refusal)
        self.wake()
        return answer

    async def later(self, inbound: Inbound, answer: Answer) -> bool:
        """Write an answer as a delivery, once, because its channel could not show it (see inbound.Later)."""
        try:
            written = await self.db.run(self._later, inbound, answer)
        except Exception as error:
            log.error("answer_lost", channel=inbound.sender.channel, exc_info=error)
            return False
        self.wake()
        return written

    def _later(self, session: Session, inbound: Inbound, answer: Answer) -> bool:
        work = Work(session, self.clock.now(), cache=self.cache)
        person = recognise(work, inbound)
        if person is not None:
            reply_later(work, person, _event(inbound), answer.message, answer.opens)
        return person is not None

    def converse(self, session: Session, inbound: Inbound, refusal: _Told | None = None) -> Answer:
        """Claim, recognise, guard, understand, carry out, and find the words. One transaction."""
        work = Work(session, self.clock.now(), cache=self.cache)
        work.render, work.welcome = renderer(work, self.words), self.welcome
        sender = inbound.sender
        if not claim(session, sender.channel, inbound.event_id, work.now):
            return _answer_in(answer_given(session, sender.channel, inbound.event_id))
        person = work.actor = recognise(work, inbound)
        answer = self._refused(work, refusal) if refusal else self._answered(work, person, inbound)
        post(work, self.words, self._common(work, None), self.welcome)
        if inbound.by_delivery and person is not None:
            answer = replace(answer, delivered=True)
            reply_later(work, person, _event(inbound), answer.message, answer.opens)
        keep_answer(session, sender.channel, inbound.event_id, _answer_out(answer))
        log.info(
            "answered", channel=sender.channel, person=person.id if person else None, command=answer.command
        )
        return answer

    # --- the steps

    def _answered(self, work: Work, person: Person | None, inbound: Inbound) -> Answer:
        try:
            return self._answer(work, person, inbound)
        except BotError as refusal:
            # Its words are found here, while what it speaks of can still be read.
            message = self._say(work, person, Reply(refusal.block, refusal.values))
            raise _Told(message, refusal.block) from refusal

    def _answer(self, work: Work, person: Person | None, inbound: Inbound) -> Answer:
        watched = safety.watch([self._own_words(inbound), *_filled_in(inbound)])
        carried_on = person is not None and self._carried_on(work, person)
        if watched.urgent and not carried_on:
            return self._safeguard(work, person, inbound, watched.kind or "danger")
        if person is None:
            return Answer(self._say(work, None, Reply("errors.stranger")))
        ctx = Context(work, person, roles_of(person), public_place=inbound.place != "personal")
        ctx.channel = inbound.sender.channel
        ctx.help = lambda: self._help(ctx)
        ctx.line = self.words.line
        ctx.run = lambda line: self._run(ctx, line)
        if carried_on:
            forget_card(work.session, person.id)
        reply = self._reply(ctx, inbound)
        message = self._say(work, person, reply)
        if watched.topic or (watched.urgent and carried_on):
            message += self._say(work, person, Reply("safeguarding.signpost"))
        self._note_card(work, person, message)
        return Answer(
            message,
            private=not reply.public,
            replaces=bool(inbound.says) and any(s.effect is not Effect.LOOK for s in ctx.carried),
            keep_form=reply.keep_form,
            command=ctx.carried[-1].name if ctx.carried else "",
            opens=self._opens(work, person, inbound, message),
        )

    def _opens(self, work: Work, person: Person, inbound: Inbound, message: Message) -> str:
        if message.form is None or not (inbound.forms_later or inbound.by_delivery):
            return ""
        line, form = _line(inbound)
        return opener(work, person, inbound.event_id, self.registry.match(line, form), line, message)

    def _own_words(self, inbound: Inbound) -> str:
        """What the person typed in words of their own: all of it, but for the name of a command.

        "deliveries" or "concern the drop-in is shut" name a command; only what follows can tell of a child.
        """
        matched = self.registry.match(_CALL.sub("", inbound.text))
        if matched is None:
            return inbound.text
        return "\n".join(v for v in matched.args.groups.values() if not _ONE_TOKEN.fullmatch(v))

    def _reply(self, ctx: Context, inbound: Inbound) -> Reply:
        line, form = _line(inbound)
        if len(line) > LONGEST_TEXT:
            raise BotError("errors.too_long", limit=LONGEST_TEXT)
        if not line.strip():
            line = "help"
        if chosen := _AS.fullmatch(line):
            return self.reader.as_intent(ctx, chosen["intent"], chosen["text"])
        if line.strip().lower() == CARRY_ON:
            show_card(ctx.work.session, ctx.person.id, "carry_on", "", [], ctx.work.now)
            return Reply("safeguarding.carry_on")
        if waited := FORM.fullmatch(line.strip()):
            return kept_form(ctx.work, ctx.person, int(waited["number"]))
        if matched := self.registry.match(line, form):
            return self.carry(ctx, matched)
        return Reply("errors.stale_button") if inbound.says else self.reader.reply(ctx, line)

    def _run(self, ctx: Context, line: str) -> Reply:
        matched = self.registry.match(line)
        if matched is None:
            raise LookupError(f"no command is said by {line!r}")
        return self.carry(ctx, matched)

    def carry(self, ctx: Context, matched: Matched) -> Reply:
        """Carry out a command, if the person may and nothing in it identifies a child."""
        spec, args = matched.spec, matched.args
        if not allowed(ctx.roles, spec.roles):
            raise Refused("errors.not_allowed", command=spec.name, needed=sorted(spec.roles))
        kept = {k: v for k in spec.keeps if (v := args.get(k))}
        if kept and args.form.get("office") != "yes":
            found = safety.masked(ctx.work, kept)
            if any(m.kinds for m in found.values()):
                return self._ask_without(ctx, matched, found)
        elif kept and args.form.get("office") == "yes":
            ctx.work.audit("identifiers.overridden", spec.name)
        ctx.carried.append(spec)
        return spec.run(ctx, args)

    # --- words

    def _say(self, work: Work, person: Person | None, reply: Reply) -> Message:
        common = self._common(work, person)
        message = self.words.say(
            reply.block, {**common, **reply.values}, form=self._fill(common, reply.form), card=reply.card
        )
        message = Message((*message.parts, *reply.extra), message.card)
        for more in reply.then:
            message += self._say(work, person, more)
        return message

    def _fill(self, common: Mapping[str, Any], fill: FormFill | None) -> FormFill | None:
        """A form's errors arrive as the names of blocks; here they become words."""
        if fill is None or not fill.errors:
            return fill
        said = {k: self.words.line(b, {**common, **fill.error_values}) for k, b in fill.errors.items()}
        return FormFill(fill.values, fill.choices, said, fill.hidden, fill.error_values)

    def _ask_without(self, ctx: Context, matched: Matched, found: Mapping[str, safety.Masked]) -> Reply:
        """Ask for the words again, with what identifies a child taken out. Nothing is kept."""
        kinds = list(dict.fromkeys(k for m in found.values() for k in m.kinds))
        ctx.work.audit("identifiers.asked", matched.spec.name, kinds=kinds)
        names = [self.words.line(f"safety.kind_{k}") for k in kinds]
        form = safety.form_without(matched, found, lambda b: self.words.line(f"safety.{b}"))
        return Reply("safety.identifiers", {"kinds": names}, keep_form=True, extra=(form,))

    def _help(self, ctx: Context) -> list[HelpLine]:
        specs = self.registry.open_to(ctx.roles)
        return [HelpLine(s.family, s.usage, self.words.line(s.help_block)) for s in specs]

    def _common(self, work: Work, person: Person | None) -> dict[str, Any]:
        names = council_name(council_row(work.session))
        first = person.name.split()[0] if person and person.name else ""
        return {"council": names, "safe": names.safeguarding, "first_name": first}

    # --- safety

    def _safeguard(self, work: Work, person: Person | None, inbound: Inbound, kind: str) -> Answer:
        safety.record_shown(work, person, kind, inbound.sender.channel)
        block = f"safeguarding.{kind}" if self.words.has(f"safeguarding.{kind}") else "safeguarding.danger"
        return Answer(self._say(work, person, Reply(block, {"known": person is not None})), urgent=True)

    def _carried_on(self, work: Work, person: Person) -> bool:
        card = last_card(work.session, person.id, work.now - CARRY_ON_LIFE)
        return card is not None and card.kind == "carry_on"

    def _note_card(self, work: Work, person: Person, message: Message) -> None:
        if message.card is not None:
            says = [b.says for b in message.buttons]
            show_card(work.session, person.id, message.card.kind, message.card.subject, says, work.now)

    # --- when it does not work

    def _refused(self, work: Work, refusal: _Told) -> Answer:
        work.audit("refused", refusal.block)
        return Answer(refusal.message)

    async def _apologise(self, error: Exception, inbound: Inbound) -> Answer:
        """Something of ours broke. The person gets a reference that finds it in the log."""
        reference = secrets.token_hex(3).upper()
        log.error("failed", reference=reference, channel=inbound.sender.channel, exc_info=error)
        names = council_name(None)
        try:
            names = await self.db.run(lambda s: council_name(council_row(s)))
        except Exception:
            log.error("database.unreachable", reference=reference)
        values = {"reference": reference, "council": names, "safe": names.safeguarding, "first_name": ""}
        return Answer(self.words.say("errors.broken", values))


def _event(inbound: Inbound) -> str:
    return f"{inbound.sender.channel}:{inbound.event_id}"


def _filled_in(inbound: Inbound) -> list[str]:
    """What was typed into a form; what was only chosen there holds no words of the person's own."""
    return [value for name, value in inbound.form.items() if name not in inbound.chosen]


def _line(inbound: Inbound) -> tuple[str, Mapping[str, str]]:
    """The command or sentence of a message, and the answers of a form that came with it."""
    return _typed_form(inbound.says or _CALL.sub("", inbound.text), inbound.form)


def _typed_form(line: str, form: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """A form typed in one line: "concern send | theme: housing | text: ..."."""
    head, *bits = _TYPED_FORM.split(line)
    if not bits or form:
        return line, form
    pairs = (bit.partition(":") for bit in bits)
    return head, {name.strip(): value.strip() for name, _, value in pairs}


def _answer_out(answer: Answer) -> dict[str, Any]:
    flags = {k: getattr(answer, k) for k in _KEPT}
    return {"message": to_json(answer.message), **flags}


def _answer_in(kept: Mapping[str, Any]) -> Answer:
    if not kept:
        return Answer(Message(()), again=True)
    return Answer(**{**kept, "message": from_json(kept["message"]), "again": True})
