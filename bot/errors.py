"""The errors that a person is told about, each naming the words that tell them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class BotError(Exception):
    """Something we refuse, with the template block that says why and what to do instead.

    Raised anywhere below the router; it rolls the unit of work back, so nothing half-done stays.
    """

    def __init__(self, block: str, **values: Any) -> None:
        super().__init__(block)
        self.block = block
        self.values: Mapping[str, Any] = values


class Refused(BotError):
    """The person may not do this."""


class NotFound(BotError):
    """What the person named does not exist, or is not theirs to see."""


class BadInput(BotError):
    """What the person typed cannot be used; `fields` maps a form field to the block that says why."""

    def __init__(self, block: str, fields: Mapping[str, str] | None = None, **values: Any) -> None:
        super().__init__(block, **values)
        self.fields = dict(fields or {})


class SetupError(Exception):
    """An operator's mistake. Its text is one or more plain sentences, shown without a traceback."""
