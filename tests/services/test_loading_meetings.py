"""Loading a folder again: what people changed in chat stays, what the files say anew is taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.council.read import read_and_check
from bot.services.loading import known_now, load
from bot.store.meetings import meeting_by_external
from bot.store.work import Work
from tests.commands.meeting_steps import confirm
from tests.support.house import COUNCILS, OLU, Talk

FILE = """meetings:
- ref: X-1
  body: CPP
  date: {day}
  start: "{start}"
  end: "20:00"
  place: {place}
  state: {state}
  agenda:
  - title: Welcome
  - title: {item}
"""
FIRST = {"day": "2027-06-08", "start": "17:30", "place": "Room 1", "state": "planned", "item": "Housing"}


def put(talk: Talk, folder: Path, **says: str) -> tuple[list[str], dict[str, int]]:
    """Load a meeting from a file; what was said to be kept, and the counts."""
    file = folder / "meetings.yaml"
    file.write_text(FILE.format(**{**FIRST, **says}), encoding="utf-8")
    kept: list[str] = []

    def use(s: Any) -> dict[str, int]:
        work = Work(s, talk.clock.now())
        return dict(load(work, read_and_check([file], known_now(work)), kept=kept.append))

    return kept, talk.house.db.run_sync(use)


def now(talk: Talk) -> tuple[str, str, str, list[str], int]:
    def use(s: Any) -> tuple[str, str, str, list[str], int]:
        m = meeting_by_external(s, "X-1")
        assert m is not None
        return f"{m.starts_at:%d %b %H:%M}", m.place, m.state, [i.title for i in m.items], m.sequence

    return talk.house.db.run_sync(use)


def ref(talk: Talk) -> str:
    return talk.house.db.run_sync(lambda s: meeting_by_external(s, "X-1").ref)  # type: ignore[union-attr]


async def test_a_meeting_that_was_moved_in_chat_stays_moved(talk: Talk, tmp_path: Path) -> None:
    assert put(talk, tmp_path) == ([], {"added": 1})
    await confirm(talk, f"meeting move {ref(talk)} to 15 June 2027 6pm at Room 9", "Yes, move")
    moved = now(talk)
    assert moved[:2] == ("15 Jun 17:00", "Room 9")
    kept, count = put(talk, tmp_path)
    assert kept == ["X-1: kept the date and time and place changed in chat, for the file says nothing new."]
    assert (count, now(talk)) == ({"same": 1}, moved)
    assert put(talk, tmp_path) == (kept, count), "however often it is loaded"


async def test_what_the_file_says_anew_is_taken_and_the_rest_stays(talk: Talk, tmp_path: Path) -> None:
    put(talk, tmp_path)
    await confirm(talk, f"meeting move {ref(talk)} to 15 June 2027 6pm at Room 9", "Yes, move")
    kept, count = put(talk, tmp_path, place="The Lighthouse")
    assert kept == ["X-1: kept the date and time changed in chat, for the file says nothing new."]
    assert count == {"changed": 1}
    assert now(talk)[:2] == ("15 Jun 17:00", "The Lighthouse")
    before = now(talk)[4]
    assert put(talk, tmp_path, place="The Lighthouse", day="2027-06-22") == ([], {"changed": 1})
    assert now(talk)[:2] == ("22 Jun 16:30", "The Lighthouse")
    assert now(talk)[4] == before + 1, "calendars hear of it"


async def test_a_meeting_that_was_cancelled_in_chat_stays_cancelled(talk: Talk, tmp_path: Path) -> None:
    put(talk, tmp_path)
    await confirm(talk, f"meeting cancel {ref(talk)} because of snow", "Cancel it")
    kept, _ = put(talk, tmp_path)
    assert kept == ["X-1: kept the state changed in chat, for the file says nothing new."]
    assert now(talk)[2] == "cancelled"


async def test_an_agenda_that_was_changed_in_chat_stays(talk: Talk, tmp_path: Path) -> None:
    put(talk, tmp_path)
    await talk.ask(OLU, f"agenda add {ref(talk)}: A late thing")
    kept, _ = put(talk, tmp_path)
    assert kept == ["X-1: kept the agenda changed in chat, for the file says nothing new."]
    assert now(talk)[3] == ["Welcome", "Housing", "A late thing"]
    put(talk, tmp_path, item="Health")
    assert now(talk)[3] == ["Welcome", "Health"]


@pytest.mark.parametrize("changed", [False, True])
def test_of_a_meeting_loaded_long_ago_its_own_changes_tell(talk: Talk, tmp_path: Path, changed: bool) -> None:
    put(talk, tmp_path)

    def long_ago(s: Any) -> None:
        m = meeting_by_external(s, "X-1")
        assert m is not None
        m.loaded, m.sequence, m.place = {}, int(changed), "Room 9"

    talk.house.db.run_sync(long_ago)
    kept, _ = put(talk, tmp_path)
    assert (now(talk)[1], bool(kept)) == (("Room 9", True) if changed else ("Room 1", False))


def test_a_whole_folder_twice_changes_nothing(westshire: Talk) -> None:
    folder = read_and_check([COUNCILS / "westshire"])
    kept: list[str] = []
    count = westshire.house.db.run_sync(
        lambda s: load(Work(s, westshire.clock.now()), folder, kept=kept.append)
    )
    assert set(count) == {"same"}
    assert kept == []
