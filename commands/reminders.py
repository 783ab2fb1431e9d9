"""How I am reminded: how often, when not, and reminders of my own."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from bot.clock import from_london, london
from bot.conversation.registry import FREE_TEXT, Args, Context, Effect, Reading, Reply, Says, command, reads
from bot.errors import BadInput
from bot.rules.recurrence import Frequency
from bot.services import reminders as service
from bot.wording.parts import Card, FormFill

_DAY = r"(?P<until>\d{4}-\d\d-\d\d)"
_AT = r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d)"
_OFTEN = "|".join(Frequency)
_MORNING = time(9)
_MOMENT = re.compile(
    r"^(?:please )?(?:can you )?(?:remind|nudge|ping|prod) me (?:again )?(?:to|about|of|that)?\s*", re.I
)


@command("reminders", example="reminders", aliases=("my reminders",))
def show_reminders(ctx: Context, args: Args) -> Reply:
    """How this person is reminded."""
    return _shown(service.choice_of(ctx.work, ctx.person))


@command(
    "reminders how often",
    usage="reminders how often weekly",
    example="reminders how often monthly",
    pattern=f"(?P<often>{_OFTEN})",
    effect=Effect.UNDO,
)
def how_often(ctx: Context, args: Args) -> Reply:
    """How often a duty is sent."""
    return _shown(service.choose(ctx.work, ctx.person, frequency=Frequency(args.get("often").lower())))


@command(
    "reminders weekends",
    usage="reminders weekends off",
    example="reminders weekends off",
    pattern="(?P<on>on|off)",
    effect=Effect.UNDO,
)
def weekends(ctx: Context, args: Args) -> Reply:
    """Whether messages may come at weekends."""
    return _shown(service.choose(ctx.work, ctx.person, no_weekends=args.get("on").lower() == "off"))


@command(
    "reminders evenings",
    usage="reminders evenings off",
    example="reminders evenings off",
    pattern="(?P<on>on|off)",
    effect=Effect.UNDO,
)
def evenings(ctx: Context, args: Args) -> Reply:
    """Whether messages may come after 6pm."""
    return _shown(service.choose(ctx.work, ctx.person, no_evenings=args.get("on").lower() == "off"))


@command(
    "reminders pause until",
    usage="reminders pause until 2027-01-04",
    example="reminders pause until 2027-01-04",
    pattern=_DAY,
    effect=Effect.UNDO,
)
def pause(ctx: Context, args: Args) -> Reply:
    """No routine reminders before a day."""
    return _shown(service.pause(ctx.work, ctx.person, _day(args.get("until"))))


@command("reminders resume", example="reminders resume", effect=Effect.UNDO)
def resume(ctx: Context, args: Args) -> Reply:
    """Reminders again."""
    return _shown(service.resume(ctx.work, ctx.person))


@command(
    "remind me",
    usage="remind me 2026-12-01T09:00 to read the papers",
    example="remind me 2026-12-01T09:00 to read the papers",
    pattern=rf"{_AT} (?:to |about |that )?{FREE_TEXT}",
    effect=Effect.UNDO,
    keeps=("text",),
)
def remind_me(ctx: Context, args: Args) -> Reply:
    """A reminder of one's own."""
    at = _moment(args.get("at"))
    service.remind_myself(ctx.work, ctx.person, at, args.get("text"))
    return Reply("reminders.set", {"at": at, "words": args.get("text")})


@reads("remind_me", "reminder_preference", "snooze")
def read_reminder(ctx: Context, meant: Reading) -> Says | Reply:
    """A choice about reminders, or a reminder of one's own."""
    slots = meant.slots
    quiet = (
        " ".join(slots.get("quiet") or [])
        if isinstance(slots.get("quiet"), list)
        else str(slots.get("quiet") or "")
    )
    if "weekend" in quiet:
        return Says("reminders weekends off")
    if "evening" in quiet or "night" in quiet:
        return Says("reminders evenings off")
    if (often := str(slots.get("frequency") or "").lower()) in set(Frequency):
        return Says(f"reminders how often {often}")
    day = _day_of(meant)
    if slots.get("until") or meant.intent == "snooze":
        return Says(f"reminders pause until {day}") if day else Reply("reminders.when", {"words": ""})
    if slots.get("stop"):
        return Says("reminders how often never")
    return _own(ctx, meant)


def _own(ctx: Context, meant: Reading) -> Says | Reply:
    """A reminder of one's own, once its time is plain. The date is always read back in words."""
    words = _MOMENT.sub("", ctx.sentence).strip() or ctx.sentence
    when = meant.when
    if when is None or when.kind == "none":
        return Says("reminders") if len(words.split()) < 2 else Reply("reminders.when", {"words": words})
    if when.kind == "ambiguous":
        moments = [(m, _said(m)) for v in when.value if (m := _stamp(v))][:3]
        return Reply("reminders.which", {"moments": moments, "words": words}, card=Card("did_you_mean"))
    moment = _stamp(when.value) if when.kind in ("date", "datetime") else None
    if moment is None:
        return Reply("reminders.when", {"words": words})
    return Reply(
        "reminders.confirm", {"at": moment, "stamp": _said(moment), "words": words}, card=Card("confirm")
    )


def _stamp(value: str) -> datetime | None:
    """A read date or time as a UTC moment; a day without a time means 9am."""
    try:
        if "T" in value:
            found = datetime.fromisoformat(value)
            return found if found.tzinfo else from_london(found.date(), found.time())
        return from_london(date.fromisoformat(value), _MORNING)
    except ValueError:
        return None


def _said(moment: datetime) -> str:
    return london(moment).strftime("%Y-%m-%dT%H:%M")


def _moment(text: str) -> datetime:
    found = _stamp(text)
    if found is None:
        raise BadInput("reminders.bad_time")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("reminders.bad_date", text=text) from None


def _day_of(meant: Reading) -> str:
    """The day from which reminders are welcome again."""
    when = meant.when
    if when is None or when.kind not in ("date", "datetime", "range"):
        return ""
    if when.kind == "range":
        return (date.fromisoformat(str(when.value[1])[:10]) + timedelta(days=1)).isoformat()
    return str(when.value)[:10]


def _shown(choice: service.Choice) -> Reply:
    return Reply("reminders.choice", {"choice": choice}, form=FormFill())
