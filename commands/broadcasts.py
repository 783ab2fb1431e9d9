"""Messages to many: the officer drafts, looks, and sends; everybody can see what was sent to them."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from bot.clock import from_london
from bot.conversation.registry import FREE_TEXT, Args, Context, Effect, Reading, Reply, Says, command, reads
from bot.errors import BadInput
from bot.rules.access import OFFICERS
from bot.services import audiences as people
from bot.services import broadcast_reports as reports
from bot.services import broadcasts as service
from bot.services import outbox, revisions
from bot.store.deliveries import Broadcast, sent_to, waiting_for
from bot.wording.parts import Card, Choice, FormFill

_REF = r"B-(?P<number>\d{1,9})"
_LEAD_IN = re.compile(
    r"^(?:please |can you |could you )*(?:broadcast|tell|message|notify|inform|remind|let|announce|send)\b"
    r"(?:\s+(?:to|a message|a note|out|it))*\s*(?:all|every|the)?\s*(?:elected\s+)?"
    r"(?:members?|councillors?|cllrs|everyone|everybody|panel members|panel|officers|leads)?\s*"
    r"(?:know\s+)?(?:that\s+|:\s*|about\s+)?",
    re.IGNORECASE,
)


@command(
    "broadcast",
    example="broadcast",
    pattern=f"{FREE_TEXT}?",
    roles=OFFICERS,
    effect=Effect.CHANGE,
    keeps=("text", "title"),
)
def broadcast(ctx: Context, args: Args) -> Reply:
    """A draft of a message to many, from words or from the form."""
    if not args.get("text"):
        return Reply("broadcasts.compose", form=FormFill(choices={"audience": _choices(ctx)}))
    key = args.get("audience") or people.audience_in_words(ctx.work, args.get("text"))
    made = service.draft(ctx.work, args.get("title"), args.get("text"), key, _send_at(args))
    return _preview(ctx, made)


@command("broadcast show", example="broadcast show B-1", pattern=_REF, roles=OFFICERS, hidden=True)
def show(ctx: Context, args: Args) -> Reply:
    """A draft as it would go out."""
    return _preview(ctx, _named(ctx, args))


@command(
    "broadcast change",
    example="broadcast change B-1",
    pattern=f"{_REF}(?: {FREE_TEXT})?",
    roles=OFFICERS,
    effect=Effect.CHANGE,
    keeps=("text",),
    hidden=True,
)
def change(ctx: Context, args: Args) -> Reply:
    """Other words, another audience, another time."""
    found = _named(ctx, args)
    if not args.get("text"):
        fill = FormFill({"text": found.text, "audience": found.audience}, {"audience": _choices(ctx)})
        return Reply("broadcasts.edit", {"broadcast": found}, form=fill)
    changed = service.change(
        ctx.work, found, text=args.get("text"), audience_key=args.get("audience"), send_at=_send_at(args)
    )
    return _preview(ctx, changed)


@command(
    "send",
    usage="send B-3 to 71",
    example="send B-3 to 71",
    pattern=rf"{_REF}(?: to (?P<count>\d+))?",
    roles=OFFICERS,
    effect=Effect.CHANGE,
)
def send(ctx: Context, args: Args) -> Reply:
    """Send a draft. To all members only with their number typed."""
    found = _named(ctx, args)
    count = int(args.get("count")) if args.get("count") else None
    return _sent(service.send(ctx.work, found, count))


@command(
    "approve", usage="approve B-3", example="approve B-3", pattern=_REF, roles=OFFICERS, effect=Effect.CHANGE
)
def approve(ctx: Context, args: Args) -> Reply:
    """The second officer's yes."""
    return _sent(service.approve(ctx.work, _named(ctx, args)))


@command(
    "broadcast cancel",
    usage="broadcast cancel B-3",
    example="broadcast cancel B-3",
    pattern=_REF,
    roles=OFFICERS,
    effect=Effect.CHANGE,
)
def cancel(ctx: Context, args: Args) -> Reply:
    """Stop everything that has not left."""
    found = _named(ctx, args)
    return Reply("broadcasts.cancelled", {"broadcast": found, "counts": service.cancel(ctx.work, found)})


@command(
    "broadcast report",
    usage="broadcast report B-3",
    example="broadcast report B-3",
    pattern=_REF,
    roles=OFFICERS,
)
def report(ctx: Context, args: Args) -> Reply:
    """What became of a broadcast."""
    return _report(ctx, _named(ctx, args))


@command(
    "broadcast again",
    example="broadcast again B-3",
    pattern=_REF,
    roles=OFFICERS,
    effect=Effect.CHANGE,
    hidden=True,
)
def again(ctx: Context, args: Args) -> Reply:
    """Send once more what may not have arrived: the officer would rather repeat it than miss anybody."""
    found = _named(ctx, args)
    count = reports.send_unknown_again(ctx.work, found)
    return Reply("broadcasts.sent_again", {"broadcast": found, "count": count})


@command(
    "broadcast copy",
    example="broadcast copy B-3",
    pattern=_REF,
    roles=OFFICERS,
    effect=Effect.UNDO,
    hidden=True,
)
def copy(ctx: Context, args: Args) -> Reply:
    """A copy of a draft to the officer alone, to see it as each platform shows it."""
    found = _named(ctx, args)
    return Reply("broadcasts.copied", {"broadcast": found, "platforms": service.send_copy(ctx.work, found)})


@command(
    "broadcast withdraw",
    usage="broadcast withdraw B-3",
    example="broadcast withdraw B-3",
    pattern=rf"{_REF}(?: from (?P<count>\d+))?",
    roles=OFFICERS,
    effect=Effect.CHANGE,
)
def withdraw(ctx: Context, args: Args) -> Reply:
    """Take a sent message back wherever a platform lets us, once the officer has seen what that means."""
    found = _named(ctx, args)
    seen = revisions.reach(ctx.work, found)
    if args.get("count") != str(seen.copies):
        return Reply(
            "broadcasts.withdraw", {"broadcast": found, "reach": seen}, card=Card("confirm", found.ref)
        )
    values = {"broadcast": found, "reach": revisions.withdraw(ctx.work, found)}
    return Reply("broadcasts.withdrawn", values)


@command(
    "correct",
    usage="correct B-3: NEW WORDS",
    example="correct B-3: the room is 4",
    pattern=rf"{_REF}\s*:?\s*{FREE_TEXT}",
    roles=OFFICERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def correct(ctx: Context, args: Args) -> Reply:
    """A correction to the same people, as a draft."""
    return _preview(ctx, service.correct(ctx.work, _named(ctx, args), args.get("text")))


@command("broadcasts", example="broadcasts", roles=OFFICERS)
def listed(ctx: Context, args: Args) -> Reply:
    """The latest broadcasts."""
    return Reply("broadcasts.list", {"broadcasts": service.recent(ctx.work)})


@command("broadcast read", example="broadcast read B-1", pattern=_REF, effect=Effect.UNDO, hidden=True)
def read(ctx: Context, args: Args) -> Reply:
    """ "I have read this"."""
    found = _named(ctx, args)
    reports.mark_read(ctx.work, found)
    return Reply("broadcasts.thanked", {"broadcast": found})


@command(
    "deliveries",
    example="deliveries",
    roles=OFFICERS,
    aliases=("is everything going out", "is everything going out?"),
)
def deliveries(ctx: Context, args: Args) -> Reply:
    """Whether everything is going out, in words."""
    return Reply("broadcasts.health", {"state": outbox.standing(ctx.work)})


@command("messages", example="messages", aliases=("my messages", "inbox"))
def messages(ctx: Context, args: Args) -> Reply:
    """What was last sent to this person, and what is on its way."""
    sent = [(d, outbox.title_of(d)) for d in sent_to(ctx.work.session, ctx.person, 10) if d.kind != "reply"]
    waiting = [
        (d, outbox.title_of(d)) for d in waiting_for(ctx.work.session, ctx.person, 10) if d.kind != "reply"
    ]
    return Reply("broadcasts.messages", {"sent": sent, "waiting": waiting})


@reads("broadcast_notice")
def read_broadcast(ctx: Context, meant: Reading) -> Says | Reply:
    """A sentence becomes a draft's words, read back before anything is written."""
    if re.search(r"\b(agenda|notice|papers)\b", ctx.sentence, re.IGNORECASE) and not re.search(
        r"\b(that|moved|changed|cancelled|reminder)\b", ctx.sentence, re.IGNORECASE
    ):
        return Says("notice preview")
    words = _LEAD_IN.sub("", ctx.sentence, count=1).strip(" .:")
    key = people.audience_in_words(ctx.work, ctx.sentence)
    found = people.audience(ctx.work, key)
    text = words[:1].upper() + words[1:] if words else ""
    return Reply(
        "broadcasts.compose",
        form=FormFill({"text": text, "audience": found.key}, {"audience": _choices(ctx)}),
    )


def _preview(ctx: Context, found: Broadcast) -> Reply:
    seen = service.preview(ctx.work, found)
    return Reply(
        "broadcasts.preview", {"seen": seen, "broadcast": found}, card=Card("confirm_broadcast", found.ref)
    )


def _report(ctx: Context, found: Broadcast) -> Reply:
    return Reply("broadcasts.report", {"report": reports.report(ctx.work, found), "broadcast": found})


def _sent(seen: service.Preview) -> Reply:
    return Reply(f"broadcasts.{seen.broadcast.state}", {"seen": seen, "broadcast": seen.broadcast})


def _named(ctx: Context, args: Args) -> Broadcast:
    return service.get(ctx.work, int(args.get("number")))


def _choices(ctx: Context) -> tuple[Choice, ...]:
    return tuple(Choice(a.key, f"{_name(ctx, a)} ({len(a.people)})") for a in people.audiences(ctx.work))


def _name(ctx: Context, found: people.Audience) -> str:
    if not found.name:
        return ctx.line(f"broadcasts.to_{found.key}")
    if not found.key.startswith(people.UNANSWERED):
        return found.name
    meeting = found.key.removeprefix(people.UNANSWERED)
    return f"{ctx.line('broadcasts.to_unanswered')} {meeting}, {found.name}"


def _send_at(args: Args) -> datetime | None:
    if not args.get("date"):
        return None
    try:
        return from_london(
            date.fromisoformat(args.get("date")), time.fromisoformat(args.get("time", "09:00"))
        )
    except ValueError:
        raise BadInput("broadcasts.bad_time") from None
