"""Renders the web chat's pages from `templates/web`, every value escaped for HTML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.wording import dates
from bot.wording.words import TEMPLATES


class Pages:
    """The HTML templates of a folder. Nothing a person typed can become mark-up in them."""

    def __init__(self, folder: Path = TEMPLATES / "web") -> None:
        self._env = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=True,
        )
        self._env.filters.update(short_day=dates.say_short_day, clock=dates.say_time)
        self._template = lru_cache(maxsize=None)(self._env.get_template)

    def show(self, page: str, values: Mapping[str, Any]) -> str:
        """The HTML of a page, such as "talk.html". A missing value raises."""
        return self._template(page).render(values)
