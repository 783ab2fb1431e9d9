"""Who a message to many goes to: audiences by name, each with its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BadInput
from bot.rules.references import parse_meeting_reference
from bot.rules.states import MeetingState
from bot.services import turnout
from bot.services.bodies import body_named, members_of
from bot.store.bodies import bodies, body_by_ref
from bot.store.meetings import coming, meeting_by_id
from bot.store.people import Person, everyone
from bot.store.work import Work

ALL_MEMBERS = "all_members"
UNANSWERED = "unanswered:"
MEETINGS = 4
"""Of how many coming meetings those who have not answered may be written to."""
MAIL = "mail"
"""Where a unit of work's cache says whether e-mail is set up."""
_EVERYBODY = ("all member", "all councillor", "every member", "everyone", "everybody")
_ROLES = {ALL_MEMBERS: "member", "officers": "officer", "leads": "lead"}


@dataclass(frozen=True)
class Audience:
    """A named audience. `name` is a body's name; empty for those that are named by their key."""

    key: str
    name: str
    people: tuple[Person, ...]

    @property
    def is_everybody(self) -> bool:
        return self.key == ALL_MEMBERS


def audience(work: Work, key: str) -> Audience:
    """The audience with that key: all_members, officers, leads, body:REF or unanswered:M-12."""
    if key in _ROLES:
        return Audience(key, "", tuple(everyone(work.session, work.today, _ROLES[key])))
    kind, _, ref = key.partition(":")
    body = body_by_ref(work.session, ref) if kind == "body" else None
    if body is not None:
        return Audience(f"body:{body.ref}", body.name, tuple(members_of(work, body)))
    number = parse_meeting_reference(ref) if kind == "unanswered" else None
    meeting = meeting_by_id(work.session, number) if number else None
    if meeting is None:
        raise BadInput("broadcasts.no_such_audience", audience=key)
    return Audience(f"unanswered:{meeting.ref}", meeting.body.name, tuple(turnout.to_nudge(work, meeting)))


def audiences(work: Work) -> list[Audience]:
    """Every audience to choose from, the widest first, and last those who have not answered for a meeting."""
    keys = [ALL_MEMBERS, *(f"body:{b.ref}" for b in bodies(work.session)), "officers", "leads"]
    soon = [m for m in coming(work.session, work.now, limit=MEETINGS) if m.state != MeetingState.HELD]
    silent = [audience(work, f"{UNANSWERED}{m.ref}") for m in soon]
    return [*(audience(work, k) for k in keys), *(a for a in silent if a.people)]


def audience_in_words(work: Work, text: str) -> str:
    """The key of the audience that words name; all members where they name none."""
    lowered = text.lower()
    body = body_named(work, text)
    if (
        "all member" in lowered
        or "all councillor" in lowered
        or "everyone" in lowered
        or "everybody" in lowered
    ):
        return ALL_MEMBERS
    if body is not None:
        return f"body:{body.ref}"
    if "panel" in lowered or "committee" in lowered:
        main = next((b for b in bodies(work.session) if b.reports_to_id is None), None)
        return f"body:{main.ref}" if main else ALL_MEMBERS
    if "officer" in lowered:
        return "officers"
    return "leads" if "lead" in lowered or "director" in lowered else ALL_MEMBERS


def without_chat(work: Work, people: Sequence[Person]) -> list[Person]:
    """Those whom no chat account reaches today, and who get an e-mail instead."""
    return _no_account(people) if mail_is_set_up(work) else []


def out_of_reach(work: Work, people: Sequence[Person]) -> list[Person]:
    """Those for whom there is no way at all: no chat account reaches them, and no e-mail is sent."""
    return [] if mail_is_set_up(work) else _no_account(people)


def mail_is_set_up(work: Work) -> bool:
    """Whether those whom chat does not reach get an e-mail."""
    return bool(work.cache.get(MAIL))


def _no_account(people: Sequence[Person]) -> list[Person]:
    return [p for p in people if not any(not a.unreachable for a in p.accounts)]
