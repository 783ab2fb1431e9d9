"""One loaded folder, in the order that lets each part find what it points to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from bot.council.model import CouncilFolder, Known
from bot.services.loading.council import load_council
from bot.services.loading.meetings import Kept, load_meeting
from bot.services.loading.people import load_person, place_person
from bot.services.loading.programme import load_action, load_contact, load_duty
from bot.store.bodies import bodies
from bot.store.contacts import contacts
from bot.store.council import council_row
from bot.store.people import directorates, everybody
from bot.store.work import Work

Progress = Callable[[str, int, int], None]


def known_now(work: Work) -> Known:
    """What the database already holds, so that one file can be checked without the others."""
    return Known(
        people=frozenset(p.email.lower() for p in everybody(work.session)),
        directorates=frozenset(d.key for d in directorates(work.session)),
        bodies=frozenset(b.ref for b in bodies(work.session)),
        entries=frozenset(c.key for c in contacts(work.session)),
    )


def load(
    work: Work,
    folder: CouncilFolder,
    progress: Progress = lambda *_: None,
    kept: Kept = lambda _: None,
) -> Counter[str]:
    """Write a checked folder; how many of each kind were "added", "changed" or "same".

    Safe to repeat: loading the same folder twice changes nothing the second time. `kept` is told of what
    people changed in chat and the files do not say anew.
    """
    count: Counter[str] = Counter()
    # People first without their directorate, then the directorates that name them as leads.
    _each("people", folder.people, lambda row: load_person(work, row), count, progress)
    if folder.council:
        count[load_council(work, folder.council)] += 1
    for row in folder.people:
        place_person(work, row)
    _each("directory", folder.directory, lambda e: load_contact(work, e), count, progress)
    _each("meetings", folder.meetings, lambda m: load_meeting(work, m, kept), count, progress)
    _each("duties", folder.duties, lambda d: load_duty(work, d), count, progress)
    _each("actions", folder.actions, lambda a: load_action(work, a), count, progress)
    if folder.directory or folder.people:
        _bump_directory(work)
    work.audit("loaded", **dict(count))
    return count


def _each(
    what: str, rows: Iterable[Any], load_one: Callable[[Any], str], count: Counter[str], say: Progress
) -> None:
    rows = list(rows)
    for number, row in enumerate(rows, 1):
        count[load_one(row)] += 1
        say(what, number, len(rows))


def _bump_directory(work: Work) -> None:
    row = council_row(work.session)
    if row is not None:
        row.directory_version += 1
