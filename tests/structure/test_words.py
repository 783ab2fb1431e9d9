"""The words: short sentences, plain, and nothing that a screen reader could not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "templates").glob("*.md"))
LONGEST = 25
_JINJA = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
_VALUE = re.compile(r"{{.*?}}")
_SKIP = ("[", "?", "<", "~ Why")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


def sentences(path: Path) -> list[str]:
    text = _VALUE.sub("it", _JINJA.sub("\n", path.read_text(encoding="utf-8")))
    lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith(_SKIP)]
    return [s.strip() for line in lines for s in re.split(r"(?<=[.!?])\s+|::|;\s", line) if s.strip()]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_sentences_are_short(path: Path) -> None:
    long = [s for s in sentences(path) if len(s.split()) > LONGEST]
    assert not long, "\n".join(long)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_meaning_hangs_on_a_picture(path: Path) -> None:
    assert not EMOJI.search(path.read_text(encoding="utf-8"))
