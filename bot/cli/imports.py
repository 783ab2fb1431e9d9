"""`cpbot import`: people, meetings and contacts from outside sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.cli.common import Progress, open_house
from bot.errors import BotError, SetupError
from bot.sources import moderngov, openreferral
from bot.sources.fetch import Fetcher
from bot.sources.moderngov import SourceError
from bot.store.work import Work

T = TypeVar("T")
URL = click.option("--url", help="The address of the service.")
FILES = click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A saved answer.",
)
FORCE = click.option("--force", is_flag=True, help="Accept a roll that shrank by more than a fifth.")
AHEAD = timedelta(days=400)
BEHIND = timedelta(days=90)


@click.group("import")
def import_group() -> None:
    """Take people, meetings or contacts from an outside source."""


@import_group.command("moderngov")
@URL
@FILES
@click.option("--committee", default="", help="The committee's number; without it, members only.")
@FORCE
def from_moderngov(url: str | None, files: tuple[Path, ...], committee: str, force: bool) -> None:
    """Members, meetings and agendas from a modern.gov web service."""
    answers = _answers(url, files, lambda f: _moderngov(f, committee))
    with open_house() as house:
        for name, answer in answers:
            click.echo(_use(house, name, answer, force))


@import_group.command("openreferral")
@URL
@FILES
def from_openreferral(url: str | None, files: tuple[Path, ...]) -> None:
    """Contacts from an Open Referral UK feed."""
    from bot.services.importing import import_contacts

    services = _services(url, files)
    with open_house() as house:
        entries = openreferral.entries(services)
        count, bare = _changing(house, lambda w: import_contacts(w, entries))
    click.echo(f"Contacts: {_counted(count)}.")
    if bare:
        click.echo(f"{len(bare)} have neither phone nor e-mail and need a person to complete them.")


@import_group.command("entra")
@click.option("--group", required=True, help="The object id of the councillors' group.")
@FORCE
@click.option("--install", is_flag=True, help="Install the bot in Teams for everybody in the group, too.")
def from_entra(group: str, force: bool, install: bool) -> None:
    """Members from a group of the council's own directory, through Microsoft Graph."""
    from bot.cli.entra import run

    click.echo(run(group, force, install))


def _services(url: str | None, files: tuple[Path, ...]) -> list[openreferral.Json]:
    if url:
        return _said(lambda: list(Fetcher(url).pages("services", openreferral.page)))
    found: list[openreferral.Json] = []
    for name, answer in _answers(None, files, None):
        found += _one_page(name, answer)
    return found


def _one_page(name: str, answer: bytes) -> list[openreferral.Json]:
    return _said(lambda: openreferral.page(answer)[0], name)


def _moderngov(fetcher: Fetcher, committee: str) -> Iterable[tuple[str, bytes]]:
    service = "mgWebService.asmx/"
    yield "members", fetcher.get(f"{service}GetCouncillorsByWard")
    if not committee:
        return
    today = date.today()  # noqa: DTZ011 - a span of more than a year, either side of a day
    # Only dd/mm/yyyy is understood; any other form is ignored and everything comes back.
    span = {"sFromDate": f"{today - BEHIND:%d/%m/%Y}", "sToDate": f"{today + AHEAD:%d/%m/%Y}"}
    listed = moderngov.meetings(fetcher.get(f"{service}GetMeetings", lCommitteeId=committee, **span))
    near = [m for m in listed if today - BEHIND <= m.day <= today + AHEAD]
    progress = Progress()
    for number, one in enumerate(near, 1):
        yield f"meeting {one.number}", fetcher.get(f"{service}GetMeeting", lMeetingId=one.number)
        progress("meetings", number, len(near))


def _answers(
    url: str | None, files: tuple[Path, ...], fetch: Callable[[Fetcher], Iterable[tuple[str, bytes]]] | None
) -> list[tuple[str, bytes]]:
    """Name and content of every answer, from the service or from saved files."""
    if bool(url) == bool(files):
        raise click.UsageError("Give either --url or --file.")
    if url and fetch:
        return _said(lambda: list(fetch(Fetcher(url))))
    return [(p.name, p.read_bytes()) for p in files]


def _use(house: Any, name: str, answer: bytes, force: bool) -> str:
    """Load one answer, whatever it holds; what came of it, in a sentence."""
    from bot.services.importing import import_meetings, import_members

    kind = _said(lambda: moderngov.kind_of(answer), name)
    if kind == "councillorsbyward":
        found = _said(lambda: moderngov.councillors(answer), name)
        count, unnamed = _changing(house, lambda w: import_members(w, found, force))
        left = f" {len(unnamed)} have no e-mail address and were left out." if unnamed else ""
        return f"{name}: members: {_counted(count)}.{left}"
    if kind == "meeting":
        one = _said(lambda: moderngov.meeting(answer), name)
        return f"{name}: {_counted(_changing(house, lambda w: import_meetings(w, [one])))}."
    if kind in ("committees", "getmeetings"):
        return f"{name}: a list only; nothing to load."
    raise SetupError(f"{name}: <{kind}> is not an answer that can be loaded.")


def _changing(house: Any, use: Callable[[Work], Any]) -> Any:
    try:
        return house.db.run_sync(lambda s: use(Work(s, house.clock.now())))
    except BotError as refusal:
        raise SetupError(house.words.line(refusal.block, refusal.values)) from None


def _said(read: Callable[[], T], name: str = "") -> T:
    try:
        return read()
    except SourceError as error:
        raise SetupError(f"{name}: {error}" if name else str(error)) from None


def _counted(count: Counter[str]) -> str:
    return ", ".join(f"{count[k]} {k}" for k in ("added", "changed", "same") if count[k]) or "nothing"
