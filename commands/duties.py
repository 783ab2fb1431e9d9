"""The duties of every elected member: shown, read, asked about."""

from __future__ import annotations

from bot.conversation.registry import FREE_TEXT, Args, Context, Effect, Reading, Reply, Says, command, reads
from bot.rules.access import OFFICERS, Role
from bot.services import duties as service
from bot.store.duties import Duty
from bot.wording.parts import FormFill

_TOPIC = r"(?P<topic>[\w-]+)"


@command("duties", example="duties", aliases=("my duties", "principles", "responsibilities"))
def show_duties(ctx: Context, args: Args) -> Reply:
    """All duties, one line each."""
    listed = [(d, service.has_read(ctx.work, ctx.person, d)) for d in service.all_duties(ctx.work)]
    return Reply("duties.all", {"duties": listed, "member": ctx.has(Role.MEMBER)}, public=True)


@command("duty", usage="duty NUMBER", example="duty 1", pattern=_TOPIC)
def show_duty(ctx: Context, args: Args) -> Reply:
    """One duty, whole."""
    duty = service.get_duty(ctx.work, args.get("topic"))
    return Reply("duties.one", _values(ctx, duty))


@command("duty read", example="duty read voice", pattern=_TOPIC, effect=Effect.UNDO, hidden=True)
def read_duty(ctx: Context, args: Args) -> Reply:
    """ "I have read this"."""
    duty = service.get_duty(ctx.work, args.get("topic"))
    service.mark_read(ctx.work, ctx.person, duty)
    return Reply("duties.thanked", {"duty": duty})


@command(
    "duty ask",
    example="duty ask voice",
    pattern=rf"{_TOPIC}(?: {FREE_TEXT})?",
    effect=Effect.CHANGE,
    keeps=("text",),
    hidden=True,
)
def ask_about_duty(ctx: Context, args: Args) -> Reply:
    """A question about a duty, passed to the support officer."""
    duty = service.get_duty(ctx.work, args.get("topic"))
    if not args.get("text"):
        return Reply("duties.ask", {"duty": duty}, form=FormFill())
    service.ask_about(ctx.work, ctx.person, duty, args.get("text"))
    return Reply("duties.asked", {"duty": duty})


@command("why me", example="why me", aliases=("why am i getting this",))
def why_me(ctx: Context, args: Args) -> Reply:
    """Why every member hears from this bot, on the panel or not."""
    return Reply("duties.why", {"member": ctx.has(Role.MEMBER)})


@command("awareness", example="awareness", roles=OFFICERS, aliases=("who has read what",))
def show_awareness(ctx: Context, args: Args) -> Reply:
    """How many members have read each duty, and who has read none."""
    nobody = service.not_read_any(ctx.work)
    return Reply("duties.awareness", {"rows": service.awareness(ctx.work), "nobody": nobody})


@reads("duties")
def read_duties(ctx: Context, meant: Reading) -> Says:
    """Why me, one duty that fits the words, or all of them."""
    said = ctx.sentence.lower()
    if "why am i" in said or "not on the panel" in said or "why do i get" in said:
        return Says("why me")
    duty = service.about(ctx.work, ctx.sentence)
    return Says(f"duty {duty.topic}" if duty else "duties")


def _values(ctx: Context, duty: Duty) -> dict[str, object]:
    listed = [d.id for d in service.all_duties(ctx.work)]
    read = service.has_read(ctx.work, ctx.person, duty)
    return {
        "duty": duty,
        "number": listed.index(duty.id) + 1,
        "of": len(listed),
        "read": read,
        "today": ctx.work.today,
    }
