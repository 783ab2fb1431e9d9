"""What each kind of schedule does when its time comes. Everything goes out through `work.tell`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from bot.clock import london_day
from bot.rules.states import ActionState, MeetingState, RsvpAnswer
from bot.services import duties, turnout
from bot.services.council import calendar
from bot.services.escalation import sweep
from bot.services.notice_standing import standing
from bot.services.notices import notice_values
from bot.store.actions import actions_where
from bot.store.bodies import body_by_ref
from bot.store.contacts import open_questions, past_review
from bot.store.duties import ReminderSchedule
from bot.store.meetings import Meeting, between
from bot.store.people import by_email, everyone
from bot.store.work import Work

LOOK_AHEAD = timedelta(days=60)
DEFAULT_DAYS_BEFORE = {"meeting": (5, 1), "notice_deadline": (3, 1, 0)}
_COMING = frozenset({RsvpAnswer.ATTENDING, RsvpAnswer.LATE, RsvpAnswer.LEAVING_EARLY, RsvpAnswer.REMOTE})


def remind_of_duties(work: Work, schedule: ReminderSchedule) -> None:
    """The next duty, to every elected member whose turn it is."""
    duties.send_due_reminders(work)


def remind_of_meetings(work: Work, schedule: ReminderSchedule) -> None:
    """Before a meeting: ask those who have not answered; the working day before, remind those who come."""
    for meeting, left in _near(work, schedule):
        if left in _days_before(schedule):
            for person in turnout.to_nudge(work, meeting):
                turnout.ask(work, meeting, person)
        if left == 1:
            _tell_those_coming(work, meeting)


def _tell_those_coming(work: Work, meeting: Meeting) -> None:
    values = notice_values(work, meeting)
    for response in meeting.responses:
        if response.answer in _COMING and response.person.active_on(work.today):
            once = f"tomorrow:{meeting.ref}:{meeting.sequence}"
            work.tell(
                response.person,
                "meeting",
                once,
                "effects.tomorrow",
                values,
                card="rsvp_request",
                subject=meeting.ref,
            )


def warn_of_notice_deadlines(work: Work, schedule: ReminderSchedule) -> None:
    """Tell the officers when an unpublished agenda nears the last day to publish it, or has missed it."""
    for meeting, _ in _near(work, schedule):
        found = standing(work, meeting)
        if (
            meeting.published_at is None
            and found.deadline
            and (found.days_left in _days_before(schedule) or found.is_missed)
        ):
            values = {"meeting": meeting, "standing": found}
            _tell_officers(work, "notice_deadline", f"deadline:{meeting.ref}", "effects.deadline", values)


def chase_overdue(work: Work, schedule: ReminderSchedule) -> None:
    """Every open action, one step up the ladder where its time has come."""
    sweep(work)


def send_digest(work: Work, schedule: ReminderSchedule) -> None:
    """The week ahead, for the officers: what awaits them."""
    values = {
        "new": actions_where(work.session, states=[ActionState.NEW]),
        "proposed": actions_where(work.session, states=[ActionState.PROPOSED]),
        "late": [a for a in actions_where(work.session, states=_OPEN) if a.due and a.due < work.today],
        "questions": open_questions(work.session),
        "stale": past_review(work.session, work.today),
        "meetings": [m for m, _ in _near(work, schedule)][:5],
    }
    _tell_officers(work, "digest", "digest", "effects.digest", values)


_OPEN = (ActionState.ASSIGNED, ActionState.ACKNOWLEDGED, ActionState.IN_PROGRESS, ActionState.ON_HOLD)


def review_directory(work: Work, schedule: ReminderSchedule) -> None:
    """Entries past their review date: to the officers, and to each owner who is one of us."""
    stale = past_review(work.session, work.today)
    if not stale:
        return
    _tell_officers(work, "directory_review", "review", "effects.review", {"entries": stale})
    owners = {e.owner for e in stale if "@" in e.owner}
    for owner in filter(None, (by_email(work.session, o) for o in sorted(owners))):
        mine = [e for e in stale if e.owner.lower() == owner.email.lower()]
        once = f"review-own:{work.today.isoformat()}"
        work.tell(owner, "directory_review", once, "effects.review_own", {"entries": mine})


EFFECTS: Mapping[str, Callable[[Work, ReminderSchedule], None]] = {
    "duty": remind_of_duties,
    "meeting": remind_of_meetings,
    "notice_deadline": warn_of_notice_deadlines,
    "overdue": chase_overdue,
    "digest": send_digest,
    "directory_review": review_directory,
}


def _near(work: Work, schedule: ReminderSchedule) -> Iterator[tuple[Meeting, int]]:
    """Coming meetings of the schedule's audience, each with the working days left."""
    days = calendar(work)
    body = (
        body_by_ref(work.session, schedule.audience.removeprefix("body:"))
        if "body:" in schedule.audience
        else None
    )
    for meeting in between(work.session, work.now, work.now + LOOK_AHEAD, body):
        if meeting.state not in (MeetingState.CANCELLED, MeetingState.HELD):
            yield meeting, days.working_days_until(work.today, london_day(meeting.starts_at))


def _days_before(schedule: ReminderSchedule) -> set[int]:
    given = {int(d) for d in schedule.days_before}
    return given or set(DEFAULT_DAYS_BEFORE.get(schedule.kind, ()))


def _tell_officers(work: Work, kind: str, once: str, block: str, values: Mapping[str, object]) -> None:
    for officer in everyone(work.session, work.today, "officer"):
        work.tell(officer, kind, f"{once}:{work.today.isoformat()}", block, values)
