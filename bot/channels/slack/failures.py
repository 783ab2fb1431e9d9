"""How a call to Slack can fail, and what its refusal says."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError

FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)
"""Everything by which a call to Slack can fail."""


def reason(error: Exception) -> str:
    """Why a call failed, in a word: Slack's own error, else the status, else the kind of failure."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    data = getattr(error.response, "data", None)
    said = data.get("error") if isinstance(data, dict) else None
    return str(said or status(error))


def status(error: SlackApiError) -> int:
    """The HTTP status of a refusal. An answer that could not be read has no parsed response."""
    response = error.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)


def retry_after(error: SlackApiError, otherwise: float) -> float:
    """The seconds that a refusal asks us to wait; `otherwise` when it does not say."""
    headers = getattr(error.response, "headers", None) or {}
    said = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    return float(said) if said.isdigit() else otherwise
