"""The words that a council's files may use where only certain words are allowed."""

from __future__ import annotations

from enum import StrEnum


class Preset(StrEnum):
    """What a body is in law, which only the monitoring officer can say. Never guessed from a name."""

    COUNCIL = "council"
    COMMITTEE = "committee"
    ADVISORY_COMMITTEE = "advisory_committee"
    EXECUTIVE_COMMITTEE = "executive_committee"
    MULTI_AGENCY_BOARD = "multi_agency_board"
    INFORMAL_PANEL = "informal_panel"
    SUB_GROUP = "sub_group"
    YOUNG_PEOPLE_SESSION = "young_people_session"


class SeatRole(StrEnum):
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"


class SeatCategory(StrEnum):
    COUNCILLOR = "councillor"
    FOSTER_CARER = "foster_carer"
    CARE_EXPERIENCED = "care_experienced"
    PARTNER_AGENCY = "partner_agency"
    OFFICER = "officer"
    ADVOCATE = "advocate"


class Substitutes(StrEnum):
    """Who may stand in: nobody, the same party, the same agency, those named on the seat, anybody."""

    NONE = "none"
    PARTY = "party"
    AGENCY = "agency"
    NAMED = "named"
    ANY = "any"


class ReminderKind(StrEnum):
    DUTY = "duty"
    MEETING = "meeting"
    NOTICE_DEADLINE = "notice_deadline"
    OVERDUE = "overdue"
    DIGEST = "digest"
    DIRECTORY_REVIEW = "directory_review"


class ActionSource(StrEnum):
    CONCERN = "concern"
    MEETING = "meeting"
    CHAIR = "chair"
