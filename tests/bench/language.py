"""What language costs: the directory at 100 and 2,000 entries, a sentence, the guard, a date."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.council.read import read_paths
from bot.services.loading import entry_from_file
from tests.support.house import COUNCILS

QUESTIONS = (
    "who do I contact about housing for a care leaver",
    "number for virtual school",
    "lad of 19 on his mates floor since march, who rings who",
    "foster carer complaining about payments where do I send them",
    "whats a PA and how does she get one",
    "my bins were not collected",
    "mental health help for 19yr old ex care",
    "council tax exemption for care leavers - who??",
)
SENTENCES = (
    "when is next cpp?",
    "sorry cant make it, Cllr Okoro will sub for me",
    "apologies for Dec, and who is chairing Jan?",
    "third time I've heard laptops arriving late for uni starters, log it please",
    "Not mine - this sits with Housing Options",
    "stop messaging me at weekends",
)
DATES = (
    "Thursday week",
    "first Friday of next month",
    "in three working days",
    "8 Dec at half five",
    "tomorrow",
    "no date here at all",
)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ROUNDS = 400


def main() -> None:
    """Print every figure."""
    from bot.language.dates import read_when
    from bot.language.guard import guard
    from bot.language.identifiers import find_identifiers
    from bot.language.understand import understand

    print("\nLanguage, one thread: median and 99th percentile")
    entries = [entry_from_file(e) for e in read_paths([COUNCILS / "westshire" / "directory.yaml"]).directory]
    for size in (len(entries), 2000):
        _directory(entries, size)
    _print("an empty function, as baseline", lambda _: None, SENTENCES)
    _print("understand a sentence", lambda t: understand(t, now=NOW), SENTENCES)
    _print("guard", guard, SENTENCES)
    _print("identifiers", find_identifiers, SENTENCES)
    _print("a date", lambda t: read_when(t, NOW), DATES)


def _directory(entries: list, size: int) -> None:  # type: ignore[type-arg]
    from bot.language.directory import Directory

    rng = random.Random(7)
    many = [replace(rng.choice(entries), id=f"e{n}") for n in range(size)] if size > len(entries) else entries
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    built = Directory(many)
    seconds = time.perf_counter() - began
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"  an index of {size:5} entries: {seconds:5.2f} s, {more:4.0f} MB more")
    _print(f"ask it ({size} entries)", built.answer, QUESTIONS)


def _print(label: str, use: Callable[[str], object], inputs: tuple[str, ...]) -> None:
    times = []
    for n in range(ROUNDS):
        text = inputs[n % len(inputs)] + " " * (n % 41)  # not lately read: the last readings are at hand
        began = time.perf_counter()
        use(text)
        times.append(time.perf_counter() - began)
    times.sort()
    print(
        f"  {label:34} {times[len(times) // 2] * 1e3:8.3f} ms {times[int(len(times) * 0.99)] * 1e3:8.3f} ms"
    )
