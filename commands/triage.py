"""What officers do: triage, assign, decline, redirect, record actions of a meeting, close and send back."""

from __future__ import annotations

from bot.conversation.registry import Args, Context, Effect, Reply, command
from bot.errors import BadInput
from bot.rules.access import OFFICERS, WORKERS
from bot.services import triage as service
from bot.services.action_dates import typed_day
from bot.services.action_finding import REF, find_action
from bot.services.action_lists import waiting
from bot.services.action_views import line
from bot.services.council import calendar, service_levels
from bot.services.directorates import directorate_named, suggested
from bot.store.actions import Action
from bot.store.people import directorates
from bot.wording.parts import Choice, FormFill
from commands.actions import TEXT, after_word, done_with, mended, worded
from commands.progress import done

_TO = r"(?:\s+(?P<directorate>(?:to|for)\s.+?))?"
_FOR = r"(?:(?:^|\s+)(?P<directorate>for\s(?:(?!\sfor\s).)+?))?"
_DUE = r"(?:,?\s+(?P<due>(?:due|by)\s.+?))?"


@command("triage", example="triage", roles=OFFICERS)
def triage(ctx: Context, args: Args) -> Reply:
    """The concerns that nobody has yet, the oldest first."""
    limit = service_levels(ctx.work).acknowledge_working_days
    return Reply("triage.waiting", {"waiting": waiting(ctx.work), "limit": limit})


@command(
    "assign",
    usage="assign REFERENCE to DIRECTORATE [due DATE]",
    example="assign CPP-26/27-014 to Place and Transport due 4 December",
    pattern=rf"{REF}{_TO}{_DUE}\s*",
    roles=OFFICERS,
    effect=Effect.CHANGE,
    keeps=("text",),
    aliases=("reassign",),
)
def assign(ctx: Context, args: Args) -> Reply:
    """Give it to a directorate, or move it from one to another."""
    action = find_action(ctx.work, args.get("ref"))
    form = _assign_form(ctx, action, args)
    if not args.get("directorate"):
        return form
    try:
        directorate = directorate_named(ctx.work, after_word(args.get("directorate")))
        due = typed_day(ctx.work, after_word(args.get("due")), "due") if args.get("due") else None
        service.assign(ctx.work, action, directorate, due, args.get("text"))
    except BadInput as wrong:
        return mended(form, args, wrong)
    return done_with(ctx, action, "triage.assigned")


@command(
    "decline",
    usage="decline REFERENCE because REASON; next: WHO TAKES IT",
    example="decline CPP-26/27-014 because it is for the school; next: the school's governors",
    pattern=rf"{REF}(?:[,:]?\s*(?:because\s+)?(?P<text>(?!next:)\S.*?))?(?:[.;,]?\s*next:\s*(?P<next>\S.*))?",
    roles=OFFICERS,
    effect=Effect.CHANGE,
    keeps=("text", "next"),
)
def decline(ctx: Context, args: Args) -> Reply:
    """Not for the panel: why, and who takes it or what comes next. Both are asked for."""
    action = find_action(ctx.work, args.get("ref"))
    needed = ("text", "next")
    missing = {k: "progress.error_words_needed" for k in needed if not args.get(k)}
    if missing:
        fill = FormFill({k: args.get(k) for k in needed}, errors=missing if args.form else {})
        return Reply(
            "triage.decline_form", {"a": line(ctx.work, action)}, form=fill, keep_form=bool(args.form)
        )
    service.decline(ctx.work, action, args.get("text"), args.get("next"))
    return done_with(ctx, action, "triage.declined")


@command(
    "redirect",
    usage="redirect REFERENCE to complaint|advocacy|safeguarding|foi|casework",
    example="redirect CPP-26/27-014 to advocacy",
    pattern=rf"{REF}(?:\s+(?P<to>(?:to\s+)?(?!because\b)[a-z]+))?(?:[,:]?\s*(?:because\s+)?(?P<text>\S.*))?",
    roles=OFFICERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def redirect(ctx: Context, args: Args) -> Reply:
    """Another route is the right one."""
    action = find_action(ctx.work, args.get("ref"))
    typed = after_word(args.get("to")).lower()
    if not typed:
        return Reply("triage.redirect_form", {"a": line(ctx.work, action)}, form=FormFill())
    if typed not in list(service.Route):
        raise BadInput("triage.no_such_route", typed=typed, routes=[str(r) for r in service.Route])
    service.redirect(ctx.work, action, service.Route(typed), args.get("text"))
    return done_with(ctx, action, "triage.redirected")


@command(
    "action new",
    usage="action new: WHAT for DIRECTORATE due DATE",
    example="action new: two apprenticeships for People and Resources due 29 January",
    pattern=rf"(?P<text>(?!(?:for|due)\s)\S.*?)?{_FOR}{_DUE}\s*",
    roles=OFFICERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def new(ctx: Context, args: Args) -> Reply:
    """An action that the panel agreed at a meeting, or that the chair asks for."""
    form = _new_form(ctx, args)
    if not all(args.get(k) for k in ("text", "directorate", "due")):
        return form
    source = args.get("source", service.SOURCES[0])
    try:
        directorate = directorate_named(ctx.work, after_word(args.get("directorate")))
        due = typed_day(ctx.work, after_word(args.get("due")), "due")
        action = service.new_action(ctx.work, args.get("text"), directorate, due, source)
    except BadInput as wrong:
        return mended(form, args, wrong)
    return done_with(ctx, action, "triage.created")


@command(
    "close",
    usage="close REFERENCE [at M-12] [: WORDS]",
    example="close CPP-26/27-014 at M-12",
    pattern=rf"{REF}(?:\s+(?P<meeting>at\s+m-?\d{{1,6}}))?{TEXT}",
    roles=WORKERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def close(ctx: Context, args: Args) -> Reply:
    """The panel agrees that it is done. From a lead it is only the proposal."""
    if not ctx.roles & OFFICERS:
        return done(ctx, args)
    action = find_action(ctx.work, args.get("ref"))
    service.close(ctx.work, action, args.get("text"), after_word(args.get("meeting")))
    return done_with(ctx, action, "triage.closed")


@command(
    "send back",
    usage="send back REFERENCE because REASON",
    example="send back CPP-26/27-014 because the passes still do not work",
    pattern=REF + TEXT,
    roles=OFFICERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def send_back(ctx: Context, args: Args) -> Reply:
    """Not done yet."""
    return worded(ctx, args, "send back")


@command(
    "grant",
    usage="grant REFERENCE to DATE",
    example="grant CPP-26/27-014 to 29 January",
    pattern=rf"{REF}\s+(?P<day>(?:to|until|till|by)\s.+)",
    roles=OFFICERS,
    effect=Effect.CHANGE,
)
def grant(ctx: Context, args: Args) -> Reply:
    """Agree to the more time that a lead asked for."""
    action = find_action(ctx.work, args.get("ref"))
    service.grant(ctx.work, action, typed_day(ctx.work, after_word(args.get("day"))))
    return done_with(ctx, action, "triage.granted")


@command(
    "refuse",
    usage="refuse REFERENCE because REASON",
    example="refuse CPP-26/27-014 because the panel meets before then",
    pattern=REF + TEXT,
    roles=OFFICERS,
    effect=Effect.CHANGE,
    keeps=("text",),
)
def refuse(ctx: Context, args: Args) -> Reply:
    """The due date stands."""
    return worded(ctx, args, "refuse")


def _assign_form(ctx: Context, action: Action, args: Args) -> Reply:
    levels = service_levels(ctx.work)
    likely = suggested(ctx.work, f"{action.theme} {action.text}")
    values = {
        "directorate": args.get("directorate") or (likely.key if likely else ""),
        "due": args.get("due") or levels.answer_by(ctx.work.today, calendar(ctx.work)).isoformat(),
        "text": args.get("text"),
    }
    fill = FormFill(values, {"directorate": _areas(ctx)})
    shown = {"a": line(ctx.work, action), "limit": levels.answer_working_days}
    return Reply("triage.assign_form", shown, form=fill)


def _new_form(ctx: Context, args: Args) -> Reply:
    values = {k: after_word(args.get(k)) for k in ("directorate", "due")} | {"text": args.get("text")}
    missing = {k: "progress.error_words_needed" for k, v in values.items() if not v and k in args.form}
    fill = FormFill(values, {"directorate": _areas(ctx)}, errors=missing)
    return Reply("triage.new_form", form=fill, keep_form=bool(missing))


def _areas(ctx: Context) -> tuple[Choice, ...]:
    return tuple(Choice(d.key, d.name) for d in directorates(ctx.work.session))
