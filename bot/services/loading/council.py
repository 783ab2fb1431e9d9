"""Loads council.yaml: settings, directorates, bodies with their seats, and reminder schedules."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.council.model import BodySpec, Council
from bot.services.council import rules_of
from bot.services.loading.common import outcome, plain, set_values
from bot.store.bodies import Body, Seat, body_by_ref
from bot.store.council import CouncilRow, council_row
from bot.store.duties import ReminderSchedule, schedule_by_key
from bot.store.people import Directorate, by_email, directorate_by_key
from bot.store.work import Work

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


def load_council(work: Work, council: Council) -> str:
    """Add or update the council itself and everything council.yaml names."""
    row = council_row(work.session)
    new = row is None
    if row is None:
        row = CouncilRow(id=1, name=council.name, settings={})
        work.session.add(row)
    settings = {name: plain(getattr(council, name)) for name in SETTINGS}
    settings["duty_desk"] = _desk(council)
    changed = set_values(row, name=council.name, settings=settings)
    work.session.flush()
    for spec in council.directorates:
        changed |= _directorate(work, spec)
    for sort, body in enumerate(council.bodies):
        changed |= _body(work, body, sort)
    for reminder in council.reminders:
        changed |= _schedule(work, reminder)
    return outcome(new, changed)


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
    changed = set_values(
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
    changed = set_values(
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
    changed |= set_values(body, public_meetings=rules_of(body).public)
    work.session.flush()
    return _seats(work, body, spec) or changed or new


def _body_rules(spec: BodySpec) -> dict[str, Any]:
    """What the council set for the body itself; the preset decides the rest."""
    names = (
        "quorum",
        "clear_days",
        "chair_must_be",
        "public_meetings",
        "remote_counts_for_quorum",
        "substitutes",
        "purpose",
    )
    return {n: plain(v) for n in names if (v := getattr(spec, n)) is not None}


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
        changed |= set_values(
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
    changed = set_values(
        found,
        kind=str(spec.kind),
        audience=spec.audience,
        rule=spec.rule,
        days_before=[str(d) for d in spec.working_days_before],
    )
    return new or changed
