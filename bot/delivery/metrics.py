"""Figures for Prometheus: how many deliveries came to what, on which channel. Nothing about any person."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge

from bot.delivery.outcomes import Done
from bot.store.workers import Standing


class Metrics:
    """The figures of one process. `registry` is what `/metrics` shows."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._steps = Counter(
            "cpbot_delivery_steps",
            "Sends and look-ups, by channel and outcome",
            ("channel", "step", "outcome"),
            registry=self.registry,
        )
        self._oldest = self._gauge("oldest_due_seconds", "How long the oldest due delivery has waited")
        self._waiting = self._gauge("waiting", "Deliveries that are due by now")
        self._in_doubt = self._gauge("in_doubt", "Deliveries of which it is not known whether they arrived")
        self._stuck = self._gauge("stuck", "Deliveries held for too long")
        self._beat = self._gauge("worker_beat_seconds", "How long ago a worker was last heard of")
        self._paused = self._gauge("channels_paused", "Channels whose platform asked them to wait")

    def count(self, done: Done) -> None:
        """Count what came of one step."""
        outcome = done.outcome.value if done.outcome else "none"
        self._steps.labels(done.taken.channel, done.step.value, outcome).inc()

    def show(self, standing: Standing, now: datetime) -> None:
        """Show how the queue stands."""
        self._oldest.set(_since(standing.oldest_due, now))
        self._waiting.set(standing.waiting)
        self._in_doubt.set(standing.in_doubt)
        self._stuck.set(standing.stuck)
        self._beat.set(_since(standing.last_beat, now))
        self._paused.set(len(standing.paused))

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(f"cpbot_delivery_{name}", words, registry=self.registry)


def _since(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0
