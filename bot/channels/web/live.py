"""New and changed entries as Server-Sent Events, from where the page left off."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from bot.channels.web.transcript import Entry, Transcript

HEARTBEAT = 15.0
"""Seconds of silence after which a comment is sent, so that a dead connection is noticed."""
RETRY_MS = 2000
LONGEST_VERSION = 12

Show = Callable[[Entry], str]


def position(transcript: Transcript) -> str:
    """Where a page rendered now stands; what a stream continues from."""
    return f"{transcript.mark}-{transcript.version}"


def read_position(transcript: Transcript, given: str) -> int | None:
    """The version a page has seen; None when it belongs to an earlier run or is not ours."""
    mark, _, version = given.partition("-")
    ours = mark == transcript.mark and version.isdecimal() and len(version) < LONGEST_VERSION
    return int(version) if ours else None


def pack(entry: Entry, show: Show) -> dict[str, Any]:
    """An entry as the page's script takes it."""
    return {"entry": entry.id, "version": entry.version, "kind": entry.kind, "html": show(entry)}


async def stream(
    transcript: Transcript, show: Show, given: str, heartbeat: float = HEARTBEAT
) -> AsyncIterator[str]:
    """Events until the browser leaves. A page from an earlier run is told once to load anew."""
    seen = read_position(transcript, given)
    yield f"retry: {RETRY_MS}\n\n"
    if seen is None:
        yield "event: reset\ndata: {}\n\n"
        seen = transcript.version
    while not transcript.closed:
        fresh = transcript.since(seen)
        for entry in fresh:
            yield f"id: {transcript.mark}-{entry.version}\ndata: {json.dumps(pack(entry, show))}\n\n"
        seen = fresh[-1].version if fresh else seen
        await transcript.wait(seen, heartbeat)
        if transcript.version <= seen:
            yield ": still here\n\n"
