"""The duties of a corporate parent: shown, sent round in rotation, and marked as read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import NotFound
from bot.rules.recurrence import Frequency, due_again
from bot.store.deliveries import people_waiting_for
from bot.store.duties import (
    Acknowledgement,
    Duty,
    DutyReminder,
    ReminderChoice,
    acknowledgements,
    duties,
    duty_by_topic,
    last_duty_sent,
)
from bot.store.people import Person, everyone
from bot.store.work import Work

REMINDED = "duty"
DEFAULT_FREQUENCY = Frequency.MONTHLY


@dataclass(frozen=True)
class Awareness:
    """How many of the members have read a duty."""

    duty: Duty
    read: int
    members: int


def all_duties(work: Work) -> Sequence[Duty]:
    """Every duty, in the council's order."""
    return duties(work.session)


def get_duty(work: Work, topic: str) -> Duty:
    """The duty with that topic, or the one whose number in the list is given."""
    listed = duties(work.session)
    if topic.isdigit() and 1 <= int(topic) <= len(listed):
        return listed[int(topic) - 1]
    duty = duty_by_topic(work.session, topic)
    if duty is None:
        raise NotFound("duties.no_such_duty", topic=topic)
    return duty


def about(work: Work, words: str) -> Duty | None:
    """The duty that shares most words with what was asked; None when none shares any that matter."""
    wanted = _stems(words)
    scored = [
        (len(wanted & _stems(f"{d.topic} {d.title} {d.words} {d.question}")), d) for d in duties(work.session)
    ]
    best = max(scored, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] else None


_COMMON = frozenset(
    """about and any are ask care child children corporate council councillor councillors duties duty have
    leavers member members need panel parent parenting parents person remind should supposed tell that their
    them they this what when where which with young your""".split()
)
"""Words that nearly every duty, or every question about one, holds."""


def _stems(text: str) -> set[str]:
    words = "".join(c.lower() if c.isalpha() else " " for c in text).split()
    return {w[:6] for w in words if len(w) > 3 and w not in _COMMON}


def has_read(work: Work, person: Person, duty: Duty) -> bool:
    """Whether the person has said that they read the duty."""
    return work.session.get(Acknowledgement, (person.id, _subject(duty))) is not None


def mark_read(work: Work, person: Person, duty: Duty) -> bool:
    """Record "I have read this", once. False when it was recorded before."""
    if has_read(work, person, duty):
        return False
    work.session.add(Acknowledgement(person_id=person.id, subject=_subject(duty), at=work.now))
    sent = last_duty_sent(work.session, person)
    if sent is not None and sent.duty_id == duty.id and sent.read_at is None:
        sent.read_at = work.now
    work.audit("duty.read", f"duty:{duty.topic}")
    return True


def ask_about(work: Work, person: Person, duty: Duty, words: str) -> int:
    """Pass a question about a duty to every support officer; how many were told."""
    officers = everyone(work.session, work.today, "officer")
    for officer in officers:
        values = {"who": person.name, "duty": duty, "words": words}
        once = f"duty-question:{duty.topic}:{person.id}:{work.now.isoformat()}"
        work.tell(officer, "duty_question", once, "duties.question_for_officer", values)
    work.audit("duty.asked", f"duty:{duty.topic}")
    return len(officers)


def send_due_reminders(work: Work) -> int:
    """Send the next duty, in rotation, to every elected member whose turn it is; how many.

    Nobody gets a second while the last one waits, as it does until a pause is over.
    """
    listed = duties(work.session)
    members = everyone(work.session, work.today, "member") if listed else []
    waiting = people_waiting_for(work.session, REMINDED, work.now - timedelta(days=1))
    return sum(_remind(work, member, listed) for member in members if member.id not in waiting)


def _remind(work: Work, member: Person, listed: Sequence[Duty]) -> bool:
    last = last_duty_sent(work.session, member)
    if not due_again(last.sent_at if last else None, frequency_of(work, member), work.now):
        return False
    duty = next_duty(listed, last.duty if last else None)
    work.session.add(DutyReminder(person_id=member.id, duty_id=duty.id, sent_at=work.now))
    number = [d.id for d in listed].index(duty.id) + 1
    values = {"duty": duty, "number": number, "of": len(listed), "today": work.today}
    once = f"duty:{duty.topic}:{work.today.isoformat()}"
    work.tell(member, REMINDED, once, "duties.reminder", values)
    return True


def next_duty(listed: Sequence[Duty], last: Duty | None) -> Duty:
    """The duty after the last one sent, round and round; the first for somebody new."""
    ids = [d.id for d in listed]
    if last is None or last.id not in ids:
        return listed[0]
    return listed[(ids.index(last.id) + 1) % len(listed)]


def frequency_of(work: Work, person: Person) -> Frequency:
    """How often the person wants to be reminded of a duty."""
    choice = work.session.get(ReminderChoice, person.id)
    return Frequency(choice.frequency) if choice and choice.frequency else DEFAULT_FREQUENCY


def awareness(work: Work) -> list[Awareness]:
    """For each duty, how many of today's members have read it."""
    members = {m.id for m in everyone(work.session, work.today, "member")}
    return [
        Awareness(
            d, len({a.person_id for a in acknowledgements(work.session, _subject(d))} & members), len(members)
        )
        for d in duties(work.session)
    ]


def not_read_any(work: Work) -> list[Person]:
    """The members who have read no duty yet, by name."""
    readers = {a.person_id for d in duties(work.session) for a in acknowledgements(work.session, _subject(d))}
    return [m for m in everyone(work.session, work.today, "member") if m.id not in readers]


def _subject(duty: Duty) -> str:
    return f"duty:{duty.topic}"
