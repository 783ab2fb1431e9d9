"""The agenda: what anybody may see of it, and how the officer makes it."""

from __future__ import annotations

import re

from bot.conversation.registry import FREE_TEXT, Args, Context, Effect, Reading, Reply, Says, command, reads
from bot.errors import BadInput
from bot.rules.access import OFFICERS
from bot.services import agendas as service
from bot.services.meeting_finder import WHICH, find_meeting, get_meeting
from bot.services.notice_standing import standing
from bot.store.meetings import Meeting
from bot.wording.parts import FormFill

_REF = r"(?P<ref>M-?\d{1,6})"
_ITEM = r"(?P<number>\d{1,3})"
_ITEM_ASKED = re.compile(r"\bitem\s+(\d{1,3})\b", re.IGNORECASE)
_PAPERS = re.compile(
    r"\b(?:gone|going|go) out\b|\bpublish|\bare the papers\b|\bpdf\b"
    r"|\b(?:have|has|got|where|when|send|link)\b.*\b(?:papers?|pack)\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"(?<!\d )\bminutes\b|\bdid we (?:decide|agree)\b", re.IGNORECASE)


@command("agenda", usage="agenda [WHICH]", example="agenda for December", pattern=WHICH)
@command("show agenda", pattern=FREE_TEXT, hidden=True, example="show agenda for December")
def show(ctx: Context, args: Args) -> Reply:
    """The agenda as this person may see it here; when it is due if it is not out."""
    return _agenda(ctx, find_meeting(ctx.work, args.get("which") or args.get("text"), ctx.person))


@command("agenda item", pattern=rf"{_ITEM}\b\s*{WHICH}", hidden=True, example="agenda item 7")
@command("is item", pattern=rf"{_ITEM}\b(?P<text>.*)", hidden=True, example="is item 7 private")
@command("show item", pattern=rf"{_ITEM} {FREE_TEXT}", hidden=True, example="show item 7 is it private")
def item(ctx: Context, args: Args) -> Reply:
    """Whether one item is private; its title only for those entitled to it."""
    text = _ITEM_ASKED.sub("", args.get("which") or args.get("text"))
    meeting = find_meeting(ctx.work, text, ctx.person)
    agenda = service.agenda_for(ctx.work, meeting, ctx.person, public_place=ctx.public_place)
    number = int(args.get("number"))
    values = {"agenda": agenda, "meeting": meeting, "number": number, "line": service.line_of(agenda, number)}
    return Reply("agenda.item", values)


@command("papers", usage="papers [WHICH]", example="papers for the 14th", pattern=WHICH)
@command("have the papers", pattern=FREE_TEXT, hidden=True, example="have the papers gone out yet")
@command("show papers", pattern=FREE_TEXT, hidden=True, example="show papers for the 14th")
def papers(ctx: Context, args: Args) -> Reply:
    """Whether the papers are out, and where they are."""
    meeting = find_meeting(ctx.work, args.get("which") or args.get("text"), ctx.person)
    return Reply("agenda.papers", {"meeting": meeting, "standing": standing(ctx.work, meeting)})


@command("minutes", pattern=rf"(?:of the last meeting|{WHICH})", hidden=True, example="minutes")
def minutes(ctx: Context, args: Args) -> Reply:
    """Where the minutes are: not here."""
    return Reply("agenda.minutes")


@command(
    "agenda add",
    roles=OFFICERS,
    usage="agenda add M-12: TITLE [private]",
    example="agenda add M-12: Dentists for children in care",
    pattern=rf"{_REF}(?:\s*:\s*|\s+|$)(?P<title>\S.*?)??(?P<private>[\s,]+[\[(]?private[\])]?)?",
    effect=Effect.CHANGE,
    keeps=("title",),
)
def add(ctx: Context, args: Args) -> Reply:
    """A new item at the end of the agenda."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    if not args.get("title") and not args.form:
        return Reply("agenda.form", {"meeting": meeting}, form=FormFill())
    try:
        service.add_item(
            ctx.work,
            meeting,
            args.get("title"),
            private=bool(args.get("private")),
            lead=args.get("lead"),
            minutes=_whole(args.get("minutes")),
        )
    except BadInput as wrong:
        if not (args.form and wrong.fields):
            raise
        fill = FormFill(dict(args.form), errors=dict(wrong.fields), error_values=dict(wrong.values))
        return Reply("agenda.form", {"meeting": meeting}, form=fill, keep_form=True)
    return _changed(ctx, meeting, "added")


@command(
    "agenda remove",
    roles=OFFICERS,
    usage="agenda remove M-12 ITEM",
    example="agenda remove M-12 3",
    pattern=rf"{_REF}\s+(?:item )?{_ITEM}",
    effect=Effect.CHANGE,
)
def remove(ctx: Context, args: Args) -> Reply:
    """Take an item off."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    service.remove_item(ctx.work, meeting, int(args.get("number")))
    return _changed(ctx, meeting, "removed")


@command(
    "agenda order",
    roles=OFFICERS,
    usage="agenda order M-12 ITEM, ITEM, ...",
    example="agenda order M-12 4, 1, 2",
    pattern=rf"{_REF}\s*:?\s*(?P<numbers>\d{{1,3}}(?:[\s,]+\d{{1,3}})*)",
    effect=Effect.CHANGE,
)
def order(ctx: Context, args: Args) -> Reply:
    """Put items first, in this order."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    service.order(ctx.work, meeting, [int(n) for n in re.findall(r"\d+", args.get("numbers"))])
    return _changed(ctx, meeting, "ordered")


@command(
    "agenda private",
    roles=OFFICERS,
    usage="agenda private M-12 ITEM",
    example="agenda private M-12 3",
    pattern=rf"{_REF}\s+(?:item )?{_ITEM}",
    effect=Effect.CHANGE,
)
def make_private(ctx: Context, args: Args) -> Reply:
    """Make an item private (exempt)."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    service.set_private(ctx.work, meeting, int(args.get("number")), private=True)
    return _changed(ctx, meeting, "private")


@command(
    "agenda open",
    roles=OFFICERS,
    usage="agenda open M-12 ITEM",
    example="agenda open M-12 3",
    pattern=rf"{_REF}\s+(?:item )?{_ITEM}",
    effect=Effect.CHANGE,
)
def make_open(ctx: Context, args: Args) -> Reply:
    """Make a private item open again."""
    meeting = get_meeting(ctx.work, args.get("ref"))
    service.set_private(ctx.work, meeting, int(args.get("number")), private=False)
    return _changed(ctx, meeting, "open")


@reads("agenda")
def read_agenda(ctx: Context, meant: Reading) -> Says:
    """A question about the agenda: one item, the papers, the minutes, or all of it."""
    if found := _ITEM_ASKED.search(ctx.sentence):
        return Says(f"show item {found[1]} {ctx.sentence}")
    if _MINUTES.search(ctx.sentence):
        return Says("minutes")
    if _PAPERS.search(ctx.sentence):
        return Says(f"show papers {ctx.sentence}")
    return Says(f"show agenda {ctx.sentence}")


def _agenda(ctx: Context, meeting: Meeting) -> Reply:
    agenda = service.agenda_for(ctx.work, meeting, ctx.person, public_place=ctx.public_place)
    return Reply("agenda.agenda", {"agenda": agenda, "meeting": meeting})


def _changed(ctx: Context, meeting: Meeting, what: str) -> Reply:
    """What was done, and the agenda as it now stands."""
    values = {"what": what, "meeting": meeting, "standing": standing(ctx.work, meeting)}
    return Reply("agenda.changed", values, then=(_agenda(ctx, meeting),))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
