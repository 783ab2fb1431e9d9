"""Who to contact, and the officer's work on the directory."""

from __future__ import annotations

from bot.conversation.registry import FREE_TEXT, Args, Context, Effect, Reading, Reply, Says, command, reads
from bot.rules.access import OFFICERS
from bot.services import contacts as service
from bot.store.contacts import contact_by_key, past_review
from bot.wording.parts import FormFill

_KEY = r"(?P<key>[\w.-]+)"


@command(
    "contact",
    usage="contact WHAT ABOUT",
    example="contact housing for a care leaver",
    pattern=f"(?:about |for )?{FREE_TEXT}?",
    aliases=("who do i contact", "contacts"),
)
def contact(ctx: Context, args: Args) -> Reply:
    """The entry that answers, up to three when unsure, or the duty desk."""
    question = args.get("text")
    if not question:
        return Reply("contacts.ask", form=FormFill())
    found = service.look_up(ctx.work, question)
    if found.tier == "sure":
        first = found.matches[0]
        return Reply(
            "contacts.card",
            {"c": first.contact, "because": first.because, **_about(ctx, first.contact.escalation)},
        )
    values = {"found": found, "question": question[:200], "desk": service.duty_desk(ctx.work)}
    return Reply(f"contacts.{found.tier}", values)


@command("contact card", pattern=_KEY, hidden=True, example="contact card lc-duty")
def card(ctx: Context, args: Args) -> Reply:
    """One entry, whole."""
    entry = service.get_contact(ctx.work, args.get("key"))
    return Reply("contacts.card", {"c": entry, "because": "", **_about(ctx, entry.escalation)})


@command("contact nearest", pattern=FREE_TEXT, hidden=True, example="contact nearest housing")
def nearest(ctx: Context, args: Args) -> Reply:
    """The nearest entries to a question that the directory could not answer."""
    found = service.look_up(ctx.work, args.get("text"))
    return Reply("contacts.nearest", {"found": found, "desk": service.duty_desk(ctx.work)})


@command("contact find", pattern=FREE_TEXT, hidden=True, example="contact find housing")
def find(ctx: Context, args: Args) -> Reply:
    """The entries that may answer words still being typed, each under a heading of its own."""
    found = service.find(ctx.work, args.get("text"))
    return Reply("contacts.found_none" if found.tier == "unknown" else "contacts.found", {"found": found})


@command(
    "contact wrong",
    pattern=f"{_KEY}(?: {FREE_TEXT})?",
    hidden=True,
    effect=Effect.UNDO,
    keeps=("text",),
    example="contact wrong lc-duty",
)
def wrong(ctx: Context, args: Args) -> Reply:
    """Somebody says an entry is wrong: the officer will see it."""
    entry = service.report_wrong(ctx.work, args.get("key"), args.get("text"))
    return Reply("contacts.thanked", {"c": entry, "desk": service.duty_desk(ctx.work)})


@command("questions", roles=OFFICERS, usage="questions", example="questions", aliases=("unanswered",))
def questions(ctx: Context, args: Args) -> Reply:
    """Questions that the directory answered badly or not at all."""
    return Reply("contacts.questions", {"questions": service.doubts(ctx.work)})


@command(
    "question",
    roles=OFFICERS,
    usage="question NUMBER is ENTRY",
    example="question 3 is lc-duty",
    pattern=rf"(?P<number>\d+) is {_KEY}",
    effect=Effect.CHANGE,
)
def settle(ctx: Context, args: Args) -> Reply:
    """The officer says which entry answers a question."""
    question = service.settle(ctx.work, int(args.get("number")), args.get("key"))
    return Reply("contacts.settled", {"question": question})


@command(
    "contact words",
    roles=OFFICERS,
    usage="contact words ENTRY: THE WORDS",
    example="contact words lc-duty: who is her PA",
    pattern=rf"{_KEY}\s*:?\s*{FREE_TEXT}",
    effect=Effect.CHANGE,
    keeps=("text",),
)
def words(ctx: Context, args: Args) -> Reply:
    """Teach an entry the words people use."""
    entry = service.add_words(ctx.work, args.get("key"), args.get("text"))
    return Reply("contacts.learnt", {"c": entry, "words": args.get("text")})


@command(
    "contact checked",
    roles=OFFICERS,
    usage="contact checked ENTRY",
    example="contact checked lc-duty",
    pattern=_KEY,
    effect=Effect.CHANGE,
)
def checked(ctx: Context, args: Args) -> Reply:
    """An entry's details were checked today."""
    return Reply("contacts.checked", {"c": service.confirm_details(ctx.work, args.get("key"))})


@command("contact review", roles=OFFICERS, usage="contact review", example="contact review")
def review(ctx: Context, args: Args) -> Reply:
    """Entries whose review date has passed."""
    return Reply("contacts.review", {"entries": past_review(ctx.work.session, ctx.work.today)})


@reads("contact_lookup")
def read_contact(ctx: Context, meant: Reading) -> Says:
    return Says(f"contact {ctx.sentence}")


def _about(ctx: Context, escalation: str) -> dict[str, object]:
    """Who to go to next, and whether the details are past their review date."""
    above = contact_by_key(ctx.work.session, escalation) if escalation else None
    return {"above": above, "today": ctx.work.today}
