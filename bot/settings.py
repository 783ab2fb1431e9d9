"""Settings, from the environment or from the one env file that `CPBOT_ENV_FILE` names."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SetupError

SHORTEST_SECRET = 32
_DEFAULTS = frozenset({"changeme", "change-me", "secret", "default", "password"})


class Settings(BaseSettings):
    """Every setting, each read from `CPBOT_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="CPBOT_", extra="ignore", frozen=True)

    database_url: str = "sqlite:///cpbot.db"
    secret: str = ""
    public_url: str = ""
    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_api_url: str = "https://slack.com/api/"
    teams_client_id: str = ""
    teams_client_secret: str = ""
    teams_client_certificate: str = ""
    teams_tenant_id: str = ""
    teams_openid_metadata_url: str = ""
    teams_service_url: str = ""
    teams_token_url: str = ""
    graph_url: str = "https://graph.microsoft.com/v1.0"
    smtp_url: str = ""
    notify_key: str = ""
    log: Literal["json", "text"] = "json"

    @property
    def has_slack(self) -> bool:
        """Whether any Slack setting is given."""
        return bool(self.slack_bot_token or self.slack_signing_secret or self.slack_app_token)

    @property
    def has_teams(self) -> bool:
        """Whether any Teams setting is given."""
        return bool(self.teams_client_id or self.teams_tenant_id)


def load_settings() -> Settings:
    """The settings, or SetupError naming each one that cannot be read."""
    try:
        return Settings(_env_file=os.environ.get("CPBOT_ENV_FILE"))  # type: ignore[call-arg]
    except ValidationError as error:
        bad = [f"CPBOT_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
        raise SetupError("These settings cannot be read:\n" + "\n".join(bad)) from None


def missing_for_serving(settings: Settings) -> list[str]:
    """Everything that must be set before the bot may serve people, in sentences; empty when ready."""
    wrong = []
    if len(settings.secret) < SHORTEST_SECRET or settings.secret.lower() in _DEFAULTS:
        wrong.append(f"CPBOT_SECRET must be at least {SHORTEST_SECRET} random characters.")
    if not settings.has_slack and not settings.has_teams:
        wrong.append("Set up Slack (CPBOT_SLACK_...) or Teams (CPBOT_TEAMS_...), or both.")
    if settings.has_slack:
        wrong += _missing_slack(settings)
    if settings.has_teams:
        wrong += _missing_teams(settings)
    return wrong


def _missing_slack(settings: Settings) -> list[str]:
    wrong = []
    if not settings.slack_bot_token:
        wrong.append("CPBOT_SLACK_BOT_TOKEN is missing.")
    if not settings.slack_signing_secret and not settings.slack_app_token:
        wrong.append("Set CPBOT_SLACK_SIGNING_SECRET (HTTP), or CPBOT_SLACK_APP_TOKEN (Socket Mode).")
    return wrong


def _missing_teams(settings: Settings) -> list[str]:
    wrong = [
        f"CPBOT_TEAMS_{name} is missing."
        for name, value in (("CLIENT_ID", settings.teams_client_id), ("TENANT_ID", settings.teams_tenant_id))
        if not value
    ]
    if not (settings.teams_client_secret or settings.teams_client_certificate or settings.teams_token_url):
        wrong.append("Set CPBOT_TEAMS_CLIENT_SECRET or CPBOT_TEAMS_CLIENT_CERTIFICATE.")
    return wrong
