"""What a sentence asked for, read back with a button that does it."""

from __future__ import annotations

from datetime import date

from bot.conversation.registry import Args, Context, Effect, Reply, command
from bot.errors import Refused
from bot.rules.access import LEADS, Role
from bot.services.action_dates import day_meant
from bot.services.action_finding import REF
from bot.services.action_views import line
from bot.store.actions import Action
from bot.wording.parts import Card
from commands.actions import LONGEST_SAID, WORDED, after_word, ask_words, which, worded
from commands.progress import cover, extend_form

_VERBS = (
    "not mine|update|note|done|hold|extend|ack|reopen|amend|withdraw|chase|anonymous|for agenda|close|cover"
)
_BECAUSE = frozenset({"hold", "not mine", "extend", "reopen"})


@command(
    "check",
    hidden=True,
    example="check update CPP-26/27-014: contract signed",
    pattern=rf"(?P<verb>{_VERBS})\b(?:\s+{REF})?(?P<day>\s+to\s+\d{{4}}-\d\d-\d\d)?(?:\s*:\s*(?P<text>\S.*))?",
    effect=Effect.ASK,
    keeps=("text",),
)
def check(ctx: Context, args: Args) -> Reply:
    """What a sentence asks for, read back with a button that does it. Nothing is changed yet.

    The words have passed the check for a child's details before they are shown again. Where that check
    asked for them anew, the form that comes back does what was asked.
    """
    verb = args.get("verb").lower()
    if verb == "cover":
        if not ctx.has(Role.LEAD):
            raise Refused("errors.not_allowed", command=verb, needed=sorted(LEADS))
        return cover(ctx, args) if args.form else _read_back_cover(ctx, args)
    action = which(ctx, args, verb, f"check {verb}")
    if args.form and verb in WORDED:
        return worded(ctx, Args({"ref": action.ref, "text": args.get("text")}), verb)
    if verb == "extend":
        return _read_back_extension(ctx, args, action)
    if verb in WORDED and not args.get("text"):
        return ask_words(ctx, args, verb, action)
    return _read_back(ctx, verb, action, args.get("text") if verb in WORDED else "")


@command(
    "put this on the next agenda",
    hidden=True,
    pattern=r"(?:please|pls)?[.! ]*",
    effect=Effect.UNDO,
    aliases=(
        "i'd like this on the next agenda",
        "put it on the next agenda",
        "can this go on the next agenda",
        "i would like this on the next agenda",
        "id like this on the next agenda",
    ),
)
def wanted_on_agenda(ctx: Context, args: Args) -> Reply:
    """A wish about "this", which is the concern in front of the person: read back like any other sentence."""
    return check(ctx, Args({"verb": "for agenda"}))


@command("leave it", hidden=True, aliases=("never mind",))
def leave(ctx: Context, args: Args) -> Reply:
    """Nothing is done."""
    return Reply("read_back.left")


def _read_back(ctx: Context, verb: str, action: Action, text: str, day: date | None = None) -> Reply:
    joint = " because " if verb in _BECAUSE else ": "
    until = f" to {day.isoformat()}" if day else ""
    says = f"{verb} {action.ref}{until}{joint + text if text else ''}"
    if len(says) > LONGEST_SAID:
        return ask_words(ctx, Args({"text": text}), verb, action)
    values = {"verb": verb, "a": line(ctx.work, action), "text": text, "day": day, "says": says}
    return Reply("read_back.check", values, card=Card("confirm", action.ref))


def _read_back_extension(ctx: Context, args: Args, action: Action) -> Reply:
    text = args.get("text")
    day = (
        date.fromisoformat(after_word(args.get("day")))
        if args.get("day")
        else day_meant(ctx.work, action, text)
    )
    if day is None or args.form or len(text) > LONGEST_SAID:
        filled = {"text": text, "day": day.isoformat() if day else ""}
        return extend_form(ctx, action, Args(filled))
    return _read_back(ctx, "extend", action, text, day)


def _read_back_cover(ctx: Context, args: Args) -> Reply:
    text = args.get("text")
    if not text or len(text) > LONGEST_SAID:
        return ask_words(ctx, args, "cover", None)
    values = {"text": text, "says": f"cover {text}"}
    return Reply("read_back.check_cover", values, card=Card("confirm", "cover"))
