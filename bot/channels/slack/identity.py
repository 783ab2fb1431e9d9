"""Who we are on Slack: asked once, and kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog
from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.failures import FAILURES, reason
from bot.channels.slack.stage import LONGEST

log = structlog.get_logger()


@dataclass(frozen=True)
class Ourselves:
    """The bot's own ids, its workspace and, on Enterprise Grid, its organisation."""

    team: str = ""
    enterprise: str = ""
    user: str = ""
    bot: str = ""


class Identity(AsyncAuthorize):
    """Asks Slack who we are, until it has said so. Never raises: our ids only spare us work."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self._known: Ourselves | None = None

    async def ourselves(self) -> Ourselves:
        """Our ids, all empty while Slack cannot be asked."""
        if self._known is None:
            self._known = await self._asked()
        return self._known or Ourselves()

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult:
        """What Bolt needs for each request. The signature has proved that it is for our app."""
        us = await self.ourselves()
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=self.client.token,
            bot_id=us.bot or None,
            bot_user_id=us.user or None,
        )

    async def _asked(self) -> Ourselves | None:
        try:
            async with asyncio.timeout(LONGEST):
                said = await self.client.auth_test()
        except FAILURES as error:
            log.warning("slack.who_are_we", reason=reason(error))
            return None
        fields = ("team_id", "enterprise_id", "user_id", "bot_id")
        return Ourselves(*(str(said.get(f) or "") for f in fields))
