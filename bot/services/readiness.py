"""What is wrong or missing with what was loaded, in sentences for the operator."""

from __future__ import annotations

from bot.services.council import settings
from bot.store.bodies import bodies
from bot.store.contacts import contacts, past_review
from bot.store.council import council_name, council_row
from bot.store.duties import duties
from bot.store.meetings import coming
from bot.store.people import Person, directorates, everyone
from bot.store.work import Work


def must_mend(work: Work) -> list[str]:
    """What must be put right before anybody may use the bot."""
    row = council_row(work.session)
    if row is None:
        return ["No council is loaded. Run `cpbot load FOLDER`."]
    safe = council_name(row).safeguarding
    wrong = [
        f"The safeguarding number of the {name} is missing."
        for name, line in (
            ("front door", safe.front_door),
            ("out-of-hours team", safe.out_of_hours),
            ("designated officer (LADO)", safe.lado),
        )
        if not line.phone
    ]
    if not everyone(work.session, work.today, "officer"):
        wrong.append("Nobody has the role officer, so nobody can triage a concern.")
    if not bodies(work.session):
        wrong.append("There is no panel.")
    return wrong


def should_mend(work: Work) -> list[str]:
    """What people would soon notice."""
    wrong = [
        f"{d.name} has no lead with access."
        for d in directorates(work.session)
        if d.lead is None or not d.lead.active_on(work.today)
    ]
    if not contacts(work.session):
        wrong.append("The directory is empty.")
    if stale := past_review(work.session, work.today):
        wrong.append(f"{len(stale)} directory entries are past their review date.")
    if not duties(work.session):
        wrong.append("There are no duties to remind members of.")
    if not coming(work.session, work.now):
        wrong.append("No meeting is planned.")
    if not settings(work).get("duty_desk"):
        wrong.append("There is no duty desk to name when the directory does not know.")
    return [*wrong, *_without_account(work)]


def _without_account(work: Work) -> list[str]:
    """Who cannot be reached in chat, and why. One open way is enough."""
    people = everyone(work.session, work.today)
    unmatched = [p.name for p in people if not p.accounts]
    closed = [p for p in people if p.accounts and all(a.unreachable for a in p.accounts)]
    lines = [f"Cannot be reached: {p.name}: {_why_closed(p)}." for p in closed]
    if unmatched:
        shown = ", ".join(unmatched[:10]) + (
            f" and {len(unmatched) - 10} more" if len(unmatched) > 10 else ""
        )
        lines.append(f"{len(unmatched)} people have no chat account yet: {shown}.")
    return lines


def _why_closed(person: Person) -> str:
    return "; ".join(dict.fromkeys(a.unreachable for a in person.accounts))
