"""Reads the authored lines from which understanding is trained, and says which hand wrote each.

Every ``*.tsv`` in ``data/utterances`` counts; a file may mix the three forms of line:

- ``intent<TAB>text`` (more readings that would also be right after commas: ``duties,help``);
- ``urgent|lookalike|grey<TAB>kind<TAB>text`` (grey: left out of training and of measuring);
- ``card<TAB>reply intent<TAB>text``, with the slots as JSON in a fourth column if wished.

The file name without ``intents_``, ``safety_`` or ``replies_`` is the voice; what stands before its first hyphen is
the hand. Voices of one hand are never split between training and test.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

INTENTS = (
    "contact_lookup", "next_meeting", "agenda", "rsvp_yes", "rsvp_no", "rsvp_maybe", "who_is_coming",
    "raise_concern", "my_concerns", "acknowledge_action", "update_action", "complete_action", "duties",
    "remind_me", "broadcast_notice", "help", "out_of_scope", "urgent_safeguarding",
)  # fmt: skip
KINDS = (
    "danger", "abuse", "allegation", "missing", "self_harm", "exploitation", "homeless_tonight", "distress",
)  # fmt: skip
CARDS = (
    "rsvp_request", "action_assigned", "action_update_due", "concern_saved", "did_you_mean", "confirm_broadcast",
    "none",
)  # fmt: skip
REPLIES = (
    "rsvp", "acknowledge", "confirm", "cancel", "thanks", "help", "withdraw_concern", "ask_concern",
    "reject_suggestions", "decline_action", "request_extension", "complete_action", "update_action",
    "amend_concern", "choose", "edit_broadcast", "schedule_broadcast", "reminder_preference", "snooze", "fresh",
    "safeguarding", "ask",
)  # fmt: skip
URGENT = "urgent_safeguarding"
_LABELS = ("urgent", "lookalike", "grey")
_PARTS = ("intents_", "safety_", "replies_")
_ROLES = ("ordinary", "out_of_scope", "left_out")

Form = Literal["intent", "safety", "reply"]


class CorpusError(Exception):
    """A line that cannot be used; the message names the file and the line."""


@dataclass(frozen=True)
class Line:
    """One authored line. `label` is the intent, the safety label or the reply intent; `under` the kind or card."""

    form: Form
    label: str
    text: str
    voice: str
    under: str = ""
    also: tuple[str, ...] = ()

    @property
    def hand(self) -> str:
        """Who wrote it: the voice up to its first hyphen."""
        return self.voice.partition("-")[0]


def data_folder() -> Path:
    """The folder of data files beside this module."""
    return Path(__file__).with_name("data")


def read_corpus(folder: Path) -> tuple[Line, ...]:
    """All lines of a folder of utterances, in the order of the file names. Raises `CorpusError`."""
    return tuple(line for file in sorted(folder.glob("*.tsv")) for line in read_file(file))


def read_file(file: Path) -> Iterator[Line]:
    """The lines of one file; blank lines and lines that begin with ``#`` are skipped."""
    voice = file.stem
    for part in _PARTS:
        voice = voice.removeprefix(part)
    for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if raw.strip() and not raw.startswith("#"):
            try:
                yield _line([cell.strip() for cell in raw.split("\t")], voice)
            except ValueError as problem:
                raise CorpusError(f"{file.name}:{number}: {problem}") from None


def _line(cells: list[str], voice: str) -> Line:
    if len(cells) == 2:
        label, *also = cells[0].split(",")
        _known([label, *also], INTENTS, "intent")
        return Line("intent", label, _said(cells[1]), voice, also=tuple(also))
    if len(cells) == 3 and cells[0] in _LABELS:
        _known([cells[1]], KINDS, "kind of risk")
        return Line("safety", cells[0], _said(cells[2]), voice, under=cells[1])
    if len(cells) in (3, 4):
        _known([cells[0]], CARDS, "card or safety label")
        _known([cells[1]], REPLIES, "reply intent")
        return Line("reply", cells[1], _said(cells[2]), voice, under=cells[0])
    raise ValueError("expected two or three columns parted by tabs")


def _said(text: str) -> str:
    if not text:
        raise ValueError("the text is empty")
    return text


def _known(names: Iterable[str], allowed: tuple[str, ...], what: str) -> None:
    for name in names:
        if name not in allowed:
            raise ValueError(f"unknown {what} {name!r}")


def digest(lines: Iterable[Line]) -> str:
    """A fingerprint of the lines: the models remember by it what they were made from."""
    whole = hashlib.sha256()
    for line in lines:
        whole.update(
            "\t".join((line.form, line.label, *line.also, line.under, line.hand, line.text)).encode() + b"\n"
        )
    return whole.hexdigest()


def read_questions(needs: Path, roles: Path) -> tuple[Line, ...]:
    """Questions to the directory as ordinary lines: ``contact_lookup`` or ``out_of_scope``, by `roles`.

    Needs that `roles` leaves out, or does not name, are skipped: among them are children at risk, whose lines
    are sorted by hand into the safety files instead.
    """
    role_of = dict(_roles(roles))
    found: list[Line] = []
    for file in sorted(needs.glob("author_*.tsv")):
        voice = f"needs{file.stem.removeprefix('author_').lstrip('0')}"
        for raw in file.read_text(encoding="utf-8").splitlines():
            need, _, text = raw.partition("\t")
            role = role_of.get(need, "left_out")
            if text.strip() and role != "left_out":
                label = "contact_lookup" if role == "ordinary" else role
                found.append(
                    Line("intent", label, text.strip(), voice, also=("contact_lookup", "raise_concern"))
                )
    return tuple(found)


def _roles(file: Path) -> Iterator[tuple[str, str]]:
    for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if raw.strip() and not raw.startswith("#"):
            need, _, role = raw.partition("\t")
            if role not in _ROLES:
                raise CorpusError(f"{file.name}:{number}: the role must be one of {', '.join(_ROLES)}")
            yield need, role
