"""Loads the directory, duties and open actions."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from bot.clock import from_london
from bot.council.model import ActionSpec, DirectoryEntry, DutySpec
from bot.language.entry import Entry
from bot.rules.references import municipal_year
from bot.rules.states import ActionState
from bot.services.loading.common import outcome, set_values
from bot.store.actions import Action, ActionEvent, action_by_ref
from bot.store.bodies import body_by_ref
from bot.store.contacts import Contact, contact_by_key
from bot.store.duties import Duty, duty_by_topic
from bot.store.people import by_email, directorate_by_key
from bot.store.work import Work

_LAST_NUMBER = re.compile(r"[0-9]{1,6}$")


def load_contact(work: Work, entry: DirectoryEntry) -> str:
    """Add or update one directory entry by its id."""
    contact = contact_by_key(work.session, entry.id)
    new = contact is None
    if contact is None:
        contact = Contact(key=entry.id, aliases=[], topics=[], audience=[], needs=[], retired=False)
        work.session.add(contact)
    texts = (
        "service",
        "team",
        "role",
        "phone",
        "email",
        "hours",
        "escalation",
        "out_of_hours",
        "area",
        "how_to_refer",
        "owner",
    )
    # Words the officer has taught an entry in chat are kept beside those of the file.
    taught = [a for a in contact.aliases if a not in entry.aliases]
    changed = set_values(
        contact,
        **{t: getattr(entry, t) or "" for t in texts},
        topics=list(entry.topics),
        audience=list(entry.audience),
        aliases=[*entry.aliases, *taught],
        verified_on=entry.verified_on,
        review_by=entry.review_by,
        retired=False,
    )
    work.session.flush()
    return outcome(new, changed)


def load_duty(work: Work, spec: DutySpec) -> str:
    """Add or update one duty by its topic."""
    duty = duty_by_topic(work.session, spec.topic)
    new = duty is None
    if duty is None:
        duty = Duty(topic=spec.topic, title=spec.title, words=spec.words)
        work.session.add(duty)
    changed = set_values(
        duty,
        title=spec.title,
        words=spec.words,
        question=spec.question,
        source=spec.source,
        source_url=spec.source_url or "",
        in_force_from=spec.in_force_from,
        checked_on=spec.checked_on,
    )
    work.session.flush()
    return outcome(new, changed)


def load_action(work: Work, spec: ActionSpec) -> str:
    """Add one open action. One that is already here is left as people have made it."""
    if action_by_ref(work.session, spec.ref) is not None:
        return "same"  # what people have since done to an action is the truth, not the file
    body = body_by_ref(work.session, spec.body)
    if body is None:
        raise LookupError(f"action {spec.ref} is of the unknown body {spec.body}")
    raised_at = _noon(spec.raised_on, work)
    directorate = directorate_by_key(work.session, spec.directorate) if spec.directorate else None
    raiser = by_email(work.session, spec.raised_by) if spec.raised_by else None
    lead = by_email(work.session, spec.lead) if spec.lead else (directorate.lead if directorate else None)
    action = Action(
        ref=spec.ref,
        body=body,
        year=_year(spec, raised_at),
        number=_number(spec),
        source=str(spec.source),
        theme=spec.theme or "",
        text=spec.title if not spec.details else f"{spec.title}. {spec.details}",
        raised_by_id=raiser.id if raiser else None,
        raised_at=raised_at,
        directorate_id=directorate.id if directorate else None,
        lead_id=lead.id if lead else None,
        state=str(spec.state),
        due=spec.due,
        assigned_at=raised_at if spec.state is not ActionState.NEW else None,
    )
    for update in spec.updates:
        by = by_email(work.session, update.by) if update.by else lead
        action.events.append(
            ActionEvent(
                at=_noon(update.day, work), by_id=by.id if by else None, kind="update", text=update.words
            )
        )
    work.session.add(action)
    work.session.flush()
    return "added"


def _year(spec: ActionSpec, raised_at: datetime) -> str:
    middle = _LAST_NUMBER.sub("", spec.ref.removeprefix(f"{spec.body}-")).strip("-/. ")
    return middle or municipal_year(raised_at.date())


def _number(spec: ActionSpec) -> int:
    """The number at the end of a reference: 14 of CPP-26/27-014, 21 of LOG/2026/21."""
    found = _LAST_NUMBER.search(spec.ref)
    return int(found.group()) if found else 0


def _noon(day: date | None, work: Work) -> datetime:
    return from_london(day, time(12)) if day else work.now


def entry_from_file(entry: DirectoryEntry) -> Entry:
    """A directory entry of a file as the matcher reads it, without a database."""
    return Entry(
        id=entry.id,
        service=entry.service,
        team=entry.team or "",
        topics=entry.topics,
        audience=entry.audience,
        role=entry.role or "",
        phone=entry.phone or "",
        email=entry.email or "",
        hours=entry.hours or "",
        escalation=entry.escalation or "",
        aliases=entry.aliases,
        area=entry.area or "",
        out_of_hours=entry.out_of_hours or "",
        how_to_refer=entry.how_to_refer or "",
    )
