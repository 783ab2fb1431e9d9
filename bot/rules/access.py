"""Who may do what, by role, and why not."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    MEMBER = "member"
    OFFICER = "officer"
    LEAD = "lead"
    PARTNER = "partner"


EVERYONE = frozenset(Role)
MEMBERS = frozenset({Role.MEMBER})
OFFICERS = frozenset({Role.OFFICER})
LEADS = frozenset({Role.LEAD})
WORKERS = frozenset({Role.OFFICER, Role.LEAD})


def allowed(roles: frozenset[Role], needed: frozenset[Role]) -> bool:
    """Whether somebody with `roles` may do what is open to `needed`."""
    return bool(roles & needed)
