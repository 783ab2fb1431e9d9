"""One look at everything that is mine: Slack's App Home, Teams' tab, or typed."""

from __future__ import annotations

from bot.conversation.registry import FREE_TEXT, Args, Context, Effect, Reply, command
from bot.rules.access import Role

_FOR = {
    Role.OFFICER: ("triage", "who is coming", "deliveries"),
    Role.LEAD: ("my actions",),
    Role.MEMBER: ("my concerns", "reminders"),
}


@command("home", example="home", aliases=("overview",))
def home(ctx: Context, args: Args) -> Reply:
    """The next meeting, then what each of the person's roles needs to see."""
    lines = ["next meeting", *(line for role, lines in _FOR.items() if ctx.has(role) for line in lines)]
    return Reply("home.welcome", then=tuple(_part(ctx, line) for line in lines))


@command(
    "track",
    example="track the respite rota is broken",
    pattern=FREE_TEXT,
    effect=Effect.CHANGE,
    keeps=("text",),
    hidden=True,
)
def track(ctx: Context, args: Args) -> Reply:
    """Words of a message, taken up as a concern. They were checked like typed ones."""
    return _part(ctx, f"concern {args.get('text')}")


def _part(ctx: Context, line: str) -> Reply:
    if ctx.run is None:
        raise LookupError("commands cannot be run here")
    return ctx.run(line)
