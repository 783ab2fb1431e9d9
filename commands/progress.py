"""What a lead does with an action: acknowledge, update, more time, on hold, not mine, done, away."""

from __future__ import annotations

from bot.conversation.registry import FREE_TEXT, Args, Context, Effect, Reply, command
from bot.errors import BadInput
from bot.rules.access import LEADS, WORKERS
from bot.services import actions as service
from bot.services.action_dates import OWN_EXTENSION, typed_day
from bot.services.action_finding import REF
from bot.services.action_views import line
from bot.store.actions import Action
from bot.wording.parts import FormFill
from commands.actions import TEXT, after_word, ask_words, done_with, mended, which, worded, wordless


@command(
    "ack",
    usage="ack REFERENCE",
    example="ack CPP-26/27-014",
    pattern=f"(?:{REF})?[.! ]*",
    roles=LEADS,
    effect=Effect.UNDO,
    aliases=("acknowledge",),
)
def acknowledge(ctx: Context, args: Args) -> Reply:
    """Take an action on."""
    return wordless(ctx, args, "ack")


@command(
    "update",
    usage="update REFERENCE: WHAT HAPPENED",
    example="update CPP-26/27-014: contract signed",
    pattern=REF + TEXT,
    roles=WORKERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def update(ctx: Context, args: Args) -> Reply:
    """Say what has happened."""
    return worded(ctx, args, "update")


@command(
    "note",
    usage="note REFERENCE: WORDS",
    example="note CPP-26/27-014: starts next week",
    pattern=REF + TEXT,
    roles=WORKERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def note(ctx: Context, args: Args) -> Reply:
    """Say something about it without saying that work has begun."""
    return worded(ctx, args, "note")


@command(
    "hold",
    usage="hold REFERENCE because REASON",
    example="hold CPP-26/27-014 because the site is closed",
    pattern=REF + TEXT,
    roles=WORKERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def hold(ctx: Context, args: Args) -> Reply:
    """Nothing can happen for now."""
    return worded(ctx, args, "hold")


@command(
    "not mine",
    usage="not mine REFERENCE because REASON",
    example="not mine CPP-26/27-014 because it sits with Housing",
    pattern=REF + TEXT,
    roles=LEADS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def not_mine(ctx: Context, args: Args) -> Reply:
    """It belongs to somebody else."""
    return worded(ctx, args, "not mine")


@command(
    "done",
    usage="done REFERENCE: WHAT WAS DONE",
    example="done CPP-26/27-014: live since 1 February",
    pattern=REF + TEXT,
    roles=LEADS,
    effect=Effect.CHANGE,
    keeps=("text",),
    aliases=("propose close",),
)
def done(ctx: Context, args: Args) -> Reply:
    """Propose to close it."""
    return worded(ctx, args, "done")


@command(
    "extend",
    usage="extend REFERENCE to DATE because REASON",
    example="extend CPP-26/27-014 to 12 January because legal has not answered",
    pattern=rf"{REF}(?:\s+(?P<day>(?:to|until|till|by)\s.+?))?(?:[,:]?\s*because\s+(?P<text>\S.*))?",
    roles=WORKERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def extend(ctx: Context, args: Args) -> Reply:
    """Put the due date back, or ask the officer to."""
    action = which(ctx, args, "extend")
    form = extend_form(ctx, action, args)
    if not args.get("day") or not args.get("text"):
        return form
    try:
        day = typed_day(ctx.work, after_word(args.get("day")))
        settled = service.extend(ctx.work, action, day, args.get("text"))
    except BadInput as wrong:
        return mended(form, args, wrong)
    block = "progress.extended" if settled else "progress.extension_asked"
    return done_with(ctx, action, block, limit=OWN_EXTENSION)


@command(
    "cover",
    usage="cover WHO AND UNTIL WHEN",
    example="cover on leave until Monday, Priya covering",
    pattern=f"{FREE_TEXT}?",
    roles=LEADS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def cover(ctx: Context, args: Args) -> Reply:
    """The lead is away, and who stands in."""
    if not args.get("text"):
        return ask_words(ctx, args, "cover", None)
    service.cover(ctx.work, args.get("text"))
    return Reply("progress.covered")


def extend_form(ctx: Context, action: Action, args: Args) -> Reply:
    """The form that asks for a new due date and the reason."""
    fill = FormFill(values={"day": after_word(args.get("day")), "text": args.get("text")})
    return Reply("progress.extend_form", {"a": line(ctx.work, action), "limit": OWN_EXTENSION}, form=fill)
