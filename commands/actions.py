"""One action and the lists of them; and what the commands on one action share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation.registry import FREE_TEXT, Args, Context, Reply, command
from bot.errors import BadInput, NotFound
from bot.rules.access import LEADS, WORKERS, Role
from bot.services import actions as service
from bot.services import concerns, triage
from bot.services.action_access import Sight, must_see, sight
from bot.services.action_choice import chosen
from bot.services.action_finding import about, find_action, has_subject, reference_in
from bot.services.action_lists import log_lines, overdue, own_open, raised_by_me
from bot.services.action_views import View, can, line, view
from bot.services.bodies import body_named
from bot.store.actions import Action
from bot.store.work import Work
from bot.wording.parts import Card, FormFill

TEXT = r"(?:\s*[:,–-]?\s*(?:because\s+)?(?P<text>\S.*))?"
"""The words that may follow a reference."""
LONGEST_SAID = 1500
"""A button repeats what was typed, and the platforms limit what a button can carry."""
WORDED: dict[str, tuple[Callable[[Work, Action, str], Any], str]] = {
    "update": (service.update, "progress.updated"),
    "note": (lambda work, action, text: service.update(work, action, text, begins=False), "progress.updated"),
    "hold": (service.hold, "progress.held"),
    "not mine": (service.hand_back, "progress.handed_back"),
    "done": (service.propose_closing, "progress.proposed"),
    "reopen": (concerns.reopen, "concerns.reopened"),
    "amend": (concerns.amend, "concerns.amended"),
    "send back": (triage.send_back, "triage.sent_back"),
    "refuse": (triage.refuse, "triage.refused"),
}
"""What is done with words: the use case, and what is said afterwards."""
_WORDLESS: dict[str, tuple[Callable[[Work, Action], Any], str]] = {
    "ack": (service.acknowledge, "progress.acknowledged"),
    "withdraw": (concerns.withdraw, "concerns.withdrawn"),
    "chase": (concerns.chase, "concerns.chased"),
    "for agenda": (concerns.ask_for_agenda, "concerns.agenda_noted"),
    "anonymous": (concerns.keep_name_off, "concerns.anonymous_on"),
    "close": (triage.close, "triage.closed"),
}


# --- for this family and its neighbours


def shown(work: Work, action: Action) -> View:
    """The action as the person who acts may see it."""
    return view(work, action, sight(work, action) or Sight.LOG)


def which(ctx: Context, args: Args, verb: str, command: str = "") -> Action:
    """The action that is meant, once it is clear that the person may use the verb on it.

    Where it is not clear, each action is offered as a button that says `command` (the verb itself, if not
    given), its reference and the words.
    """
    card = ctx.card.subject if ctx.card else ""
    text = args.get("text")
    after = f": {text}" if text and len(text) <= LONGEST_SAID else ""
    asks = (command or verb, after)
    return chosen(ctx.work, verb, args.get("ref"), card=card, words=text or ctx.sentence, asks=asks)


def worded(ctx: Context, args: Args, verb: str) -> Reply:
    """Do what needs words; without them, ask for them in a form."""
    action = which(ctx, args, verb)
    if not args.get("text"):
        return ask_words(ctx, args, verb, action)
    use_case, block = WORDED[verb]
    use_case(ctx.work, action, args.get("text"))
    return done_with(ctx, action, block)


def wordless(ctx: Context, args: Args, verb: str) -> Reply:
    """Do what needs no words."""
    action = which(ctx, args, verb)
    use_case, block = _WORDLESS[verb]
    before = use_case(ctx.work, action)
    return done_with(ctx, action, block, seen_before=before)


def done_with(ctx: Context, action: Action, block: str, **more: Any) -> Reply:
    """What is said after a change. A short reply to it is about the same action."""
    seen = sight(ctx.work, action)
    card = {Sight.WORK: "action_update_due", Sight.OWN: "concern_saved"}.get(seen) if seen else None
    values = {"a": shown(ctx.work, action), **more}
    return Reply(block, values, card=Card(card, action.ref) if card else None)


def ask_words(ctx: Context, args: Args, verb: str, action: Action | None) -> Reply:
    """The form that asks for the words; with what is wrong where it came back empty."""
    empty = "text" in args.form and not args.get("text")
    errors = {"text": "progress.error_words_needed"} if empty else {}
    values = {"verb": verb, "a": line(ctx.work, action) if action else None}
    fill = FormFill(values={"text": args.get("text")}, errors=errors)
    return Reply("progress.words_form", values, form=fill, keep_form=empty)


def mended(form: Reply, args: Args, wrong: BadInput) -> Reply:
    """The same form again, with what was typed and what to mend; outside a form, the refusal stands.

    Only for a refusal that comes before anything is changed: a reply does not roll back.
    """
    if not args.form or not wrong.fields:
        raise wrong
    given = form.form or FormFill()
    fill = FormFill(
        {**given.values, **args.form}, given.choices, wrong.fields, error_values=dict(wrong.values)
    )
    return Reply(form.block, form.values, form=fill, keep_form=True)


def after_word(typed: str) -> str:
    """What stands after the word that leads to it: "to 12 January" is "12 January"."""
    first, _, rest = typed.strip().partition(" ")
    return (
        rest.strip() if first.lower() in ("to", "until", "till", "by", "for", "due", "at") else typed.strip()
    )


# --- looking


@command(
    "status",
    usage="status REFERENCE",
    example="status CPP-26/27-014",
    pattern=f"{FREE_TEXT}?",
    aliases=("concern status", "what happened to"),
)
def status(ctx: Context, args: Args) -> Reply:
    """One action or concern, by its reference or by what it is about."""
    text = args.get("text")
    if ref := reference_in(text) or (text if text.isdigit() else ""):
        return card(ctx, find_action(ctx.work, ref))
    found = about(ctx.work, text)
    if len(found) == 1:
        return card(ctx, found[0])
    if found:
        return Reply("actions.several", {"lines": [line(ctx.work, a) for a in found]})
    own = mine(ctx, Args()) if ctx.has(Role.LEAD) else own_concerns(ctx)
    return Reply("actions.none_found", then=(own,)) if has_subject(text) else own


def card(ctx: Context, action: Action) -> Reply:
    """The whole action, with what the person can do next."""
    seen = must_see(ctx.work, action)
    return done_with(ctx, action, "actions.card", can=can(ctx.work, action), seen=seen)


def own_concerns(ctx: Context) -> Reply:
    """What the person raised, and how it stands."""
    lines = [line(ctx.work, a) for a in raised_by_me(ctx.work)]
    return Reply("concerns.mine", {"lines": lines})


@command("my actions", example="my actions", roles=LEADS)
def mine(ctx: Context, args: Args) -> Reply:
    """The open actions of the lead's directorate, reds first."""
    return Reply("actions.mine", {"lines": [line(ctx.work, a) for a in own_open(ctx.work)]})


@command(
    "overdue",
    example="overdue",
    pattern=r"(?:(?:for|in|with) (?:my|our|the) \w+)?[.?! ]*",
    roles=WORKERS,
    aliases=("whats overdue", "what's overdue", "what is overdue"),
)
def show_overdue(ctx: Context, args: Args) -> Reply:
    """What is past its due date."""
    return Reply("actions.overdue", {"lines": overdue(ctx.work)})


@command(
    "action log",
    usage="action log [PANEL] [red]",
    example="action log",
    pattern=r"(?:for the pack|(?P<body>(?!reds?$)[\w-]+(?: [\w-]+){0,5}?))?\s*(?P<red>reds?)?[.?! ]*",
    aliases=("export action log", "export the action log", "the action log"),
)
def log(ctx: Context, args: Args) -> Reply:
    """The open actions that the person may see, reds first."""
    typed = args.get("body")
    body = body_named(ctx.work, typed) if typed else None
    if typed and body is None:
        raise NotFound("actions.no_such_body", typed=typed)
    red = bool(args.get("red"))
    lines = log_lines(ctx.work, body, red_only=red)
    return Reply("actions.log", {"lines": lines, "body": body.name if body else "", "red": red})


@command("reds", example="reds", aliases=("all reds", "show reds", "show me reds", "show me all reds"))
def reds(ctx: Context, args: Args) -> Reply:
    """The overdue actions that the person may see."""
    return log(ctx, Args({"red": "red"}))
