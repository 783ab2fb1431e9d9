"""When and where: the next meeting, the dates of the year, who takes the chair, and the calendar feed."""

from __future__ import annotations

import re

from bot.conversation.registry import FREE_TEXT, Args, Context, Reading, Reply, Says, command, reads
from bot.rules.access import Role
from bot.services.calendar_feed import feed_link
from bot.services.meeting_finder import WHICH, find_meeting, other_meetings
from bot.services.meetings import dates, seen_by
from bot.wording.parts import Card

_REF = r"(?P<which>(?:M-?)?\d{1,6})"
_CHAIR = re.compile(r"\bchair(?:s|ing|ed)?\b", re.IGNORECASE)
_ALL_DATES = re.compile(r"\bdates\b|\b(?:whole|rest of the) year\b", re.IGNORECASE)


@command(
    "next meeting",
    usage="next meeting [WHICH]",
    example="next meeting of the health sub-group",
    pattern=WHICH,
    aliases=("when is the next meeting", "when's the next meeting"),
)
@command("meeting", pattern=_REF, hidden=True, example="meeting M-12")
@command("show meeting", pattern=FREE_TEXT, hidden=True, example="show meeting in January")
def next_meeting(ctx: Context, args: Args) -> Reply:
    """One meeting: when, where, who chairs, and the person's own answer."""
    text = args.get("which") or args.get("text")
    meeting = find_meeting(ctx.work, text, ctx.person)
    seen = seen_by(ctx.work, meeting, ctx.person)
    asks = seen.seated and not seen.is_over and meeting.state != "cancelled"
    values = {
        "seen": seen,
        "meeting": meeting,
        "asks": asks,
        "others": other_meetings(ctx.work, meeting),
        "officer": ctx.has(Role.OFFICER),
    }
    return Reply("meetings.one", values, card=Card("rsvp_request", meeting.ref) if asks else None)


@command(
    "dates",
    usage="dates [WHICH PANEL]",
    example="dates",
    pattern=rf"(?:for (?:the )?(?:whole |rest of the )?year)?{WHICH}",
    aliases=("meetings", "all meetings", "meeting dates", "all dates"),
)
@command("show dates", pattern=FREE_TEXT, hidden=True, example="show dates for the year")
def show_dates(ctx: Context, args: Args) -> Reply:
    """Every coming meeting, with its body."""
    return Reply("meetings.dates", {"meetings": dates(ctx.work, args.get("which") or args.get("text"))})


@command(
    "who is chairing",
    hidden=True,
    example="who is chairing in January",
    pattern=WHICH,
    aliases=("who's chairing", "whos chairing", "who chairs"),
)
@command("show chair", pattern=FREE_TEXT, hidden=True, example="show chair in January")
def chairing(ctx: Context, args: Args) -> Reply:
    """Who takes the chair at a meeting."""
    meeting = find_meeting(ctx.work, args.get("which") or args.get("text"), ctx.person)
    return Reply("meetings.chair", {"seen": seen_by(ctx.work, meeting, ctx.person), "meeting": meeting})


@command("calendar", example="calendar", aliases=("calendar feed", "my calendar"))
def calendar(ctx: Context, args: Args) -> Reply:
    """The person's own calendar feed. Its address is a key, so it is never shown in a shared place."""
    if ctx.public_place:
        return Reply("meetings.feed_in_private")
    return Reply("meetings.feed", {"link": feed_link(ctx.work, ctx.person)})


@reads("next_meeting")
def read_next_meeting(ctx: Context, meant: Reading) -> Says:
    """A question about a meeting: the list, the chair, or the meeting itself."""
    if _CHAIR.search(ctx.sentence):
        return Says(f"show chair {ctx.sentence}")
    if _ALL_DATES.search(ctx.sentence):
        return Says(f"show dates {ctx.sentence}")
    return Says(f"show meeting {ctx.sentence}")
