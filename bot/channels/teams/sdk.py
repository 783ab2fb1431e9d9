"""The few names we use of Microsoft's SDK, imported without what it does on the side.

Importing it would read a `.env` file from any folder above this one into the environment, which can
swap the credentials, and would print a warning about a preview that we do not use.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dotenv


@contextmanager
def _nothing_on_the_side() -> Iterator[None]:
    def read_nothing(*_: Any, **__: Any) -> bool:
        return False

    real, dotenv.load_dotenv = dotenv.load_dotenv, read_nothing
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        dotenv.load_dotenv = real


with _nothing_on_the_side():
    from microsoft_teams.api.auth.cloud_environment import PUBLIC, CloudEnvironment, with_overrides
    from microsoft_teams.apps.auth import TokenValidator
    from microsoft_teams.common import Client, ClientOptions

__all__ = ["PUBLIC", "Client", "ClientOptions", "CloudEnvironment", "TokenValidator", "cloud", "quieten"]


def cloud(openid_metadata_url: str = "") -> CloudEnvironment:
    """The public cloud, its signing keys published at another address where one is given."""
    return with_overrides(PUBLIC, openid_metadata_url=openid_metadata_url or None)


def quieten() -> None:
    """Keep out of the log: the addresses of people's conversations, and what refused tokens claim.

    Filters, because the SDK sets the level of httpx anew with every client it makes.
    """
    logging.getLogger("httpx").addFilter(_only_warnings)
    logging.getLogger(TokenValidator.__module__).addFilter(_nothing)


def _nothing(_: logging.LogRecord) -> bool:
    return False


def _only_warnings(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
