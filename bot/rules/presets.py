"""The kinds of body a council can set up, and what each means for notice, the public, votes and attendance.

Which kind a body is, only the council's Monitoring Officer can say; its name proves nothing. Every field of a
preset can be overridden for one body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.rules.quorum import parse_quorum


class BodyKind(StrEnum):
    """The kinds of body there are presets for."""

    COUNCIL = "council"
    COMMITTEE = "committee"
    ADVISORY_COMMITTEE = "advisory_committee"
    EXECUTIVE_COMMITTEE = "executive_committee"
    MULTI_AGENCY_BOARD = "multi_agency_board"
    INFORMAL_PANEL = "informal_panel"
    SUB_GROUP = "sub_group"
    YOUNG_PEOPLE_SESSION = "young_people_session"


class AccessRegime(StrEnum):
    """What governs notice and access: LGA 1972 Part VA, the 2012 Regulations, or the body's own terms."""

    PART_VA = "part_va"
    EXEC_2012 = "exec_2012"
    LOCAL_TERMS = "local_terms"


class PublicAccess(StrEnum):
    """Whether the public may attend."""

    OPEN = "open"
    OPEN_UNLESS_PRIVATE_NOTICE = "open_unless_private_notice"
    CLOSED_BY_DEFAULT = "closed_by_default"
    NEVER = "never"


class ExemptProcedure(StrEnum):
    """How an item is kept from the public; each is the key of a label."""

    SCHEDULE_12A = "schedule_12a_resolution"
    EXECUTIVE_2012 = "executive_regulations_2012"
    MARKED_RESTRICTED = "papers_marked_restricted"
    PRIVATE_BY_DEFAULT = "private_by_default"


class QuorumSource(StrEnum):
    """Where a body's quorum is laid down."""

    SCHEDULE_12 = "schedule_12"
    STANDING_ORDERS = "standing_orders"
    EXECUTIVE_RULES = "executive_rules"
    TERMS_OF_REFERENCE = "terms_of_reference"
    NONE = "none"


class Voters(StrEnum):
    """Who votes."""

    ALL_MEMBERS = "all_members"
    COUNCILLORS = "councillors"
    PER_TERMS = "per_terms"
    EXECUTIVE_MEMBERS = "executive_members"
    CONSENSUS = "consensus"
    NOBODY = "nobody"


class Substitutes(StrEnum):
    """Whether somebody may stand in for an absent member."""

    NOT_ALLOWED = "not_allowed"
    PER_CONSTITUTION = "per_constitution"
    PER_TERMS = "per_terms"
    ANY_AGENCY_DEPUTY = "any_agency_deputy"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Preset:
    """What one kind of body means.

    `clear_days` of None: no deadline until the council sets one. `clear_days_by_law` is False for a local
    target. `private_notice_days`: the notice that a private meeting needs besides, None where none does.
    `default_quorum` is in the form that `quorum.parse_quorum` reads.
    """

    kind: BodyKind
    access_regime: AccessRegime
    clear_days: int | None
    clear_days_by_law: bool
    public: PublicAccess
    exempt_procedure: ExemptProcedure
    quorum_source: QuorumSource
    default_quorum: str
    voters: Voters
    substitutes: Substitutes
    counts_for_six_month_rule: bool
    private_notice_days: int | None = None
    remote_counts_for_quorum: bool = False
    ask_monitoring_officer_about_six_month_rule: bool = False


_COMMITTEE = Preset(
    kind=BodyKind.COMMITTEE,
    access_regime=AccessRegime.PART_VA,
    clear_days=5,
    clear_days_by_law=True,
    public=PublicAccess.OPEN,
    exempt_procedure=ExemptProcedure.SCHEDULE_12A,
    quorum_source=QuorumSource.STANDING_ORDERS,
    default_quorum="1/4, minimum 3",
    voters=Voters.COUNCILLORS,
    substitutes=Substitutes.PER_CONSTITUTION,
    counts_for_six_month_rule=True,
)
_BOARD = Preset(
    kind=BodyKind.MULTI_AGENCY_BOARD,
    access_regime=AccessRegime.LOCAL_TERMS,
    clear_days=5,
    clear_days_by_law=False,
    public=PublicAccess.CLOSED_BY_DEFAULT,
    exempt_procedure=ExemptProcedure.MARKED_RESTRICTED,
    quorum_source=QuorumSource.TERMS_OF_REFERENCE,
    default_quorum="none",
    voters=Voters.CONSENSUS,
    substitutes=Substitutes.ANY_AGENCY_DEPUTY,
    counts_for_six_month_rule=False,
    ask_monitoring_officer_about_six_month_rule=True,
)
_SUB_GROUP = Preset(
    kind=BodyKind.SUB_GROUP,
    access_regime=AccessRegime.LOCAL_TERMS,
    clear_days=None,
    clear_days_by_law=False,
    public=PublicAccess.NEVER,
    exempt_procedure=ExemptProcedure.PRIVATE_BY_DEFAULT,
    quorum_source=QuorumSource.NONE,
    default_quorum="none",
    voters=Voters.NOBODY,
    substitutes=Substitutes.NOT_APPLICABLE,
    counts_for_six_month_rule=False,
)
_COUNCIL = replace(
    _COMMITTEE,
    kind=BodyKind.COUNCIL,
    quorum_source=QuorumSource.SCHEDULE_12,
    default_quorum="1/4",
    voters=Voters.ALL_MEMBERS,
    substitutes=Substitutes.NOT_ALLOWED,
)
_ADVISORY_COMMITTEE = replace(
    _COMMITTEE,
    kind=BodyKind.ADVISORY_COMMITTEE,
    quorum_source=QuorumSource.TERMS_OF_REFERENCE,
    voters=Voters.PER_TERMS,
    substitutes=Substitutes.PER_TERMS,
)
_EXECUTIVE_COMMITTEE = replace(
    _COMMITTEE,
    kind=BodyKind.EXECUTIVE_COMMITTEE,
    access_regime=AccessRegime.EXEC_2012,
    private_notice_days=28,
    public=PublicAccess.OPEN_UNLESS_PRIVATE_NOTICE,
    exempt_procedure=ExemptProcedure.EXECUTIVE_2012,
    quorum_source=QuorumSource.EXECUTIVE_RULES,
    default_quorum="none",
    voters=Voters.EXECUTIVE_MEMBERS,
    substitutes=Substitutes.NOT_ALLOWED,
)

PRESETS: Mapping[BodyKind, Preset] = MappingProxyType(
    {
        preset.kind: preset
        for preset in (
            _COUNCIL,
            _COMMITTEE,
            _ADVISORY_COMMITTEE,
            _EXECUTIVE_COMMITTEE,
            _BOARD,
            replace(_BOARD, kind=BodyKind.INFORMAL_PANEL),
            _SUB_GROUP,
            replace(_SUB_GROUP, kind=BodyKind.YOUNG_PEOPLE_SESSION),
        )
    }
)
_ENUMS: Mapping[str, type[StrEnum]] = {
    "access_regime": AccessRegime,
    "public": PublicAccess,
    "exempt_procedure": ExemptProcedure,
    "quorum_source": QuorumSource,
    "voters": Voters,
    "substitutes": Substitutes,
}
_DAYS = {"clear_days", "private_notice_days"}


def preset_for(kind: str, overrides: Mapping[str, Any] | None = None) -> Preset:
    """The preset of a kind of body, with a council's own settings laid over it.

    Overrides are named as the fields and hold plain values, as read from a file. Raises ValueError, naming
    what is wrong, for a kind or field that does not exist and for a value that does not fit.
    """
    if kind not in set(BodyKind):
        raise ValueError(f"'{kind}' is not a kind of body; there are {', '.join(BodyKind)}.")
    given = {name: _fitting(name, value) for name, value in (overrides or {}).items()}
    return replace(PRESETS[BodyKind(kind)], **given)


def _fitting(name: str, value: Any) -> Any:
    if name not in {field.name for field in fields(Preset)} - {"kind"}:
        raise ValueError(f"A body has no setting '{name}'.")
    if name in _ENUMS:
        return _choice(name, value)
    if name in _DAYS:
        return _days(name, value)
    if name == "default_quorum":
        return _quorum(value)
    if not isinstance(value, bool):
        raise ValueError(f"The setting '{name}' is yes or no, not '{value}'.")
    return value


def _choice(name: str, value: object) -> StrEnum:
    choices = _ENUMS[name]
    try:
        return choices(str(value))
    except ValueError as error:
        allowed = ", ".join(choices)
        raise ValueError(f"The setting '{name}' cannot be '{value}'; it is one of {allowed}.") from error


def _quorum(value: int | str | None) -> str:
    parse_quorum(value)  # a mistake is found here, not on the evening of the meeting
    return "none" if value is None else str(value)


def _days(name: str, value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise ValueError(f"The setting '{name}' is a number of days or nothing, not '{value}'.")
