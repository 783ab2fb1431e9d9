"""The officer arranges, moves and cancels meetings. Each change is read back before it is made."""

from __future__ import annotations

from datetime import date, time

from bot.conversation.registry import Args, Context, Effect, Reply, command
from bot.errors import BadInput
from bot.rules.access import OFFICERS
from bot.services import arranging as service
from bot.services.meeting_changes import arrange, cancel, move, moved, planned
from bot.services.meeting_finder import get_meeting, named_or_next
from bot.services.meetings import must_be_open, must_be_unchanged, the_body
from bot.wording.parts import Card, Choice, FormFill

_REF = r"(?P<ref>M-?\d{1,6})"
_WHEN = r"(?P<day>\d{4}-\d\d-\d\d) (?P<start>\d\d:\d\d) (?P<end>\d\d:\d\d)"
_AT = r"(?: at (?P<place>\S.*))?"
LONGEST_REASON = 300
"""A button carries the reason, and the platforms limit what a button can carry."""
_FIELDS = ("body", "date", "time", "end", "place")


@command(
    "meeting new",
    roles=OFFICERS,
    usage="meeting new BODY DATE TIME [at PLACE]",
    example="meeting new CPP 8 December 2026 5.30pm",
    pattern=r"(?:(?P<name>[\w-]+)(?: (?P<text>\S.*))?)?",
    effect=Effect.CHANGE,
    keeps=("place",),
)
def new(ctx: Context, args: Args) -> Reply:
    """A new meeting, from a line (read back) or from a form (entered at once)."""
    if args.form:
        return _from_form(ctx, args)
    if not args.get("text"):
        return Reply("arranging.form", form=_form(ctx, {"body": args.get("name").upper()}))
    body = the_body(ctx.work, args.get("name"))
    slot, place = service.when_and_where(ctx.work, args.get("text"))
    day, start = service.certain(slot)
    plan = planned(ctx.work, body, day, start, slot.end, place)
    return Reply("arranging.read_new", {"plan": plan, "says": service.says_make(plan)}, card=Card("confirm"))


@command(
    "meeting make",
    roles=OFFICERS,
    hidden=True,
    example="meeting make CPP 2026-12-08 17:30 19:30",
    pattern=rf"(?P<name>[\w-]+) {_WHEN}{_AT}",
    effect=Effect.CHANGE,
    keeps=("place",),
)
def make(ctx: Context, args: Args) -> Reply:
    """The new meeting that was read back."""
    day, start, end = _when(args)
    plan = planned(ctx.work, the_body(ctx.work, args.get("name")), day, start, end, args.get("place"))
    return Reply("arranging.made", {"plan": plan, "meeting": arrange(ctx.work, plan)})


@command(
    "meeting move",
    roles=OFFICERS,
    usage="meeting move M-12 to DATE TIME [at PLACE]",
    example="meeting move M-12 to 21 January 6pm",
    pattern=rf"(?:{_REF}\b\s*)?(?:(?:to|is now)\s+)?(?P<text>\S.*)?",
    aliases=("meeting moved", "move meeting"),
)
def move_it(ctx: Context, args: Args) -> Reply:
    """Another day, time or place, read back with what it means for the notice and for whom."""
    meeting = named_or_next(ctx.work, args.get("ref"), ctx.person)
    if not args.get("text"):
        return Reply("arranging.how_to_move", {"meeting": meeting})
    slot, place = service.when_and_where(ctx.work, args.get("text"), meeting)
    plan = moved(ctx.work, meeting, slot.day, slot.start, slot.end, place)
    values = {"meeting": meeting, "plan": plan, "says": service.says_move(meeting, plan)}
    return Reply("arranging.read_move", values, card=Card("confirm", meeting.ref))


@command(
    "meeting shift",
    roles=OFFICERS,
    hidden=True,
    example="meeting shift M-12 2027-01-21 18:00 20:00 s0",
    pattern=rf"{_REF} {_WHEN} s(?P<sequence>\d+){_AT}",
    effect=Effect.CHANGE,
    keeps=("place",),
)
def shift(ctx: Context, args: Args) -> Reply:
    """The move that was read back."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    must_be_unchanged(meeting, int(args.get("sequence")))
    day, start, end = _when(args)
    plan = moved(ctx.work, meeting, day, start, end, args.get("place"))
    return Reply("arranging.moved", {"meeting": meeting, "plan": plan, "told": move(ctx.work, meeting, plan)})


@command(
    "meeting cancel",
    roles=OFFICERS,
    usage="meeting cancel M-12 because REASON",
    example="meeting cancel M-12 because the hall is flooded",
    pattern=rf"{_REF}(?:\s*[,:-]?\s*(?:because\s+)?(?P<reason>\S.*))?",
    keeps=("reason",),
)
def cancel_it(ctx: Context, args: Args) -> Reply:
    """Calling a meeting off, read back with how many people will be told."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    must_be_open(ctx.work, meeting)
    told = service.how_many_told(ctx.work, meeting)
    values = {"meeting": meeting, "reason": args.get("reason")[:LONGEST_REASON], "told": told}
    return Reply("arranging.read_cancel", values, card=Card("confirm", meeting.ref))


@command(
    "meeting call off",
    roles=OFFICERS,
    hidden=True,
    example="meeting call off M-12 s0 because the hall is flooded",
    pattern=rf"{_REF} s(?P<sequence>\d+)(?: because (?P<reason>\S.*))?",
    effect=Effect.CHANGE,
    keeps=("reason",),
)
def call_off(ctx: Context, args: Args) -> Reply:
    """The cancellation that was read back."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    must_be_open(ctx.work, meeting)
    must_be_unchanged(meeting, int(args.get("sequence")))
    told = cancel(ctx.work, meeting, args.get("reason"))
    return Reply("arranging.cancelled", {"meeting": meeting, "told": told})


def _when(args: Args) -> tuple[date, time, time]:
    return (
        date.fromisoformat(args.get("day")),
        time.fromisoformat(args.get("start")),
        time.fromisoformat(args.get("end")),
    )


def _from_form(ctx: Context, args: Args) -> Reply:
    """A submitted form: what is wrong stands beside the field; what is right is kept."""
    given = {f: args.get(f) for f in _FIELDS}
    try:
        body = the_body(ctx.work, given["body"])
        day, start, end = service.from_form(ctx.work, given)
        plan = planned(ctx.work, body, day, start, end, given["place"])
    except BadInput as wrong:
        if not wrong.fields:
            raise
        return Reply("arranging.form", form=_form(ctx, given, dict(wrong.fields)), keep_form=True)
    return Reply("arranging.made", {"plan": plan, "meeting": arrange(ctx.work, plan)})


def _form(ctx: Context, given: dict[str, str], errors: dict[str, str] | None = None) -> FormFill:
    choices = tuple(Choice(b.ref, b.name) for b in service.all_bodies(ctx.work))
    return FormFill(values=given, choices={"body": choices}, errors=errors or {})
