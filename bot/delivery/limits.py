"""The figures by which deliveries are sent: how many at once, how long to wait, how often to try."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Times are in seconds. The defaults are for production; drills and tests shorten them.

    `headroom`: the share of a channel's rate that is used. `ahead`: how far slots are reserved. `lease`: how
    long a worker holds a row before others may take it over; a send must end well within it. `grace`: from a
    doubt to the first look, and between two. `sure_after`: how long after the send "not here" is believed,
    since a platform may take in late what timed out. `give_up`: how long one that does not answer is asked.
    `backoff`: the waits after each try that surely failed; there is one more try than waits.
    """

    batch: int = 100
    in_flight: int = 50
    looks_at_once: int = 5
    lapsed_at_once: int = 20
    headroom: float = 0.99
    ahead: float = 0.5
    lease: float = 30.0
    send_timeout: float = 10.0
    fence: float = 5.0
    grace: float = 3.0
    looks: int = 2
    sure_after: float = 30.0
    give_up: float = 600.0
    backoff: tuple[float, ...] = (5.0, 30.0, 120.0, 600.0)
    pause: float = 5.0
    poll: float = 0.5
    gather: float = 0.25
    gather_busy: float = 0.01
    chores: float = 1.0
    beat: float = 10.0
    drain: float = 10.0

    @property
    def tries(self) -> int:
        """How often a message is tried before it has failed."""
        return len(self.backoff) + 1

    def __post_init__(self) -> None:
        """Refuse, with a ValueError, a lease so short that a send could outlive it."""
        if self.lease < self.send_timeout + self.ahead + self.fence:
            raise ValueError("The lease must be longer than a send, the slots ahead and the fence together.")
