"""`cpbot import entra`: councillors from a group of the council's directory, and the bot put before them."""

from __future__ import annotations

from collections import Counter

from bot.app import House
from bot.channels.teams.graph import Graph, Member
from bot.channels.teams.tokens import GRAPH_SCOPE, NoToken, tokens_for
from bot.cli.common import Progress, open_house
from bot.errors import BotError, SetupError
from bot.services.entra import Entrant, sync_group
from bot.store.work import Work

ORDER = ("added", "tied", "back", "ended", "same")
SAID = {
    "added": "added",
    "tied": "known by e-mail and now by object id",
    "back": "back again",
    "ended": "no longer members",
    "same": "as before",
}


def run(group: str, force: bool, install: bool = False) -> str:
    """Make the members the people of the group; with `install`, install the bot for each of them too.

    What was done, in sentences. SetupError when the group cannot be read, or shrank by a fifth unforced.
    """
    with open_house() as house:
        graph = graph_of(house)
        found = graph.members(group)
        done, unnamed = _sync(house, found, force)
        told = [f"Members: {_counted(done)}."]
        if unnamed:
            told.append(f"{len(unnamed)} have no e-mail address and were left out.")
        if install:
            told.append(_install(house, graph, found))
    return " ".join(told)


def graph_of(house: House) -> Graph:
    """Microsoft Graph with the bot's own token."""
    tokens = tokens_for(house.settings)

    def take() -> str:
        try:
            return tokens.take(GRAPH_SCOPE)
        except NoToken as refused:
            raise SetupError(f"There is no token for Microsoft Graph: {refused}.") from None

    return Graph(house.settings.graph_url, take)


def _sync(house: House, found: list[Member], force: bool) -> tuple[Counter[str], list[str]]:
    people = [Entrant(m.object_id, m.name, m.emails) for m in found]
    tenant = house.settings.teams_tenant_id
    try:
        return house.db.run_sync(lambda s: sync_group(Work(s, house.clock.now()), people, tenant, force))
    except BotError as refusal:
        raise SetupError(house.words.line(refusal.block, refusal.values)) from None


def _install(house: House, graph: Graph, found: list[Member]) -> str:
    done = graph.install(house.settings.teams_client_id, [m.object_id for m in found], Progress())
    return (
        f"The bot was installed for {done['installed']}, "
        f"{done['already']} had it, {done['refused']} could not get it."
    )


def _counted(done: Counter[str]) -> str:
    return ", ".join(f"{done[k]} {SAID[k]}" for k in ORDER if done[k]) or "nobody"
