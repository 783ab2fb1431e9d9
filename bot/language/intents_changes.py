"""Which intents would change something, and so must be sure before anything is done."""

from __future__ import annotations

CHANGING = frozenset(
    {
        "rsvp_yes", "rsvp_no", "rsvp_maybe", "raise_concern", "acknowledge_action", "update_action",
        "complete_action", "remind_me", "broadcast_notice",
    }
)  # fmt: skip
"""Intents without a card that change something, unless their detail only asks to see."""

CHANGING_REPLIES = frozenset(
    {
        "rsvp", "acknowledge", "confirm", "cancel", "withdraw_concern", "decline_action", "request_extension",
        "complete_action", "update_action", "amend_concern", "edit_broadcast", "schedule_broadcast",
        "reminder_preference", "snooze",
    }
)  # fmt: skip
"""Replies to a card that change something."""

READ_ONLY_DETAILS = frozenset({"list", "overdue"})
"""Details with which ``update_action`` only asks to see."""


def changes(intent: str, detail: str | None = None) -> bool:
    """Whether acting on the intent would change something."""
    return intent in CHANGING | CHANGING_REPLIES and detail not in READ_ONLY_DETAILS
