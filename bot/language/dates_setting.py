"""What a phrase is read against: the text, the moment, and whether the words look back or ahead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Direction = Literal["past", "future", "either"]

_PAST_VERBS = (
    "was|were|met|agreed|sent|attended|discussed|raised|approved|happened|took|went|had|received|did|missed|held|"
    "visited|spoke|rang|emailed|phoned|wrote|told|said|saw|reported|noted|came|finished|signed|circulated|issued|"
    "published|posted|launched|ended|joined|moved in|left"
)
_PAST = re.compile(
    r"(?<!\bbe )(?<!\bbeing )(?<!\bis )(?<!\bare )(?<!\bget )(?<!\bgets )(?<!\bto )"
    rf"\b(?:{_PAST_VERBS})\b(?! ?,)"
)
# "Was due", "had hoped", "agreed to": said in the past about a day that may be still to come.
_HALF_PAST = re.compile(
    r"\b(?:was|were|had|been) (?:\w+ing\b|due|supposed|meant|told|asked|hoped|planned|booked|scheduled)"
    r"|\b(?:turned|closed|stopped|started|applied|passed|died)\b"
    r"|\bagreed (?:to|that|we)\b|\btold\b|\bsaid\b|\bwas (?:moved|put back|rearranged|changed|postponed)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|won't|shall|going to|gonna|can|can't|cannot|could|would|let's|to be|see you|tomorrow|"
    r"upcoming|"
    r"live|due|deadline|starts|begins|extension)\b|'ll\b|\bi'm\b"
)
_JUST_PAST = re.compile(
    rf"(?:\b(?:{_PAST_VERBS})(?: (?:back|again|together|them|it|us|me|you))?(?: on| at| in)?"
    r"|\bminutes? (?:from|of|for)(?: the)?(?: \w+ (?:on|of))?|\bsince|\b(?:from|of) last) (?:the )?$"
)
# "Chased on", "completed": other verbs in the past, straight before the day; none that plans a day to come.
_PLANNED = (
    r"(?:mov|postpon|reschedul|schedul|rearrang|arrang|book|plann|ne|requir|expect|delay|deferr|chang|cancell|clos|propos|"
    r"fix|fe|inde|spe|push|tim|provid|includ|publish|nam)ed"
)
_JUST_DONE = re.compile(rf"\b(?!{_PLANNED}\b)[a-z]{{2,}}ed(?: it| them)?(?: on| at| in)? (?:the )?$")
_JUST_AHEAD = re.compile(
    r"(?:\b(?:moved?|put back|brought forward|rearranged|rescheduled|postponed|changed|deferred|delayed|"
    r"booked|set|"
    r"scheduled) (?:to|for|until|on)|\bdue(?: on| by| for)?|\bwill be(?: on)?"
    r"|\b(?:is|are|be|being) \w+(?: back)? (?:on|at|by|in)) (?:the )?$"
)
_DEADLINE = re.compile(r"\b(?:by|until) (?:the )?$")
_SURELY_PAST = re.compile(r"\b(?:since|minutes? (?:from|of)(?: the)?(?: \w+ (?:on|of))?) (?:the )?$")
_JUST_FOR = re.compile(r"\bfor (?:the )?$")
_BE_BEFORE = re.compile(r"\b(?:be|being|is|are|get|gets|getting|to|will) (?:\w+ )?$")
_SENTENCE_END = re.compile(r"[!?;\n]|\.(?![0-9])")
_CLAUSE_END = re.compile(r",|\b(?:and|but|when|who|which|because|so|then|though|while|if|now)\b")
_REACH = 240


@dataclass(frozen=True)
class Setting:
    """`text` in one spelling (dates_words), `now` in London, and which way an unmarked day points."""

    text: str
    now: datetime
    ahead: bool = True

    @property
    def today(self) -> date:
        """The day it is in London."""
        return self.now.date()

    def direction(self, start: int, end: int) -> Direction:
        """Whether the words around `text[start:end]` look back, ahead, or may do either."""
        if not self.ahead:
            return "past"
        before = self.text[max(0, start - _REACH) : start]
        if _JUST_AHEAD.search(before):
            return "future"
        if _SURELY_PAST.search(before):
            return "past"
        just = _JUST_PAST.search(before) or _JUST_DONE.search(before)
        if just and not _HALF_PAST.search(before) and not _BE_BEFORE.search(before[: just.start()]):
            return "past"
        return self._by_clause(start, end, before)

    def _by_clause(self, start: int, end: int, before: str) -> Direction:
        """The nearest clause decides; a past further off only makes the past possible."""
        sentence, offset = self._sentence(start, end)
        piece, leads = _piece(sentence, offset, offset + end - start)
        near = _cue(piece)
        if near is None and _DEADLINE.search(before):
            return "future"
        direction = near or _cue(sentence) or "future"
        sure = bool(near or leads) and not _JUST_FOR.search(before)
        return direction if sure or direction != "past" else "either"

    def _sentence(self, start: int, end: int) -> tuple[str, int]:
        low, high = max(0, start - _REACH), min(len(self.text), end + _REACH)
        for stop in _SENTENCE_END.finditer(self.text, low, start):
            low = stop.end()
        after = _SENTENCE_END.search(self.text, end, high)
        return self.text[low : after.start() if after else high], start - low


def _piece(sentence: str, start: int, end: int) -> tuple[str, bool]:
    """The clause that holds the day, and whether it is all that leads the sentence: "On 8 June, we …"."""
    low = max((stop.end() for stop in _CLAUSE_END.finditer(sentence, 0, start)), default=0)
    after = _CLAUSE_END.search(sentence, end)
    piece = sentence[low : after.start() if after else len(sentence)]
    return piece, low == 0 and len(piece.strip()) <= end - start + 7


def _cue(piece: str) -> Direction | None:
    half = _HALF_PAST.search(piece)
    past = half or _PAST.search(piece)
    ahead = _AHEAD.search(piece)
    if past:
        return "either" if half or ahead else "past"
    return "future" if ahead else None


def pick(before: date | None, after: date | None, direction: Direction) -> tuple[date, ...]:
    """The last such day, the next one, or both, as the direction bids; none where that side has none."""
    sides = {"past": (before,), "future": (after,), "either": (before, after)}[direction]
    return tuple(dict.fromkeys(day for day in sides if day is not None))
