"""meetings.yaml, duties.yaml and actions.yaml: what is planned, what is owed, what is under way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TypeVar

from bot.council import values
from bot.council.fields import PARAGRAPH, Fields
from bot.council.model import (
    ActionSource,
    ActionSpec,
    ActionState,
    ActionUpdate,
    AgendaItemSpec,
    DutySpec,
    MeetingSpec,
    MeetingState,
)
from bot.council.problems import Problems
from bot.council.tree import Block
from bot.council.unique import Unique

T = TypeVar("T")


def _list(root: Block, key: str, file: str, problems: Problems, one: Callable[[Fields], T]) -> list[T]:
    top = Fields(root, file, problems)
    if top.node(key) is None:
        top.missing(key)
    found = []
    for block in top.blocks(key):
        found.append(one(block))
        block.finish()
    top.finish()
    return found


def read_meetings(root: Block, file: str, problems: Problems) -> tuple[MeetingSpec, ...]:
    """The meetings, in the file's order."""
    meetings = _list(root, "meetings", file, problems, _meeting)
    seen = Unique(problems)
    for meeting in meetings:
        seen.check("the reference", meeting.ref, meeting.where)
    return tuple(meetings)


def _meeting(block: Fields) -> MeetingSpec:
    body = block.need("body", values.key, "")
    day = block.need("date", values.day, date.min)
    meeting = MeetingSpec(
        ref=block.read("ref", values.reference) or (f"{body}-{day}" if body and day > date.min else ""),
        body=body,
        day=day,
        start=block.need("start", values.wall_time, time.min),
        end=block.read("end", values.wall_time),
        place=block.text("place"),
        state=block.word("state", MeetingState) or MeetingState.PLANNED,
        published_on=block.day("published_on"),
        agenda=tuple(_agenda_item(item) for item in block.blocks("agenda")),
        where=block.where,
    )
    _check_meeting(meeting, block)
    return meeting


def _check_meeting(meeting: MeetingSpec, block: Fields) -> None:
    if meeting.end and meeting.end <= meeting.start:
        block.say("end", "the meeting ends before it starts; check start and end.")
    if meeting.published_on and meeting.published_on > meeting.day > date.min:
        block.say("published_on", "the agenda is published after the meeting; check published_on.")


def _agenda_item(block: Fields) -> AgendaItemSpec:
    item = AgendaItemSpec(
        title=block.need_text("title"),
        restricted=block.flag("restricted"),
        lead=block.text("lead", 120),
        minutes=block.number("minutes", 1, 600),
    )
    block.finish()
    return item


def read_duties(root: Block, file: str, problems: Problems) -> tuple[DutySpec, ...]:
    """The duties, in the file's order."""
    duties = _list(root, "duties", file, problems, _duty)
    seen = Unique(problems)
    for duty in duties:
        seen.check("the topic", duty.topic, duty.where)
    return tuple(duties)


def _duty(block: Fields) -> DutySpec:
    return DutySpec(
        topic=block.need("topic", values.key, ""),
        title=block.need_text("title", 150),
        words=block.need_text("words", PARAGRAPH),
        question=block.need_text("question", 500),
        source=block.need_text("source"),
        source_url=block.read("source_url", values.web_address),
        in_force_from=block.day("in_force_from"),
        checked_on=block.need("checked_on", values.day, date.min),
        where=block.where,
    )


def read_actions(root: Block, file: str, problems: Problems) -> tuple[ActionSpec, ...]:
    """The actions, in the file's order."""
    actions = _list(root, "actions", file, problems, _action)
    seen = Unique(problems)
    for action in actions:
        seen.check("the reference", action.ref, action.where)
    return tuple(actions)


def _action(block: Fields) -> ActionSpec:
    action = ActionSpec(
        ref=block.need("ref", values.reference, ""),
        title=block.need_text("title", 200),
        body=block.need("body", values.key, ""),
        source=block.need_word("source", ActionSource, ActionSource.MEETING),
        theme=block.text("theme", 100),
        details=block.text("details", PARAGRAPH),
        raised_by=block.email("raised_by"),
        raised_on=block.day("raised_on"),
        directorate=block.read("directorate", values.key),
        lead=block.email("lead"),
        due=block.day("due"),
        state=block.word("state", ActionState) or ActionState.NEW,
        updates=tuple(_update(update) for update in block.blocks("updates")),
        where=block.where,
    )
    if action.state is not ActionState.NEW and not (action.directorate or action.lead):
        block.say("state", f"an action that is {action.state} needs a directorate or a lead; add one.")
    return action


def _update(block: Fields) -> ActionUpdate:
    update = ActionUpdate(
        day=block.need("date", values.day, date.min),
        words=block.need_text("words", PARAGRAPH),
        by=block.email("by"),
    )
    block.finish()
    return update
