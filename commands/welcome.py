"""The greeting of somebody who has just got the bot."""

from __future__ import annotations

from bot.conversation.registry import Args, Context, Reply, command


@command("welcome", hidden=True, example="welcome")
def welcome(ctx: Context, args: Args) -> Reply:
    """Who writes here and why, and how to have less of it. Platforms say this when the bot is installed."""
    return Reply("welcome.hello", {"roles": ctx.roles})
