"""Raising a concern, and what those who raised one do with it."""

from __future__ import annotations

from bot.conversation.registry import FREE_TEXT, Args, Context, Effect, Reply, command
from bot.errors import BadInput
from bot.rules.access import Role
from bot.services import concerns as service
from bot.services.action_finding import REF
from bot.services.council import service_levels
from bot.store.actions import Action
from bot.store.people import directorates
from bot.wording.parts import Card, Choice, FormFill
from commands.actions import TEXT, done_with, mended, own_concerns, which, worded, wordless

_NUMBER = r"(?P<number>\d{1,9})"


@command(
    "concern",
    usage="concern [YOUR WORDS]",
    example="concern bus passes for our care leavers",
    pattern=rf"(?!#?\d{{1,4}}\b)[–-]?\s*(?:(?:about|re|regarding)\s+)?{FREE_TEXT}?",
    keeps=("text",),
    aliases=("raise concern", "raise a concern", "log concern", "log a concern"),
)
def concern(ctx: Context, args: Args) -> Reply:
    """A form; or, with words, those words read back before they are logged."""
    return read_back(ctx, args) if args.get("text") else _form(ctx)


@command(
    "concern words",
    hidden=True,
    example="concern words bus passes for our care leavers",
    pattern=f"{FREE_TEXT}?",
    effect=Effect.UNDO,
    keeps=("text",),
)
def read_back(ctx: Context, args: Args) -> Reply:
    """The words, checked for a child's details before this, read back and kept for a day at most."""
    text = args.get("text")
    if len(text) < service.SHORTEST:
        return _form(ctx, {"text": text})
    if ctx.public_place:
        return _in_private(ctx, text)
    draft = service.keep_words(ctx.work, text)
    area = next((d.name for d in directorates(ctx.work.session) if d.key == draft.content["area"]), "")
    values = {"text": text, "area": area, "number": draft.id, "member": ctx.has(Role.MEMBER)}
    return Reply("concerns.read_back", values, card=Card("confirm", "concern"))


@command("concern send", hidden=True, effect=Effect.CHANGE, keeps=("text", "wanted"))
def send(ctx: Context, args: Args) -> Reply:
    """The form, filled in."""
    if args.get("capacity") == "ward":
        return Reply("concerns.casework")
    given = service.Concern(
        text=args.get("text"),
        area=args.get("area"),
        wanted=args.get("wanted"),
        how_many=args.get("how_many"),
        anonymous=args.get("anonymous") == "yes",
    )
    try:
        action, new = service.raise_concern(ctx.work, given)
    except BadInput as wrong:
        return mended(_form(ctx), args, wrong)
    if args.get("draft").isdigit():
        service.forget_draft(ctx.work, int(args.get("draft")))
    return _saved(ctx, action, new)


@command("concern log", hidden=True, pattern=_NUMBER, effect=Effect.CHANGE, example="concern log 7")
def log(ctx: Context, args: Args) -> Reply:
    """Log the words that were read back; once, however often the button is pressed."""
    return _saved(ctx, *service.log_draft(ctx.work, int(args.get("number"))))


@command("concern change", hidden=True, pattern=_NUMBER, example="concern change 7")
def change(ctx: Context, args: Args) -> Reply:
    """The form, with the words that were read back already in it."""
    kept = service.draft(ctx.work, int(args.get("number")))
    words = {k: str(kept.content.get(k, "")) for k in ("text", "area")}
    return _form(ctx, {**words, "draft": str(kept.id)})


@command("concern drop", hidden=True, pattern=_NUMBER, effect=Effect.CHANGE, example="concern drop 7")
def drop(ctx: Context, args: Args) -> Reply:
    """Forget the words that were read back."""
    service.forget_draft(ctx.work, int(args.get("number")))
    return Reply("concerns.dropped")


@command("concern casework", hidden=True)
def casework(ctx: Context, args: Args) -> Reply:
    """Ward casework is not the panel's: the member is shown where it goes, and nothing is kept."""
    service.forget_drafts(ctx.work)
    return Reply("concerns.casework")


@command("my concerns", example="my concerns", aliases=("concerns", "my open concerns"))
def my_concerns(ctx: Context, args: Args) -> Reply:
    """What the person raised, and how each one stands."""
    return own_concerns(ctx)


@command(
    "chase",
    usage="chase REFERENCE",
    example="chase CPP-26/27-014",
    pattern=f"(?:{REF})?[.! ]*",
    effect=Effect.CHANGE,
)
def chase(ctx: Context, args: Args) -> Reply:
    """Ask for news, once a working day."""
    return wordless(ctx, args, "chase")


@command(
    "reopen",
    usage="reopen REFERENCE because REASON",
    example="reopen CPP-26/27-014 because the passes still do not work",
    pattern=REF + TEXT,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def reopen(ctx: Context, args: Args) -> Reply:
    """Ask for a finished one to be looked at again."""
    return worded(ctx, args, "reopen")


@command(
    "withdraw",
    usage="withdraw REFERENCE",
    example="withdraw CPP-26/27-014",
    pattern=REF + TEXT,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def withdraw(ctx: Context, args: Args) -> Reply:
    """Take a concern back before work begins."""
    action = which(ctx, args, "withdraw")
    service.withdraw(ctx.work, action, args.get("text"))
    return done_with(ctx, action, "concerns.withdrawn")


@command(
    "amend",
    usage="amend REFERENCE: WORDS",
    example="amend CPP-26/27-014: it is the same on Sundays",
    pattern=REF + TEXT,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def amend(ctx: Context, args: Args) -> Reply:
    """Add something to a concern."""
    return worded(ctx, args, "amend")


@command(
    "anonymous",
    usage="anonymous REFERENCE",
    example="anonymous CPP-26/27-014",
    pattern=f"{REF}[.! ]*",
    effect=Effect.CHANGE,
    aliases=("keep my name off",),
)
def anonymous(ctx: Context, args: Args) -> Reply:
    """Keep the raiser's name from the lead. The officer still sees it, and the reply says so."""
    return wordless(ctx, args, "anonymous")


@command(
    "for agenda",
    usage="for agenda REFERENCE",
    example="for agenda CPP-26/27-014",
    pattern=f"{REF}[.! ]*",
    effect=Effect.CHANGE,
)
def for_agenda(ctx: Context, args: Args) -> Reply:
    """Ask for it to go on the next agenda."""
    return wordless(ctx, args, "for agenda")


def _form(ctx: Context, values: dict[str, str] | None = None) -> Reply:
    areas = tuple(Choice(d.key, d.name) for d in directorates(ctx.work.session))
    hidden = frozenset() if ctx.has(Role.MEMBER) else frozenset({"capacity"})
    fill = FormFill(values=values or {}, choices={"area": areas}, hidden=hidden)
    return Reply("concerns.form", form=fill)


def _in_private(ctx: Context, text: str) -> Reply:
    """A concern typed where others are: the rest of it happens in a form that only its raiser sees."""
    words = {"text": text, "area": service.likely_area(ctx.work, text)}
    return Reply("concerns.in_private", then=(_form(ctx, words),))


def _saved(ctx: Context, action: Action | str, new: bool) -> Reply:
    if isinstance(action, str) or not new:
        return Reply("concerns.already", {"ref": action if isinstance(action, str) else action.ref})
    return done_with(ctx, action, "concerns.saved", days=service_levels(ctx.work).acknowledge_working_days)
