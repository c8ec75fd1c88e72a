"""What a gateway counts of itself, as Prometheus reads it: no person, record, laptop or address is in it.

Each worker process counts into a file of its own, below the folder that PROMETHEUS_MULTIPROC_DIR names; whoever asks
gets the sum. The variable must be set before prometheus_client is first imported: import it only through here.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sync.wire import OpResult

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.registry import Collector

SHARED = "PROMETHEUS_MULTIPROC_DIR"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # s


class Measures:
    """Counts of one process. Any thread may count."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

        disable_created_metrics()  # type: ignore[no-untyped-call]  # it has no types
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "fieldapp_requests", "Requests that were answered.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "fieldapp_request_seconds", "How long answers took.", ("route",), buckets=BOUNDS, registry=self.registry
        )
        self._ops = Counter("fieldapp_ops", "Changes that were judged.", ("status",), registry=self.registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered; `route` is the pattern of its path, never the path."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def judged(self, results: Sequence[OpResult]) -> None:
        """Changes were judged, each with this verdict."""
        for status, n in Tally(one.status for one in results).items():
            self._ops.labels(status).inc(n)


@contextmanager
def shared() -> Iterator[None]:
    """Inside, worker processes count into one folder."""
    with tempfile.TemporaryDirectory(prefix="fieldapp-measures-", ignore_cleanup_errors=True) as folder:
        os.environ[SHARED] = folder
        try:
            yield
        finally:
            del os.environ[SHARED]


def of_all_workers() -> CollectorRegistry:
    """What all processes counted that share the folder, also those that ended."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types
    return registry


def registry_of(collector: Collector) -> CollectorRegistry:
    """A registry of one collector."""
    from prometheus_client import CollectorRegistry

    registry = CollectorRegistry()
    registry.register(collector)
    return registry
