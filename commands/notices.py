"""The officer publishes the agenda of a meeting and sends its notice, once."""

from __future__ import annotations

from bot.conversation.registry import Args, Context, Effect, Reply, command
from bot.rules.access import OFFICERS
from bot.services import notices as service
from bot.services.meeting_changes import publish
from bot.services.meeting_finder import get_meeting, named_or_next
from bot.services.meetings import must_be_unchanged
from bot.store.meetings import Meeting
from bot.wording.parts import Card

_REF = r"(?P<ref>M-?\d{1,6})"
_PANEL = r"(?:the )?(?:panel|body|board|forum|committee|group|sub-group)(?: members)?"
_ALL = r"(?:all|every|everyone|everybody|all (?:the )?(?:members|councillors)|every (?:member|councillor))"
_TO = rf"(?:(?:to|for) (?:(?P<all>{_ALL})|{_PANEL}))?"
_PRIVATE = r"(?:part (?:2|two|ii)|private|exempt)(?: items?| bits?)?"
_NOT_PRIVATE = rf"(?:[,;]?\s*(?:but )?(?:not|without|minus) (?:the )?{_PRIVATE})?"
_WHOM = rf"(?:{_REF}\b)?\s*{_TO}{_NOT_PRIVATE}(?: (?:please|pls))?[.! ]*"


@command(
    "meeting publish",
    roles=OFFICERS,
    usage="meeting publish M-12",
    example="meeting publish M-12",
    pattern=_REF,
    effect=Effect.CHANGE,
    aliases=("agenda publish", "publish agenda"),
)
def publish_it(ctx: Context, args: Args) -> Reply:
    """The agenda is out: mark it so, and offer the notice."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    was_out = meeting.published_at is not None
    standing = publish(ctx.work, meeting)
    return Reply("notices.published", {"meeting": meeting, "standing": standing, "was_out": was_out})


@command(
    "notice send",
    roles=OFFICERS,
    usage="notice send M-12 [to all members]",
    example="notice send M-12 to all members",
    pattern=_WHOM,
    aliases=("send notice", "send the notice", "post agenda", "post the agenda", "send the agenda"),
)
@command(
    "notice preview",
    roles=OFFICERS,
    usage="notice preview M-12 [to all members]",
    example="notice preview M-12",
    pattern=_WHOM,
)
def preview(ctx: Context, args: Args) -> Reply:
    """The notice as it would go out, with a button that says to how many."""
    meeting = named_or_next(ctx.work, args.get("ref"), ctx.person)
    return _read_back(ctx, meeting, "everyone" if args.get("all") else "body")


@command(
    "notice go",
    roles=OFFICERS,
    hidden=True,
    example="notice go M-12 s1 body 17",
    pattern=rf"{_REF} s(?P<sequence>\d+) (?P<audience>body|everyone) (?P<count>\d+)",
    effect=Effect.CHANGE,
)
def go(ctx: Context, args: Args) -> Reply:
    """The notice that was shown, to as many people as was said; read back again where that has changed."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    must_be_unchanged(meeting, int(args.get("sequence")))
    audience: service.Audience = "everyone" if args.get("audience") == "everyone" else "body"
    draft = service.draft(ctx.work, meeting, audience)
    if draft.people and len(draft.people) != int(args.get("count")):
        return _read_back(ctx, meeting, audience)
    sent = service.send(ctx.work, meeting, audience)
    return Reply("notices.sent", {"meeting": meeting, "sent": sent, "audience": audience})


def _read_back(ctx: Context, meeting: Meeting, audience: service.Audience) -> Reply:
    draft = service.draft(ctx.work, meeting, audience)
    says = f"notice go {meeting.ref} s{meeting.sequence} {audience} {len(draft.people)}"
    values = {**draft.values, "draft": draft, "says": says}
    return Reply("notices.preview", values, card=Card("confirm", meeting.ref) if draft.people else None)
