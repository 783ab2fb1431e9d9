"""Fetches from outside sources: slowly, with a limit on size and time, and never more than we asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar
from urllib.parse import urljoin

import httpx

from bot import __version__
from bot.sources.moderngov import SourceError

T = TypeVar("T")
TIMEOUT = 90.0
"""Some councils' services take more than a minute."""
LARGEST = 20_000_000
PAUSE = 1.0
MOST_PAGES = 500


class Fetcher:
    """Gets pages one after the other, a second apart."""

    def __init__(self, base: str, pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep) -> None:
        if not base.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise SourceError("The address must start with https://.")
        self.base = base.rstrip("/") + "/"
        self.pause = pause
        self.sleep = sleep
        self._asked = 0

    def get(self, path: str, **query: str | int) -> bytes:
        """The body of one page. SourceError says in words why there is none."""
        if self._asked:
            self.sleep(self.pause)
        self._asked += 1
        try:
            return self._get(urljoin(self.base, path), query)
        except httpx.TimeoutException:
            raise SourceError(f"{self.base} did not answer in {TIMEOUT:.0f} seconds.") from None
        except httpx.HTTPError as error:
            raise SourceError(f"{self.base} cannot be reached: {type(error).__name__}.") from None

    def _get(self, url: str, query: dict[str, str | int]) -> bytes:
        headers = {"User-Agent": f"cpbot/{__version__}"}
        with httpx.stream(
            "GET", url, params=query, headers=headers, timeout=TIMEOUT, follow_redirects=False
        ) as answer:
            if answer.status_code != 200:
                raise SourceError(f"{self.base} answered with status {answer.status_code}.")
            body = bytearray()
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > LARGEST:
                    raise SourceError(f"{self.base} sent more than {LARGEST // 1_000_000} MB.")
            return bytes(body)

    def pages(self, path: str, read: Callable[[bytes], tuple[list[T], int]]) -> Iterator[T]:
        """Everything on every page of a paged feed."""
        number, of = 1, 1
        while number <= min(of, MOST_PAGES):
            found, of = read(self.get(path, page=number, per_page=100))
            yield from found
            number += 1
