"""The small fictional council that the directory tests ask."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from bot.language.directory import Directory
from bot.language.entry import Entry

DATA = Path(__file__).parent.parent / "data"
QUESTIONS = DATA / "marlbridge_questions.jsonl"


@cache
def marlbridge_entries() -> tuple[Entry, ...]:
    """The entries of Marlbridge, read from its file."""
    told = yaml.safe_load((DATA / "marlbridge_directory.yaml").read_text("utf-8"))
    return tuple(Entry.from_mapping(each) for each in told["entries"])


@cache
def marlbridge() -> Directory:
    """The directory of Marlbridge, indexed once for all tests."""
    return Directory(marlbridge_entries())
