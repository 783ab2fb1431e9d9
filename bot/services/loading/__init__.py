"""Puts a council's files into the database: adds and updates by key, removes nobody by absence."""

from bot.services.loading.folder import known_now, load
from bot.services.loading.programme import entry_from_file

__all__ = ["entry_from_file", "known_now", "load"]
