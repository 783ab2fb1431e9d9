"""Help, who am I, and thanks."""

from __future__ import annotations

from bot.conversation.registry import Args, Context, HelpLine, Reading, Reply, Says, command, reads
from bot.services.people import seat_names
from bot.services.safeguarding import mark_reported


@command("help", example="help", aliases=("hello", "hi", "start", "menu"))
def show_help(ctx: Context, args: Args) -> Reply:
    """A few things to say, suited to the person; everything else is one button away."""
    return Reply("talk.help", {"roles": ctx.roles})


@command("help all", usage="help all", example="help all", aliases=("commands",))
def show_all(ctx: Context, args: Args) -> Reply:
    """Every command this person can use, family by family."""
    families: dict[str, list[HelpLine]] = {}
    for line in ctx.help():
        families.setdefault(line.family, []).append(line)
    return Reply("talk.all", {"groups": list(families.values())})


@command("whoami", example="whoami", aliases=("who am i",))
def show_person(ctx: Context, args: Args) -> Reply:
    """The person the bot thinks is speaking, with roles and seats."""
    person = ctx.person
    values = {
        "person": person,
        "roles": sorted(ctx.roles),
        "directorate": person.directorate.name if person.directorate else "",
        "seats": seat_names(ctx.work, person),
    }
    return Reply("talk.whoami", values)


@command("thanks", hidden=True, aliases=("thank you", "ta", "cheers"))
def thank(ctx: Context, args: Args) -> Reply:
    """Politeness costs nothing, and stores nothing."""
    return Reply("talk.thanks")


@command("nothing", hidden=True, aliases=("no thanks",))
def do_nothing(ctx: Context, args: Args) -> Reply:
    """The answer "no" to something that was read back."""
    return Reply("talk.nothing_done")


@command("reported", hidden=True, aliases=("i have reported it",))
def reported(ctx: Context, args: Args) -> Reply:
    """That the person has reported what a safeguarding card was shown for. Time and kind only."""
    return Reply(
        "safeguarding.reported" if mark_reported(ctx.work, ctx.person) else "safeguarding.nothing_to_report"
    )


@reads("help")
def read_help(ctx: Context, meant: Reading) -> Says:
    return Says("help")


@reads("thanks")
def read_thanks(ctx: Context, meant: Reading) -> Says:
    return Says("thanks")


@reads("out_of_scope")
def read_out_of_scope(ctx: Context, meant: Reading) -> Says:
    """The directory decides what is ours: it says "not ours" better than a guess here could."""
    return Says(f"contact {ctx.sentence}")
