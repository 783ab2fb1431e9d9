"""Answering an invitation: coming, apologies, a substitute, and changing one's mind."""

from __future__ import annotations

from bot.conversation.registry import Args, Context, Effect, Reading, Reply, Says, command, reads
from bot.errors import Refused
from bot.rules.access import OFFICERS, Role
from bot.rules.states import RsvpAnswer
from bot.services import responses as service
from bot.services.answers import Said, said
from bot.services.attending import one_person
from bot.services.bodies import sits_on
from bot.services.council import rules_of
from bot.services.meeting_finder import find_meeting, find_own, get_meeting, named_or_next, own_meetings
from bot.services.named import naming_meeting, naming_person
from bot.services.people import find_people
from bot.services.substitutes import Choice, choose
from bot.services.turnout import ask
from bot.store.meetings import Meeting
from bot.store.people import Person
from bot.wording.parts import Card, FormFill

_REF = r"(?:(?P<ref>M-?\d{1,6})\b)?"
_NOTE = r"(?:\s*(?:[,:-]|\bbecause\b)\s*(?P<note>\S.*))?"
_OTHERS = r"(?:\s*and for (?P<others>[^:,]+?))?"
_WORDS = {
    "yes": RsvpAnswer.ATTENDING,
    "no": RsvpAnswer.APOLOGIES,
    "maybe": RsvpAnswer.MAYBE,
    "late": RsvpAnswer.LATE,
    "early": RsvpAnswer.LEAVING_EARLY,
    "remote": RsvpAnswer.REMOTE,
    "attending": RsvpAnswer.ATTENDING,
    "apologies": RsvpAnswer.APOLOGIES,
}
_ANSWER = rf"(?P<answer>{'|'.join(_WORDS)})\b"
_OFFERED = 4


@command(
    "rsvp",
    usage="rsvp yes|no|maybe|late|early|remote [M-12] [because ...]",
    example="rsvp yes M-12",
    pattern=rf"{_ANSWER}\s*{_REF}{_OTHERS}{_NOTE}[.! ]*",
    effect=Effect.UNDO,
    keeps=("note",),
)
def rsvp(ctx: Context, args: Args) -> Reply:
    """One's own answer. Said again, it replaces the one before."""
    return _answer(ctx, args, args.get("answer").lower())


@command(
    "apologies",
    usage="apologies [M-12] [because ...]",
    example="apologies M-12 because I am at Planning",
    pattern=rf"(?:for )?{_REF}{_NOTE}[.! ]*",
    effect=Effect.UNDO,
    keeps=("note",),
    aliases=("apols", "send apologies", "my apologies"),
)
def apologies(ctx: Context, args: Args) -> Reply:
    """One's own apologies, with or without a reason."""
    return _answer(ctx, args, "no")


@command(
    "substitute",
    usage="substitute [M-12] NAME [because ...]",
    example="substitute M-12 Ifeoma Chukwu",
    pattern=rf"{_REF}\s*(?:(?P<name>[^\W\d][^:,\n]*?)(?:\s*(?:[,:]|\bbecause\b)\s*(?P<note>\S.*))?)?[.! ]*",
    effect=Effect.UNDO,
    keeps=("name", "note"),
    aliases=("rsvp sub",),
)
def substitute(ctx: Context, args: Args) -> Reply:
    """Apologies, with somebody to stand in: they are told and asked, if the body's rule allows them."""
    meeting = _own(ctx, args.get("ref"), "no")
    if isinstance(meeting, Reply):
        return meeting
    seat = sits_on(ctx.person, meeting.body)
    if seat is None:
        raise Refused("rsvp.no_seat_to_fill", meeting=naming_meeting(meeting))
    if not args.get("name") and rules_of(meeting.body).substitutes != "none":
        return Reply("rsvp.who_stands_in", {"meeting": meeting}, form=FormFill())
    chosen = choose(ctx.work, seat, args.get("name"))
    if chosen.is_unknown and not args.get("ref"):
        # "Substitute teachers cost too much" is no apology: nothing is done for a name nobody knows.
        return _read_back(meeting, Said("no", args.get("note"), chosen.name))
    answered = service.answer(
        ctx.work, meeting, ctx.person, RsvpAnswer.APOLOGIES, args.get("note"), _substitution(chosen)
    )
    reply = _answered(answered)
    if chosen.person or (chosen.is_unknown and chosen.rule not in ("none", "named")):
        return reply
    more = Reply("rsvp.choose_substitute", {"choice": chosen, "meeting": meeting})
    return Reply(reply.block, reply.values, card=reply.card, then=(more,))


@command(
    "rsvp undo",
    hidden=True,
    example="rsvp undo 7 1f9a33c0",
    pattern=r"(?P<number>\d{1,9}) (?P<mark>[0-9a-f]{8})",
    effect=Effect.UNDO,
)
def undo(ctx: Context, args: Args) -> Reply:
    """The answer before the last one, put back."""
    meeting, stands = service.undo(ctx.work, int(args.get("number")), args.get("mark"))
    return Reply(
        "rsvp.undone", {"meeting": meeting, "stands": stands}, card=Card("rsvp_request", meeting.ref)
    )


@command(
    "rsvp ask",
    hidden=True,
    example="rsvp ask M-12 jean.attwater@westshire.example",
    pattern=r"(?P<ref>M-\d{1,6}) (?P<who>\S+@\S+)",
    effect=Effect.CHANGE,
)
def ask_other(ctx: Context, args: Args) -> Reply:
    """Somebody else is asked for their own answer, by one who sits with them."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    service.must_be_answerable(ctx.work, meeting)
    other = one_person(ctx.work, args.get("who"), meeting)
    may_ask = ctx.has(Role.OFFICER) or sits_on(ctx.person, meeting.body) is not None
    if sits_on(other, meeting.body) is None or not may_ask:
        raise Refused("rsvp.cannot_ask", person=naming_person(other), meeting=naming_meeting(meeting))
    ask(ctx.work, meeting, other)
    return Reply("rsvp.asked", {"person": other, "meeting": meeting})


@command(
    "answer for",
    roles=OFFICERS,
    usage="answer for NAME yes|no|maybe|late|early|remote [M-12]",
    example="answer for Jean Attwater no M-12",
    pattern=rf"(?P<name>\S.*?)\s+{_ANSWER}\s*{_REF}{_NOTE}",
    effect=Effect.CHANGE,
    keeps=("note",),
)
def answer_for(ctx: Context, args: Args) -> Reply:
    """The officer enters what somebody said elsewhere."""
    meeting = named_or_next(ctx.work, args.get("ref"), ctx.person)
    person = one_person(ctx.work, args.get("name"), meeting)
    answered = service.answer(ctx.work, meeting, person, _WORDS[args.get("answer").lower()], args.get("note"))
    return Reply("rsvp.answered_for", {"a": answered, "meeting": meeting, "person": person})


@reads("rsvp", "rsvp_yes", "rsvp_no", "rsvp_maybe")
def read_answer(ctx: Context, meant: Reading) -> Says | Reply:
    """A sentence about coming or not. Done at once when it is clear, else read back."""
    heard = said(ctx.sentence, meant.intent, meant.slots)
    if not heard.answer:
        return Reply("rsvp.ask_answer", {"meeting": _own_or_none(ctx)})
    meeting = _own(ctx, ctx.sentence, heard.answer, heard.note) if heard.for_self else _theirs(ctx)
    if isinstance(meeting, Reply):
        return meeting
    if not heard.for_self:
        return _for_others(ctx, meeting, heard.others)
    if meant.sure and heard.is_clear:
        return Says(_line(heard, meeting))
    return _read_back(meeting, heard)


def _read_back(meeting: Meeting, heard: Said) -> Reply:
    """What was understood, with a button that does it."""
    says, answer = _line(heard, meeting), _WORDS[heard.answer]
    values = {"meeting": meeting, "answer": answer, "substitute": heard.substitute, "says": says}
    return Reply("rsvp.read_back", values, card=Card("confirm", meeting.ref))


def _line(heard: Said, meeting: Meeting) -> str:
    """The command that the sentence comes to."""
    because = f" because {heard.note}" if heard.note else ""
    if heard.substitute and heard.answer == "no":
        return f"substitute {meeting.ref} {heard.substitute}{because}"
    others = f" and for {', '.join(heard.others).replace(', ', ' and ')}" if heard.others else ""
    return f"rsvp {heard.answer} {meeting.ref}{others}{because}"


def _answer(ctx: Context, args: Args, word: str) -> Reply:
    meeting = _own(ctx, args.get("ref"), word)
    if isinstance(meeting, Reply):
        return meeting
    answered = service.answer(ctx.work, meeting, ctx.person, _WORDS[word], args.get("note"))
    reply = _answered(answered)
    others = [n for n in args.get("others").split(" and ") if n.strip()]
    if not others:
        return reply
    return Reply(reply.block, reply.values, card=reply.card, then=(_for_others(ctx, meeting, tuple(others)),))


def _answered(answered: service.Answered) -> Reply:
    values = {"a": answered, "meeting": answered.meeting, "response": answered.response}
    return Reply("rsvp.answered", values, card=Card("rsvp_request", answered.meeting.ref))


def _substitution(chosen: Choice) -> service.Substitution | None:
    if chosen.person is not None:
        return service.Substitution(chosen.person)
    if chosen.is_unknown and chosen.rule not in ("none", "named"):
        return service.Substitution(name=chosen.name)
    return None


def _own(ctx: Context, text: str, word: str, note: str = "") -> Meeting | Reply:
    """The meeting that is answered, or the question which one is meant."""
    meeting = find_own(ctx.work, text, ctx.person, _card(ctx))
    if meeting is not None:
        return meeting
    offered = own_meetings(ctx.work, ctx.person)[:_OFFERED]
    if offered:
        return Reply("rsvp.which", {"meetings": offered, "word": word, "note": note})
    meeting = find_meeting(ctx.work, text, ctx.person)
    if not service.capacity_of(meeting, ctx.person):
        raise service.not_invited(meeting)
    return meeting


def _own_or_none(ctx: Context) -> Meeting | None:
    return find_own(ctx.work, ctx.sentence, ctx.person, _card(ctx))


def _theirs(ctx: Context) -> Meeting:
    """The meeting that somebody else is spoken for at."""
    return find_own(ctx.work, ctx.sentence, ctx.person, _card(ctx)) or find_meeting(ctx.work, "", ctx.person)


def _card(ctx: Context) -> str:
    return ctx.card.subject if ctx.card is not None and ctx.card.kind == "rsvp_request" else ""


def _for_others(ctx: Context, meeting: Meeting, names: tuple[str, ...]) -> Reply:
    """Nobody answers for somebody else: they are asked, or the officer enters it."""
    people = [p for n in names for p in _seated(ctx, meeting, n)]
    values = {"meeting": meeting, "names": names, "people": people, "officer": ctx.has(Role.OFFICER)}
    return Reply("rsvp.for_others", values)


def _seated(ctx: Context, meeting: Meeting, name: str) -> list[Person]:
    return [p for p in find_people(ctx.work, name) if sits_on(p, meeting.body) is not None]
