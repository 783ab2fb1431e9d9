"""Puts a council's files into the database: adds and updates by key, removes nobody by absence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from bot.clock import from_london
from bot.council.model import (
    ActionSpec,
    BodySpec,
    Council,
    CouncilFolder,
    DirectoryEntry,
    DutySpec,
    Known,
    MeetingSpec,
    PersonRow,
)
from bot.rules.references import municipal_year
from bot.rules.states import ActionState
from bot.services.council import rules_of
from bot.store.actions import Action, ActionEvent, action_by_ref
from bot.store.bodies import Body, Seat, bodies, body_by_ref
from bot.store.contacts import Contact, contact_by_key, contacts
from bot.store.council import CouncilRow, council_row
from bot.store.duties import Duty, ReminderSchedule, duty_by_topic, schedule_by_key
from bot.store.meetings import AgendaItem, Meeting, meeting_by_external
from bot.store.people import Account, Directorate, Person, by_account, by_email, directorate_by_key, directorates, everybody
from bot.store.work import Work

Progress = Callable[[str, int, int], None]
SETTINGS = (
    "short_name",
    "time_zone",
    "reference",
    "working_days",
    "safeguarding",
    "email_domains",
    "strategy",
    "pledges",
    "service_levels",
    "retention",
    "second_approver",
)
DEFAULT_LENGTH = timedelta(hours=2)


def known_now(work: Work) -> Known:
    """What the database already holds, so that one file can be checked without the others."""
    return Known(
        people=frozenset(p.email.lower() for p in everybody(work.session)),
        directorates=frozenset(d.key for d in directorates(work.session)),
        bodies=frozenset(b.ref for b in bodies(work.session)),
        entries=frozenset(c.key for c in contacts(work.session)),
    )


def load(work: Work, folder: CouncilFolder, progress: Progress = lambda *_: None) -> Counter[str]:
    """Write a checked folder; how many of each kind were "added", "changed" or "same".

    Safe to repeat: loading the same folder twice changes nothing the second time.
    """
    count: Counter[str] = Counter()
    # People first without their directorate, then the directorates that name them as leads.
    _each("people", folder.people, lambda row: _person(work, row), count, progress)
    if folder.council:
        count[_council(work, folder.council)] += 1
    for row in folder.people:
        _place(work, row)
    _each("directory", folder.directory, lambda e: _contact(work, e), count, progress)
    _each("meetings", folder.meetings, lambda m: _meeting(work, m), count, progress)
    _each("duties", folder.duties, lambda d: _duty(work, d), count, progress)
    _each("actions", folder.actions, lambda a: _action(work, a), count, progress)
    if folder.directory or folder.people:
        _bump_directory(work)
    work.audit("loaded", **dict(count))
    return count


def _each(what: str, rows: Iterable[Any], load_one: Callable[[Any], str], count: Counter[str], say: Progress) -> None:
    rows = list(rows)
    for number, row in enumerate(rows, 1):
        count[load_one(row)] += 1
        say(what, number, len(rows))


def _set(target: Any, **values: Any) -> bool:
    """Set what differs; whether anything did."""
    differs = {k: v for k, v in values.items() if getattr(target, k) != v}
    for name, value in differs.items():
        setattr(target, name, value)
    return bool(differs)


def _outcome(new: bool, changed: bool) -> str:
    return "added" if new else "changed" if changed else "same"


# --- people


def _person(work: Work, row: PersonRow) -> str:
    person = by_email(work.session, row.email)
    new = person is None
    if person is None:
        person = Person(email=row.email, name=row.name)
        work.session.add(person)
    changed = _set(
        person,
        name=row.name,
        roles=sorted(str(r) for r in row.roles),
        title=row.title or "",
        ward=row.ward or "",
        party=row.party or "",
        phone=row.phone or "",
        until=row.until,
    )
    work.session.flush()
    for channel, user_id in (("slack", row.slack_id), ("teams", row.teams_id)):
        changed |= bool(user_id) and _account(work, person, channel, user_id or "")
    return _outcome(new, changed)


def _account(work: Work, person: Person, channel: str, user_id: str) -> bool:
    """Tie a platform's id to a person. The tenant is learnt when the account first writes."""
    known = by_account(work.session, channel, "", user_id)
    if known is not None or any(a.channel == channel and a.user_id == user_id for a in person.accounts):
        return False
    work.session.add(Account(person=person, channel=channel, user_id=user_id))
    work.session.flush()
    return True


def _place(work: Work, row: PersonRow) -> None:
    person = by_email(work.session, row.email)
    directorate = directorate_by_key(work.session, row.directorate) if row.directorate else None
    if person is not None:
        _set(person, directorate_id=directorate.id if directorate else None)


# --- the council


def _council(work: Work, council: Council) -> str:
    row = council_row(work.session)
    new = row is None
    if row is None:
        row = CouncilRow(id=1, name=council.name, settings={})
        work.session.add(row)
    settings = {name: plain(getattr(council, name)) for name in SETTINGS}
    settings["duty_desk"] = _desk(council)
    changed = _set(row, name=council.name, settings=settings)
    work.session.flush()
    for spec in council.directorates:
        changed |= _directorate(work, spec)
    for sort, body in enumerate(council.bodies):
        changed |= _body(work, body, sort)
    for reminder in council.reminders:
        changed |= _schedule(work, reminder)
    return _outcome(new, changed)


def _desk(council: Council) -> dict[str, Any]:
    point = council.duty_desk.contact
    contact = {k: v or "" for k, v in asdict(point).items()} if point else {}
    return {"entry": council.duty_desk.entry or "", **contact}


def _directorate(work: Work, spec: Any) -> bool:
    found = directorate_by_key(work.session, spec.key)
    new = found is None
    if found is None:
        found = Directorate(key=spec.key, name=spec.name, topics=[], deputy_emails=[])
        work.session.add(found)
    lead = by_email(work.session, spec.lead)
    changed = _set(
        found,
        name=spec.name,
        topics=list(spec.topics),
        deputy_emails=list(spec.deputies),
        lead_id=lead.id if lead else None,
    )
    work.session.flush()
    return new or changed


def _body(work: Work, spec: BodySpec, sort: int) -> bool:
    body = body_by_ref(work.session, spec.ref)
    new = body is None
    if body is None:
        body = Body(ref=spec.ref.upper(), name=spec.name, preset=str(spec.preset))
        work.session.add(body)
    parent = body_by_ref(work.session, spec.reports_to) if spec.reports_to else None
    changed = _set(
        body,
        name=spec.name,
        preset=str(spec.preset),
        reports_to_id=parent.id if parent else None,
        cadence=spec.cadence or "",
        duration_minutes=spec.duration_minutes or body.duration_minutes or 120,
        place=spec.place or "",
        rules=_body_rules(spec),
        sort=sort,
    )
    changed |= _set(body, public_meetings=rules_of(body).public)
    work.session.flush()
    return _seats(work, body, spec) or changed or new


def _body_rules(spec: BodySpec) -> dict[str, Any]:
    """What the council set for the body itself; the preset decides the rest."""
    names = ("quorum", "clear_days", "chair_must_be", "public_meetings", "remote_counts_for_quorum", "substitutes", "purpose")
    given = {n: plain(v) for n in names if (v := getattr(spec, n)) is not None}
    return given


def _seats(work: Work, body: Body, spec: BodySpec) -> bool:
    """Seats are matched by their order. One that is no longer listed is left vacant, never deleted."""
    changed = False
    for position, seat_spec in enumerate(spec.seats):
        seat = next((s for s in body.seats if s.position == position), None)
        if seat is None:
            seat = Seat(body=body, position=position, substitute_emails=[])
            work.session.add(seat)
            changed = True
        holder = by_email(work.session, seat_spec.holder) if seat_spec.holder else None
        changed |= _set(
            seat,
            role=str(seat_spec.role),
            category=str(seat_spec.category),
            title=seat_spec.title or "",
            agency=seat_spec.agency or "",
            voting=seat_spec.voting,
            holder_id=holder.id if holder else None,
            substitute_emails=list(seat_spec.substitutes),
        )
    work.session.flush()
    return changed


def _schedule(work: Work, spec: Any) -> bool:
    found = schedule_by_key(work.session, spec.key)
    new = found is None
    if found is None:
        found = ReminderSchedule(key=spec.key, kind="", audience="", rule="", days_before=[])
        work.session.add(found)
    changed = _set(
        found,
        kind=str(spec.kind),
        audience=spec.audience,
        rule=spec.rule,
        days_before=[str(d) for d in spec.working_days_before],
    )
    return new or changed


# --- the directory, meetings, duties and actions


def _contact(work: Work, entry: DirectoryEntry) -> str:
    contact = contact_by_key(work.session, entry.id)
    new = contact is None
    if contact is None:
        contact = Contact(key=entry.id, aliases=[], topics=[], audience=[], needs=[], retired=False)
        work.session.add(contact)
    texts = ("service", "team", "role", "phone", "email", "hours", "escalation", "out_of_hours", "area", "how_to_refer", "owner")
    # Words the officer has taught an entry in chat are kept beside those of the file.
    taught = [a for a in contact.aliases if a not in entry.aliases]
    changed = _set(
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
    return _outcome(new, changed)


def _meeting(work: Work, spec: MeetingSpec) -> str:
    body = body_by_ref(work.session, spec.body)
    if body is None:
        raise LookupError(f"meeting {spec.ref} is of the unknown body {spec.body}")
    meeting = meeting_by_external(work.session, spec.ref)
    new = meeting is None
    starts = from_london(spec.day, spec.start)
    ends = from_london(spec.day, spec.end) if spec.end else starts + timedelta(minutes=body.duration_minutes)
    if meeting is None:
        meeting = Meeting(body=body, external_ref=spec.ref, starts_at=starts, ends_at=ends, sequence=0)
        work.session.add(meeting)
    changed = _set(
        meeting,
        starts_at=starts,
        ends_at=ends if ends > starts else starts + DEFAULT_LENGTH,
        place=spec.place or body.place,
        state=str(spec.state),
        published_at=from_london(spec.published_on, time(12)) if spec.published_on else meeting.published_at,
    )
    if changed and not new:
        meeting.sequence += 1
    work.session.flush()
    changed |= _agenda(work, meeting, spec)
    return _outcome(new, changed)


def _agenda(work: Work, meeting: Meeting, spec: MeetingSpec) -> bool:
    wanted = [(n, i.title, i.restricted, i.lead or "", i.minutes) for n, i in enumerate(spec.agenda, 1)]
    present = [(i.position, i.title, i.restricted, i.lead, i.minutes) for i in meeting.items]
    if wanted == present or not wanted:
        return False
    meeting.items.clear()
    work.session.flush()
    for position, title, restricted, lead, minutes in wanted:
        meeting.items.append(
            AgendaItem(position=position, title=title, restricted=restricted, lead=lead, minutes=minutes)
        )
    return True


def _duty(work: Work, spec: DutySpec) -> str:
    duty = duty_by_topic(work.session, spec.topic)
    new = duty is None
    if duty is None:
        duty = Duty(topic=spec.topic, title=spec.title, words=spec.words)
        work.session.add(duty)
    changed = _set(
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
    return _outcome(new, changed)


def _action(work: Work, spec: ActionSpec) -> str:
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
        number=int(spec.ref.rpartition("-")[2]),
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
            ActionEvent(at=_noon(update.day, work), by_id=by.id if by else None, kind="update", text=update.words)
        )
    work.session.add(action)
    work.session.flush()
    return "added"


def _year(spec: ActionSpec, raised_at: datetime) -> str:
    middle = spec.ref.removeprefix(f"{spec.body}-").rpartition("-")[0]
    return middle or municipal_year(raised_at.date())


def _noon(day: date | None, work: Work) -> datetime:
    return from_london(day, time(12)) if day else work.now


def _bump_directory(work: Work) -> None:
    row = council_row(work.session)
    if row is not None:
        row.directory_version += 1


def plain(value: Any) -> Any:
    """A checked value as JSON-ready data: dates as ISO text, sets as lists, shares as "1/4"."""
    if is_dataclass(value) and not isinstance(value, type):
        return {k: plain(v) for k, v in vars_of(value).items() if k != "where"}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value) if isinstance(value, str) else value


def vars_of(value: Any) -> dict[str, Any]:
    """A dataclass's fields and values, slots or not."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
