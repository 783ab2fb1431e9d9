"""The council's own rules, read from what was loaded: working days, service levels, each body's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from bot.rules.calendar import WorkingCalendar
from bot.rules.presets import Preset, PublicAccess, Substitutes, preset_for
from bot.rules.quorum import QuorumRule, parse_quorum
from bot.rules.service_levels import ServiceLevels
from bot.store.bodies import Body
from bot.store.council import council_row
from bot.store.work import Work

_PRESET_SUBSTITUTES = {
    Substitutes.NOT_ALLOWED: "none",
    Substitutes.NOT_APPLICABLE: "none",
    Substitutes.PER_CONSTITUTION: "named",
    Substitutes.PER_TERMS: "any",
    Substitutes.ANY_AGENCY_DEPUTY: "agency",
}


@dataclass(frozen=True)
class BodyRules:
    """What holds for one body: its preset, with what the council set for it laid over."""

    preset: Preset
    clear_days: int | None
    public: bool
    substitutes: str
    chair_must_be: str
    quorum: QuorumRule


def settings(work: Work) -> Mapping[str, Any]:
    """What council.yaml said, as plain data; empty before a council is loaded."""
    row = council_row(work.session)
    return row.settings if row else {}


def calendar(work: Work) -> WorkingCalendar:
    """The council's working days."""
    days = settings(work).get("working_days") or {}
    return WorkingCalendar(
        closed_every_year=frozenset((m, d) for m, d in days.get("closed_every_year", [])),
        closed_dates=frozenset(date.fromisoformat(d) for d in days.get("closed_dates", [])),
    )


def service_levels(work: Work) -> ServiceLevels:
    """What the council promises about actions, in working days."""
    given = settings(work).get("service_levels") or {}
    if not given:
        return ServiceLevels()
    ladder = (-given["remind_before"], 0, given["chase_after"], given["escalate_after"], given["chair_after"])
    return ServiceLevels(given["acknowledge"], given["answer"], ladder)


def needs_second_approver(work: Work) -> bool:
    """Whether a message to all members needs a second officer's yes."""
    return bool(settings(work).get("second_approver"))


def rules_of(body: Body) -> BodyRules:
    """The rules of one body."""
    given = body.rules or {}
    preset = preset_for(body.preset)
    public = given.get("public_meetings")
    return BodyRules(
        preset=preset,
        clear_days=given.get("clear_days", preset.clear_days),
        public=public
        if public is not None
        else preset.public in (PublicAccess.OPEN, PublicAccess.OPEN_UNLESS_PRIVATE_NOTICE),
        substitutes=given.get("substitutes") or _PRESET_SUBSTITUTES[preset.substitutes],
        chair_must_be=given.get("chair_must_be", ""),
        quorum=_quorum(given, preset),
    )


def _quorum(given: Mapping[str, Any], preset: Preset) -> QuorumRule:
    remote = bool(given.get("remote_counts_for_quorum", preset.remote_counts_for_quorum))
    quorum = given.get("quorum")
    if not quorum:
        return replace(parse_quorum(preset.default_quorum), remote_counts=remote)
    elected = quorum.get("category") == "councillor"
    count, share = quorum.get("count"), quorum.get("share")
    return QuorumRule(
        members=None if share or quorum.get("chair") else count,
        share=Fraction(share) if share else None,
        besides_chair=count if quorum.get("chair") else None,
        minimum=quorum.get("minimum") or QuorumRule().minimum,
        elected_only=elected,
        remote_counts=remote,
    )
