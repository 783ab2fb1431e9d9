"""Who is coming, and the officer's record of who came."""

from __future__ import annotations

from bot.conversation.registry import FREE_TEXT, Args, Context, Effect, Reading, Reply, Says, command, reads
from bot.errors import BadInput, Refused
from bot.rules.access import OFFICERS, Role
from bot.services import attending as service
from bot.services.bodies import sits_on
from bot.services.meeting_finder import WHICH, find_meeting, get_meeting, named_or_next
from bot.services.named import naming_meeting
from bot.services.turnout import nudge, to_nudge, turnout
from bot.wording.parts import Card

_REF = r"(?:(?P<ref>M-?\d{1,6})\b)?"
_WAYS: dict[str, service.Way] = {
    "present": "present",
    "remote": "remote",
    "online": "remote",
    "apologies": "apologies",
    "absent": "absent",
    "substitute": "substitute",
    "sub": "substitute",
    "in attendance": "in_attendance",
}


@command(
    "who is coming",
    usage="who is coming [WHICH]",
    example="who is coming in December",
    pattern=WHICH,
    aliases=(
        "responses",
        "who's coming",
        "whos coming",
        "are we quorate",
        "who hasn't replied",
        "who hasnt replied",
        "who has not replied",
        "who has replied",
    ),
)
@command("show coming", pattern=FREE_TEXT, hidden=True, example="show coming in December")
def who_is_coming(ctx: Context, args: Args) -> Reply:
    """Answers by name, and whether they make a quorum. Reasons are for the officer alone, in private."""
    meeting = find_meeting(ctx.work, args.get("which") or args.get("text"), ctx.person)
    if not ctx.has(Role.OFFICER) and sits_on(ctx.person, meeting.body) is None:
        raise Refused("responses.not_yours", meeting=naming_meeting(meeting))
    found = turnout(ctx.work, meeting)
    officer = ctx.has(Role.OFFICER)
    values = {
        "t": found,
        "meeting": meeting,
        "officer": officer,
        "notes": officer and not ctx.public_place,
        "is_open": meeting.ends_at > ctx.work.now and meeting.state != "cancelled",
    }
    return Reply("responses.turnout", values)


@command(
    "nudge",
    roles=OFFICERS,
    usage="nudge [M-12]",
    example="nudge M-12",
    pattern=rf"{_REF}\s*(?:(?:the )?non[- ]?(?:responders|repliers))?(?: (?:please|pls))?[.! ]*",
)
def nudge_whom(ctx: Context, args: Args) -> Reply:
    """Whom a nudge would go to, with a button that says how many."""
    meeting = named_or_next(ctx.work, args.get("ref"), ctx.person)
    people = to_nudge(ctx.work, meeting)
    values = {"meeting": meeting, "people": people}
    return Reply("responses.read_nudge", values, card=Card("confirm", meeting.ref) if people else None)


@command(
    "nudge go",
    roles=OFFICERS,
    hidden=True,
    example="nudge go M-12",
    pattern=r"(?P<ref>M-?\d{1,6})",
    effect=Effect.CHANGE,
)
def nudge_now(ctx: Context, args: Args) -> Reply:
    """Ask again those who have not answered or are in doubt."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    return Reply("responses.nudge_sent", {"meeting": meeting, "count": nudge(ctx.work, meeting)})


@command(
    "record",
    roles=OFFICERS,
    usage="record [M-12] NAME present|remote|apologies|absent|substitute [for NAME]",
    example="record M-12 Jean Attwater present",
    pattern=rf"{_REF}\s*(?P<name>\S.*?)\s+(?:as |was )?(?P<way>{'|'.join(_WAYS)})"
    r"(?P<sub> as (?:a )?(?:sub|substitute))?(?: for (?P<whom>\S.*?))?[.! ]*",
    effect=Effect.CHANGE,
    aliases=("mark",),
)
def record(ctx: Context, args: Args) -> Reply:
    """How one person attended, or that they did not."""
    ref = args.get("ref")
    meeting = get_meeting(ctx.work, ref) if ref else service.meeting_to_record(ctx.work)
    person = service.one_person(ctx.work, args.get("name"), meeting if not args.get("sub") else None)
    way: service.Way = "substitute" if args.get("sub") else _WAYS[args.get("way").lower()]
    whom = service.one_person(ctx.work, args.get("whom"), meeting) if args.get("whom") else None
    try:
        done = service.record(ctx.work, meeting, person, way, whom)
    except BadInput as wrong:
        if wrong.block != "responses.for_whom":
            raise
        return Reply(wrong.block, wrong.values)
    return Reply("responses.recorded", {"done": done, "meeting": meeting, "named": bool(ref)})


@command(
    "confirm apologies",
    roles=OFFICERS,
    usage="confirm apologies [M-12]",
    example="confirm apologies M-12",
    pattern=_REF,
    effect=Effect.CHANGE,
    aliases=("record apologies",),
)
def confirm_apologies(ctx: Context, args: Args) -> Reply:
    """Record all apologies received for a meeting."""
    meeting = named_or_next(ctx.work, args.get("ref"), ctx.person)
    return Reply(
        "responses.apologies_recorded",
        {"meeting": meeting, "people": service.confirm_apologies(ctx.work, meeting)},
    )


@command("attendance", roles=OFFICERS, usage="attendance", example="attendance", aliases=("six month rule",))
def attendance(ctx: Context, args: Args) -> Reply:
    """Councillors near the six-month rule. Private: a seat is at stake."""
    if ctx.public_place:
        return Reply("responses.attendance_in_private")
    return Reply("responses.attendance", {"found": service.six_months(ctx.work)})


@reads("who_is_coming")
def read_who_is_coming(ctx: Context, meant: Reading) -> Says:
    return Says(f"show coming {ctx.sentence}")
