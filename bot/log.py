"""Log lines: ids, outcomes and durations, in UTC. Never a message's text, a name or a token."""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog

_LOUD = (
    "slack_bolt",
    "slack_sdk",
    "httpx",
    "httpcore",
    "aiohttp.access",
    "uvicorn.access",
    "microsoft_teams",
)
"""Libraries that log bodies or addresses of people at INFO."""


def set_up_logging(form: Literal["json", "text"] = "json", level: int = logging.INFO) -> None:
    """Send every log line to standard error, in one form; quieten libraries that say too much."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if form == "json"
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    )
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
