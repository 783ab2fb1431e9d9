"""The settings of the Teams side, and what must be right about them before anything is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from bot.errors import SetupError

SERVICE_URL = "https://smba.trafficmanager.net/teams"
"""Where Microsoft takes messages for people who have not written yet."""
GUEST = "#EXT#"
"""What stands in the sign-in name of every account that another organisation owns."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class TeamsSettings(Protocol):
    """What one single-tenant bot of one council needs (bot.settings.Settings has it)."""

    @property
    def teams_client_id(self) -> str: ...
    @property
    def teams_client_secret(self) -> str: ...
    @property
    def teams_client_certificate(self) -> str: ...
    @property
    def teams_tenant_id(self) -> str: ...
    @property
    def teams_openid_metadata_url(self) -> str: ...
    @property
    def teams_service_url(self) -> str: ...
    @property
    def teams_token_url(self) -> str: ...


def check(settings: TeamsSettings) -> None:
    """SetupError unless bot and tenant are named, and a token address of our own is on this machine."""
    if not settings.teams_client_id or not settings.teams_tenant_id:
        raise SetupError("Teams needs CPBOT_TEAMS_CLIENT_ID and CPBOT_TEAMS_TENANT_ID.")
    if settings.teams_token_url and not on_this_machine(settings.teams_token_url):
        raise SetupError("CPBOT_TEAMS_TOKEN_URL is for tests and must be on this machine (127.0.0.1).")


def on_this_machine(url: str) -> bool:
    """Whether an address is http or https on the loopback interface."""
    try:
        found = urlsplit(url)
        return found.scheme in ("http", "https") and found.hostname in LOOPBACK
    except ValueError:
        return False


def service_url(settings: TeamsSettings) -> str:
    """Where messages go that nobody asked for, when no better place was learnt."""
    return (settings.teams_service_url or SERVICE_URL).rstrip("/")


def certificate(path: str) -> str:
    """The text of a PEM file with certificate and private key. SetupError when it is neither."""
    try:
        text = Path(path).read_text(encoding="ascii")
    except (OSError, ValueError):
        raise SetupError(f"CPBOT_TEAMS_CLIENT_CERTIFICATE: {path} cannot be read.") from None
    if "BEGIN CERTIFICATE" not in text or "PRIVATE KEY" not in text:
        raise SetupError(f"CPBOT_TEAMS_CLIENT_CERTIFICATE: {path} needs a certificate and its private key.")
    return text
